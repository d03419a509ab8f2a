import {setImmediate} from 'node:timers/promises';
import {continueScan} from '../history/continue-scan.ts';
import {foldEvents, type FoldedEvents} from '../history/fold-events.ts';
import {requestAgain} from '../history/request-again.ts';
import type {KeptFile} from '../history/retention.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {StartScan} from '../scan/scan-plan.ts';
import {applyScanEvent} from '../scan/scan-record.ts';
import type {ReadableScan} from './read-kept-scan.ts';
import type {ScanHistory} from './scan-history.ts';

/** More targets than these are a number in a list. */
const mostTargets = 20;

/** More sentences about a damaged file say nothing new. */
const mostNotes = 20;

/** Lets keys and frames in between two lines of a file: a line is half a second of scanning, and takes a few milliseconds. */
async function * unhurried(batches: AsyncIterable<readonly ScanEvent[]>, signal?: AbortSignal): AsyncGenerator<readonly ScanEvent[]> {
	for await (const batch of batches) {
		if (signal?.aborted === true) {
			return;
		}

		yield batch;
		await setImmediate();
	}
}

const notWanted = 'Not wanted any more.';

type Read = FoldedEvents & ReadableScan & {readonly notes: readonly string[]};

export type ScreenHistoryOptions = {
	readonly history: ScanHistory;
	/** Whether what goes on is kept. */
	readonly isKeeping: boolean;
	/** Hosts that are not scanned again, whatever an earlier scan asked. */
	readonly exclude?: readonly string[];
	readonly startScan: StartScan;
	/** Names a scan that begins now. */
	readonly nameScan: () => string;
};

/** The history as the screen reads it: a slice at a time, beside keys and frames. */
export const createScreenHistory = ({history, isKeeping, exclude = [], startScan, nameScan}: ScreenHistoryOptions) => {
	const readWhole = async (file: KeptFile, signal?: AbortSignal): Promise<Parsed<Read>> => {
		const opened = await history.open(file);
		if (!opened.ok) {
			return opened;
		}

		const notes: string[] = [];
		const folded = await foldEvents(opened.value.kept, unhurried(opened.value.events(sentence => {
			if (notes.length < mostNotes) {
				notes.push(sentence);
			}
		}), signal));
		return signal?.aborted === true ? rejected(notWanted) : parsed({...opened.value, ...folded, notes});
	};

	return {
		list: history.list,
		async summarize(file: KeptFile) {
			const summary = await history.summarize(file);
			return summary.ok ? parsed({...summary.value, targets: summary.value.targets.slice(0, mostTargets)}) : summary;
		},
		async read(file: KeptFile, signal: AbortSignal) {
			const read = await readWhole(file, signal);
			if (!read.ok) {
				return read;
			}

			const {kept, record, notes} = read.value;
			const isTorn = record.finishedAt === null;
			if (isTorn) {
				applyScanEvent(record, {kind: 'finished', finishedAt: new Date(file.writtenAtMs).toISOString(), status: 'interrupted', message: null});
			}

			return parsed({kept, record, notes, isTorn});
		},
		async readRequest(file: KeptFile) {
			const opened = await history.open(file);
			return opened.ok ? parsed(requestAgain(opened.value.kept, exclude)) : opened;
		},
		async resume(file: KeptFile, tell: (sentence: string) => void) {
			const read = await readWhole(file);
			if (!read.ok) {
				return read;
			}

			const {kept, events, record, known} = read.value;
			if (kept.importedFrom !== undefined) {
				return rejected('This scan was read from a file, and what was asked there, and how, is not known: it cannot be resumed. r asks anew.');
			}

			const scan = continueScan({kept, earlier: unhurried(events()), elapsedMs: record.elapsedMs, scan: startScan({...kept.plan, id: nameScan(), known})});
			return parsed({
				request: requestAgain(kept, exclude),
				scan: isKeeping ? history.keep(scan, {request: kept.request, continues: file.id, tell}) : scan,
			});
		},
		takeAway: history.takeAway,
		bringBack: history.bringBack,
		discard: history.discard,
		listTakenAway: history.listTakenAway,
		pin: history.pin,
		note: history.note,
	};
};
