import {createInterface} from 'node:readline';
import process from 'node:process';

/**
Asks a question on the terminal and waits for a line.

Standard error carries the question, so that standard output holds results alone. The terminal stays as it is: the line is the terminal's own to edit, and Ctrl-C is a signal.

@returns The line; undefined when the terminal has no more of them, or the signal aborts.
*/
export const ask = async (question: string, signal: AbortSignal): Promise<string | undefined> => {
	process.stderr.write(question);
	const lines = createInterface({input: process.stdin, terminal: false});
	return new Promise(resolve => {
		const end = (answer: string | undefined): void => {
			// The first answer holds: to close is to hear of the close at once.
			resolve(answer);
			signal.removeEventListener('abort', abort);
			lines.close();
			process.stdin.pause();
		};

		const abort = (): void => {
			process.stderr.write('\n');
			end(undefined);
		};

		lines.once('line', end);
		lines.once('close', () => {
			end(undefined);
		});
		signal.addEventListener('abort', abort, {once: true});
		if (signal.aborted) {
			abort();
		}
	});
};
