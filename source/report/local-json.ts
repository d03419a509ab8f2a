import type {SocketEvent} from '../local/diff-snapshots.ts';
import type {LocalProcess, LocalSnapshot} from '../local/local-socket.ts';
import type {LocalDocument, LocalEventDocument, OwnerDocument, SocketDocument} from './documents/local.ts';
import {commandOf} from './local-words.ts';
import type {SocketView} from './local-view.ts';
import {formatJsonLine} from './printable.ts';

const ownerDocument = (owner: LocalProcess): OwnerDocument => ({
	pid: owner.pid,
	parentPid: owner.parentPid,
	process: owner.name,
	command: commandOf(owner),
	arguments: owner.commandLine,
	user: owner.user,
	startedAt: owner.startedAt,
	executable: owner.executable,
	executableDeleted: owner.isExecutableDeleted,
	unit: owner.unit,
	container: owner.container,
});

/** One socket. `pid`, `process` and what follows them are of the first owner: the parent of the others, else the lowest PID. */
const socketDocument = ({socket, facts, ephemeralSide, reach}: SocketView): SocketDocument => {
	const {transport, family, state, address, port, scope, peer, ownership, owners, user} = socket;
	const [owner] = owners;
	return {
		transport,
		family,
		state,
		address,
		port,
		scope,
		pid: owner?.pid ?? null,
		process: owner?.name ?? null,
		command: owner === undefined ? null : commandOf(owner),
		// The kernel tells whose a socket is even where the process is hidden.
		user: owner?.user ?? user,
		startedAt: owner?.startedAt ?? null,
		unit: owner?.unit ?? null,
		container: owner?.container ?? null,
		ownership,
		owners: owners.map(each => ownerDocument(each)),
		peer,
		ephemeralSide,
		// Left out where it was not tried.
		...(reach === undefined ? {} : {reach}),
		registry: facts?.registry ?? null,
		commonly: facts?.commonly ?? [],
		exposure: facts?.exposure ? {...facts.exposure, basis: facts.isExposureGuess ? 'port-number' : 'process-name'} : null,
	};
};

/** Sockets of this machine as the JSON document of kind `local`, version 1. Its shape is a contract: additions only. */
export const localDocument = ({takenAt, source, hiddenCount, leavesOutOthers}: LocalSnapshot, views: readonly SocketView[]): LocalDocument => ({
	portui: 1,
	kind: 'local',
	takenAt,
	source,
	// How many sockets that wait have an owner this user may not see.
	hiddenOwners: hiddenCount,
	leavesOutOthers,
	sockets: views.map(view => socketDocument(view)),
});

/** One event as a line of NDJSON. A socket that is listed once is told as `present`. */
export const formatSocketEventJson = (event: SocketEvent['event'], view: SocketView, at: string): string =>
	formatJsonLine({portui: 1, event, at, ...socketDocument(view)} satisfies LocalEventDocument);
