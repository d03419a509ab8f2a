import {portCount, type Port} from '../port/port.ts';
import {correctQuery} from './correct-query.ts';
import {createPortFilter, meantBy, type PortMask} from './filter-ports.ts';
import {createHaystack, unlisted} from './haystack.ts';
import {matchNumber, matchWord, ranks} from './match.ts';
import {filterKeys, formatQuery, parseQuery, type Term} from './parse-query.ts';
import {statuses, type Registry, type UnknownFilter} from './registry.ts';
import type {RegistryTables} from './registry-tables.ts';
import {createVocabulary, type Vocabulary} from './vocabulary.ts';

export type Search = Pick<Registry, 'search' | 'correct' | 'findUnknownFilter' | 'listFilters' | 'prepareSearch'>;

/** A query ready to be asked of each port. */
type Question = {
	/** The ports that ranges and filters leave. */
	readonly mask: PortMask;
	/** What a port must match, a number as a number or as a word. */
	readonly wanted: ReadonlyArray<{readonly word: string; readonly number: number | undefined}>;
	/** All that is wanted as one phrase; undefined for a single word. */
	readonly phrase: string | undefined;
	readonly unwanted: readonly string[];
};

type Answer = {readonly text: string; readonly ports: readonly Port[]; readonly corrected: string | undefined};

const everyPort: readonly Port[] = Array.from({length: portCount}, (_, port) => port as Port);

/** Keeps the ports of a mask that are in another, or those that are not. */
const keep = (mask: PortMask, other: PortMask, isExcluded: boolean): void => {
	const kept = isExcluded ? 0 : 1;
	for (let port = 0; port < portCount; port++) {
		mask[port]! &= other[port] === kept ? 1 : 0;
	}
};

const wantedOf = (terms: readonly Term[]): Question['wanted'] => {
	const wanted: Array<Question['wanted'][number]> = [];
	for (const term of terms) {
		if (term.kind === 'word' && !term.isExcluded) {
			wanted.push({word: term.word, number: undefined});
		} else if (term.kind === 'number' && !term.isExcluded) {
			wanted.push({word: term.digits, number: Number(term.digits)});
		}
	}

	return wanted;
};

/** Merges two lists of numbers, each in order; far cheaper than to sort the 40,000 ports that one may hold. */
const mergeInOrder = (one: Float64Array, other: readonly number[]): readonly Port[] => {
	const merged: Port[] = [];
	let at = 0;
	for (const key of other) {
		while (at < one.length && one[at]! < key) {
			merged.push(one[at]! % portCount as Port);
			at++;
		}

		merged.push(key % portCount as Port);
	}

	for (; at < one.length; at++) {
		merged.push(one[at]! % portCount as Port);
	}

	return merged;
};

/** A query has at most 16 words, and all but the last stay as they are from one keystroke to the next. */
const mostRemembered = 64;

/** Answers what was asked of a word before from memory. */
const remember = <Value>(answer: (word: string) => Value): ((word: string) => Value) => {
	const known = new Map<string, Value>();
	return word => {
		if (!known.has(word)) {
			if (known.size === mostRemembered) {
				known.clear();
			}

			known.set(word, answer(word));
		}

		return known.get(word)!;
	};
};

