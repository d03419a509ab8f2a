import {spawn, type ChildProcess} from 'node:child_process';
import process from 'node:process';

/** How a program ended: its exit code, the signal that ended it, or the error of one that could not be started. */
export type ProgramExit = {readonly code: number | null; readonly signal: string | null; readonly error?: Error};

/** A program that runs beside this one. */
export type RunningProgram = {
	/** Gives it the last of its standard input. */
	readonly endInput: (text: string) => void;
	/** Hands what it writes to a listener: what was written before, and all that follows. The one before hears no more. */
	readonly listen: (take: (text: string) => void) => void;
	/** Hands what it says on its standard error to a listener. */
	readonly listenToWords: (take: (text: string) => void) => void;
	/** Settles when it has ended and all that it wrote has been handed on. */
	readonly ended: Promise<ProgramExit>;
	/** What it said last on its standard error, in one line. */
	readonly lastWords: () => string;
	/** Sends a signal to it and all that it has started. */
	readonly signal: (signal: NodeJS.Signals) => void;
	/** Ends it: it is asked to, and forced to a second later. */
	readonly end: () => void;
};

/** Of what a program says on its standard error, the end is kept. */
const longestWords = 4000;

/** What is said is read by a person. */
const longestSentence = 500;

/** A program that is asked to end has this long, in milliseconds, before it is ended by force. */
const patienceMs = 1000;

const hasGroups = process.platform !== 'win32';

/** Programs that run. None of them outlives this one. */
const living = new Set<RunningProgram['signal']>();

const endLiving = (): void => {
	for (const signal of living) {
		signal('SIGKILL');
	}
};

const keepTrackOf = (child: ChildProcess, signal: RunningProgram['signal']): void => {
	if (living.size === 0) {
		process.on('exit', endLiving);
	}

	living.add(signal);
	child.once('exit', () => {
		living.delete(signal);
		if (living.size === 0) {
			process.off('exit', endLiving);
		}
	});
};

export type ProgramOptions = {
	/** Whether it may use the terminal of this process: then it shares its process group, and what is typed there reaches it. */
	readonly usesTerminal?: boolean;
	/** A file that is open, which it is handed as its descriptor 3. */
	readonly descriptor?: number | undefined;
};

/** Starts a program, its arguments as they are, never through a shell. */
export const startProgram = (command: string, args: readonly string[], {usesTerminal = false, descriptor}: ProgramOptions = {}): RunningProgram => {
	const hasGroup = hasGroups && !usesTerminal;
	const child = spawn(command, [...args], {
		stdio: ['pipe', 'pipe', 'pipe', ...(descriptor === undefined ? [] : [descriptor])],
		detached: hasGroup,
		windowsHide: true,
		env: {...process.env, LC_ALL: 'C'},
	});
	const [stdin, stdout, stderr] = [child.stdin!, child.stdout!, child.stderr!];
	let words = '';
	let unread = '';
	let take: ((text: string) => void) | undefined;
	let takeWords: ((text: string) => void) | undefined;
	// A program that ends early does not read all.
	stdin.on('error', () => {});
	stdout.setEncoding('utf8').on('data', (text: string) => {
		if (take === undefined) {
			unread += text;
		} else {
			take(text);
		}
	});
	stderr.setEncoding('utf8').on('data', (text: string) => {
		words = (words + text).slice(-longestWords);
		takeWords?.(text);
	});

	const signalAll = (signal: NodeJS.Signals): void => {
		try {
			if (hasGroup) {
				process.kill(-child.pid!, signal);
			} else {
				child.kill(signal);
			}
		} catch {
			// It has ended.
		}
	};

	const closed = new Promise<void>(resolve => {
		stdout.once('close', resolve);
	});
	const exited = new Promise<ProgramExit>(resolve => {
		child.once('error', error => {
			resolve({code: null, signal: null, error});
		});
		if (child.pid !== undefined) {
			keepTrackOf(child, signalAll);
			child.once('exit', (code, signal) => {
				resolve({code, signal});
			});
		}
	});
	let hasExited = false;
	const ended = exited.then(async exit => {
		hasExited = true;
		if (exit.error === undefined) {
			await closed;
		}

		return exit;
	});

	return {
		endInput(text) {
			stdin.end(text);
		},
		listen(listener) {
			take = listener;
			const text = unread;
			unread = '';
			if (text !== '') {
				listener(text);
			}
		},
		listenToWords(listener) {
			takeWords = listener;
		},
		ended,
		lastWords() {
			const lines = words.split(/[\r\n]+/).map(line => line.trim()).filter(line => line !== '' && line !== 'QUITTING!' && !line.startsWith('Host discovery disabled'));
			return lines.slice(-3).join(' ').slice(-longestSentence);
		},
		signal: signalAll,
		end() {
			if (hasExited || child.pid === undefined) {
				return;
			}

			signalAll('SIGTERM');
			// One that is paused does not hear it.
			signalAll('SIGCONT');
			const force = setTimeout(() => {
				signalAll('SIGKILL');
			}, patienceMs);
			child.once('exit', () => {
				clearTimeout(force);
			});
		},
	};
};
