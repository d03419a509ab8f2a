import type {ScanHistory} from '../io/scan-history.ts';
import type {ReadableScan} from '../io/read-kept-scan.ts';
import {foldEvents} from '../history/fold-events.ts';
import {startedOf} from '../history/kept-scan.ts';
import type {KeptFile} from '../history/retention.ts';
import {parsed, type Parsed} from '../port/parsed.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {KnownSoFar} from '../scan/known-so-far.ts';
import type {ScanRecord} from '../scan/scan-record.ts';

/** What a kept scan adds up to. */
export type FoldedScan = ReadableScan & {
	/** Still `running` where the scan ended without a word. */
	readonly record: ScanRecord;
	readonly known: KnownSoFar;
};

/** Reads a kept scan to its end. */
export const foldKeptScan = async (history: ScanHistory, file: KeptFile, onDamage?: (sentence: string) => void): Promise<Parsed<FoldedScan>> => {
	const opened = await history.open(file);
	if (!opened.ok) {
		return opened;
	}

	return parsed({...opened.value, ...await foldEvents(opened.value.kept, opened.value.events(onDamage))});
};

/** The events of a kept scan from its beginning to an end, which is made up where the scan ended without a word: it was interrupted when it was last written to. */
export async function * eventsOf({kept, events, record}: FoldedScan, {writtenAtMs}: KeptFile): AsyncGenerator<readonly ScanEvent[]> {
	yield [startedOf(kept)];
	yield * events();
	if (record.finishedAt === null) {
		yield [{kind: 'finished', finishedAt: new Date(writtenAtMs).toISOString(), status: 'interrupted', message: null}];
	}
}
