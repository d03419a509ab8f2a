import type {FoundSocket} from '../../source/local/assemble-snapshot.ts';
import {assembleSnapshot} from '../../source/local/assemble-snapshot.ts';
import type {LocalProcess, LocalSnapshot} from '../../source/local/local-socket.ts';
import {toPort} from '../../source/port/port.ts';

/** A process with the least that one has. */
export const processOf = (pid: number, changes: Partial<LocalProcess> = {}): LocalProcess => ({
	pid,
	parentPid: 1,
	name: `process-${pid}`,
	commandLine: [`process-${pid}`],
	user: 'alice',
	startedAt: '2026-01-31T12:00:00.000Z',
	birth: String(pid * 10),
	executable: null,
	isExecutableDeleted: false,
	unit: null,
	container: null,
	...changes,
});

/** A socket that listens on 127.0.0.1, unless told otherwise. */
export const foundSocket = (port: number, changes: Partial<FoundSocket> = {}): FoundSocket => ({
	transport: 'tcp',
	family: 4,
	state: 'listening',
	address: '127.0.0.1',
	port: toPort(port),
	peer: null,
	handle: `${port}`,
	user: 'alice',
	ownerPids: [],
	isOrphan: false,
	...changes,
});

export const snapshotOf = (sockets: readonly FoundSocket[], processes: readonly LocalProcess[], seesEveryProcess = true): LocalSnapshot => assembleSnapshot({
	takenAt: '2026-01-31T12:00:05.000Z',
	source: 'proc',
	sockets,
	processes: new Map(processes.map(process => [process.pid, process])),
	seesEveryProcess,
});
