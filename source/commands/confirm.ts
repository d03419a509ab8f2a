import {printable} from '../report/printable.ts';
import {wrapLines} from '../report/wrap-lines.ts';
import type {Ask} from './surroundings.ts';

/** Room for the answer, in columns: a blank and `y`. */
const answerWidth = 2;

/** Asks for a yes on the terminal. @param columns - Of that terminal: the question is broken between words, where the terminal would break it inside one. @returns False for anything else, and where nobody answers. */
export const confirm = async (question: string, ask: Ask | undefined, signal: AbortSignal, columns?: number): Promise<boolean> => {
	const text = `${printable(question)} [y/N]`;
	// A terminal that does not tell its size has 0 columns.
	const answer = await ask?.(`${columns ? wrapLines(text, columns - answerWidth).join('\n') : text} `, signal);
	return answer !== undefined && /^\s*y(?:es)?\s*$/i.test(answer);
};
