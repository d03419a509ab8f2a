import type {FoundSocket} from '../../source/local/assemble-snapshot.ts';
import type {LocalProcess, LocalSnapshot} from '../../source/local/local-socket.ts';
import {toPort} from '../../source/port/port.ts';
import {foundSocket, processOf, snapshotOf} from './local-sockets.ts';

const noonMs = Date.UTC(2026, 0, 31, 12, 0, 0);

/** A reading so many seconds after noon. */
export const readingAt = (second: number, sockets: readonly FoundSocket[], processes: readonly LocalProcess[] = [], seesEveryProcess = true): LocalSnapshot => ({
	...snapshotOf(sockets, processes, seesEveryProcess),
	takenAt: new Date(noonMs + second * 1000).toISOString(),
});

/** A connection of a process: `port` is its own end. */
export const foundConnection = (port: number, peerPort: number, changes: Partial<FoundSocket> = {}): FoundSocket =>
	foundSocket(port, {state: 'established', peer: {address: '192.0.2.7', port: toPort(peerPort)}, ...changes});

export const systemd = processOf(1, {name: 'systemd', parentPid: 0, user: 'root', commandLine: ['/sbin/init']});
export const shell = processOf(700, {name: 'bash', commandLine: ['bash']});
export const webServer = processOf(812, {name: 'node', parentPid: 700, commandLine: ['node', 'server.js'], startedAt: '2026-01-31T11:59:00.000Z'});
export const worker = processOf(813, {name: 'node', parentPid: 812, commandLine: ['node', 'worker.js'], startedAt: '2026-01-31T11:59:30.000Z'});
export const database = processOf(900, {name: 'postgres', user: 'postgres', commandLine: ['/usr/lib/postgresql/bin/postgres', '-D', '/data'], startedAt: '2026-01-30T08:00:00.000Z', unit: {name: 'postgresql.service', manager: 'system'}});
export const everyone: readonly LocalProcess[] = [systemd, shell, webServer, worker, database];

/** A machine as one meets it: a web server with two ports and a connection, a database, a resolver over UDP, a connection that waits out its time. */
export const usualSockets: readonly FoundSocket[] = [
	foundSocket(3000, {address: '0.0.0.0', ownerPids: [812, 813]}),
	foundSocket(3001, {ownerPids: [812]}),
	foundSocket(5432, {ownerPids: [900]}),
	foundSocket(5432, {address: '::1', family: 6, ownerPids: [900], handle: '54326'}),
	foundSocket(5353, {transport: 'udp', state: 'bound', address: '0.0.0.0', isOrphan: true, user: 'root'}),
	foundConnection(3000, 50_001, {ownerPids: [812]}),
	foundConnection(41_000, 5432, {ownerPids: [812]}),
	foundConnection(41_001, 443, {state: 'time-wait', isOrphan: true}),
];

export const usualReading = (second = 0, changes: readonly FoundSocket[] = usualSockets): LocalSnapshot => readingAt(second, changes, everyone);
