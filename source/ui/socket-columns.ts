import type {EphemeralSide} from '../local/ephemeral-side.ts';
import {formatEnd, isWaiting, type LocalProcess, type LocalSocket} from '../local/local-socket.ts';
import type {SocketFacts} from '../local/socket-facts.ts';
import type {Severity} from '../registry/registry.ts';
import {commandOf, ownerWords, scopeWords} from '../report/local-words.ts';
import {printable} from '../report/printable.ts';

export type SocketColumnId = 'port' | 'via' | 'over' | 'reach' | 'process' | 'pid' | 'user' | 'address' | 'peer' | 'usual' | 'risk' | 'command';

export type SocketColumn = {readonly id: SocketColumnId; readonly title: string; readonly width: number; readonly align?: 'start' | 'end'};

/** Before the columns: the sign of the row in hand, whether it is new or gone, and a blank. */
export const leadWidth = 3;

/** Columns between two columns of the list. */
const gap = 1;

/** Room for `this machine only`, and for every state of a connection. */
const reachWidth = 17;

/** With the column of the PID after it, room for `owner hidden: run with sudo`. */
const leastProcessWidth = 19;

const every: Readonly<Record<SocketColumnId, SocketColumn>> = {
	port: {id: 'port', title: 'PORT', width: 5, align: 'end'},
	/** The transport alone, where there is no room for the family of the address (`tcp6`). */
	via: {id: 'via', title: 'VIA', width: 3},
	over: {id: 'over', title: 'OVER', width: 4},
	reach: {id: 'reach', title: 'REACH', width: reachWidth},
	process: {id: 'process', title: 'PROCESS', width: leastProcessWidth},
	pid: {id: 'pid', title: 'PID', width: 7, align: 'end'},
	user: {id: 'user', title: 'USER', width: 10},
	address: {id: 'address', title: 'ADDRESS', width: 15},
	/** Of a connection its other end, with room for an IPv4 address and port; of what listens its own address. */
	peer: {id: 'peer', title: 'ADDRESS OR PEER', width: 23},
	// A question mark marks what only the port's number says.
	usual: {id: 'usual', title: 'USUALLY', width: 8},
	risk: {id: 'risk', title: 'RISK', width: 9},
	command: {id: 'command', title: 'COMMAND', width: 20},
};

/** Columns for a width of so many columns of the screen, and more, inside the pane. */
type ColumnSets = ReadonlyArray<readonly [from: number, ids: readonly SocketColumnId[]]>;

/** From this width on there is room for processes beside peers. */
const processFrom = 77;

/** Where connections are listed too, what matters is who is at the other end. */
const connectionSets: ColumnSets = [
	[138, ['port', 'over', 'reach', 'process', 'pid', 'user', 'peer', 'usual', 'risk', 'command']],
	[108, ['port', 'over', 'reach', 'process', 'pid', 'user', 'peer']],
	[processFrom, ['port', 'over', 'reach', 'process', 'peer']],
	[0, ['port', 'via', 'reach', 'peer']],
];

const listeningSets: ColumnSets = [
	[130, ['port', 'over', 'reach', 'process', 'pid', 'user', 'address', 'usual', 'risk', 'command']],
	[108, ['port', 'over', 'reach', 'process', 'pid', 'user', 'address', 'usual', 'risk']],
	[78, ['port', 'over', 'reach', 'process', 'pid', 'usual', 'risk']],
	[0, ['port', 'via', 'reach', 'process', 'pid']],
];

/** Which columns stretch where there is more room than they need, and how far. */
const stretch: ReadonlyArray<readonly [id: SocketColumnId, most: number]> = [['peer', 28], ['usual', 24], ['process', 24], ['command', Number.MAX_SAFE_INTEGER]];

const widthOfColumns = (columns: readonly SocketColumn[]): number => leadWidth + columns.reduce((sum, {width}) => sum + width + gap, -gap);

/** The columns there is room for in a pane, with their widths. What sockets are grouped by is told in the column of the process, so a narrow pane then has that instead of the peers. */
export const socketColumns = (width: number, isWithConnections: boolean, isGrouped: boolean): readonly SocketColumn[] => {
	const ids = (isWithConnections && !(isGrouped && width < processFrom) ? connectionSets : listeningSets).find(([from]) => width >= from)![1];
	let columns = ids.map(id => every[id]);
	for (const [id, most] of stretch) {
		const spare = width - widthOfColumns(columns);
		columns = columns.map(column => (column.id === id ? {...column, width: Math.min(most, column.width + Math.max(0, spare))} : column));
	}

	return columns;
};

