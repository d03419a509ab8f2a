import type {ScanView} from './state.ts';
import {textField, type TextField} from './text-field.ts';

/** What findings can be sorted by, in the order `o` goes through. `found` is the order in which open ports were found. */
export const findingSorts = ['port', 'host', 'rtt', 'name', 'risk', 'found'] as const;
export type FindingSort = (typeof findingSorts)[number];

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
	| {readonly type: 'sortFindings'}
	| {readonly type: 'reverseFindings'}
	/** Puts the next scan (1) or the one before (-1) in hand. */
	| {readonly type: 'cycleScan'; readonly step: 1 | -1};
