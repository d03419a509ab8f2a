import type {Haystack} from './haystack.ts';
import {countSlips} from './slips.ts';

/** The words of the registry, to find the one that was meant by a mistyped one. */
export type Vocabulary = {
	/** Undefined when no word is near enough: one slip away, in a long word two. A word may be still being typed. */
	readonly nearestWord: (mistyped: string) => string | undefined;
};

/** Shorter words lie a slip apart from each other: `sip` and `smp`. */
const shortestTyped = 4;

/** Longer than any word that is typed with a slip. Bounds the time for one word. */
const longestTyped = 32;

/** Two slips in a short word make another word: they are forgiven from so many letters on. */
const twoSlipsFrom = 8;

/** While a word of so many letters is being typed it may be the beginning of what is meant. */
const startFrom = 5;

/** Between the texts of rows: in no text. */
const rowEnd = '\0';

/** A bit for each letter; digits share five, and what else is in words shares the last. */
const lettersIn = (word: string): number => {
	let bits = 0;
	for (let at = 0; at < word.length; at++) {
		const code = word.charCodeAt(at);
		bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : (code >= 48 && code <= 57 ? 26 + code % 5 : 31));
	}

	return bits;
};

/** How many letters one word has and the other lacks, at least; a slip brings in one at most. */
const countMissing = (typed: number, word: number): number => {
	let count = 0;
	for (let bits = typed & ~word; bits !== 0; bits &= bits - 1) {
		count++;
	}

	return count;
};

/**
Collects the words of a haystack: those of names, software, categories and descriptions, with a hyphen whole and in parts.

Of words equally near, the one of the port that is met more often is meant.
*/
export const createVocabulary = (haystack: Haystack): Vocabulary => {
	/** Where a word is in the two lists. */
	const positions = new Map<string, number>();
	const words: string[] = [];
	/** The best place in the curated order of a port that has the word. */
	const bestPlaces: number[] = [];
	const add = (word: string, place: number): void => {
		if (word.length < shortestTyped - 1) {
			return;
		}

		const position = positions.get(word);
		if (position === undefined) {
			positions.set(word, words.length);
			words.push(word);
			bestPlaces.push(place);
		} else {
			bestPlaces[position] = Math.min(bestPlaces[position]!, place);
		}
	};

	const {all, places} = haystack;
	let row = 0;
	// One text and one search for words in it: a search a row takes four times as long.
	for (const word of all.join(rowEnd).match(/[a-z\d-]+|\0/g) ?? []) {
		if (word === rowEnd) {
			row++;
			continue;
		}

		add(word, places[row]!);
		if (word.includes('-')) {
			for (const part of word.split('-')) {
				add(part, places[row]!);
			}
		}
	}

	const letters = Int32Array.from(words, word => lettersIn(word));

	return {
		nearestWord(mistyped) {
			if (mistyped.length < shortestTyped || mistyped.length > longestTyped || /^[^a-z]*$/.test(mistyped)) {
				return undefined;
			}

			const most = mistyped.length < twoSlipsFrom ? 1 : 2;
			const typedLetters = lettersIn(mistyped);
			const isStartAllowed = mistyped.length >= startFrom;
			let nearest: string | undefined;
			let nearestKey = Infinity;
			for (let at = 0; at < words.length; at++) {
				const word = words[at]!;
				if (word.length < mistyped.length - most || (!isStartAllowed && word.length > mistyped.length + most) || countMissing(typedLetters, letters[at]!) > most) {
					continue;
				}

				const {whole, start} = countSlips(mistyped, word, most);
				const slips = isStartAllowed ? start : whole;
				const key = (slips * (most + 2) + whole) * 0x1_00_00 + bestPlaces[at]!;
				if (slips <= most && key < nearestKey) {
					nearest = word;
					nearestKey = key;
				}
			}

			return nearest;
		},
	};
};
