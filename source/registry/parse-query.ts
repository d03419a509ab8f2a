import {interval, portRanges, type PortInterval} from '../port/port-range.ts';
import {lastPort, transports} from '../port/port.ts';

/** The facts of a port that can be asked for as `key:value`. */
export const filterKeys = ['risk', 'category', 'range', 'transport', 'status', 'client'] as const;
export type FilterKey = (typeof filterKeys)[number];

/** One part of a query. A port is found when it answers to every term, and to none that is excluded. */
export type Term =
	| {readonly kind: 'word'; readonly word: string; readonly isExcluded: boolean}
	/** Finds as it is typed, the ports that begin with it too; excluded it is that one port, as in a list of ports. */
	| {readonly kind: 'number'; readonly digits: string; readonly isExcluded: boolean}
	/** No interval where the range runs backwards or lies beyond the last port: nothing is in it. */
	| {readonly kind: 'range'; readonly intervals: readonly PortInterval[]; readonly isExcluded: boolean}
	/** Any of the values; `['']` is every port that has the key at all. They are as typed: an unfinished one stands for all that begin with it. */
	| {readonly kind: 'filter'; readonly key: FilterKey; readonly values: readonly string[]; readonly isExcluded: boolean};

/** What is read of a query: more than any name or sentence of the registry, and little enough that a pasted file costs nothing. */
const longestQuery = 200;
const mostTerms = 16;

/** Words that are a filter by themselves: transports, and the ranges by the names that a list of ports takes. */
const bareFilters: ReadonlyMap<string, FilterKey> = new Map([
	...transports.map(transport => [transport, 'transport'] as const),
	...portRanges.map(({id}) => [id, 'range'] as const),
]);

/**
Parses `80`, `80-90`, `-1023`, `49152-` of a list.

A last port of fewer digits than the first is still being typed: `8000-8` on the way to `8000-8100` ends nowhere yet.
*/
const parseItem = (text: string): readonly PortInterval[] => {
	const [from = '', to = from] = text.split(/[-–]/);
	const first = Number(from);
	const last = to.length < from.length ? lastPort : Math.min(Number(to), lastPort);
	return first <= last ? [interval(first, last)] : [];
};

const item = /^(?:\d+(?:[-–]\d*)?|[-–]\d+)$/;

const parseList = (text: string): readonly PortInterval[] | undefined => {
	const items = text.split(',').filter(each => each !== '');
	return items.length > 0 && items.every(each => item.test(each)) ? items.flatMap(each => parseItem(each)) : undefined;
};

const parseFilter = (text: string, isExcluded: boolean): Term | undefined => {
	const colon = text.indexOf(':');
	const key = filterKeys.find(each => each === text.slice(0, Math.max(colon, 0)));
	if (key === undefined) {
		return undefined;
	}

	const values = text.slice(colon + 1).split(',').filter(value => value !== '');
	return {kind: 'filter', key, values: values.length === 0 ? [''] : values, isExcluded};
};

const parseToken = (token: string): readonly Term[] => {
	const text = token.replace(/^!+/, '');
	const isExcluded = text !== token;
	if (text === '') {
		return [];
	}

	if (/^\d+$/.test(text)) {
		return [{kind: 'number', digits: text, isExcluded}];
	}

	const intervals = parseList(text);
	if (intervals) {
		return [{kind: 'range', intervals, isExcluded}];
	}

	// `53/udp`, as reports write it: a transport after it says that the number is finished.
	const [, digits, transport] = /^(\d+)\/([a-z]*)$/.exec(text) ?? [];
	if (digits !== undefined && transport !== undefined) {
		const port: Term = {kind: 'range', intervals: parseItem(digits), isExcluded};
		return isExcluded ? [port] : [port, {kind: 'filter', key: 'transport', values: [transport], isExcluded}];
	}

	const bareKey = bareFilters.get(text);
	if (bareKey) {
		return [{kind: 'filter', key: bareKey, values: [text], isExcluded}];
	}

	return [parseFilter(text, isExcluded) ?? {kind: 'word', word: text, isExcluded}];
};

const formatFact = (term: Term): string => {
	switch (term.kind) {
		case 'word': {
			return term.word;
		}

		case 'number': {
			return term.digits;
		}

		case 'range': {
			return term.intervals.map(({first, last}) => (first === last ? String(first) : `${first}-${last}`)).join(',');
		}

		case 'filter': {
			const values = term.values.join(',');
			return bareFilters.get(values) === term.key ? values : `${term.key}:${values}`;
		}
	}
};

const formatTerm = (term: Term): string => (term.isExcluded ? '!' : '') + formatFact(term);

/**
Parses what was typed to find ports: numbers, ranges, words and `key:value`, in any order, `!` before what to leave out.

A key nobody knows (`foo:bar`) is a word, and a `!` with nothing after it is nothing yet. Letter case does not matter.

@param text - Only its first 200 characters and 16 terms count.
@returns No terms for an empty query. Never throws.
*/
export const parseQuery = (text: string): readonly Term[] => {
	const tokens = text.slice(0, longestQuery).trim().toLowerCase()
		// `8000 - 8100` and `22, 80` are one term each.
		.replaceAll(/(?<=\d)\s*([-–])\s*(?=\d)/g, '$1')
		.replaceAll(/(?<=\d),\s+(?=[\d-])/g, ',')
		.split(/\s+/);
	const terms = new Map(tokens.flatMap(token => parseToken(token)).map(term => [formatTerm(term), term] as const));
	return [...terms.values()].slice(0, mostTerms);
};

/** Writes terms as they would be typed. */
export const formatQuery = (terms: readonly Term[]): string =>
	terms.map(term => formatTerm(term)).filter(text => text !== '' && text !== '!').join(' ');
