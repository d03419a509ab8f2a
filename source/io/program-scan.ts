import {spawn, type ChildProcess} from 'node:child_process';
import {closeSync, openSync, readSync, rmSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {StringDecoder} from 'node:string_decoder';
import {formatPortSet} from '../port/port-set.ts';
import type {Doing, ScanEvent} from '../scan/event.ts';
import {countHosts} from '../scan/host-sequence.ts';
import type {ProgramRun} from '../scan/nmap-plan.ts';
import type {ProgramEnd, ReadProgram} from '../scan/program-reader.ts';
import type {RunningScan, ScanPlan} from '../scan/scan-plan.ts';
import {createScanTeller} from '../scan/scan-teller.ts';
import {systemReason} from './system-sentence.ts';

/** Another program, and how it makes a scan. */
export type ProgramScan = {
	/** As reports name it: `nmap`. */
	readonly engine: string;
	readonly command: string;
	/** One after the other. */
	readonly runs: readonly ProgramRun[];
	readonly read: ReadProgram;
	/** Where its document comes from: its output, or a file that it is told to write, which it calls `/dev/fd/3`. */
	readonly documentFrom: 'stdout' | 'file';
	readonly tellsOpenOnly?: true | undefined;
};

/** Of what a program says on its standard error, the end is kept. */
const longestWords = 4000;

/** A program that is asked to end has this long, in milliseconds, before it is ended by force. */
const patienceMs = 1000;

/** How often it is told how it goes, in milliseconds. */
const beatMs = 100;

const hasGroups = process.platform !== 'win32';

/** Programs that run. None of them outlives this one. */
const living = new Set<ChildProcess>();

/** Sends a signal to a program and all that it has started. */
const signalAll = (child: ChildProcess, signal: NodeJS.Signals): void => {
	try {
		if (hasGroups) {
			process.kill(-child.pid!, signal);
		} else {
			child.kill(signal);
		}
	} catch {
		// It has ended.
	}
};

const endLiving = (): void => {
	for (const child of living) {
		signalAll(child, 'SIGKILL');
	}
};

const keepTrackOf = (child: ChildProcess): void => {
	if (living.size === 0) {
		process.on('exit', endLiving);
	}

	living.add(child);
	child.once('exit', () => {
		living.delete(child);
		if (living.size === 0) {
			process.off('exit', endLiving);
		}
	});
};

/** A file without a name that another program writes and this one reads. */
type SharedFile = {readonly descriptor: number; readonly readMore: () => string; readonly close: () => void};

/** Makes a file for a program to write into. It is in no folder any more when it is written to, so that nothing is left behind, however this ends. */
const makeSharedFile = async (): Promise<SharedFile> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-'));
	const file = path.join(folder, 'document');
	let descriptor: number;
	try {
		descriptor = openSync(file, 'wx+', 0o600);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}

	const decoder = new StringDecoder('utf8');
	const buffer = Buffer.alloc(65_536);
	let position = 0;
	return {
		descriptor,
		readMore() {
			let text = '';
			for (;;) {
				const length = readSync(descriptor, buffer, 0, buffer.length, position);
				if (length === 0) {
					return text;
				}

				position += length;
				text += decoder.write(buffer.subarray(0, length));
			}
		},
		close() {
			closeSync(descriptor);
		},
	};
};

/** Splits what comes into lines. One that is too long is cut. */
const createLineSplitter = (take: (line: string) => void): ((text: string) => void) => {
	let rest = '';
	return text => {
		const lines = (rest + text).split(/\r?\n|\r/);
		rest = lines.pop()!.slice(0, 100_000);
		for (const line of lines) {
			take(line);
		}
	};
};

/** What a program says in the end, in one line. */
const lastWords = (words: string): string => {
	const lines = words.split(/[\r\n]+/).map(line => line.trim()).filter(line => line !== '' && line !== 'QUITTING!' && !line.startsWith('Host discovery disabled'));
	return lines.slice(-3).join(' ').slice(-500);
};

/** How a run ended. */
type RunEnd = {readonly failure: string | null};

