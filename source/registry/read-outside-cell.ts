import {quote, reject, type Place} from './source-rows.ts';

/** The longest cell of IANA's registry has some 1,600 characters. What is much longer is damage: a lost quotation mark swallows the rows after it. */
const mostCharacters = 20_000;

/** What stands in a decoded text for bytes that are no UTF-8. */
export const lostCharacter = '\uFFFD';

/** What is read as it is: most cells, and the quickest to see. */
const plain = /^[!-~]*(?: [!-~]+)*$/;

const controls = /\p{Cc}/u;

/** What would not be seen, or be obeyed by a terminal: formats (bidi, zero width), separators, private characters. The two joiners stay: scripts are spelt with them. */
const unseen = /(?![\u200C\u200D])[\p{Cf}\p{Co}\p{Cs}]/gu;

const showUnseen = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/**
Reads a cell of a file that is not ours: on one line, and nothing in it that a terminal would obey.

A control character is damage and is rejected. A character that is merely not seen is somebody's slip, for which nobody should go without the registry: it is written out, as `\u{200b}`.

@param isDamaged - Whether there are bytes in the file that are no UTF-8.
@throws SourceError when the cell is damaged or longer than any text.
*/
export const readOutsideCell = (text: string, place: Place, isDamaged: boolean): string => {
	if (text.length > mostCharacters) {
		return reject(place, `the cell has ${text.length} characters, and the longest that is taken for a text has ${mostCharacters}.`);
	}

	if (plain.test(text)) {
		return text;
	}

	if (isDamaged && text.includes(lostCharacter)) {
		return reject(place, 'there are bytes that are not UTF-8.');
	}

	const line = text.replaceAll(/\s+/gu, ' ').trim();
	const control = controls.exec(line);
	if (control) {
		const code = control[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
		return reject(place, `${quote(line)} holds the control character U+${code}.`);
	}

	return line.replaceAll(unseen, showUnseen);
};
