import type {ScanRecord} from '../scan/scan-record.ts';
import type {ScanView} from '../store/state.ts';

const statusWords: Readonly<Record<ScanRecord['status'], string>> = {running: 'running', paused: 'paused', complete: 'complete', interrupted: 'stopped', failed: 'failed'};

/** That a scan is not kept, or no longer, and why, for a place beside its status; empty where there is nothing to tell. */
export const unkeptWords = ({unkept}: Pick<ScanView, 'unkept'>): string => (unkept === undefined ? '' : `${unkept.isBegun ? 'no longer kept' : 'not kept'}: ${unkept.reason}`);

/** How a scan stands, in a word. */
export const shortStatus = ({status}: ScanRecord): string => statusWords[status];