/**
Runs another program that makes the scan of a plan, and tells what it finds as it tells it.

Its arguments go to it as they are, never through a shell. It has a process group of its own, so that what is typed into this terminal does not reach it, and so that all of it can be paused and ended; it ends with this process at the latest.
*/
export const startProgramScan = (plan: ScanPlan, {engine, command, runs, read, documentFrom, tellsOpenOnly}: ProgramScan): RunningScan => {
	let batch: ScanEvent[] = [];
	let wake: (() => void) | undefined;
	let isFinished = false;
	let isStopped = false;
	let isPaused = false;
	let child: ChildProcess | undefined;
	/** Reads what was written and not yet read. */
	let readRest = (): void => {};
	let doing: Doing | undefined;
	let elapsedMs = 0;
	let countedAtMs = performance.now();

	const emit = (event: ScanEvent): void => {
		if (!isFinished) {
			isFinished = event.kind === 'finished';
			batch.push(event);
			wake?.();
		}
	};

	const teller = createScanTeller(plan, emit, said => {
		doing = said;
	});

	const pace = (): void => {
		const nowMs = performance.now();
		elapsedMs += isPaused ? 0 : nowMs - countedAtMs;
		countedAtMs = nowMs;
		emit({kind: 'paced', elapsedMs, hosts: [], ...(doing === undefined ? {} : {doing})});
	};

	const finish = (status: 'complete' | 'interrupted' | 'failed', message: string | null): void => {
		pace();
		emit({kind: 'finished', finishedAt: new Date().toISOString(), status, message});
	};

	const runOne = async ({args, input}: ProgramRun): Promise<RunEnd> => {
		const file = documentFrom === 'file' ? await makeSharedFile() : undefined;
		const reader = read(teller);
		let words = '';
		try {
			if (isStopped) {
				return {failure: null};
			}

			const started = spawn(command, [...args], {
				stdio: ['pipe', 'pipe', 'pipe', ...(file === undefined ? [] : [file.descriptor])],
				detached: hasGroups,
				windowsHide: true,
				env: {...process.env, LC_ALL: 'C'},
			});
			child = started;
			const {stdin, stdout, stderr} = started;
			// A program that ends early does not read all.
			stdin!.on('error', () => {});
			stdin!.end(input);
			stderr!.setEncoding('utf8').on('data', (text: string) => {
				words = (words + text).slice(-longestWords);
				if (file === undefined) {
					sayLines(text);
				}
			});
			const sayLines = createLineSplitter(reader.say);
			readRest = () => {
				if (file !== undefined) {
					reader.write(file.readMore());
				}
			};

			stdout!.setEncoding('utf8').on('data', (text: string) => {
				if (isFinished) {
					return;
				}

				if (file === undefined) {
					reader.write(text);
				} else {
					sayLines(text);
					readRest();
				}
			});
			const ended = new Promise<void>(resolve => {
				stdout!.once('close', resolve);
			});
			const exit = await new Promise<{readonly code: number | null; readonly signal: string | null; readonly error?: Error}>(resolve => {
				started.once('error', error => {
					resolve({code: null, signal: null, error});
				});
				if (started.pid !== undefined) {
					keepTrackOf(started);
					started.once('exit', (code, signal) => {
						resolve({code, signal});
					});
				}
			});
			if (exit.error !== undefined) {
				return {failure: `${command} could not be started, ${systemReason(exit.error)}.`};
			}

			// What it started may hold its output open; nobody else writes there.
			await ended;
			child = undefined;
			if (isFinished) {
				return {failure: null};
			}

			readRest();
			readRest = () => {};
			return {failure: describeFailure(command, exit, reader.end(), lastWords(words))};
		} finally {
			child = undefined;
			file?.close();
		}
	};

	const runAll = async (): Promise<void> => {
		const hostCount = plan.blocks === undefined || plan.blocks.length === 0 ? undefined : Number(countHosts(plan));
		emit({
			kind: 'started',
			id: plan.id,
			startedAt: new Date().toISOString(),
			engine,
			seed: plan.seed,
			ports: formatPortSet(plan.ports),
			portCount: plan.ports.size,
			hosts: plan.hosts,
			...(hostCount === undefined ? {} : {hostCount}),
			...(tellsOpenOnly === true ? {tellsOpenOnly} : {}),
		});
		const beat = setInterval(() => {
			if (!isPaused) {
				pace();
			}
		}, beatMs);
		try {
			for (const run of runs) {
				const {failure} = await runOne(run);
				if (isFinished) {
					return;
				}

				if (failure !== null) {
					finish('failed', failure);
					return;
				}
			}

			if (tellsOpenOnly === true) {
				// Of hosts where nothing is open nothing is told.
				teller.endListed();
			}

			finish('complete', null);
		} catch (error) {
			finish('failed', `${command} could not be run, ${systemReason(error)}.`);
		} finally {
			clearInterval(beat);
		}
	};

	const stop = (): void => {
		if (isFinished || isStopped) {
			return;
		}

		isStopped = true;
		const ending = child;
		if (ending?.pid !== undefined) {
			signalAll(ending, 'SIGTERM');
			// One that is paused does not hear it.
			signalAll(ending, 'SIGCONT');
			const force = setTimeout(() => {
				signalAll(ending, 'SIGKILL');
			}, patienceMs);
			ending.once('exit', () => {
				clearTimeout(force);
			});
		}

		readRest();
		readRest = () => {};
		finish('interrupted', null);
	};

	async function * readEvents(): AsyncGenerator<readonly ScanEvent[]> {
		try {
			for (;;) {
				const ready = batch;
				batch = [];
				if (ready.length > 0) {
					yield ready;
				} else if (isFinished) {
					return;
				} else {
					await new Promise<void>(resolve => {
						wake = resolve;
					});
				}
			}
		} finally {
			// A reader that leaves has had enough.
			stop();
		}
	}

	void runAll();
	return {
		plan,
		events: readEvents(),
		pause() {
			if (!isPaused && !isFinished && child?.pid !== undefined) {
				pace();
				isPaused = true;
				signalAll(child, 'SIGSTOP');
				emit({kind: 'paused'});
			}
		},
		resume() {
			if (isPaused && !isFinished && child?.pid !== undefined) {
				pace();
				isPaused = false;
				signalAll(child, 'SIGCONT');
				emit({kind: 'resumed'});
			}
		},
		stop,
	};
};

/** Why a run is no whole one; null where it is. */
const describeFailure = (command: string, {code, signal}: {readonly code: number | null; readonly signal: string | null}, {isWhole, problem}: ProgramEnd, words: string): string | null => {
	if (code === 0 && isWhole) {
		return null;
	}

	const how = code === 0 ? '' : code === null ? ` (${signal ?? 'no exit code'})` : ` (exit code ${code})`;
	const why = problem ?? words;
	return `${command} ended before it was done${how}${why === '' ? '.' : `: ${why}${/[.!]$/.test(why) ? '' : '.'}`}`;
};
