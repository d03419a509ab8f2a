import type {FoundSocket} from './assemble-snapshot.ts';
import type {SocketState} from './local-socket.ts';
import {readEnd} from './read-end.ts';

/** The words of an English Windows. In another language only listening sockets are told by their shape. */
const states: Readonly<Record<string, SocketState>> = {
	ESTABLISHED: 'established',
	SYN_SENT: 'syn-sent',
	SYN_RECEIVED: 'syn-received',
	FIN_WAIT_1: 'fin-wait-1',
	FIN_WAIT_2: 'fin-wait-2',
	TIME_WAIT: 'time-wait',
	CLOSE_WAIT: 'close-wait',
	LAST_ACK: 'last-ack',
	CLOSING: 'closing',
};

/**
Parses what `netstat -ano` writes on Windows: protocol, local end, foreign end, for TCP a state, PID.

The state is a word in the language of the system, so a TCP socket listens when its foreign port is 0. Lines that are not as expected (headings in any language) are left out.
*/
export const parseNetstat = (text: string): readonly FoundSocket[] => {
	const sockets: FoundSocket[] = [];
	for (const line of text.split(/\r?\n/)) {
		const [, protocol, left = '', right = '', word, digits] = /^\s*(TCP|UDP)\s+(\S+)\s+(\S+)(?:\s+(\D\S*))?\s+(\d{1,10})\s*$/i.exec(line) ?? [];
		const family = left.startsWith('[') ? 6 : 4;
		const end = readEnd(left, family);
		const foreign = readEnd(right, family);
		if (protocol === undefined || end === undefined || foreign === undefined) {
			continue;
		}

		const transport = protocol.toUpperCase() === 'TCP' ? 'tcp' : 'udp';
		const pid = Number(digits);
		const isWaiting = transport === 'udp' || foreign.port === 0;
		sockets.push({
			transport,
			family,
			state: transport === 'udp' ? 'bound' : (isWaiting ? 'listening' : (states[word?.toUpperCase() ?? ''] ?? 'unknown')),
			...end,
			peer: isWaiting ? null : foreign,
			handle: String(pid),
			user: null,
			ownerPids: pid === 0 ? [] : [pid],
			isOrphan: pid === 0,
		});
	}

	return sockets;
};

/** Names of processes by PID, from `tasklist /fo csv /nh`: `"node.exe","812","Console","1","41,000 K"`. */
export const parseTasklist = (text: string): ReadonlyMap<number, string> => {
	const names = new Map<number, string>();
	for (const line of text.split(/\r?\n/)) {
		const [, name, pid] = /^"([^"]*)","(\d{1,10})",/.exec(line) ?? [];
		if (name !== undefined) {
			names.set(Number(pid), name);
		}
	}

	return names;
};
