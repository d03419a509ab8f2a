import {createInterface} from 'node:readline/promises';

/** Puts a question to a person and reads the answer. */
export type Ask = (question: string, signal: AbortSignal) => Promise<boolean>;

/** Asks on a terminal; anything but `y` or `yes`, and the end of the input, is a no. Rejects when the signal aborts. */
export const askOnTerminal = (input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Ask => async (question, signal) => {
	const prompt = createInterface({input, output});
	// While it reads keys the terminal sends no signal for Ctrl-C, but a key: the program hears of it as of any other signal.
	prompt.once('SIGINT', () => {
		process.kill(process.pid, 'SIGINT');
	});
	try {
		const ended = new Promise<string>(resolve => {
			prompt.once('close', () => {
				resolve('');
			});
		});
		const answer = await Promise.race([prompt.question(question, {signal}), ended]);
		return /^y(?:es)?$/i.test(answer.trim());
	} finally {
		prompt.close();
	}
};
