import {ancestorsOf} from '../local/assemble-snapshot.ts';
import {isWaiting, type LocalProcess, type Ownership} from '../local/local-socket.ts';
import type {Registry} from '../registry/registry.ts';
import {createSocketFilter} from './filter-sockets.ts';
import type {LocalRow, LocalState} from './local-state.ts';
import {sortSockets} from './sort-sockets.ts';

/** One line of the list: a socket, or what sockets are grouped under. `depth` is how far it is indented. */
export type LocalLine =
	| {readonly kind: 'socket'; readonly id: string; readonly depth: number; readonly row: LocalRow}
	| {readonly kind: 'process'; readonly id: string; readonly depth: number; readonly process: LocalProcess}
	/** Sockets whose owner this user may not see, or that no process has. */
	| {readonly kind: 'ownerless'; readonly id: string; readonly depth: number; readonly ownership: Exclude<Ownership, 'known'>};

/** A node of the tree that is being built; children and sockets in the order they came. */
type Group = {readonly line: LocalLine; readonly rows: LocalRow[]; readonly children: Map<string, Group>};

const socketLine = (row: LocalRow, depth: number): LocalLine => ({kind: 'socket', id: row.socket.id, depth, row});

const processId = ({pid, birth}: LocalProcess): string => `process ${pid} ${birth ?? ''}`;

const groupLine = (process: LocalProcess | undefined, {socket: {ownership}}: LocalRow, depth: number): LocalLine =>
	process === undefined
		? {kind: 'ownerless', id: `ownership ${ownership}`, depth, ownership: ownership === 'known' ? 'none' : ownership}
		: {kind: 'process', id: processId(process), depth, process};

const put = (groups: Map<string, Group>, line: LocalLine): Group => {
	const group = groups.get(line.id) ?? {line, rows: [], children: new Map<string, Group>()};
	groups.set(line.id, group);
	return group;
};

const linesOf = (groups: ReadonlyMap<string, Group>): readonly LocalLine[] =>
	[...groups.values()].flatMap(({line, rows, children}) => [line, ...rows.map(row => socketLine(row, line.depth + 1)), ...linesOf(children)]);

/** Groups sockets under their first owner: of several the one that is the parent of the rest. */
const groupByProcess = (rows: readonly LocalRow[]): readonly LocalLine[] => {
	const groups = new Map<string, Group>();
	for (const row of rows) {
		put(groups, groupLine(row.socket.owners[0], row, 0)).rows.push(row);
	}

	return linesOf(groups);
};

/** Groups sockets under their first owner, and each owner under its parents. */
const groupByTree = (rows: readonly LocalRow[], processes: readonly LocalProcess[]): readonly LocalLine[] => {
	const known = new Map(processes.map(process => [process.pid, process]));
	const roots = new Map<string, Group>();
	for (const row of rows) {
		const owner = row.socket.owners[0];
		const above = owner === undefined ? [] : ancestorsOf(owner.pid, known).map(pid => known.get(pid)).filter(process => process !== undefined).reverse();
		let groups = roots;
		for (const [depth, process] of above.entries()) {
			groups = put(groups, groupLine(process, row, depth)).children;
		}

		put(groups, groupLine(owner, row, above.length)).rows.push(row);
	}

	return linesOf(roots);
};

type Listed = Pick<LocalState, 'rows' | 'processes' | 'filter' | 'sort' | 'isReversed' | 'grouping' | 'isWithConnections'>;

const listLines = ({rows, processes, filter, sort, isReversed, grouping, isWithConnections}: Listed, registry: Registry | undefined): readonly LocalLine[] => {
	const isLookedFor = createSocketFilter(filter.query.text, registry);
	const shown = rows.filter(row => (isWithConnections || isWaiting(row.socket)) && isLookedFor(row));
	const sorted = sortSockets(shown, sort, isReversed);
	switch (grouping) {
		case 'flat': {
			return sorted.map(row => socketLine(row, 0));
		}

		case 'process': {
			return groupByProcess(sorted);
		}

		case 'tree': {
			return groupByTree(sorted, processes);
		}
	}
};

/** The list made last of some rows, and all that it was made of. */
type Remembered = {readonly key: string; readonly registry: Registry | undefined; readonly processes: readonly LocalProcess[]; readonly lines: readonly LocalLine[]};
const remembered = new WeakMap<readonly LocalRow[], Remembered>();

/** The lines of the list, filtered, sorted and grouped; the same list as long as nothing of that changes, so a moved selection makes no new one. */
export const linesOfSockets = (local: Listed, registry: Registry | undefined): readonly LocalLine[] => {
	const {rows, processes, filter, sort, isReversed, grouping, isWithConnections} = local;
	const key = [sort, isReversed, grouping, isWithConnections, filter.query.text].join(' ');
	const last = remembered.get(rows);
	if (last?.key === key && last.registry === registry && last.processes === processes) {
		return last.lines;
	}

	const lines = listLines(local, registry);
	remembered.set(rows, {key, registry, processes, lines});
	return lines;
};
