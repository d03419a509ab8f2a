/** Says where a text stops being JSON. */
export class JsonProblem extends Error {
	/** Index of the character. */
	readonly place: number;
	/** Whether the text ended before its value did: it was cut short. */
	readonly isTorn: boolean;

	constructor(message: string, place: number, isTorn: boolean) {
		super(message);
		this.place = place;
		this.isTorn = isTorn;
	}
}

/** A slice of a text: one JSON value, not looked into. */
export type JsonSlice = {readonly text: string; readonly place: number};

/**
Walks through the JSON of a text piece by piece, so that a large document is never held as values all at once, and one that was cut short tells what came before.

Never recursive, and linear: how deep a value is nested does not matter. All functions throw `JsonProblem`.
*/
export type JsonCursor = {
	/** The next character that is not white space; empty at the end. */
	readonly peek: () => string;
	/** Goes through the elements of an array, by their places. Whoever iterates takes or skips one value at each. A comma before the closing bracket is allowed: some programs write it. */
	readonly elements: () => Generator<number>;
	/** Goes through the names of an object's members. Whoever iterates takes or skips one value at each. */
	readonly members: () => Generator<string>;
	readonly skip: () => void;
	/** Takes a value as the text it is. */
	readonly slice: (longest?: number) => JsonSlice;
	/** Takes a value. */
	readonly take: (longest?: number) => unknown;
	readonly place: () => number;
	readonly goTo: (place: number) => void;
};

/** No value that is taken whole is longer, in characters. */
const longestValue = 1_000_000;

const quotationMark = 0x22;
const comma = 0x2C;
const backslash = 0x5C;
const openings: ReadonlySet<number> = new Set([0x5B, 0x7B]);
const closings: ReadonlySet<number> = new Set([0x5D, 0x7D]);

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0A || code === 0x0D || code === 0x09;

export const createJsonCursor = (text: string, start = 0): JsonCursor => {
	let at = start;

	const wrong = (message: string, place = at): never => {
		throw new JsonProblem(message, place, place >= text.length);
	};

	const skipSpace = (): void => {
		while (at < text.length && isSpace(text.charCodeAt(at))) {
			at++;
		}
	};

	const skipString = (): void => {
		let end = at;
		for (;;) {
			end = text.indexOf('"', end + 1);
			if (end === -1) {
				at = text.length;
				wrong('a string does not end');
			}

			let backslashes = 0;
			while (text.charCodeAt(end - 1 - backslashes) === backslash) {
				backslashes++;
			}

			if (backslashes % 2 === 0) {
				at = end + 1;
				return;
			}
		}
	};

	const skip = (): void => {
		skipSpace();
		const first = at;
		let depth = 0;
		while (at < text.length) {
			const code = text.charCodeAt(at);
			if (code === quotationMark) {
				skipString();
			} else if (openings.has(code)) {
				depth++;
				at++;
			} else if (depth > 0) {
				depth -= closings.has(code) ? 1 : 0;
				at++;
			} else if (code === comma || closings.has(code) || isSpace(code)) {
				break;
			} else {
				at++;
				continue;
			}

			if (depth === 0) {
				return;
			}
		}

		// What runs to the end of the text may be the beginning of something longer, such as a number.
		if (depth > 0 || at === first || at === text.length) {
			wrong(at === first && at < text.length ? 'a value is missing' : 'the text ends within a value');
		}
	};

	const slice = (longest = longestValue): JsonSlice => {
		skipSpace();
		const place = at;
		skip();
		if (at - place > longest) {
			throw new JsonProblem('a value is too long', place, false);
		}

		return {text: text.slice(place, at), place};
	};

	const take = (longest?: number): unknown => {
		const {text: value, place} = slice(longest);
		try {
			return JSON.parse(value);
		} catch {
			throw new JsonProblem('a value is no JSON', place, false);
		}
	};

	const open = (bracket: string): void => {
		skipSpace();
		if (text[at] !== bracket) {
			wrong(`${bracket} is missing`);
		}

		at++;
	};

	/** Whether something follows in what `closing` ends; goes past that, or past the comma before what follows. */
	const hasNext = (closing: string, isFirst: boolean): boolean => {
		skipSpace();
		if (!isFirst && text[at] === ',') {
			at++;
			skipSpace();
		} else if (!isFirst && text[at] !== closing) {
			wrong(`a comma or ${closing} is missing`);
		}

		if (text[at] === closing) {
			at++;
			return false;
		}

		if (at === text.length) {
			wrong(`${closing} is missing`);
		}

		return true;
	};

	return {
		peek() {
			skipSpace();
			return text[at] ?? '';
		},
		* elements() {
			open('[');
			for (let isFirst = true; hasNext(']', isFirst); isFirst = false) {
				yield at;
			}
		},
		* members() {
			open('{');
			for (let isFirst = true; hasNext('}', isFirst); isFirst = false) {
				if (text[at] !== '"') {
					wrong('the name of a member is missing');
				}

				const name = take();
				skipSpace();
				if (text[at] !== ':') {
					wrong('a colon is missing');
				}

				at++;
				yield name as string;
			}
		},
		skip,
		slice,
		take,
		place: () => at,
		goTo(place) {
			at = place;
		},
	};
};
