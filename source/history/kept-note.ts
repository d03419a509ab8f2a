import {parsed, rejected, type Parsed} from '../port/parsed.ts';

/** The longest note, in characters. */
export const longestNote = 200;

/** Makes a note of what was typed: one line without blanks around it; an empty one takes the note away. */
export const parseNote = (typed: string): Parsed<string> => {
	const text = typed.replaceAll(/\s+/gu, ' ').trim();
	const {length} = [...text];
	return length > longestNote ? rejected(`A note has at most ${longestNote} characters, and this one has ${length}.`) : parsed(text);
};

/** Writes the line that keeps a note with a scan, with its line end. The last one counts. */
export const formatNote = (text: string): string => `${JSON.stringify({kind: 'note', text})}\n`;

/** Reads the note of a line. @returns Undefined where the line takes the note away, or is damaged. Text from outside: not printable yet. */
export const readNote = ({text}: Readonly<Record<string, unknown>>): string | undefined =>
	(typeof text === 'string' && text !== '' ? [...text.slice(0, 2 * longestNote)].slice(0, longestNote).join('') : undefined);
