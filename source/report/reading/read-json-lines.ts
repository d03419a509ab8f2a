import {rejected, type Parsed} from '../../port/parsed.ts';
import {createScanGatherer, type ScanGatherer} from './gather-scan.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes, type ReadingNotes} from './reading-notes.ts';
import {readFields, reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

export type LineFormat = {
	readonly format: string;
	readonly engine: string;
	/** Makes what takes in the fields of a line. `take` returns why it cannot be taken; `end` is called after the last. */
	readonly create: (gatherer: ScanGatherer, notes: ReadingNotes) => {readonly take: (fields: Readonly<Record<string, unknown>>) => string | undefined; readonly end?: () => void};
};

/** Reads a document of which each line is a record in JSON, and tells of open ports alone. */
export const readJsonLines = (text: string, options: ReadingOptions, {format, engine, create}: LineFormat): Parsed<ReadScan> => {
	let isEmpty = true;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		const {take, end} = create(gatherer, notes);
		let isTorn = false;
		for (const {text: line, number, isWhole} of linesOf(text)) {
			const fields = line.trim() === '' ? null : readFields(line);
			if (fields === undefined && !isWhole) {
				isTorn = true;
				notes.add(`The document was cut short on line ${number}: what came before was read.`);
			} else if (fields !== null) {
				const wrong = fields === undefined ? 'it is no JSON object' : take(fields);
				isEmpty &&= wrong !== undefined;
				if (wrong !== undefined) {
					notes.leaveOut(() => number, wrong);
				}
			}
		}

		end?.();
		return gatherer.finish({format, engine, status: isTorn ? 'interrupted' : 'complete', tellsOpenOnly: true, notes: notes.list()}, options);
	});
	return read.ok && isEmpty ? rejected(`No line of it can be read as ${format}.${read.value.notes.length === 0 ? '' : ` ${read.value.notes[0]!}`}`) : read;
};
