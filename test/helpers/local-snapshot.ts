import type {LocalProcess, LocalSnapshot, LocalSocket} from '../../source/local/local-socket.ts';
import {scopeOf} from '../../source/local/socket-scope.ts';
import {toPort} from '../../source/port/port.ts';

/** A process that nobody would mistake for another. */
export const makeProcess = (pid: number, name: string, process: Partial<LocalProcess> = {}): LocalProcess => ({
	pid,
	parentPid: 1,
	name,
	commandLine: [name, `--pid=${pid}`],
	user: 'someone',
	startedAt: '2026-01-31T11:00:00.000Z',
	birth: String(pid * 100),
	executable: `/usr/bin/${name}`,
	isExecutableDeleted: false,
	unit: null,
	container: null,
	...process,
});

export type SocketDescription = Partial<Omit<LocalSocket, 'port' | 'peer'>> & {readonly peer?: {readonly address: string; readonly port: number}};

/** A socket that listens, or with a peer one that is connected. */
export const makeSocket = (portNumber: number, {peer, ...given}: SocketDescription = {}): LocalSocket => {
	const port = toPort(portNumber);
	const address = given.address ?? '0.0.0.0';
	const transport = given.transport ?? 'tcp';
	const end = peer === undefined ? null : {address: peer.address, port: toPort(peer.port)};
	const owners = given.owners ?? [];
	return {
		id: `${transport} ${address} ${port} ${end === null ? '' : `${end.address} ${end.port}`}`,
		transport,
		family: address.includes(':') ? 6 : 4,
		state: end === null ? (transport === 'tcp' ? 'listening' : 'bound') : 'established',
		address,
		port,
		scope: scopeOf(address),
		peer: end,
		ownership: owners.length > 0 ? 'known' : 'none',
		owners,
		user: owners[0]?.user ?? null,
		...given,
	};
};

/** A reading; `second` is when it was taken, counted from noon. */
export const makeSnapshot = (sockets: readonly LocalSocket[], second = 0, ancestors: readonly LocalProcess[] = []): LocalSnapshot => {
	const processes = new Map([...ancestors, ...sockets.flatMap(({owners}) => owners)].map(process => [process.pid, process]));
	return {
		takenAt: new Date(Date.UTC(2026, 0, 31, 12, 0, 0) + second * 1000).toISOString(),
		source: 'proc',
		sockets,
		processes: [...processes.values()],
		hiddenCount: sockets.filter(({ownership}) => ownership === 'hidden').length,
		leavesOutOthers: false,
	};
};
