import type {KeptScan} from '../history/kept-scan.ts';
import type {KeptSummary} from '../history/kept-summary.ts';
import type {KeptFile} from '../history/retention.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {PastScan} from './history-world.ts';
import {textField, type TextField} from './text-field.ts';

/** What the history can be sorted by, in the order `o` goes through. `when` begins with the newest, `open` with the most. */
export const historySorts = ['when', 'targets', 'status', 'open', 'size'] as const;
export type HistorySort = (typeof historySorts)[number];

/** A kept scan as it is listed. The same object as long as nothing about it changes. */
export type HistoryRow = {
	readonly id: string;
	readonly file: KeptFile;
	/** Undefined until its file is read, and where that cannot be. */
	readonly summary: KeptSummary | undefined;
	/** Why it cannot be read. */
	readonly problem: string | undefined;
};

/** Whether the history could be read. What was read before a failure stays. */
export type HistoryReading = {readonly kind: 'unread'} | {readonly kind: 'read'} | {readonly kind: 'failed'; readonly message: string};

/** One side of a comparison. */
export type ComparedPast = {readonly id: string; readonly kept: KeptScan; readonly record: ScanRecord};

/** What is told of the scan in hand beside what the list tells. */
export type HistoryDetail =
	| {readonly kind: 'reading'; readonly id: string}
	| {readonly kind: 'failed'; readonly id: string; readonly message: string}
	| ({readonly kind: 'scan'; readonly id: string} & PastScan)
	/** `id` is that of the scan that was in hand when it was asked for. */
	| {readonly kind: 'comparison'; readonly id: string; readonly before: ComparedPast; readonly after: ComparedPast};

/** What the History view shows, and how. */
export type HistoryState = {
	readonly reading: HistoryReading;
	/** Newest first. */
	readonly rows: readonly HistoryRow[];
	/** The scan in hand; undefined follows the first. */
	readonly rowId: string | undefined;
	/** The scan to compare another with. */
	readonly markedId: string | undefined;
	readonly filter: {readonly query: TextField; readonly isTyping: boolean};
	readonly sort: HistorySort;
	readonly isReversed: boolean;
	readonly detail: HistoryDetail | undefined;
	/** First line shown of what is told of the scan in hand. */
	readonly top: number;
	/** The note that is being typed. */
	readonly note: {readonly id: string; readonly field: TextField} | undefined;
};

export const emptyHistoryFilter: HistoryState['filter'] = {query: textField(''), isTyping: false};

export const initialHistory: HistoryState = {
	reading: {kind: 'unread'},
	rows: [],
	rowId: undefined,
	markedId: undefined,
	filter: emptyHistoryFilter,
	sort: 'when',
	isReversed: false,
	detail: undefined,
	top: 0,
	note: undefined,
};

/** What changes the History view and nothing else. */
export type HistoryAction =
	/** Which scans are kept, newest first. What is known of those that did not change stays. */
	| {readonly type: 'historyListed'; readonly files: readonly KeptFile[]}
	| {readonly type: 'historyFailed'; readonly message: string}
	/** What some of the files tell. A row of another file by now is left alone. */
	| {readonly type: 'historySummed'; readonly rows: readonly HistoryRow[]}
	| {readonly type: 'historyDetailShown'; readonly detail: HistoryDetail | undefined}
	/** Puts a scan in hand, where it is listed. */
	| {readonly type: 'historyRowChosen'; readonly id: string}
	| {readonly type: 'sortHistory'}
	| {readonly type: 'reverseHistory'}
	/** Marks the scan in hand to compare another with, or takes that back. */
	| {readonly type: 'markHistory'}
	| {readonly type: 'startNote'}
	| {readonly type: 'endNote'};
