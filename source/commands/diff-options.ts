import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import {parseFormat} from './parse-format.ts';

export const diffFormats = ['text', 'json', 'markdown'] as const;
export type DiffFormat = (typeof diffFormats)[number];

/** Which two scans are to be compared. */
export type DiffOptions = {
	/** Ids of the history or files, as they were typed. */
	readonly before: string;
	readonly after: string;
	readonly format: DiffFormat;
	/** Whether what a document does not tell is taken as asked and not open. */
	readonly takesUntoldAsNotOpen: boolean;
};

/** Reads the command line of `portui diff`. */
export const parseDiffOptions = (values: Values): Parsed<DiffOptions> => {
	const [before, after, ...more] = values.words;
	if (before === undefined || after === undefined || more.length > 0) {
		return rejected('portui diff compares two scans: give two ids of the history or two files, the earlier one first, such as portui diff 3f2a last.');
	}

	if (before === '-' && after === '-') {
		return rejected('Standard input can be read once: give - once.');
	}

	const format = parseFormat(values, diffFormats);
	return format.ok ? parsed({before, after, format: format.value, takesUntoldAsNotOpen: values.isOn('samePorts')}) : format;
};
