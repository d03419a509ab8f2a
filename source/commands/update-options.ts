import {joinWords} from '../report/join-words.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import {quote} from './tokenize.ts';

/** Where the registry is to come from. */
export type UpdateSource =
	| {readonly kind: 'url'; readonly url: URL}
	/** `-` is standard input. */
	| {readonly kind: 'file'; readonly file: string}
	/** Back to the built-in one. */
	| {readonly kind: 'removed'};

export type UpdateOptions = {readonly source: UpdateSource; readonly format: 'text' | 'json'; readonly isQuiet: boolean};

export const ianaUrl = 'https://www.iana.org/assignments/service-names-port-numbers/service-names-port-numbers.csv';

const parseUrl = (text: string): Parsed<UpdateSource> => {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:')
		? parsed({kind: 'url', url})
		: rejected(`--url takes a web address such as https://mirror.example/ports.csv, not ${quote(text)}.`);
};

const parseSource = ({text, isOn}: Values): Parsed<UpdateSource> => {
	const file = text('from');
	if (file === '') {
		return rejected('--from takes the name of a file, or - for standard input; the name is empty.');
	}

	return file === undefined ? (isOn('remove') ? parsed({kind: 'removed'}) : parseUrl(text('url') ?? ianaUrl)) : parsed({kind: 'file', file});
};

/** Reads the flags of `portui update`. */
export const parseUpdateOptions = (values: Values): Parsed<UpdateOptions> => {
	const {words, text, isOn} = values;
	if (words.length > 0) {
		return rejected(`portui update takes no words, and ${quote(words[0]!)} is one; a file is given as --from ${quote(words[0]!)}.`);
	}

	const given = [...(text('from') === undefined ? [] : ['--from']), ...(text('url') === undefined ? [] : ['--url']), ...(isOn('remove') ? ['--remove'] : [])];
	if (given.length > 1) {
		return rejected(`${joinWords(given)} contradict each other: give one of them.`);
	}

	const source = parseSource(values);
	return source.ok ? parsed({source: source.value, format: isOn('json') ? 'json' : 'text', isQuiet: isOn('quiet')}) : source;
};
