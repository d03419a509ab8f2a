/** More than this of a filter is a paste by accident. */
const mostTerms = 16;

/** One term of a filter, in small letters: a number, or a text to look for; `!` before it leaves out what has it. */
export type Term = {readonly isExcluded: boolean; readonly text: string; readonly isNumber: boolean};

/** The terms of a filter as it was typed. */
export const parseTerms = (query: string): readonly Term[] =>
	query.toLowerCase().split(/\s+/).filter(term => term !== '' && term !== '!').slice(0, mostTerms).map(term => {
		const isExcluded = term.startsWith('!');
		const text = isExcluded ? term.slice(1) : term;
		return {isExcluded, text, isNumber: /^\d+$/.test(text)};
	});
