import type {LocalSnapshot, LocalSockets} from '../local/local-socket.ts';
import type {StopSurroundings} from '../local/stop-plan.ts';
import type {ProcessControl} from '../local/stop-processes.ts';
import type {Registry} from '../registry/registry.ts';
import type {RequestScan} from '../scan/scan-request.ts';

/** A stream a command writes to: `process.stdout` is one. */
export type Output = {
	readonly write: (text: string, whenWritten?: (error?: Error | null) => void) => unknown;
	/** Whether a person watches. */
	readonly isTTY?: boolean | undefined;
	readonly columns?: number | undefined;
};

/** Puts a question to the user. @returns What was typed; undefined when there is no answer, or the signal aborts. */
export type Ask = (question: string, signal: AbortSignal) => Promise<string | undefined>;

/** What a command is given of the world. */
export type Surroundings = {
	/** For results alone. */
	readonly stdout: Output;
	/** For progress, warnings and errors. */
	readonly stderr: Output;
	/** Aborts when the user wants to end; what was found until then is still reported. */
	readonly signal: AbortSignal;
	readonly loadRegistry: () => Promise<Registry>;
	/** `tell` is given what goes wrong beside the scan: that it is not being kept. */
	readonly createRequestScan: (registry: Registry, tell: (sentence: string) => void) => RequestScan;
	/** Undefined where nobody is there to answer. */
	readonly ask?: Ask | undefined;
};

/** Runs a program to its end. */
export type RunHook = (program: string, args: readonly string[]) => Promise<{readonly code: number | null; readonly signal: string | null; readonly error: string | null}>;

export type LocalSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal' | 'loadRegistry'> & {
	readonly sockets: LocalSockets;
	readonly runHook: RunHook;
	/** Loads what scans, and what tells this machine's addresses, for the one who asks to try the listeners. */
	readonly loadReach: () => Promise<{readonly ownAddresses: () => readonly string[]; readonly createRequestScan: (registry: Registry) => RequestScan}>;
	/** @throws The signal's reason when it aborts. */
	readonly wait: (durationMs: number, signal: AbortSignal) => Promise<void>;
};

export type FreeSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal'> & {
	readonly sockets: LocalSockets;
	readonly control: ProcessControl;
	readonly readStopSurroundings: (snapshot: LocalSnapshot, pids: readonly number[]) => Promise<Omit<StopSurroundings, 'mayStopAncestors'>>;
	/** Undefined where there is no terminal. */
	readonly ask: Ask | undefined;
};

/** 0: done. 1: failed. 2: wrong usage. 3: a check did not hold. 130: interrupted by a signal (128 + SIGINT), with a report of what was found. */
export const exitCodes = {done: 0, failed: 1, wrongUsage: 2, checkFailed: 3, interrupted: 130} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
Writes a text and resolves when it has left, so that the process may end.

A reader that went away (`| head -1`) is no error: whoever reads decides how much.

@returns Whether the reader is still there.
*/
export const writeAll = async (output: Output, text: string): Promise<boolean> => new Promise((resolve, reject) => {
	output.write(text, error => {
		const {code} = (error ?? {}) as NodeJS.ErrnoException;
		if (!error || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') {
			resolve(!error);
		} else {
			reject(error);
		}
	});
});
