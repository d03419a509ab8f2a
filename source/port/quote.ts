/** What would not be seen in a sentence, or be obeyed by a terminal: controls, formats (bidi, zero width), line and paragraph separators. JSON escapes but a few of them. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const escapeUnits = (character: string): string =>
	Array.from({length: character.length}, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** Quotes what was typed, for the sentence that rejects it: on one line, every character to be seen, cut to so many characters. */
export const quoteTyped = (text: string, most: number): string => {
	const characters = [...text.slice(0, 2 * most + 2)];
	return JSON.stringify(characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text).replaceAll(unseen, escapeUnits);
};
