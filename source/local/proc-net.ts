import ipaddr from 'ipaddr.js';
import {isPort, type Port} from '../port/port.ts';
import type {SocketState, SocketTransport} from './local-socket.ts';

/** A socket as a line of `/proc/net/{tcp,tcp6,udp,udp6}` tells it. */
export type ProcSocket = {
	readonly transport: SocketTransport;
	readonly family: 4 | 6;
	readonly state: SocketState;
	readonly address: string;
	readonly port: Port;
	/** The unspecified address and port 0 where there is no peer. */
	readonly peerAddress: string;
	readonly peerPort: Port;
	readonly uid: number;
	/** As text, as `/proc/<pid>/fd` has it; `0` where no process has the socket. */
	readonly inode: string;
};

export type ProcNetFile = {readonly transport: SocketTransport; readonly family: 4 | 6; readonly isLittleEndian: boolean};

/** The kernel's numbers of TCP states (include/net/tcp_states.h). A UDP socket uses 1 and 7. */
const tcpStates: Readonly<Record<string, SocketState>> = {
	'01': 'established',
	'02': 'syn-sent',
	'03': 'syn-received',
	'04': 'fin-wait-1',
	'05': 'fin-wait-2',
	'06': 'time-wait',
	'07': 'closed',
	'08': 'close-wait',
	'09': 'last-ack',
	'0A': 'listening',
	'0B': 'closing',
	'0C': 'syn-received',
};
const udpStates: Readonly<Record<string, SocketState>> = {'01': 'established', '07': 'bound'};

/** The bytes of an address in network order: the kernel prints 32-bit words as numbers of the machine. */
const bytesOf = (hex: string, isLittleEndian: boolean): number[] => {
	const bytes: number[] = [];
	for (let word = 0; word < hex.length; word += 8) {
		for (let index = 0; index < 4; index++) {
			const at = word + 2 * (isLittleEndian ? 3 - index : index);
			bytes.push(Number.parseInt(hex.slice(at, at + 2), 16));
		}
	}

	return bytes;
};

/** The same few addresses occur on every line, so each is written once a file. */
const createAddressReader = (isLittleEndian: boolean): ((hex: string) => string) => {
	const known = new Map<string, string>();
	return hex => {
		let text = known.get(hex);
		if (text === undefined) {
			const address = ipaddr.fromByteArray(bytesOf(hex, isLittleEndian));
			// As every other tool writes it (RFC 5952, section 5).
			text = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toString();
			known.set(hex, text);
		}

		return text;
	};
};

/** `sl  local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …`, from proc_pid_net(5). */
const line = /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) ([\dA-F]+):([\dA-F]{4}) ([\dA-F]{2}) \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+)/;

/**
Parses one of `/proc/net/{tcp,tcp6,udp,udp6}`.

@returns The sockets in the file's order. The heading and lines that are not as expected are left out: a line cut short is a file that was cut short.
*/
export const parseProcNet = (text: string, {transport, family, isLittleEndian}: ProcNetFile): ProcSocket[] => {
	const readAddress = createAddressReader(isLittleEndian);
	const states = transport === 'tcp' ? tcpStates : udpStates;
	const hexLength = family === 4 ? 8 : 32;
	const sockets: ProcSocket[] = [];
	for (const each of text.split('\n')) {
		const match = line.exec(each);
		if (match === null || match[1]!.length !== hexLength || match[3]!.length !== hexLength) {
			continue;
		}

		const port = Number.parseInt(match[2]!, 16);
		const peerPort = Number.parseInt(match[4]!, 16);
		if (isPort(port) && isPort(peerPort)) {
			sockets.push({
				transport,
				family,
				state: states[match[5]!] ?? 'unknown',
				address: readAddress(match[1]!),
				port,
				peerAddress: readAddress(match[3]!),
				peerPort,
				uid: Number(match[6]),
				inode: match[7]!,
			});
		}
	}

	return sockets;
};

/**
Tells from `/proc/net/sockstat` and `sockstat6` that `/proc/net/tcp6` holds nothing.

`TCP6: inuse` counts every socket in the kernel's tables, listening or connected, but not those that wait out their time: these are `tw`, of IPv4 and IPv6 together. A half-open connection is in neither count, but its listener is in the first.

@returns False whenever a count is missing or is not 0.
*/
export const isTcp6Empty = (sockstat: string, sockstat6: string): boolean => /^TCP6: inuse 0$/m.test(sockstat6) && /^TCP: (?:.* )?tw 0(?: |$)/m.test(sockstat);
