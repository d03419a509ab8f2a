import {formatEnd, isWaiting, type LocalSnapshot, type LocalSocket, type SocketOwner} from '../local/local-socket.ts';
import type {SocketEvent} from '../local/diff-snapshots.ts';
import {commandOf, cutText, describeContainer, describePort, describeProcess, ownerWords, scopeWords} from './local-words.ts';
import type {SocketView} from './local-view.ts';
import {printable} from './printable.ts';
import {formatCount} from './quantity.ts';
import {describeReach, reachNote} from './reach-words.ts';
import {formatColumns, type TextColumn} from './text-columns.ts';

/** Sockets that a person takes for one: the same port, reach and owners, at several addresses. */
type Row = {readonly view: SocketView; readonly addresses: readonly string[]};

const longestName = 20;
const longestUser = 12;

const mergeRows = (views: readonly SocketView[]): readonly Row[] => {
	const rows = new Map<string, Row>();
	for (const view of views) {
		const {transport, port, scope, ownership, owners, address} = view.socket;
		const key = [port, transport, scope, ownership, ...owners.map(({pid}) => pid), ...(view.reach ?? []).map(({address: at, reason}) => `${at} ${reason}`)].join(' ');
		const row = rows.get(key);
		rows.set(key, row === undefined ? {view, addresses: [address]} : {...row, addresses: [...new Set([...row.addresses, address])]});
	}

	return [...rows.values()];
};

const ownerCell = ({owners, ownership}: LocalSocket): string => {
	const [owner] = owners;
	return owner === undefined ? (ownership === 'hidden' ? 'owner hidden' : 'no process') : cutText(printable(owner.name), longestName);
};

const pidCell = ({owners}: LocalSocket): string => (owners.length === 0 ? '' : `${owners[0]!.pid}${owners.length === 1 ? '' : ` +${owners.length - 1}`}`);

const userCell = ({owners, user}: LocalSocket): string => cutText(printable(owners[0]?.user ?? user ?? ''), longestUser);

const groupOf = ({unit, container}: SocketOwner): string => (container === null ? printable(unit?.name ?? '') : describeContainer(container));

/** To a minute: `2026-01-31 12:00Z`. */
const startCell = ({startedAt}: SocketOwner): string => (startedAt === null ? '' : `${startedAt.slice(0, 16).replace('T', ' ')}Z`);

const commandCell = (owner: SocketOwner): string => `${printable(commandOf(owner) ?? '')}${owner.isExecutableDeleted ? ' (its file was replaced or deleted)' : ''}`.trim();

const ofOwner = (cell: (owner: SocketOwner) => string) => ({socket}: SocketView): string => (socket.owners[0] === undefined ? '' : cell(socket.owners[0]));

/** A guess is marked, so that it is not taken for what runs there. */
const markGuess = (text: string, isGuess: boolean): string => `${text}${isGuess ? '?' : ''}`;

const usualCell = ({facts}: SocketView): string => (facts?.usual ? markGuess(printable(facts.usual.name), facts.usual.isGuess) : '');

const riskCell = ({facts}: SocketView): string => (facts?.exposure ? markGuess(facts.exposure.severity, facts.isExposureGuess) : '');

/** In a narrow terminal long names give way to what the port is for. */
const narrowWidth = 100;
const longestNarrowName = 12;

const waitingColumns = (width: number | undefined, hasReach: boolean): ReadonlyArray<TextColumn<Row>> => [
	{title: 'PORT', rank: 0, isNumber: true, cell: ({view}) => String(view.socket.port)},
	{title: 'OVER', rank: 1, cell: ({view}) => view.socket.transport},
	{title: 'REACHED FROM', rank: 2, cell: ({view}) => scopeWords[view.socket.scope]},
	{title: 'PROCESS', rank: 3, least: 8, most: width !== undefined && width < narrowWidth ? longestNarrowName : longestName, cell: ({view}) => ownerCell(view.socket)},
	{title: 'PID', rank: 4, isNumber: true, cell: ({view}) => pidCell(view.socket)},
	{title: 'ANSWERS AT', rank: 4.5, least: 12, cell: ({view}) => (hasReach ? describeReach(view.reach) : '')},
	{title: 'USER', rank: 5, cell: ({view}) => userCell(view.socket)},
	{title: 'USUALLY', rank: 7, least: 8, most: 24, cell: ({view}) => usualCell(view)},
	{title: 'RISK', rank: 6, cell: ({view}) => riskCell(view)},
	{title: 'UNIT', rank: 9, least: 10, cell: ({view}) => ofOwner(groupOf)(view)},
	{title: 'ADDRESS', rank: 10, cell: ({addresses}) => addresses.join(', ')},
	{title: 'STARTED', rank: 11, cell: ({view}) => ofOwner(startCell)(view)},
	{title: 'COMMAND', rank: 8, least: 16, cell: ({view}) => ofOwner(commandCell)(view)},
	{title: 'CONCERN', rank: 12, least: 16, cell: ({view}) => (view.facts?.exposure ? markGuess(view.facts.exposure.concern, view.facts.isExposureGuess) : '')},
];

