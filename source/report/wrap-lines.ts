import stringWidth from 'string-width';

/**
Breaks a text into lines of at most a width, between words.

A word that is longer than a line stays whole, so that an address can still be copied; blanks within the text become one.

@param indent - Columns that lines after the first are set in.
*/
export const wrapLines = (text: string, width: number, indent = 0): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ').filter(each => each !== '')) {
		const room = width - (lines.length === 0 ? 0 : indent);
		if (line !== '' && stringWidth(line) + 1 + stringWidth(word) > room) {
			lines.push(line);
			line = '';
		}

		line = line === '' ? word : `${line} ${word}`;
	}

	return [...lines, line].map((each, index) => (index === 0 ? each : ' '.repeat(indent) + each));
};
