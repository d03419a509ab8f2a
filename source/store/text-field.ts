/** A line of text being typed. `cursor` counts characters (code points) before it. */
export type TextField = {readonly text: string; readonly cursor: number};

/** The longest text a field takes, in characters: longer than any list of ports worth typing, short enough to parse at every key. */
export const longestText = 2000;

export const textField = (text: string): TextField => ({text, cursor: [...text].length});

export type TextEdit =
	| {readonly kind: 'insert'; readonly text: string}
	| {readonly kind: 'delete-back' | 'delete-forward' | 'delete-word' | 'delete-all' | 'left' | 'right' | 'start' | 'end'};

/** Line breaks, tabs and other control characters of a paste become spaces: a field is one line. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');

/** Applies one edit. Text over the longest length is cut. */
export const editText = ({text, cursor}: TextField, edit: TextEdit): TextField => {
	const characters = [...text];
	const before = characters.slice(0, cursor);
	const after = characters.slice(cursor);
	const put = (start: readonly string[], end: readonly string[]): TextField => ({text: [...start, ...end].join(''), cursor: start.length});
	switch (edit.kind) {
		case 'insert': {
			const room = Math.max(0, longestText - characters.length);
			return put([...before, ...[...oneLine(edit.text)].slice(0, room)], after);
		}

		case 'delete-back': {
			return put(before.slice(0, -1), after);
		}

		case 'delete-forward': {
			return put(before, after.slice(1));
		}

		case 'delete-word': {
			return put([...before.join('').replace(/[^\s,]*[\s,]*$/, '')], after);
		}

		case 'delete-all': {
			return put([], []);
		}

		case 'left': {
			return {text, cursor: Math.max(0, cursor - 1)};
		}

		case 'right': {
			return {text, cursor: Math.min(characters.length, cursor + 1)};
		}

		case 'start': {
			return {text, cursor: 0};
		}

		case 'end': {
			return {text, cursor: characters.length};
		}
	}
};