const stateWords = (state: LocalSocket['state']): string => state.replaceAll('-', ' ');

const connectionColumns: ReadonlyArray<TextColumn<SocketView>> = [
	{title: 'OVER', rank: 1, cell: ({socket}) => socket.transport},
	{title: 'THIS END', rank: 0, cell: ({socket}) => formatEnd(socket)},
	{title: 'PEER', rank: 2, cell: ({socket: {peer}}) => (peer === null ? '' : formatEnd(peer))},
	{title: 'STATE', rank: 3, cell: ({socket}) => stateWords(socket.state)},
	{title: 'EPHEMERAL', rank: 4, cell: ({ephemeralSide}) => (ephemeralSide === 'local' ? 'this end' : (ephemeralSide ?? ''))},
	{title: 'PROCESS', rank: 5, cell: ({socket}) => (socket.ownership === 'none' ? '' : ownerCell(socket))},
	{title: 'PID', rank: 6, isNumber: true, cell: ({socket}) => pidCell(socket)},
	{title: 'USER', rank: 7, cell: ({socket}) => (socket.ownership === 'none' ? '' : userCell(socket))},
	{title: 'COMMAND', rank: 8, least: 16, cell: ofOwner(commandCell)},
];

const isReachableFromOutside = ({socket}: SocketView): boolean => socket.scope !== 'loopback';

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`;

const formatWaiting = (views: readonly SocketView[], width: number | undefined): readonly string[] => {
	if (views.length === 0) {
		return ['Nothing listens on this machine.'];
	}

	const outside = views.filter(view => isReachableFromOutside(view)).length;
	const isGuessing = views.some(({facts}) => facts?.usual?.isGuess === true || facts?.isExposureGuess === true);
	const hasReach = views.some(({reach}) => reach !== undefined);
	return [
		...formatColumns(waitingColumns(width, hasReach), mergeRows(views), width),
		'',
		`${plural(views.length, 'socket listens or is bound', 'sockets listen or are bound')}; ${outside === 0 ? 'none of them' : formatCount(outside)} at an address other machines may reach, if nothing in between filters.`,
		...(hasReach ? [reachNote] : []),
		...(isGuessing ? ['A ? marks a guess from the port\'s number; without it the process\'s name agrees.'] : []),
	];
};

const formatConnections = (views: readonly SocketView[], width: number | undefined): readonly string[] => (views.length === 0
	? ['There are no connections.']
	: [
		...formatColumns(connectionColumns, views, width),
		'',
		`${plural(views.length, 'connection', 'connections')}. The ephemeral port is taken for this end's unless something here listens on this end's port.`,
	]);

export type LocalTextOptions = {
	/** Columns of the terminal; undefined cuts nothing. */
	readonly width: number | undefined;
	readonly hasWaiting: boolean;
	readonly hasConnections: boolean;
};

/** Sockets as a person reads them: a table of those that wait, one of connections, each with its sum. Plain text, no trailing blanks. */
export const formatLocalText = (views: readonly SocketView[], {width, hasWaiting, hasConnections}: LocalTextOptions): string => {
	const sections = [
		...(hasWaiting ? [formatWaiting(views.filter(({socket}) => isWaiting(socket)), width)] : []),
		...(hasConnections ? [formatConnections(views.filter(({socket}) => !isWaiting(socket)), width)] : []),
	];
	return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`;
};

/** What a person is told of hidden owners; undefined where none is. */
export const hiddenHint = ({hiddenCount, leavesOutOthers, isReadByRoot}: Pick<LocalSnapshot, 'hiddenCount' | 'leavesOutOthers' | 'isReadByRoot'>): string | undefined => {
	if (hiddenCount > 0) {
		const who = `${plural(hiddenCount, 'socket has', 'sockets have')} a hidden owner`;
		return isReadByRoot ? `${who}: the system shows that process to nobody in here, not even to root.` : `${who}: run with sudo to see whose process it is.`;
	}

	return leavesOutOthers ? 'Sockets of other users are left out: run with sudo to see them.' : undefined;
};

/** An event as a line for a person. @param time - Of the day, as it is to be shown. */
export const formatSocketEventText = (event: SocketEvent['event'], {socket, isReadByRoot}: SocketView, time: string): string => {
	const {address, port, transport, peer, scope, owners} = socket;
	const where = isWaiting(socket) ? `${formatEnd({address, port})} (${scopeWords[scope]})` : `${formatEnd(socket)} with ${peer === null ? 'nobody' : formatEnd(peer)}`;
	const [owner, ...others] = owners;
	const who = owner === undefined ? ownerWords(socket, isReadByRoot) : `${describeProcess(owner)}${others.length === 0 ? '' : ` and ${others.length} more`}`;
	return `${time}  ${event.padEnd('present'.length)}  ${describePort({port, transport}).padEnd('65535/udp'.length)}  ${where}  ${who}\n`;
};