/**
Makes the search of a registry.

A row is a port that has a record or a known use. Rows are matched by their texts and sorted by one number each: how well they match, then the curated order, then assigned before the rest, then the port. The other ports, some 58,000, all read the same: they answer to a number, a range, a filter, or the word for their status, after the rows. Without a word or a number there is nothing to rank by, and ports are in order.
*/
export const createSearch = (tables: RegistryTables): Search => {
	const haystack = createHaystack(tables);
	const {valuesOf, portsWith, statusOf} = createPortFilter(tables);
	const plainPorts = everyPort.filter(port => haystack.rowOf(port) === undefined);
	let vocabulary: Vocabulary | undefined;

	const maskOf = (terms: readonly Term[]): PortMask => {
		const mask = new Uint8Array(portCount).fill(1);
		for (const term of terms) {
			if (term.kind === 'filter') {
				keep(mask, portsWith(term.key, term.values), term.isExcluded);
			} else if (term.kind === 'range') {
				const inside = new Uint8Array(portCount);
				for (const {first, last} of term.intervals) {
					inside.fill(1, first, last + 1);
				}

				keep(mask, inside, term.isExcluded);
			} else if (term.kind === 'number' && term.isExcluded && Number(term.digits) < portCount) {
				mask[Number(term.digits)] = 0;
			}
		}

		return mask;
	};

	const prepare = (terms: readonly Term[]): Question => {
		const wanted = wantedOf(terms);
		return {
			mask: maskOf(terms),
			wanted,
			phrase: wanted.length > 1 ? wanted.map(({word}) => word).join(' ') : undefined,
			unwanted: terms.flatMap(term => (term.kind === 'word' && term.isExcluded ? [term.word] : [])),
		};
	};

	/**
	How well a row matches: as its worst word does, or better as the whole phrase does.

	@returns Twice the rank, and one more for the phrase; 0 when a word is missing or one is there that should not be.
	*/
	const matchRow = ({wanted, phrase, unwanted}: Question, row: number): number => {
		let worst: number = ranks.best;
		for (const {word, number} of wanted) {
			worst = Math.min(worst, Math.max(matchWord(haystack, row, word), number === undefined ? ranks.none : matchNumber(haystack.ports[row]!, number)));
			if (worst === ranks.none) {
				return 0;
			}
		}

		for (const word of unwanted) {
			if (matchWord(haystack, row, word) !== ranks.none) {
				return 0;
			}
		}

		const asPhrase = phrase === undefined ? ranks.none : matchWord(haystack, row, phrase);
		return asPhrase === ranks.none ? 2 * worst : Math.max(2 * worst, 2 * asPhrase + 1);
	};

	/** The whole word only: while it is being typed 40,000 ports would hide what is meant. */
	const isStatusOf = (port: Port, word: string): boolean => word === statuses[statusOf[port]!];

	const matchPlainPort = ({wanted, unwanted}: Question, port: Port): number => {
		let worst: number = ranks.best;
		for (const {word, number} of wanted) {
			worst = Math.min(worst, number === undefined ? (isStatusOf(port, word) ? ranks.textWithin : ranks.none) : matchNumber(port, number));
		}

		return unwanted.some(word => isStatusOf(port, word)) ? 0 : 2 * worst;
	};

	/** Numbers are in order, all else as it is known. */
	const sortKey = (match: number, place: number, port: Port): number => {
		const known = match >= 2 * ranks.numberPrefix ? 0 : place * 2 + (isStatusOf(port, 'assigned') ? 0 : 1);
		return ((2 * ranks.best - match) * 2 * portCount + known) * portCount + port;
	};

	const listInOrder = (question: Question): readonly Port[] => everyPort.filter(port => {
		if (question.mask[port] === 0) {
			return false;
		}

		const row = haystack.rowOf(port);
		return (row === undefined ? matchPlainPort(question, port) : matchRow(question, row)) !== 0;
	});

	const listRanked = (question: Question): readonly Port[] => {
		const keys: number[] = [];
		for (const [row, port] of haystack.ports.entries()) {
			const match = question.mask[port] === 0 ? 0 : matchRow(question, row);
			if (match !== 0) {
				keys.push(sortKey(match, haystack.places[row]!, port));
			}
		}

		// One match for all, or the one port a number names and then those that begin with it: in order without sorting.
		const plainKeys: number[] = [];
		if (question.wanted.every(({word, number}) => number !== undefined || statuses.some(status => status === word))) {
			for (const port of plainPorts) {
				const match = question.mask[port] === 0 ? 0 : matchPlainPort(question, port);
				if (match !== 0) {
					plainKeys.push(sortKey(match, unlisted, port));
				}
			}
		}

		return mergeInOrder(Float64Array.from(keys).sort(), plainKeys);
	};

	const find = (terms: readonly Term[]): readonly Port[] => {
		if (terms.length === 0) {
			return everyPort;
		}

		const question = prepare(terms);
		return question.wanted.length === 0 ? listInOrder(question) : listRanked(question);
	};

	const isKnown = remember(word =>
		statuses.some(status => status === word) || haystack.ports.some((_, row) => matchWord(haystack, row, word) !== ranks.none));

	const vocabularyOf = (): Vocabulary => (vocabulary ??= createVocabulary(haystack));
	const nearestWord = remember(word => vocabularyOf().nearestWord(word));

	/** The nearest query that finds something, for one that finds nothing. */
	const findNearest = (terms: readonly Term[]): {readonly terms: readonly Term[]; readonly ports: readonly Port[]} | undefined => {
		const corrected = correctQuery(terms, {isKnown, nearestWord, valuesOf});
		const ports = corrected === undefined ? [] : find(corrected);
		return corrected === undefined || ports.length === 0 ? undefined : {terms: corrected, ports};
	};

	const answer = (text: string): Answer => {
		const terms = parseQuery(text);
		const ports = find(terms);
		const nearest = ports.length > 0 ? undefined : findNearest(terms);
		return {text, ports: nearest?.ports ?? ports, corrected: nearest && formatQuery(nearest.terms)};
	};

	const findUnknownFilter = (text: string): UnknownFilter | undefined => {
		for (const term of parseQuery(text)) {
			const known = term.kind === 'filter' ? valuesOf(term.key) : [];
			const value = term.kind === 'filter' ? term.values.find(each => meantBy(each, known).length === 0) : undefined;
			if (term.kind === 'filter' && value !== undefined) {
				return {key: term.key, value, known};
			}
		}

		return undefined;
	};

	/** Who searches asks next whether that was corrected. */
	let last: Answer | undefined;
	const answerOnce = (text: string): Answer => {
		last = last?.text === text ? last : answer(text);
		return last;
	};

	return {
		search: text => answerOnce(text).ports,
		correct: text => answerOnce(text).corrected,
		findUnknownFilter,
		listFilters: () => filterKeys.flatMap(key => valuesOf(key).map(value => `${key}:${value}`)),
		prepareSearch: vocabularyOf,
	};
};
