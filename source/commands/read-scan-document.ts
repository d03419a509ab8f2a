import {startedOf} from '../history/kept-scan.ts';
import {filesNamed, shortId, type KeptFile} from '../history/retention.ts';
import {fileTitle, readTextFile, type TextFile} from '../io/read-scan-file.ts';
import type {ScanHistory} from '../io/scan-history.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {readDocument} from '../report/reading/read-document.ts';
import {largestDocument, type ReadScan} from '../report/reading/read-scan.ts';
import type {ScanEvent, StartedEvent} from '../scan/event.ts';
import type {Address} from '../scan/address.ts';
import {createBlockLookup} from '../scan/block-set.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {ScanOrigin} from '../scan/scan-origin.ts';

export type DocumentSurroundings = {
	readonly history: ScanHistory;
	readonly signal: AbortSignal;
	/** Reads a file; left out, from the disk or standard input. */
	readonly readFile?: (name: string) => Promise<Parsed<TextFile>>;
};

/** A scan that was read, and not folded yet. */
export type OpenedDocument = {
	readonly origin: ScanOrigin;
	readonly started: StartedEvent;
	/** What follows, in batches; `finished` comes last. To be read once. */
	readonly events: () => AsyncIterable<readonly ScanEvent[]>;
	/** Whether the scan was to ask an address of which it tells nothing; undefined where nobody knows. */
	readonly asks?: ((address: Address) => boolean) | undefined;
	/** What the reader should know, a sentence each, with the name of the document. Complete when the events have been read. */
	readonly notes: readonly string[];
};

/** A scan that was read, and what it adds up to. */
export type ScanDocument = Pick<OpenedDocument, 'origin' | 'asks' | 'notes'> & {readonly record: ScanRecord};

/** Events a batch: between two the program hears of signals. */
const batchSize = 20_000;

/** Turns events into a stream of batches. */
export async function * inBatches(events: readonly ScanEvent[]): AsyncGenerator<readonly ScanEvent[]> {
	for (let from = 0; from < events.length; from += batchSize) {
		yield events.slice(from, from + batchSize);
		await new Promise<void>(resolve => {
			setImmediate(resolve);
		});
	}
}

/** A document that was read, with what stands for its contents. */
export type ReadFileScan = {readonly read: ReadScan; readonly digest: string; readonly notes: readonly string[]};

/** Reads a scan from a file of any known format, or from standard input for `-`. */
export const readScanOfFile = async (name: string, {signal, readFile = async each => readTextFile(each, {mostBytes: largestDocument, signal})}: Pick<DocumentSurroundings, 'signal' | 'readFile'>): Promise<Parsed<ReadFileScan>> => {
	const file = await readFile(name);
	if (!file.ok) {
		return file;
	}

	const {text, modifiedAtMs, digest, notes} = file.value;
	const read = readDocument(text, {modifiedAtMs});
	return read.ok
		? parsed({read: read.value, digest, notes: [...notes, ...read.value.notes].map(note => `${fileTitle(name)}: ${note}`)})
		: rejected(`${fileTitle(name)} holds no scan that can be read. ${read.message}`);
};

const openFile = async (name: string, surroundings: DocumentSurroundings): Promise<Parsed<OpenedDocument>> => {
	const found = await readScanOfFile(name, surroundings);
	if (!found.ok) {
		return found;
	}

	const {read: {started, events, format}, notes} = found.value;
	return parsed({origin: {kind: 'file', name, format}, started, events: () => inBatches(events), notes});
};

const openKept = async (file: KeptFile, history: ScanHistory): Promise<Parsed<OpenedDocument>> => {
	const opened = await history.open(file);
	if (!opened.ok) {
		return opened;
	}

	const {kept, events} = opened.value;
	const notes: string[] = [];
	async function * all(): AsyncGenerator<readonly ScanEvent[]> {
		let isFinished = false;
		for await (const batch of events(sentence => notes.push(sentence))) {
			isFinished ||= batch.some(({kind}) => kind === 'finished');
			yield batch;
		}

		if (!isFinished) {
			notes.push(`Scan ${shortId(file.id)} has not ended, or ended without a word: this is what it had kept.`);
			yield [{kind: 'finished', finishedAt: new Date(file.writtenAtMs).toISOString(), status: 'interrupted', message: null}];
		}
	}

	return parsed({origin: kept.importedFrom === undefined ? {kind: 'history', id: file.id} : {kind: 'file', ...kept.importedFrom}, started: startedOf(kept), asks: createBlockLookup(kept.plan.blocks ?? []), events: all, notes});
};

/** Whether a word can only be a file: ids have neither. */
const isFileName = (word: string): boolean => word === '-' || /[./\\]/.test(word);

/**
Finds a scan by a word that somebody typed: `last`, an id of the history or its beginning, or else a file, whatever its format; `-` is standard input. A file that is named like an id is written `./3f2a`.

@returns The scan, or one sentence that says what is wrong with it and where.
*/
export const openScanDocument = async (word: string, surroundings: DocumentSurroundings): Promise<Parsed<OpenedDocument>> => {
	if (!isFileName(word) && /^(?:last|[\dtz-]|[\da-f])/i.test(word)) {
		const files = await surroundings.history.list();
		const named = files.ok ? (word === 'last' ? files.value.slice(0, 1) : filesNamed(files.value, word)) : [];
		if (named.length > 1) {
			return rejected(`${JSON.stringify(word)} is the beginning of ${named.length} ids: ${named.slice(0, 5).map(({id}) => shortId(id)).join(', ')}${named.length > 5 ? ', …' : ''}. A file of that name is ./${word}.`);
		}

		if (named.length === 1) {
			return openKept(named[0]!, surroundings.history);
		}
	}

	const opened = await openFile(word, surroundings);
	return opened.ok || isFileName(word) ? opened : rejected(`${opened.message} No kept scan has that id either: portui history lists them.`);
};

/** Reads a scan by a word that somebody typed, as `openScanDocument` finds it, and adds up what it tells. */
export const readScanDocument = async (word: string, surroundings: DocumentSurroundings): Promise<Parsed<ScanDocument>> => {
	const opened = await openScanDocument(word, surroundings);
	if (!opened.ok) {
		return opened;
	}

	const {origin, started, asks, events, notes} = opened.value;
	const record = createScanRecord(started);
	for await (const batch of events()) {
		for (const event of batch) {
			applyScanEvent(record, event);
		}
	}

	return parsed({origin, record, asks, notes});
};
