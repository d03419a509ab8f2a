import type {Parsed} from '../../port/parsed.ts';
import {createScanGatherer} from './gather-scan.ts';
import {createJsonCursor, JsonProblem} from './json-cursor.ts';
import {createMasscanGatherer, takeMasscanJson} from './masscan-record.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {lineAt} from './text-lines.ts';

/** What masscan wrote as the last record until 2018; it is no JSON. */
const endMark = /^\{\s{0,9}finished\s{0,9}:\s{0,9}1\s{0,9}\}$/;

/**
Reads what `masscan -oJ` writes: an array of records, one a line. Each is read by itself, so that a large document is never held whole as values.

Also what older versions wrote, with a comma too many and an end that is no JSON, and a document that was cut short.
*/
export const readMasscanJson = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => reading(text, () => {
	const gatherer = createScanGatherer();
	const notes = createReadingNotes();
	const masscan = createMasscanGatherer(gatherer, notes);
	const cursor = createJsonCursor(text);
	let isTorn = false;
	try {
		for (const place of cursor.elements()) {
			const {text: record} = cursor.slice();
			if (record.length < 40 && endMark.test(record)) {
				continue;
			}

			let value: unknown;
			try {
				value = JSON.parse(record);
			} catch {
				notes.leaveOut(() => lineAt(text, place), 'it is no JSON');
				continue;
			}

			const wrong = takeMasscanJson(value, masscan);
			if (wrong !== undefined) {
				notes.leaveOut(() => lineAt(text, place), wrong);
			}
		}
	} catch (error) {
		if (!(error instanceof JsonProblem)) {
			throw error;
		}

		isTorn = true;
		notes.add(error.isTorn
			? `The document was cut short on line ${lineAt(text, error.place)}: what came before was read.`
			: `The document is damaged on line ${lineAt(text, error.place)} (${error.message}): what came before was read, nothing after.`);
	}

	masscan.tellBanners();
	return gatherer.finish({format: 'masscan JSON', engine: 'masscan', status: isTorn ? 'interrupted' : 'complete', tellsOpenOnly: true, notes: notes.list()}, options);
});
