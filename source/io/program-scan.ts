import {formatPortSet} from '../port/port-set.ts';
import type {Doing, ScanEvent} from '../scan/event.ts';
import {countHosts} from '../scan/host-sequence.ts';
import type {ProgramEnd, ReadProgram} from '../scan/program-reader.ts';
import type {RunningScan, ScanPlan} from '../scan/scan-plan.ts';
import {createScanTeller} from '../scan/scan-teller.ts';
import type {ProgramExit, RunningProgram} from './running-program.ts';
import type {SharedFile} from './shared-file.ts';
import {systemReason} from './system-sentence.ts';

/** A program that is under way, what it is still to be told (undefined where it was told all), and the file it writes its document into; without one its output is the document. */
export type StartedRun = {readonly program: RunningProgram; readonly input?: string | undefined; readonly file?: SharedFile | undefined};

/** Another program, and how it makes a scan. */
export type ProgramScan = {
	/** As reports name it: `nmap`. */
	readonly engine: string;
	/** As sentences name it. */
	readonly name: string;
	/** Starts its runs, one after the other. */
	readonly runs: ReadonlyArray<() => Promise<StartedRun>>;
	readonly read: ReadProgram;
	readonly tellsOpenOnly?: true | undefined;
	/** Why the scan cannot be paused; undefined where it can. */
	readonly unpausable?: string | undefined;
};

/** How often it is told how it goes, in milliseconds. */
const beatMs = 100;

/** A line that is longer is cut: none that is understood is. */
const longestLine = 100_000;

/** Splits what comes into lines. A carriage return ends one too: that is how progress is written over. */
const createLineSplitter = (take: (line: string) => void): ((text: string) => void) => {
	let rest = '';
	return text => {
		const lines = (rest + text).split(/\r\n|[\r\n]/);
		rest = lines.pop()!.slice(0, longestLine);
		for (const line of lines) {
			take(line);
		}
	};
};

/** Why a run is no whole one; null where it is. */
const describeFailure = (name: string, {code, signal, error}: ProgramExit, {isWhole, problem, isSure}: ProgramEnd, words: string): string | null => {
	if (error !== undefined) {
		return `${name} could not be started, ${systemReason(error)}.`;
	}

	if (isWhole && (code === 0 || isSure === true)) {
		return null;
	}

	const how = code === 0 ? '' : code === null ? ` (${signal ?? 'no exit code'})` : ` (exit code ${code})`;
	const why = problem ?? words;
	return `${name} ended before it was done${how}${why === '' ? '.' : `: ${why}${/[.!]$/.test(why) ? '' : '.'}`}`;
};

/** Makes a scan of what another program tells as it tells it. The program ends with this process at the latest. */
export const startProgramScan = (plan: ScanPlan, {engine, name, runs, read, tellsOpenOnly, unpausable}: ProgramScan): RunningScan => {
	let batch: ScanEvent[] = [];
	let wake: (() => void) | undefined;
	let isFinished = false;
	let isPaused = false;
	let running: RunningProgram | undefined;
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

	/** @returns Why it is no whole run; null where it is, or where nobody wants to know any more. */
	const follow = async ({program, input, file}: StartedRun): Promise<string | null> => {
		try {
			if (isFinished) {
				program.end();
				return null;
			}

			running = program;
			const reader = read(teller);
			const sayLines = createLineSplitter(reader.say);
			readRest = () => {
				if (!isFinished && file !== undefined) {
					reader.write(file.readMore());
				}
			};

			if (input !== undefined) {
				program.endInput(input);
			}

			program.listen(text => {
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
			if (file === undefined) {
				program.listenToWords(sayLines);
			}

			const exit = await program.ended;
			if (isFinished) {
				return null;
			}

			readRest();
			return describeFailure(name, exit, reader.end(), program.lastWords());
		} finally {
			running = undefined;
			readRest = () => {};
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
			for (const start of runs) {
				if (isFinished) {
					return;
				}

				const failure = await follow(await start());
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
			finish('failed', `${name} could not be run, ${systemReason(error)}.`);
		} finally {
			clearInterval(beat);
		}
	};

	const stop = (): void => {
		if (!isFinished) {
			running?.end();
			readRest();
			finish('interrupted', null);
		}
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
		unpausable,
		pause() {
			if (!isPaused && !isFinished && running !== undefined && unpausable === undefined) {
				pace();
				isPaused = true;
				running.signal('SIGSTOP');
				emit({kind: 'paused'});
			}
		},
		resume() {
			if (isPaused && !isFinished && running !== undefined) {
				pace();
				isPaused = false;
				running.signal('SIGCONT');
				emit({kind: 'resumed'});
			}
		},
		stop,
	};
};
