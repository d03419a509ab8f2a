import type {ScanEvent} from '../scan/event.ts';
import type {KnownSoFar} from '../scan/known-so-far.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import {startedOf, type KeptScan} from './kept-scan.ts';
import {createKnownGatherer} from './known-so-far.ts';

export type FoldedEvents = {
	/** Still `running` where the scan ended without a word. */
	readonly record: ScanRecord;
	readonly known: KnownSoFar;
};

/** Adds the events of a kept scan up. */
export const foldEvents = async (kept: KeptScan, events: AsyncIterable<readonly ScanEvent[]>): Promise<FoldedEvents> => {
	const record = createScanRecord(startedOf(kept));
	const gatherer = createKnownGatherer();
	for await (const batch of events) {
		for (const event of batch) {
			gatherer.take(event);
			applyScanEvent(record, event);
		}
	}

	return {record, known: gatherer.known(record)};
};
