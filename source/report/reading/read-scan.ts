import type {Parsed} from '../../port/parsed.ts';
import type {ScanEvent, StartedEvent} from '../../scan/event.ts';

/** A scan read from a document. */
export type ReadScan = {
	/** What the document is, in words: `nmap XML`, `masscan JSON`. */
	readonly format: string;
	/** All hosts are listed. */
	readonly started: StartedEvent;
	/** What follows, `finished` at the end: `interrupted` where the document was cut short. */
	readonly events: readonly ScanEvent[];
	/** What the reader should know: lines that were left out, UDP ports that were passed over; a sentence each. */
	readonly notes: readonly string[];
};

/** Reads a document of one format. A rejection names the line, and what was expected there. Never throws. */
export type ScanReader = (text: string) => Parsed<ReadScan>;

/** What any document of a scan is too large to be: so many bytes are read, no more. */
export const largestDocument = 256_000_000;
