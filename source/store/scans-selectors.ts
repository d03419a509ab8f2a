import type {Opening, ScanRecord} from '../scan/scan-record.ts';
import {findingsIn} from './findings.ts';
import {hostOrder} from './host-order.ts';
import {openingId} from './selectors.ts';
import type {ScanView, State} from './state.ts';

/** The scan that was started last: the only one that may be under way. */
export const newestScan = ({scans}: State): ScanView | undefined => scans.kept.at(-1);

/** Position of the scan in hand among those kept; -1 when there is none. */
export const scanIndex = ({scan, scans}: State): number => scans.kept.findIndex(({record}) => record === scan?.record);

/** The scan before the one in hand, to compare with. */
export const scanBefore = (state: State): ScanRecord | undefined => state.scans.kept[scanIndex(state) - 1]?.record;

export const findingsOf = (state: State): readonly Opening[] =>
	state.scan === undefined ? [] : findingsIn(state.scan.record, scanBefore(state), state.registry, state.scans);

/** Position of the finding in hand: the first one until another is chosen; -1 when there is none. */
export const selectedFindingIndex = (state: State): number => {
	const findings = findingsOf(state);
	const index = state.openingId === undefined ? 0 : findings.findIndex(finding => openingId(finding) === state.openingId);
	return findings.length === 0 ? -1 : Math.max(0, index);
};

export const findingInHand = (state: State): Opening | undefined => findingsOf(state)[selectedFindingIndex(state)];

/** Index of the host in hand among those of the record; -1 where none is listed. */
export const selectedHost = ({scan, scans}: State): number => scans.host ?? (scan === undefined ? undefined : hostOrder(scan.record)[0]) ?? -1;
