/**
What a terminal or a reader's eye would obey instead of show: controls (C0, DEL, C1), formats (bidi, zero width, tags), line and paragraph separators, lone surrogates.

The two joiners (U+200C, U+200D) stay: scripts and emoji are spelt with them.
*/
const unprintable = /(?![\u200C\u200D])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const escapeCharacter = (character: string): string => {
	const code = character.codePointAt(0)!;
	if (code <= 0xFF) {
		return `\\x${code.toString(16).padStart(2, '0')}`;
	}

	return code <= 0xFF_FF ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
};

/**
Makes outside text safe to show: what would be obeyed becomes text, `\x1b` for an escape character. Line ends too: the answer is one line.

For everything that was not written here: targets, host names, error messages, later banners and certificates.
*/
export const printable = (text: string): string => text.replaceAll(unprintable, escapeCharacter);

const escapeForJson = (character: string): string =>
	character === '\n' ? character : Array.from({length: character.length}, (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');

/** Writes a document as JSON that is safe on a terminal: the characters that would be obeyed are escaped, so a reader of JSON gets them back whole. */
export const formatJson = (document: object): string => `${JSON.stringify(document, undefined, 2).replaceAll(unprintable, escapeForJson)}\n`;

/** The same as one line, for a stream of documents. */
export const formatJsonLine = (document: object): string => `${JSON.stringify(document).replaceAll(unprintable, escapeForJson)}\n`;
