import {joinWords} from '../report/join-words.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import {quote} from './tokenize.ts';

/** Reads `--format` and `--json`, which is short for one of its values. The first format is the default. */
export const parseFormat = <Format extends string>({text, isOn}: Values, formats: readonly Format[]): Parsed<Format> => {
	const json = formats.find(each => each === 'json')!;
	const name = text('format');
	if (name === undefined) {
		return parsed(isOn('json') ? json : formats[0]!);
	}

	const format = formats.find(each => each === name.toLowerCase());
	if (format === undefined) {
		return rejected(`--format takes ${joinWords(formats, 'or')} in this version, not ${quote(name)}.`);
	}

	return isOn('json') && format !== 'json' ? rejected(`--json and --format ${format} contradict each other: give one of them.`) : parsed(format);
};
