import type {Port} from '../port/port.ts';
import {formatEnd, isWaiting, type LocalProcess, type LocalSnapshot, type LocalSocket, type SocketEnd, type SocketOwner, type SocketSource, type SocketState, type SocketTransport} from './local-socket.ts';
import {scopeOf} from './socket-scope.ts';

/** A socket as some source of them tells it, before it is known who its owners are. */
export type FoundSocket = {
	readonly transport: SocketTransport;
	readonly family: 4 | 6;
	readonly state: SocketState;
	readonly address: string;
	readonly port: Port;
	readonly peer: SocketEnd | null;
	/** What the source tells sockets with the same ends apart by; empty where it has nothing. */
	readonly handle: string;
	readonly user: string | null;
	readonly ownerPids: readonly number[];
	/** Whether it is certain that no process has the socket. */
	readonly isOrphan: boolean;
};

export type FoundSockets = {
	readonly takenAt: string;
	readonly source: SocketSource;
	readonly sockets: readonly FoundSocket[];
	/** By PID. */
	readonly processes: ReadonlyMap<number, LocalProcess>;
	/** Whether this user may see every process, so that a socket without an owner has none. */
	readonly seesEveryProcess: boolean;
	readonly leavesOutOthers?: boolean;
	readonly isReadByRoot?: boolean;
};

/** The most ancestors that are followed: no real tree is as deep, and a PID used again in between could make a ring. */
const deepestTree = 100;

/** The ancestors of a process, its parent first, as far as they are known. */
export const ancestorsOf = (pid: number, processes: ReadonlyMap<number, Pick<LocalProcess, 'parentPid'>>): readonly number[] => {
	const ancestors: number[] = [];
	let parent = processes.get(pid)?.parentPid ?? null;
	while (parent !== null && parent > 0 && parent !== pid && ancestors.length < deepestTree && !ancestors.includes(parent)) {
		ancestors.push(parent);
		parent = processes.get(parent)?.parentPid ?? null;
	}

	return ancestors;
};

/** The owners of a socket, parents before their children, else by PID. */
const orderOwners = (pids: readonly number[], processes: ReadonlyMap<number, LocalProcess>): readonly SocketOwner[] => {
	const unique = [...new Set(pids)];
	const owners = unique.map(pid => processes.get(pid)).filter(owner => owner !== undefined);
	if (owners.length < 2) {
		return owners;
	}

	const depths = new Map(owners.map(({pid}) => [pid, ancestorsOf(pid, processes).filter(ancestor => unique.includes(ancestor)).length]));
	return owners.toSorted((one, other) => depths.get(one.pid)! - depths.get(other.pid)! || one.pid - other.pid);
};

/** A connection keeps its ends through all its states. Of waiting sockets several may have the same end (SO_REUSEPORT): there the handle tells them apart. */
const idOf = ({transport, state, peer, handle, ...end}: FoundSocket): string =>
	`${transport} ${formatEnd(end)} ${peer !== null && !isWaiting({state}) ? formatEnd(peer) : handle}`;

const compareText = (one: string, other: string): number => (one < other ? -1 : (one > other ? 1 : 0));

const compareSockets = (one: LocalSocket, other: LocalSocket): number =>
	one.port - other.port || compareText(one.transport, other.transport) || one.family - other.family || compareText(one.id, other.id);

/** Joins sockets and their owners to a snapshot. */
export const assembleSnapshot = ({takenAt, source, sockets, processes, seesEveryProcess, leavesOutOthers = false, isReadByRoot = false}: FoundSockets): LocalSnapshot => {
	const joined = sockets.map((found): LocalSocket => {
		const {transport, family, state, address, port, peer, user, ownerPids, isOrphan} = found;
		const owners = orderOwners(ownerPids, processes);
		return {
			id: idOf(found),
			transport,
			family,
			state,
			address,
			port,
			scope: scopeOf(address),
			peer,
			ownership: owners.length > 0 ? 'known' : (isOrphan || seesEveryProcess ? 'none' : 'hidden'),
			owners,
			user,
		};
	}).sort(compareSockets);

	return {
		takenAt,
		source,
		sockets: joined,
		processes: [...processes.values()].sort((one, other) => one.pid - other.pid),
		hiddenCount: joined.filter(socket => socket.ownership === 'hidden' && isWaiting(socket)).length,
		leavesOutOthers,
		isReadByRoot,
	};
};
