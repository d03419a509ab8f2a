import {isWaiting, type LocalProcess, type LocalSocket} from '../local/local-socket.ts';
import type {SocketFacts} from '../local/socket-facts.ts';
import type {Severity} from '../registry/registry.ts';
import {commandOf, ownerWords, scopeWords} from '../report/local-words.ts';
import {printable} from '../report/printable.ts';

export type SocketColumnId = 'port' | 'over' | 'reach' | 'process' | 'pid' | 'user' | 'address' | 'usual' | 'risk' | 'command';

export type SocketColumn = {readonly id: SocketColumnId; readonly title: string; readonly width: number; readonly align?: 'start' | 'end'};

/** Before the columns: the sign of the row in hand, and whether it is new or gone. */
export const leadWidth = 2;

/** Columns between two columns of the list. */
const gap = 1;

/** Room for `this machine only`, and for every state of a connection. */
const reachWidth = 17;

/** With the column of the PID after it, room for `owner hidden: run with sudo`. */
const leastProcessWidth = 19;

const every: Readonly<Record<SocketColumnId, SocketColumn>> = {
	port: {id: 'port', title: 'PORT', width: 5, align: 'end'},
	over: {id: 'over', title: 'OVER', width: 4},
	reach: {id: 'reach', title: 'REACH', width: reachWidth},
	process: {id: 'process', title: 'PROCESS', width: leastProcessWidth},
	pid: {id: 'pid', title: 'PID', width: 7, align: 'end'},
	user: {id: 'user', title: 'USER', width: 10},
	address: {id: 'address', title: 'ADDRESS', width: 15},
	// A question mark marks what only the port's number says.
	usual: {id: 'usual', title: 'USUALLY', width: 11},
	risk: {id: 'risk', title: 'RISK', width: 9},
	command: {id: 'command', title: 'COMMAND', width: 20},
};

/** The columns from which width on, in columns of the screen inside the pane. */
const sets: ReadonlyArray<readonly [from: number, ids: readonly SocketColumnId[]]> = [
	[148, ['port', 'over', 'reach', 'process', 'pid', 'user', 'address', 'usual', 'risk', 'command']],
	[108, ['port', 'over', 'reach', 'process', 'pid', 'user', 'address', 'usual', 'risk']],
	[77, ['port', 'over', 'reach', 'process', 'pid', 'usual', 'risk']],
	[0, ['port', 'over', 'reach', 'process', 'pid']],
];

/** Which columns stretch where there is more room than they need, and how far. */
const stretch: ReadonlyArray<readonly [id: SocketColumnId, most: number]> = [['usual', 24], ['process', 32], ['command', Number.MAX_SAFE_INTEGER]];

const widthOfColumns = (columns: readonly SocketColumn[]): number => leadWidth + columns.reduce((sum, {width}) => sum + width + gap, -gap);

/** The columns there is room for in a pane, with their widths. */
export const socketColumns = (width: number): readonly SocketColumn[] => {
	const ids = sets.find(([from]) => width >= from)![1];
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

const processText = ({owners, ...socket}: LocalSocket): string => {
	const [first] = owners;
	return first === undefined ? ownerWords(socket) : printable(first.name) + (owners.length > 1 ? ` +${owners.length - 1}` : '');
};

/** A guess is marked, so that it is not taken for what runs there. */
const markGuess = (text: string, isGuess: boolean): string => (isGuess ? `${text}?` : text);

const usualText = (facts: SocketFacts | undefined): string => (facts === undefined ? '' : facts.usual === null ? '—' : markGuess(printable(facts.usual.name), facts.usual.isGuess));

const riskText = (facts: SocketFacts | undefined): string => (facts?.exposure ? markGuess(facts.exposure.severity, facts.isExposureGuess) : '');

const commandText = (process: LocalProcess | undefined): string => (process === undefined ? '' : printable(commandOf(process) ?? ''));

/** The texts of a socket's row. `depth` indents it below what it is grouped under. */
export const cellsOfSocket = (socket: LocalSocket, depth: number, facts: SocketFacts | undefined): SocketCells => {
	const [owner] = socket.owners;
	const isWaitingNow = isWaiting(socket);
	return {
		texts: {
			port: String(socket.port),
			over: socket.transport + socket.family,
			reach: isWaitingNow ? scopeWords[socket.scope] : socket.state,
			process: (depth === 0 ? '' : `${indentOf(depth - 1)}└ `) + processText(socket),
			pid: owner === undefined ? '' : String(owner.pid),
			user: printable(owner?.user ?? socket.user ?? ''),
			address: isWaitingNow || socket.peer === null ? socket.address : `→ ${socket.peer.address}`,
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
		port: '', over: '', reach: '', address: '', usual: '', risk: '',
		process: indentOf(depth) + printable(process.name), pid: String(process.pid), user: printable(process.user ?? ''), command: commandText(process),
	},
	severity: undefined,
});

/** The texts of the row above sockets without a known owner. */
export const cellsOfOwnerless = (ownership: 'hidden' | 'none'): SocketCells => ({
	texts: {port: '', over: '', reach: '', address: '', usual: '', risk: '', process: ownerWords({ownership}), pid: '', user: '', command: ''},
	severity: undefined,
});
