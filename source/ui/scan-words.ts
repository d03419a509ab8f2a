import type {ScanRecord} from '../scan/scan-record.ts';

const statusWords: Readonly<Record<ScanRecord['status'], string>> = {running: 'running', paused: 'paused', complete: 'complete', interrupted: 'stopped', failed: 'failed'};

/** How a scan stands, in a word. */
export const shortStatus = ({status}: ScanRecord): string => statusWords[status];
