import {meantBy} from './filter-ports.ts';
import {filterKeys, type FilterKey, type Term} from './parse-query.ts';
import {countSlips} from './slips.ts';

/** What there is to correct a query by. */
export type KnownWords = {
	/** Whether any text has the word. */
	readonly isKnown: (word: string) => boolean;
	readonly nearestWord: (word: string) => string | undefined;
	readonly valuesOf: (key: FilterKey) => readonly string[];
};

/** So many words are replaced: more is no slip, and each costs a look at every word there is. */
const mostCorrected = 3;

/** Of few words one of three letters is told apart from the others. */
const shortestOfFew = 3;

/** The one of few words that is a single slip away. */
const nearestOf = <Word extends string>(typed: string, known: readonly Word[]): Word | undefined =>
	typed.length < shortestOfFew ? undefined : known.find(word => countSlips(typed, word, 1).whole <= 1);

/** The same term where every value is known. */
const correctValues = (term: Extract<Term, {kind: 'filter'}>, {valuesOf}: KnownWords): Term => {
	const known = valuesOf(term.key);
	const values = term.values.map(value => (meantBy(value, known).length > 0 ? value : nearestOf(value, known) ?? value));
	return values.every((value, index) => value === term.values[index]) ? term : {...term, values};
};

/** `rsik:high` is a word, as its key is not known; perhaps it was meant to be. */
const correctKey = ({word, isExcluded}: Extract<Term, {kind: 'word'}>, words: KnownWords): Term | undefined => {
	const colon = word.indexOf(':');
	const key = nearestOf(word.slice(0, Math.max(colon, 0)), filterKeys);
	return key === undefined ? undefined : correctValues({kind: 'filter', key, values: word.slice(colon + 1).split(','), isExcluded}, words);
};

/** The term as it was meant, the same one where it needs no correction; undefined where no word is near. */
const correctTerm = (term: Term, words: KnownWords): Term | undefined => {
	if (term.kind === 'filter') {
		return correctValues(term, words);
	}

	if (term.kind !== 'word' || term.isExcluded || words.isKnown(term.word)) {
		return term;
	}

	const filter = correctKey(term, words);
	const word = filter ? undefined : words.nearestWord(term.word);
	return filter ?? (word === undefined ? undefined : {...term, word});
};

/**
Replaces what was mistyped in a query: words that no text has, filters whose value or key nobody knows.

@returns Undefined when nothing is to be replaced, when no word is near, or when too many are wrong.
*/
export const correctQuery = (terms: readonly Term[], words: KnownWords): readonly Term[] | undefined => {
	const corrected: Term[] = [];
	let correctedCount = 0;
	for (const term of terms) {
		const meant = correctTerm(term, words);
		correctedCount += meant === term ? 0 : 1;
		if (meant === undefined || correctedCount > mostCorrected) {
			return undefined;
		}

		corrected.push(meant);
	}

	return correctedCount === 0 ? undefined : corrected;
};
