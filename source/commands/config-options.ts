import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import {parseFormat} from './parse-format.ts';
import {quote} from './tokenize.ts';

export const configFormats = ['text', 'json'] as const;

export type ConfigOptions = {
	readonly format: (typeof configFormats)[number];
	/** Whether only the place of the file is asked for. */
	readonly isPathOnly: boolean;
};

/** Reads the command line of `portui config`. */
export const parseConfigOptions = (values: Values): Parsed<ConfigOptions> => {
	if (values.words.length > 0) {
		return rejected(`portui config takes no words, and ${quote(values.words[0]!)} is one: settings are written in the file that portui config --path names.`);
	}

	const format = parseFormat(values, configFormats);
	return format.ok ? parsed({format: format.value, isPathOnly: values.isOn('path')}) : format;
};
