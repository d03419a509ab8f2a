/** A line of a text, without its end. */
export type TextLine = {
	readonly text: string;
	/** The first line is 1. */
	readonly number: number;
	/** Whether its end was there: the last line of a text that was cut short has none. */
	readonly isWhole: boolean;
};

/** The lines of a text one by one, whatever their ends (LF, CRLF); none is copied before its turn. A text that ends in a line end has no line after it. */
export function * linesOf(text: string): Generator<TextLine> {
	let number = 0;
	let start = 0;
	while (start < text.length) {
		const found = text.indexOf('\n', start);
		const end = found === -1 ? text.length : found;
		number++;
		yield {text: text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end), number, isWhole: found !== -1};
		start = end + 1;
	}
}

/** The number of the line that a place in a text is on. */
export const lineAt = (text: string, place: number): number => {
	let number = 1;
	for (let found = text.indexOf('\n'); found !== -1 && found < place; found = text.indexOf('\n', found + 1)) {
		number++;
	}

	return number;
};
