import {parseFields, type Fields} from '../../history/fields.ts';
import {parsed, rejected, type Parsed} from '../../port/parsed.ts';
import {TooLarge} from './gather-scan.ts';
import {JsonProblem} from './json-cursor.ts';
import type {ReadScan} from './read-scan.ts';
import {lineAt} from './text-lines.ts';

/** Runs a reader. What a document must not be, it throws; here it becomes a sentence. */
export const reading = (text: string, read: () => ReadScan): Parsed<ReadScan> => {
	try {
		return parsed(read());
	} catch (error) {
		if (error instanceof TooLarge) {
			return rejected(`The document tells of ${error.message}, which is more than is read at once: split it.`);
		}

		if (error instanceof JsonProblem) {
			return rejected(error.isTorn
				? `The document ends on line ${lineAt(text, error.place)} before it tells anything: ${error.message}.`
				: `At line ${lineAt(text, error.place)} the document is no JSON that is known here: ${error.message}.`);
		}

		throw error;
	}
};

/** The fields of a line of JSON; undefined where it is none. Longer lines are no records of anybody's. */
export const readFields = (text: string): Fields | undefined => {
	if (text.length > 1_000_000) {
		return undefined;
	}

	return parseFields(text);
};

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
