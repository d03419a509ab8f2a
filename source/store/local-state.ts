import type {LocalProcess, LocalSocket} from '../local/local-socket.ts';
import type {ReachAt} from '../local/reach.ts';
import type {Port} from '../port/port.ts';
import type {StopDialog} from './stop-dialog.ts';
import {textField, type TextField} from './text-field.ts';

/** What the sockets can be sorted by, in the order `o` goes through. Age begins with the youngest. */
export const socketSorts = ['port', 'process', 'address', 'age'] as const;
export type SocketSort = (typeof socketSorts)[number];

/** How the sockets can be grouped, in the order `t` goes through. */
export const socketGroupings = ['flat', 'process', 'tree'] as const;
export type SocketGrouping = (typeof socketGroupings)[number];

/** How a socket stands to the reading before: there already, new since, or gone since. */
export type Freshness = 'steady' | 'new' | 'gone';

/** A socket as it is listed. The same object as long as nothing about it changes. */
export type LocalRow = {
	readonly socket: LocalSocket;
	readonly freshness: Freshness;
	/** When that began, in milliseconds of the epoch. */
	readonly sinceMs: number;
};

/** Whether the sockets of this machine could be read. What was read before a failure stays. */
export type LocalReading = {readonly kind: 'unread'} | {readonly kind: 'read'} | {readonly kind: 'failed'; readonly message: string};

/** Where listeners answered when they were tried at this machine's own addresses. */
export type ReachTried =
	| {readonly kind: 'trying'}
	/** By the id of the socket, so that one that came later is not taken for one that was tried. `at`: ISO 8601. */
	| {readonly kind: 'tried'; readonly at: string; readonly found: ReadonlyMap<string, readonly ReachAt[]>};

/** What the Local view shows, and how. */
export type LocalState = {
	readonly reading: LocalReading;
	/** When what is shown was read, ISO 8601; undefined before the first reading. */
	readonly takenAt: string | undefined;
	readonly rows: readonly LocalRow[];
	/** Those that hold sockets, and their ancestors. */
	readonly processes: readonly LocalProcess[];
	/** How many of what listens have an owner that this user may not see. */
	readonly hiddenCount: number;
	/** Whether the last reading was root's, from whom few owners are hidden. */
	readonly isReadByRoot: boolean;
	/** Whether sockets of others are not even listed. */
	readonly leavesOutOthers: boolean;
	/** TCP ports that something listens on. A UDP socket may be one that a client got for the occasion, so it marks no port. */
	readonly listening: ReadonlySet<Port>;
	/** The line in hand; undefined follows the first. */
	readonly lineId: string | undefined;
	readonly filter: {readonly query: TextField; readonly isTyping: boolean};
	readonly sort: SocketSort;
	readonly isReversed: boolean;
	readonly grouping: SocketGrouping;
	/** Whether connections are listed beside what listens. */
	readonly isWithConnections: boolean;
	/** First line shown of what is known of the line in hand. */
	readonly top: number;
	/** Where listeners answer; undefined unless that was asked for. */
	readonly reach: ReachTried | undefined;
	readonly stop: StopDialog | undefined;
};

export const emptyFilter: LocalState['filter'] = {query: textField(''), isTyping: false};

export const initialLocal: LocalState = {
	reading: {kind: 'unread'},
	takenAt: undefined,
	rows: [],
	processes: [],
	hiddenCount: 0,
	isReadByRoot: false,
	leavesOutOthers: false,
	listening: new Set(),
	lineId: undefined,
	filter: emptyFilter,
	sort: 'port',
	isReversed: false,
	grouping: 'flat',
	isWithConnections: false,
	top: 0,
	reach: undefined,
	stop: undefined,
};
