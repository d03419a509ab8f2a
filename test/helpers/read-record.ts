import type {ReadScan} from '../../source/report/reading/read-scan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';

/** What a scan that was read from a document adds up to. */
export const recordOf = ({started, events}: Pick<ReadScan, 'started' | 'events'>): ScanRecord => {
	const record = createScanRecord(started);
	for (const event of events) {
		applyScanEvent(record, event);
	}

	return record;
};