/** What stands in a row: a text a column, and how grave the risk is. */
export type SocketCells = {readonly texts: Readonly<Record<SocketColumnId, string>>; readonly severity: Severity | undefined};

/** Further down in a tree the name is cut before its depth is. */
const deepest = 10;

export const indentOf = (depth: number): string => ' '.repeat(Math.min(deepest, depth));

const processText = ({owners, ...socket}: LocalSocket, isReadByRoot: boolean): string => {
	const [first] = owners;
	return first === undefined ? ownerWords(socket, isReadByRoot) : printable(first.name) + (owners.length > 1 ? ` +${owners.length - 1}` : '');
};

/** A guess is marked, so that it is not taken for what runs there. */
const markGuess = (text: string, isGuess: boolean): string => (isGuess ? `${text}?` : text);

const usualText = (facts: SocketFacts | undefined): string => (facts === undefined ? '' : facts.usual === null ? '—' : markGuess(printable(facts.usual.name), facts.usual.isGuess));

const riskText = (facts: SocketFacts | undefined): string => (facts?.exposure ? markGuess(facts.exposure.severity, facts.isExposureGuess) : '');

const commandText = (process: LocalProcess | undefined): string => (process === undefined ? '' : printable(commandOf(process) ?? ''));

/** The other end of a connection, and which of the two called. */
const peerText = ({address, peer, ...socket}: LocalSocket, side: EphemeralSide | null): string =>
	peer === null || isWaiting(socket) ? address : `${side === 'peer' ? '←' : '→'} ${formatEnd(peer)}`;

export type SocketNotes = {
	/** How far it is indented below what it is grouped under; 0 where it is not. */
	readonly depth: number;
	/** What its port tells; undefined where that is not known. */
	readonly facts: SocketFacts | undefined;
	readonly side: EphemeralSide | null;
	readonly isReadByRoot: boolean;
	/** Where it answered, in a word; undefined where that is not asked. */
	readonly reach?: string | undefined;
};

/** The texts of a socket's row. What it is grouped under says who holds it. */
export const cellsOfSocket = (socket: LocalSocket, {depth, facts, side, isReadByRoot, reach}: SocketNotes): SocketCells => {
	const isGrouped = depth > 0;
	const owner = isGrouped ? undefined : socket.owners[0];
	const isWaitingNow = isWaiting(socket);
	return {
		texts: {
			port: String(socket.port),
			via: socket.transport,
			over: socket.transport + socket.family,
			reach: isWaitingNow ? (reach ?? scopeWords[socket.scope]) : socket.state,
			process: isGrouped ? `${indentOf(depth - 1)}└${socket.owners.length > 1 ? ` held by ${socket.owners.length}` : ''}` : processText(socket, isReadByRoot),
			pid: owner === undefined ? '' : String(owner.pid),
			user: isGrouped ? '' : printable(owner?.user ?? socket.user ?? ''),
			address: socket.address,
			peer: peerText(socket, side),
			usual: usualText(facts),
			risk: riskText(facts),
			command: commandText(owner),
		},
		severity: facts?.exposure?.severity,
	};
};

/** The texts of a row that sockets are grouped under. */
export const cellsOfProcess = (process: LocalProcess, depth: number): SocketCells => ({
	texts: {
		port: '', via: '', over: '', reach: '', address: '', peer: '', usual: '', risk: '',
		process: indentOf(depth) + printable(process.name), pid: String(process.pid), user: printable(process.user ?? ''), command: commandText(process),
	},
	severity: undefined,
});

/** The texts of the row above sockets without a known owner. */
export const cellsOfOwnerless = (ownership: 'hidden' | 'none', isReadByRoot: boolean): SocketCells => ({
	texts: {port: '', via: '', over: '', reach: '', address: '', peer: '', usual: '', risk: '', process: ownerWords({ownership}, isReadByRoot), pid: '', user: '', command: ''},
	severity: undefined,
});
