import {spawn} from 'node:child_process';
import process from 'node:process';

/** How a hook ended: its exit code, the signal that ended it, or the error code of one that could not be run. */
export type HookEnd = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error: string | null};

/** Runs a program to its end, its arguments as they are, never through a shell. What it writes goes to standard error: standard output is for events. */
export const runHook = async (program: string, args: readonly string[]): Promise<HookEnd> => new Promise(resolve => {
	// A name or an argument with a zero byte cannot be run, and is told by a throw.
	try {
		const child = spawn(program, [...args], {stdio: ['ignore', process.stderr, process.stderr], windowsHide: true});
		child.on('error', ({code}: NodeJS.ErrnoException) => {
			resolve({code: null, signal: null, error: code ?? 'UNKNOWN'});
		});
		child.on('close', (code, signal) => {
			resolve({code, signal, error: null});
		});
	} catch (error) {
		resolve({code: null, signal: null, error: (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'});
	}
});
