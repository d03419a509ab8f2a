import {printable} from '../report/printable.ts';
import type {Ask} from './surroundings.ts';

/** Asks for a yes on the terminal. @returns False for anything else, and where nobody answers. */
export const confirm = async (question: string, ask: Ask | undefined, signal: AbortSignal): Promise<boolean> => {
	const answer = await ask?.(`${printable(question)} [y/N] `, signal);
	return answer !== undefined && /^\s*y(?:es)?\s*$/i.test(answer);
};
