import type {KeptSummary} from '../history/kept-summary.ts';
import {shortId, type KeptFile} from '../history/retention.ts';
import type {StateCounts} from '../scan/scan-record.ts';
import {formatCsv, type Cell} from './csv.ts';
import type {HistoryDocument} from './documents/history.ts';
import {formatMarkdownTable} from './markdown.ts';
import {formatJson, printable} from './printable.ts';
import {formatCount} from './quantity.ts';
import {formatColumns, type TextColumn} from './text-columns.ts';

/** A kept scan as the history lists it. */
export type HistoryEntry = Omit<KeptSummary, 'seed' | 'engine' | 'counts' | 'processId'> & {
	readonly file: KeptFile;
	readonly counts: StateCounts;
	/** The scan that went on with it. */
	readonly continuedBy: string | null;
};

const statusWords: Readonly<Record<HistoryEntry['status'], string>> = {
	complete: 'complete', interrupted: 'interrupted', failed: 'failed', running: 'running', torn: 'ended without a word',
};

const statusOf = ({status, continuedBy, importedFrom}: HistoryEntry): string =>
	`${statusWords[status]}${continuedBy === null ? '' : `, resumed as ${shortId(continuedBy)}`}${importedFrom === null ? '' : `, from ${printable(importedFrom.format)}`}`;

const formatBytes = (bytes: number): string => (bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

const longestTargets = 5;

const targetsOf = ({targets, targetCount}: HistoryEntry): string => targets.slice(0, longestTargets).join(' ') + (targetCount > longestTargets ? ` and ${targetCount - longestTargets} more` : '');

/** To the second, UTC. */
const timeOf = ({startedAt}: HistoryEntry): string => startedAt.replace('T', ' ').replace(/\.\d+Z$/, 'Z');

const columns: ReadonlyArray<TextColumn<HistoryEntry>> = [
	{title: 'ID', rank: 0, cell: ({file}) => shortId(file.id)},
	{title: 'STARTED', rank: 3, cell: timeOf},
	{title: 'TARGETS', rank: 1, least: 10, cell: entry => printable(targetsOf(entry))},
	{title: 'PORTS', rank: 4, least: 8, most: 20, cell: ({ports}) => printable(ports)},
	{title: 'STATUS', rank: 2, least: 11, cell: statusOf},
	{title: 'OPEN', rank: 5, isNumber: true, cell: ({counts}) => formatCount(counts.open)},
	{title: 'SIZE', rank: 6, isNumber: true, cell: ({file}) => formatBytes(file.bytes)},
	{title: 'NOTE', rank: 7, least: 8, cell: ({note = ''}) => printable(note)},
	{title: 'PINNED', rank: 8, cell: ({file}) => (file.isPinned ? 'yes' : '')},
];

/** @param width - Of the terminal; undefined for a reader that is none. */
export const formatHistoryText = (entries: readonly HistoryEntry[], width: number | undefined): string =>
	entries.length === 0 ? 'No scan is kept.\n' : `${formatColumns(columns, entries, width).join('\n')}\n`;

export const formatHistoryJson = (entries: readonly HistoryEntry[]): string => formatJson({
	portui: 1,
	kind: 'history',
	scans: entries.map(({file, startedAt, finishedAt, status, targets, ports, hostCount, counts, continues, continuedBy, importedFrom, note}) =>
		({id: file.id, startedAt, finishedAt, status, targets, ports, hostCount, counts, bytes: file.bytes, pinned: file.isPinned, continues, continuedBy, importedFrom, note: note ?? null})),
} satisfies HistoryDocument);

const header = ['id', 'startedAt', 'finishedAt', 'status', 'targets', 'ports', 'open', 'bytes', 'pinned', 'continues', 'continuedBy', 'importedFrom', 'note'] as const;

const rowOf = (entry: HistoryEntry): readonly Cell[] => {
	const {file, startedAt, finishedAt, status, targets, ports, counts, continues, continuedBy, importedFrom, note} = entry;
	return [file.id, startedAt, finishedAt, status, targets.join(' '), ports, counts.open, file.bytes, file.isPinned, continues, continuedBy, importedFrom?.format ?? null, note ?? null];
};

export const formatHistoryCsv = (entries: readonly HistoryEntry[]): string => formatCsv(header, entries.map(entry => rowOf(entry)));

export const formatHistoryMarkdown = (entries: readonly HistoryEntry[]): string =>
	formatMarkdownTable(['id', 'started', 'targets', 'ports', 'status', 'open', 'size', 'note'], entries.map(entry =>
		[shortId(entry.file.id), timeOf(entry), targetsOf(entry), entry.ports, statusOf(entry), String(entry.counts.open), formatBytes(entry.file.bytes), entry.note ?? '']));
