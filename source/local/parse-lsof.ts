import type {FoundSocket} from './assemble-snapshot.ts';
import type {SocketState} from './local-socket.ts';
import {readEnd} from './read-end.ts';

/** A process as `lsof` tells it; the rest of it is asked of `ps`. */
export type LsofProcess = {readonly pid: number; readonly parentPid: number | null; readonly name: string; readonly user: string | null};

export type LsofFacts = {readonly sockets: readonly FoundSocket[]; readonly processes: ReadonlyMap<number, LsofProcess>};

/** What `lsof` is asked for, so that `parseLsof` reads it: no names for hosts and ports, fields ended by a zero byte. */
export const lsofArguments: readonly string[] = ['-nP', '-iTCP', '-iUDP', '-w', '-F0pcRLftPnTd'];

/** The words after `TST=`, of all systems `lsof` knows. */
const states: Readonly<Record<string, SocketState>> = {
	LISTEN: 'listening',
	ESTABLISHED: 'established',
	SYN_SENT: 'syn-sent',
	SYN_RECV: 'syn-received',
	SYN_RECEIVED: 'syn-received',
	SYN_RCVD: 'syn-received',
	FIN_WAIT1: 'fin-wait-1',
	FIN_WAIT_1: 'fin-wait-1',
	FIN_WAIT2: 'fin-wait-2',
	FIN_WAIT_2: 'fin-wait-2',
	TIME_WAIT: 'time-wait',
	CLOSE_WAIT: 'close-wait',
	LAST_ACK: 'last-ack',
	CLOSING: 'closing',
	CLOSED: 'closed',
	CLOSE: 'closed',
};

type Fields = Readonly<Record<string, string>>;

const readSocket = (file: Fields, pid: number, user: string | null): FoundSocket | undefined => {
	const {t: type, P: protocol, n: name = '', TST: word, d: device = ''} = file;
	const family = type === 'IPv4' ? 4 : (type === 'IPv6' ? 6 : undefined);
	if (family === undefined || (protocol !== 'TCP' && protocol !== 'UDP')) {
		return undefined;
	}

	const [left = '', right] = name.split('->');
	const end = readEnd(left, family);
	const peer = right === undefined ? null : readEnd(right, family);
	// A socket that is bound to no port yet is nobody's to reach.
	if (end === undefined || peer === undefined || (end.port === 0 && peer === null)) {
		return undefined;
	}

	const state = protocol === 'UDP' ? (peer === null ? 'bound' : 'established') : (states[word ?? ''] ?? 'unknown');
	return {transport: protocol === 'TCP' ? 'tcp' : 'udp', family, state, ...end, peer, handle: device, user, ownerPids: [pid], isOrphan: false};
};

/** One socket is told once for each process and descriptor that has it. */
const joinOwners = (sockets: readonly FoundSocket[]): readonly FoundSocket[] => {
	const joined = new Map<string, FoundSocket>();
	for (const socket of sockets) {
		const {transport, family, address, port, peer, handle, ownerPids} = socket;
		const key = [transport, family, address, port, peer?.address, peer?.port, handle].join(' ');
		const known = joined.get(key);
		joined.set(key, known === undefined ? socket : {...known, ownerPids: [...new Set([...known.ownerPids, ...ownerPids])]});
	}

	return [...joined.values()];
};

/**
Parses what `lsof` writes with `lsofArguments` (lsof(8), "Output for other programs"): a field is a letter and its value; `p` begins a process, `f` a file of it.

Bound TCP sockets that neither listen nor are connected have no state word and count as `unknown`.
*/
export const parseLsof = (text: string): LsofFacts => {
	const sockets: FoundSocket[] = [];
	const processes = new Map<number, LsofProcess>();
	let pid: number | undefined;
	let file: Record<string, string> | undefined;

	const endFile = (): void => {
		if (file !== undefined && pid !== undefined) {
			const socket = readSocket(file, pid, processes.get(pid)?.user ?? null);
			if (socket !== undefined) {
				sockets.push(socket);
			}
		}

		file = undefined;
	};

	for (const field of text.split(/[\0\n]+/)) {
		const value = field.slice(1);
		switch (field[0]) {
			case 'p': {
				endFile();
				pid = /^\d{1,10}$/.test(value) ? Number(value) : undefined;
				if (pid !== undefined) {
					processes.set(pid, {pid, parentPid: null, name: '', user: null});
				}

				break;
			}

			case 'R':
			case 'c':
			case 'L': {
				const known = pid === undefined ? undefined : processes.get(pid);
				if (known !== undefined) {
					const change = field[0] === 'R' ? {parentPid: Number(value)} : (field[0] === 'c' ? {name: value} : {user: value});
					processes.set(known.pid, {...known, ...change});
				}

				break;
			}

			case 'f': {
				endFile();
				file = {};
				break;
			}

			case 'T': {
				const at = field.indexOf('=');
				if (file !== undefined && at !== -1) {
					file[field.slice(0, at)] = field.slice(at + 1);
				}

				break;
			}

			case undefined: {
				break;
			}

			default: {
				if (file !== undefined) {
					file[field[0]!] = value;
				}
			}
		}
	}

	endFile();
	return {sockets: joinOwners(sockets), processes};
};
