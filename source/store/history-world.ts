import type {KeptScan} from '../history/kept-scan.ts';
import type {KeptSummary} from '../history/kept-summary.ts';
import type {KeptFile} from '../history/retention.ts';
import type {Parsed} from '../port/parsed.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {ScanRequest} from '../scan/scan-request.ts';

/** A kept scan that was read to its end. */
export type PastScan = {
	readonly kept: KeptScan;
	/** Over: one that ended without a word was interrupted when it was last written to. */
	readonly record: ScanRecord;
	readonly isTorn: boolean;
	/** What was wrong with the file, a sentence each; the rest of it was read. */
	readonly notes: readonly string[];
};

/** The kept scans, as the screen needs them. Nothing of it holds a key up: files are read beside everything else, and added up in slices. */
export type HistoryWorld = {
	/** The kept scans, newest first. */
	readonly list: () => Promise<Parsed<readonly KeptFile[]>>;
	/** What the list tells of a scan. */
	readonly summarize: (file: KeptFile) => Promise<Parsed<KeptSummary>>;
	/** Reads a scan to its end, unless the signal aborts. */
	readonly read: (file: KeptFile, signal: AbortSignal) => Promise<Parsed<PastScan>>;
	/** What was asked for in a scan, to ask for it again. */
	readonly readRequest: (file: KeptFile) => Promise<Parsed<ScanRequest>>;
	/** Goes on with a scan that was cut short, at what is missing and with the same seed. `tell` is given what goes wrong beside it. */
	readonly resume: (file: KeptFile, tell: (sentence: string) => void) => Promise<Parsed<{readonly request: ScanRequest; readonly scan: RunningScan}>>;
	/** Takes a scan out of the list in a way that can be undone. @returns The file as it is called now. */
	readonly takeAway: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	readonly bringBack: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	/** Removes for good what was taken away, at once. */
	readonly discard: (file: KeptFile) => void;
	/** What an earlier run took away and had no time to remove, newest first. */
	readonly listTakenAway: () => Promise<readonly KeptFile[]>;
	readonly pin: (file: KeptFile, isPinned: boolean) => Promise<Parsed<KeptFile>>;
	readonly note: (file: KeptFile, text: string) => Promise<Parsed<KeptFile>>;
};
