import type {Port} from '../port/port.ts';
import {ancestorsOf} from './assemble-snapshot.ts';
import {isWaiting, type LocalProcess, type LocalSnapshot, type LocalSocket, type SocketTransport} from './local-socket.ts';

export type HeldPort = {readonly port: Port; readonly transport: SocketTransport};

/** A process that is to be stopped. */
export type StopTarget = {
	readonly process: LocalProcess;
	/** Every port it waits on, those that were not asked for too: they are all given up with it. Lowest first. */
	readonly ports: readonly HeldPort[];
	/** Whether another target started it, so that it may end by itself when that one does. */
	readonly isBelowTarget: boolean;
};

/** Why a port cannot be freed. */
export type StopObstacle =
	/** Its owner is not to be seen by this user. */
	| {readonly reason: 'hidden'; readonly port: Port; readonly user: string | null}
	/** No process of this machine's list has it: the kernel itself, or a process in another PID namespace. */
	| {readonly reason: 'no-process'; readonly port: Port}
	/** PID 1, which starts all others. */
	| {readonly reason: 'first-process'; readonly port: Port; readonly process: LocalProcess}
	/** This program itself. */
	| {readonly reason: 'itself'; readonly port: Port; readonly process: LocalProcess}
	/** What this program runs in: its shell, its terminal, its session. Only this one may be overridden. */
	| {readonly reason: 'ancestor'; readonly port: Port; readonly process: LocalProcess}
	| {readonly reason: 'not-permitted'; readonly port: Port; readonly process: LocalProcess}
	/** The system does not tell its start, so it could not be told from another with the same PID. */
	| {readonly reason: 'no-birth'; readonly port: Port; readonly process: LocalProcess};

export type StopPlan = {
	/** The ports that were asked for. */
	readonly ports: readonly Port[];
	/** Those of them that nothing waits on. */
	readonly freePorts: readonly Port[];
	/** Parents before their children. */
	readonly targets: readonly StopTarget[];
	/** A port with an obstacle is left alone altogether: to stop a part of its owners would not free it. */
	readonly obstacles: readonly StopObstacle[];
};

export type StopSurroundings = {
	readonly ownPid: number;
	readonly ownAncestors: readonly number[];
	/** Those this user may send no signal to. */
	readonly protectedPids: ReadonlySet<number>;
	/** Whether what this program runs in may be stopped too. */
	readonly mayStopAncestors: boolean;
};

const waitingOn = ({sockets}: Pick<LocalSnapshot, 'sockets'>, port: Port): readonly LocalSocket[] => sockets.filter(socket => socket.port === port && isWaiting(socket));

const obstaclesOf = (socket: LocalSocket, {ownPid, ownAncestors, protectedPids, mayStopAncestors}: StopSurroundings): readonly StopObstacle[] => {
	const {port, ownership, user} = socket;
	if (ownership !== 'known') {
		return [ownership === 'hidden' ? {reason: 'hidden', port, user} : {reason: 'no-process', port}];
	}

	return socket.owners.flatMap((process): readonly StopObstacle[] => {
		const {pid, birth} = process;
		if (pid <= 1) {
			return [{reason: 'first-process', port, process}];
		}

		if (pid === ownPid) {
			return [{reason: 'itself', port, process}];
		}

		if (!mayStopAncestors && ownAncestors.includes(pid)) {
			return [{reason: 'ancestor', port, process}];
		}

		if (protectedPids.has(pid)) {
			return [{reason: 'not-permitted', port, process}];
		}

		return birth === null ? [{reason: 'no-birth', port, process}] : [];
	});
};

const subjectOf = (obstacle: StopObstacle): string => [obstacle.reason, obstacle.port, 'process' in obstacle ? obstacle.process.pid : ''].join(' ');

/** Every port a process waits on, lowest first, each once. */
const portsHeldBy = (pid: number, {sockets}: LocalSnapshot): readonly HeldPort[] => {
	const held = new Map<string, HeldPort>();
	for (const socket of sockets) {
		if (isWaiting(socket) && socket.owners.some(owner => owner.pid === pid)) {
			held.set(`${socket.port} ${socket.transport}`, {port: socket.port, transport: socket.transport});
		}
	}

	return [...held.values()];
};

/** Every process that holds a socket waiting on one of the ports, in no order. */
export const ownersOf = (snapshot: Pick<LocalSnapshot, 'sockets'>, ports: readonly Port[]): readonly LocalProcess[] =>
	[...new Map(ports.flatMap(port => waitingOn(snapshot, port)).flatMap(({owners}) => owners).map(owner => [owner.pid, owner])).values()];

/**
Decides what is to be stopped so that some ports become free: every process that holds a socket listening on, or bound to, one of them.

A port that cannot be freed is left alone, and the obstacle told.
*/
export const planStop = (snapshot: LocalSnapshot, ports: readonly Port[], surroundings: StopSurroundings): StopPlan => {
	const asked = [...new Set(ports)];
	const obstacles = [...new Map(asked.flatMap(port => waitingOn(snapshot, port)).flatMap(socket => obstaclesOf(socket, surroundings)).map(each => [subjectOf(each), each])).values()];
	const stuck = new Set(obstacles.map(({port}) => port));
	const owners = ownersOf(snapshot, asked.filter(port => !stuck.has(port)));
	const processes = new Map(snapshot.processes.map(process => [process.pid, process]));
	const ownerPids = new Set(owners.map(({pid}) => pid));
	const depthOf = (pid: number): number => ancestorsOf(pid, processes).filter(ancestor => ownerPids.has(ancestor)).length;
	return {
		ports: asked,
		freePorts: asked.filter(port => waitingOn(snapshot, port).length === 0),
		targets: owners.toSorted((one, other) => depthOf(one.pid) - depthOf(other.pid) || one.pid - other.pid)
			.map(process => ({process, ports: portsHeldBy(process.pid, snapshot), isBelowTarget: depthOf(process.pid) > 0})),
		obstacles,
	};
};
