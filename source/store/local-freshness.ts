import type {LocalSnapshot, LocalSocket} from '../local/local-socket.ts';
import type {Port} from '../port/port.ts';
import type {LocalRow, LocalState} from './local-state.ts';
import {isSameValue} from './same-value.ts';

/** How long a new socket stands out, in milliseconds: a glance away and back. */
export const newForMs = 6000;

/** How long a socket that is gone stays in sight, in milliseconds: time to read what it was. */
export const goneForMs = 4000;

/** A row after a reading that has its socket; the same row where nothing changed. */
const seenAgain = (row: LocalRow, socket: LocalSocket, nowMs: number): LocalRow => {
	const isStillNew = row.freshness === 'new' && nowMs - row.sinceMs < newForMs;
	const freshness = isStillNew ? 'new' : 'steady';
	// What says the same stays the same object, so that what is drawn of it stays too.
	return freshness === row.freshness && isSameValue(row.socket, socket) ? row : {socket, freshness, sinceMs: freshness === row.freshness ? row.sinceMs : nowMs};
};

/** A row after a reading that lacks its socket; undefined once it has been gone long enough. */
const missed = (row: LocalRow, nowMs: number): LocalRow | undefined => {
	if (row.freshness !== 'gone') {
		return {...row, freshness: 'gone', sinceMs: nowMs};
	}

	return nowMs - row.sinceMs < goneForMs ? row : undefined;
};

const mergeRows = ({rows, takenAt}: Pick<LocalState, 'rows' | 'takenAt'>, sockets: readonly LocalSocket[], nowMs: number): readonly LocalRow[] => {
	const isFirst = takenAt === undefined;
	const before = new Map(rows.filter(({freshness}) => freshness !== 'gone').map(row => [row.socket.id, row]));
	const found = sockets.map((socket): LocalRow => {
		const row = before.get(socket.id);
		return row === undefined ? {socket, freshness: isFirst ? 'steady' : 'new', sinceMs: nowMs} : seenAgain(row, socket, nowMs);
	});
	const present = new Set(sockets.map(({id}) => id));
	const gone = rows.filter(({socket}) => !present.has(socket.id)).map(row => missed(row, nowMs)).filter(row => row !== undefined);
	return [...found, ...gone];
};

/** The value before where nothing changed, so that who remembers it by identity has nothing to do. */
const keep = <Value>(before: Value, after: Value, isSame: (one: Value, other: Value) => boolean): Value => (isSame(before, after) ? before : after);

const hasSameMembers = <Member>(one: ReadonlySet<Member>, other: ReadonlySet<Member>): boolean => one.size === other.size && [...one].every(member => other.has(member));

const hasSameRows = (one: readonly LocalRow[], other: readonly LocalRow[]): boolean => one.length === other.length && one.every((row, index) => row === other[index]);

const listeningOf = (sockets: readonly LocalSocket[]): ReadonlySet<Port> => new Set(sockets.filter(({state}) => state === 'listening').map(({port}) => port));

/** Takes in a reading: tells what is new and what is gone since the one before. The first has nothing to compare with, so nothing of it is new. */
export const withSnapshot = (local: LocalState, {takenAt, sockets, processes, hiddenCount, leavesOutOthers, isReadByRoot}: LocalSnapshot): LocalState => ({
	...local,
	reading: {kind: 'read'},
	takenAt,
	hiddenCount,
	isReadByRoot,
	leavesOutOthers,
	rows: keep(local.rows, mergeRows(local, sockets, Date.parse(takenAt)), hasSameRows),
	processes: keep(local.processes, processes, isSameValue),
	listening: keep(local.listening, listeningOf(sockets), hasSameMembers),
});
