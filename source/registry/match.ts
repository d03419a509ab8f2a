import {portCount, type Port} from '../port/port.ts';
import type {Haystack} from './haystack.ts';

/**
How a word can match a row, best highest.

They are bits of one number: of two rows that match a word equally well in the best way, the one that also matches it in a second way is the better. So `docker` puts 2376 (`docker-s`, Docker Engine API) before 5000 (Docker registry).
*/
export const ranks = {
	textWithin: 1,
	textWord: 1 << 1,
	softwareWithin: 1 << 2,
	nameWithin: 1 << 3,
	namePrefix: 1 << 4,
	softwareWord: 1 << 5,
	/** `postgres` finds PostgreSQL before "Supabase local Postgres". */
	softwareStart: 1 << 6,
	softwareExact: 1 << 7,
	aliasExact: 1 << 8,
	nameExact: 1 << 9,
	numberPrefix: 1 << 10,
	numberExact: 1 << 11,
	/** More than any match. */
	best: 1 << 12,
} as const;

const isWordCharacter = (code: number): boolean =>
	(code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;

const hasWord = (text: string, word: string): boolean => {
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
		// A text starts and ends with a line end, so both neighbours exist.
		if (!isWordCharacter(text.charCodeAt(at - 1)) && !isWordCharacter(text.charCodeAt(at + word.length))) {
			return true;
		}
	}

	return false;
};

const matchNames = (text: string, word: string, exact: number): number => {
	if (!text.includes(word)) {
		return 0;
	}

	if (!text.includes(`\n${word}`)) {
		return ranks.nameWithin;
	}

	return text.includes(`\n${word}\n`) ? exact | ranks.namePrefix : ranks.namePrefix;
};

const matchSoftware = (text: string, word: string): number => {
	if (!text.includes(word)) {
		return 0;
	}

	return ranks.softwareWithin
		| (hasWord(text, word) ? ranks.softwareWord : 0)
		| (text.includes(`\n${word}`) ? ranks.softwareStart : 0)
		| (text.includes(`\n${word}\n`) ? ranks.softwareExact : 0);
};

const matchText = (text: string, word: string): number => {
	if (!text.includes(word)) {
		return 0;
	}

	return hasWord(text, word) ? ranks.textWord : ranks.textWithin;
};

const matchNumber = (port: Port, word: string): number => {
	const first = word.charCodeAt(0);
	if (first < 48 || first > 57) {
		return 0;
	}

	const number = String(port);
	if (!number.startsWith(word)) {
		return 0;
	}

	return number === word ? ranks.numberExact : ranks.numberPrefix;
};

const matchWord = (haystack: Haystack, row: number, word: string): number =>
	matchNames(haystack.names[row]!, word, ranks.nameExact)
	| matchNames(haystack.aliases[row]!, word, ranks.aliasExact)
	| matchSoftware(haystack.software[row]!, word)
	| matchText(haystack.texts[row]!, word)
	| matchNumber(haystack.ports[row]!, word);

/**
How well a row matches all the words: as well as its worst word, or as the whole phrase if that is better.

@returns 0 when a word is missing; else higher is better, below `ranks.best`.
*/
export const matchOf = (haystack: Haystack, row: number, words: readonly string[]): number => {
	let worst: number = ranks.best;
	for (const word of words) {
		const match = matchWord(haystack, row, word);
		if (match === 0) {
			return 0;
		}

		worst = Math.min(worst, match);
	}

	return words.length === 1 ? worst : Math.max(worst, matchWord(haystack, row, words.join(' ')));
};

/**
The port that is this number, then those whose number starts with it, lowest first.

@param digits - Digits only; zeros before the number do not count.
*/
export const numberPrefixes = (digits: string): readonly Port[] => {
	const number = Number(digits);
	const found: Port[] = [];
	if (number === 0) {
		return [0 as Port];
	}

	for (let first = number, size = 1; first < portCount; first *= 10, size *= 10) {
		for (let port = first; port < Math.min(first + size, portCount); port++) {
			found.push(port as Port);
		}
	}

	return found;
};
