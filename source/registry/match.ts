import type {Port} from '../port/port.ts';
import {oftenMetCount, unlisted, type Haystack} from './haystack.ts';

/**
How a word can match a row, best highest; the best way counts.

Of rows that match equally well the one of the port that is met more often is meant: whoever sorts by these sorts by the curated order next.
*/
export const ranks = {
	none: 0,
	textWithin: 1,
	nameWithin: 2,
	softwareWithin: 3,
	textWord: 4,
	namePrefix: 5,
	labelPrefix: 6,
	otherLabelWord: 7,
	otherSoftwareWord: 8,
	/** It is about the word: the likeliest software, also while that is being typed, the category, and of a port that everybody meets the description and the beginning of the name. */
	about: 9,
	otherSoftwareStart: 10,
	/** The likeliest software begins with the word. An alias is no more than that, nor the name of a port that is on no list: `oracle` is Oracle's 1521 before 2005, which is registered so. */
	start: 11,
	exact: 12,
	numberPrefix: 13,
	numberExact: 14,
	/** More than any match. */
	best: 15,
} as const;

const isWordCharacter = (code: number): boolean =>
	(code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;

/** Whether a word begins at one place of a text and ends before another character of a word. A text starts and ends with a line end, so both neighbours exist. */
const isWordAt = (text: string, at: number, length: number): boolean =>
	!isWordCharacter(text.charCodeAt(at - 1)) && !isWordCharacter(text.charCodeAt(at + length));

const hasWord = (text: string, word: string): boolean => {
	for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
		if (isWordAt(text, at, word.length)) {
			return true;
		}
	}

	return false;
};

/** A name goes on after a hyphen: `kube` is no more the first word of `kube-proxy` than of Kubernetes. */
const hasWordFirst = (text: string, word: string): boolean => {
	const start = `\n${word}`;
	for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + 1)) {
		if (isWordAt(text, at + 1, word.length) && text[at + 1 + word.length] !== '-') {
			return true;
		}
	}

	return false;
};

const matchNames = (text: string, word: string, asExact: number, asPrefix: number): number => {
	if (!text.includes(word)) {
		return ranks.none;
	}

	if (!text.includes(`\n${word}`)) {
		return ranks.nameWithin;
	}

	return text.includes(`\n${word}\n`) ? asExact : asPrefix;
};

/** Only what begins with the word: within such a name it would mostly straddle two words, as `redis` does in `zre-disc`. */
const matchUnhyphenated = (text: string, word: string, asPrefix: number): number => (text.includes(`\n${word}`) ? asPrefix : ranks.none);

const matchSoftware = (text: string, word: string, asStart: number, asWord: number): number => {
	if (!text.includes(word)) {
		return ranks.none;
	}

	if (text.includes(`\n${word}\n`)) {
		return ranks.exact;
	}

	if (hasWordFirst(text, word)) {
		return asStart;
	}

	return text.includes(`\n${word}`) || hasWord(text, word) ? asWord : ranks.softwareWithin;
};

const matchText = (text: string, word: string, asWord: number, asPart: number): number => {
	if (!text.includes(word)) {
		return ranks.none;
	}

	return hasWord(text, word) ? asWord : asPart;
};

/** How well a row matches a word, or a phrase with single spaces between its words. */
export const matchWord = (haystack: Haystack, row: number, word: string): number => {
	if (!haystack.all[row]!.includes(word)) {
		return ranks.none;
	}

	const place = haystack.places[row]!;
	const isOftenMet = place < oftenMetCount;
	const asPrefix = isOftenMet ? ranks.about : ranks.namePrefix;
	return Math.max(
		matchNames(haystack.names[row]!, word, place === unlisted ? ranks.start : ranks.exact, asPrefix),
		matchNames(haystack.aliases[row]!, word, ranks.start, asPrefix),
		matchUnhyphenated(haystack.unhyphenated[row]!, word, asPrefix),
		matchSoftware(haystack.software[row]!, word, ranks.start, ranks.about),
		matchSoftware(haystack.otherSoftware[row]!, word, ranks.otherSoftwareStart, ranks.otherSoftwareWord),
		matchText(haystack.labels[row]!, word, ranks.about, ranks.labelPrefix),
		matchText(haystack.otherLabels[row]!, word, ranks.otherLabelWord, ranks.labelPrefix),
		matchText(haystack.texts[row]!, word, isOftenMet ? ranks.about : ranks.textWord, ranks.textWithin),
		matchText(haystack.purposes[row]!, word, ranks.textWord, ranks.textWithin),
	);
};

/** How well a port matches a number that is typed: it is that number, or begins with it. Zeros before the number do not count. */
export const matchNumber = (port: Port, number: number): number => {
	if (port === number) {
		return ranks.numberExact;
	}

	let rest: number = port;
	while (number > 0 && rest > number) {
		rest = Math.floor(rest / 10);
	}

	return rest === number ? ranks.numberPrefix : ranks.none;
};
