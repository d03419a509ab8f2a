import type {KeptStatus} from '../history/kept-summary.ts';
import {shortId} from '../history/retention.ts';
import {parseTerms} from './filter-terms.ts';
import type {HistoryRow, HistorySort} from './history-state.ts';
import {newestScan} from './scans-selectors.ts';
import type {State} from './state.ts';

/** The id of the scan of this screen that is under way; undefined when there is none. */
const runningId = (state: State): string | undefined => {
	const record = newestScan(state)?.record;
	return record?.finishedAt === null ? record.started.id : undefined;
};

/** Whether a scan of this screen is over whose file has no end, because the disk was full: its file seems to go on as long as this process. */
const isCutOff = ({scans}: State, {id, summary}: HistoryRow): boolean => summary?.status === 'running' && scans.kept.some(({record, unkept}) => unkept !== undefined && record.started.id === id);

/** How a scan stands; undefined where that is not known. That of this screen runs, paused or not. */
export const statusOfRow = (state: State, row: HistoryRow): KeptStatus | undefined => (row.id === runningId(state) ? 'running' : isCutOff(state, row) ? 'torn' : row.summary?.status);

/** Words one may look for beside the status itself. */
const statusWords: Readonly<Record<KeptStatus, string>> = {complete: 'complete', interrupted: 'interrupted', failed: 'failed', running: 'running', torn: 'torn\nended without a word'};

/** All that can be looked for in a kept scan, in small letters. */
const textOf = (state: State, row: HistoryRow): string => {
	const {id, file, summary, problem} = row;
	const status = statusOfRow(state, row);
	return [
		shortId(id),
		file.isPinned ? 'pinned' : '',
		status === undefined ? '' : statusWords[status],
		problem === undefined ? '' : 'damaged',
		...(summary === undefined ? [] : [...summary.targets, summary.ports, summary.startedAt.slice(0, 10), summary.engine, summary.note ?? '']),
	].join('\n').toLowerCase();
};

type Compare = (one: HistoryRow, other: HistoryRow) => number;

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const statusOrder: readonly unknown[] = ['running', 'torn', 'interrupted', 'failed', 'complete'];

const byWhen: Compare = (one, other) => compareTexts(other.id, one.id);

const comparesOf = (state: State): Readonly<Record<HistorySort, Compare>> => ({
	when: byWhen,
	targets: (one, other) => compareTexts(one.summary?.targets.join(' ') ?? '\u{10FFFF}', other.summary?.targets.join(' ') ?? '\u{10FFFF}'),
	status: (one, other) => statusOrder.indexOf(statusOfRow(state, one)) - statusOrder.indexOf(statusOfRow(state, other)),
	open: (one, other) => (other.summary?.counts?.open ?? -1) - (one.summary?.counts?.open ?? -1),
	size: (one, other) => other.file.bytes - one.file.bytes,
});

const listRows = (state: State): readonly HistoryRow[] => {
	const {rows, filter, sort, isReversed} = state.history;
	const terms = parseTerms(filter.query.text);
	const matching = terms.length === 0 ? rows : rows.filter(row => {
		const text = textOf(state, row);
		return terms.every(term => term.isExcluded !== text.includes(term.text));
	});
	const compare = comparesOf(state)[sort];
	const sign = isReversed ? -1 : 1;
	return matching.toSorted((one, other) => sign * compare(one, other) || byWhen(one, other));
};

/** Of the last state that was asked for: a frame asks several times. */
let last: {readonly history: State['history']; readonly running: string | undefined; readonly rows: readonly HistoryRow[]} | undefined;

/** The rows in the order in which they are listed. */
export const historyRowsOf = (state: State): readonly HistoryRow[] => {
	const running = runningId(state);
	const {history} = state;
	if (last === undefined || last.running !== running || last.history.rows !== history.rows || last.history.filter.query !== history.filter.query || last.history.sort !== history.sort || last.history.isReversed !== history.isReversed) {
		last = {history, running, rows: listRows(state)};
	}

	return last.rows;
};

/** Position of the scan in hand: the first one until another is chosen; -1 when there is none. */
export const selectedRowIndex = (state: State): number => {
	const rows = historyRowsOf(state);
	const index = state.history.rowId === undefined ? 0 : rows.findIndex(({id}) => id === state.history.rowId);
	return rows.length === 0 ? -1 : Math.max(0, index);
};

export const rowInHand = (state: State): HistoryRow | undefined => historyRowsOf(state)[selectedRowIndex(state)];

export const markedRow = ({history: {rows, markedId}}: State): HistoryRow | undefined => rows.find(({id}) => id === markedId);

/** The scan that went on with another; undefined where none did. The newest, of several. */
export const continuedBy = ({history: {rows}}: State, id: string): HistoryRow | undefined => rows.find(({summary}) => summary?.continues === id);

/** Whether a scan has something left to ask. */
export const isResumable = (state: State, row: HistoryRow): boolean => ['torn', 'interrupted', 'failed'].includes(statusOfRow(state, row) ?? '');
