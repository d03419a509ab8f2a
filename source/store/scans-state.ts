import type {ScanOrigin} from '../scan/scan-origin.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {ScanView} from './state.ts';
import {textField, type TextField} from './text-field.ts';

/** What findings can be sorted by, in the order `o` goes through. `found` is the order in which open ports were found. */
export const findingSorts = ['port', 'host', 'rtt', 'name', 'risk', 'found'] as const;
export type FindingSort = (typeof findingSorts)[number];

/** A scan that is over, and was not made by this run of the program. */
export type OpenedScan = {
	readonly record: ScanRecord;
	readonly origin: ScanOrigin;
	/** What the reader should know of how it was read, a sentence each. */
	readonly notes: readonly string[];
	/** What was asked for; left out where nobody knows, and the hosts and ports of the record stand for it. */
	readonly request?: ScanRequest | undefined;
};

/** What the Scan view shows, and how. */
export type ScansState = {
	/** The last scans of this run of the program, oldest first. */
	readonly kept: readonly ScanView[];
	/** Index of the host in hand among those of the record, which stay where they are; undefined follows the first that is listed. */
	readonly host: number | undefined;
	/** Whether findings of the host in hand alone are listed. */
	readonly isOneHost: boolean;
	readonly filter: {readonly query: TextField; readonly isTyping: boolean};
	readonly sort: FindingSort;
	readonly isReversed: boolean;
};

export const emptyFindingFilter: ScansState['filter'] = {query: textField(''), isTyping: false};

export const initialScans: ScansState = {kept: [], host: undefined, isOneHost: false, filter: emptyFindingFilter, sort: 'port', isReversed: false};

/** What changes the Scan view and nothing else. */
export type ScansAction =
	/** Puts a scan that was made elsewhere, or before, into the list and in hand. */
	| ({readonly type: 'scanOpened'} & OpenedScan)
	| {readonly type: 'sortFindings'}
	| {readonly type: 'reverseFindings'}
	/** Puts the next scan (1) or the one before (-1) in hand. */
	| {readonly type: 'cycleScan'; readonly step: 1 | -1};
