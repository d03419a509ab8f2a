import type {KeptStatus} from '../history/kept-summary.ts';
import {shortId} from '../history/retention.ts';
import {printable} from '../report/printable.ts';
import {formatCount} from '../report/quantity.ts';
import type {HistoryRow, HistorySort} from '../store/history-state.ts';
import {formatMoment} from './clock-words.ts';
import {fitColumns, type ListColumn} from './fit-columns.ts';

export type HistoryColumnId = 'sign' | 'when' | 'targets' | 'ports' | 'status' | 'hosts' | 'open' | 'size' | 'note';

const columns: ReadonlyArray<ListColumn<HistoryColumnId>> = [
	{id: 'sign', title: '', width: 2},
	{id: 'when', title: 'WHEN', width: 16},
	{id: 'targets', title: 'TARGETS', width: 12, most: 24},
	{id: 'ports', title: 'PORTS', width: 9, most: 14},
	{id: 'status', title: 'STATUS', width: 11},
	{id: 'open', title: 'OPEN', width: 5, align: 'end'},
	{id: 'hosts', title: 'HOSTS', width: 6, align: 'end'},
	{id: 'size', title: 'SIZE', width: 8, align: 'end'},
	{id: 'note', title: 'NOTE', width: 14, most: Number.MAX_SAFE_INTEGER},
];

/** The columns there is room for. */
export const historyColumns = (width: number): ReadonlyArray<ListColumn<HistoryColumnId>> =>
	fitColumns(columns, ['sign', 'when', 'targets', 'status', 'open', 'ports', 'note', 'hosts', 'size'], width);

/** The column that shows by what the list is sorted. */
export const sortedHistoryColumn: Readonly<Record<HistorySort, HistoryColumnId>> = {when: 'when', targets: 'targets', status: 'status', open: 'open', size: 'size'};

/** `torn` is told in full where there is room. */
export const statusWords: Readonly<Record<KeptStatus, string>> = {complete: 'complete', interrupted: 'interrupted', failed: 'failed', running: 'running', torn: 'cut short'};

export const formatBytes = (bytes: number): string => (bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

const targetsText = ({summary, problem, id}: HistoryRow): string =>
	(summary === undefined ? (problem === undefined ? '…' : `scan ${shortId(id)}`) : `${summary.targets.join(' ')}${summary.targetCount > summary.targets.length ? ` and ${formatCount(summary.targetCount - summary.targets.length)} more` : ''}`);

/** The moment an id names: 20260131T120000123Z-0a1b2c3d. */
const momentOfId = (id: string): string => id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, '$1-$2-$3T$4:$5:$6.$7Z');

/** The texts of a row. Signs: `*` pinned, `+` marked to compare another with. */
export const cellsOfRow = (row: HistoryRow, status: KeptStatus | undefined, isMarked: boolean): Readonly<Record<HistoryColumnId, string>> => {
	const {file, summary, problem, id} = row;
	return {
		sign: `${isMarked ? '+' : ' '}${file.isPinned ? '*' : ' '}`,
		// The seconds are in the details.
		when: formatMoment(summary?.startedAt ?? momentOfId(id)).slice(0, 16),
		targets: printable(targetsText(row)),
		ports: printable(summary?.ports ?? ''),
		status: status === undefined ? (problem === undefined ? '' : 'damaged') : statusWords[status],
		hosts: summary === undefined ? '' : formatCount(summary.hostCount),
		open: summary?.counts === undefined ? (problem !== undefined || status === 'running' ? '' : '…') : formatCount(summary.counts.open),
		size: formatBytes(file.bytes),
		note: printable(summary?.note ?? ''),
	};
};
