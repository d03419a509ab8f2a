import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {rmSync} from 'node:fs';
import {access, mkdtemp, readFile, rm} from 'node:fs/promises';
import {availableParallelism, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** What `run.ts` hands to a benchmark. */
export type BenchmarkOptions = {
	/** How many interleaved rounds; undefined leaves it to the benchmark. */
	readonly rounds: number | undefined;
	/** The program under test, as `node` is to run it. Default `dist/cli.js`. */
	readonly cli: string;
	/** Tells how far it is; goes to standard error. */
	readonly progress: (line: string) => void;
};

/** A report in Markdown, with a sentence for each goal that was missed where a benchmark has goals, or one sentence why there is none. */
export type BenchmarkResult = {readonly markdown: string; readonly missedGoals?: readonly string[]} | {readonly problem: string};

/** Every module in this folder but `run.ts` and `measure.ts` exports one as `run`. */
export type Benchmark = (options: BenchmarkOptions) => Promise<BenchmarkResult>;

export type Command = {readonly command: string; readonly args: readonly string[]};

export type Measurement = {
	readonly wallMs: number;
	/** User and system time, also of what the command started and waited for. To 10 ms. */
	readonly cpuMs: number;
	/** The largest resident set of the command or of one process it waited for, in MB (10⁶ bytes). */
	readonly maxRssMb: number;
	/** Undefined when a signal ended it. */
	readonly code: number | undefined;
	readonly stdout: string;
	readonly stderr: string;
	readonly isTimedOut: boolean;
};

/** Longer than any run here takes where all is well. */
export const runTimeoutMs = 120_000;

/** GNU time, which learns a child's resources from `wait4`: exact where polling `/proc` would miss the peak. */
const timeCommand = '/usr/bin/time';

const running = new Set<number>();

const temporaryFolders = new Set<string>();

const endGroup = (leader: number): void => {
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// It has ended by itself.
	}
};

/** Ends every command that is being measured and takes away what it left: for the one who is told to stop midway. */
export const endRunning = (): void => {
	for (const leader of running) {
		endGroup(leader);
	}

	for (const folder of temporaryFolders) {
		rmSync(folder, {recursive: true, force: true});
	}
};

export const isPresent = async (file: string): Promise<boolean> => {
	try {
		await access(file);
		return true;
	} catch {
		return false;
	}
};

/** Whether a program is found on the PATH. */
export const isInstalled = async (name: string): Promise<boolean> => {
	const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter(folder => folder !== '');
	const found = await Promise.all(folders.map(async folder => isPresent(path.join(folder, name))));
	return found.includes(true);
};

/** Why a program cannot be measured, as a sentence, or undefined. */
export const findProblem = async (cli: string): Promise<string | undefined> => {
	if (!await isPresent(cli)) {
		return `${cli} is not there: build it first (npm run build).`;
	}

	return undefined;
};

/** The command line that runs another one and writes its resources to a file; read them with `readResources`. */
export const withResources = ({command, args}: Command, file: string): Command => ({
	command: timeCommand,
	args: ['--quiet', '--format=%U %S %M', `--output=${file}`, command, ...args],
});

/** What `withResources` left in the file. */
export const readResources = async (file: string): Promise<Pick<Measurement, 'cpuMs' | 'maxRssMb'>> => {
	const [user = Number.NaN, system = Number.NaN, kibibytes = Number.NaN] = (await readFile(file, 'utf8')).trim().split(' ').map(Number);
	return {cpuMs: (user + system) * 1000, maxRssMb: kibibytes * 1024 / 1e6};
};

const collect = (stream: NodeJS.ReadableStream): (() => string) => {
	let text = '';
	stream.setEncoding('utf8');
	stream.on('data', (chunk: string) => {
		text += chunk;
	});
	return () => text;
};

/** Runs a command to its end and measures the time from spawn to exit only. */
export const measureWall = async ({command, args}: Command, timeoutMs = runTimeoutMs): Promise<Omit<Measurement, 'cpuMs' | 'maxRssMb'>> => {
	const startedAt = performance.now();
	// A group of its own, so that what it started ends with it when time is up.
	const child = spawn(command, args, {detached: true, stdio: ['ignore', 'pipe', 'pipe']});
	const leader = child.pid;
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	let isTimedOut = false;
	let timer: NodeJS.Timeout | undefined;
	if (leader !== undefined) {
		running.add(leader);
		timer = setTimeout(() => {
			isTimedOut = true;
			endGroup(leader);
		}, timeoutMs);
	}

	let wallMs = Number.NaN;
	child.once('exit', () => {
		wallMs = performance.now() - startedAt;
	});
	try {
		// Rejects when there is no such command.
		const [code] = await once(child, 'close') as [number | null];
		return {wallMs, code: code ?? undefined, stdout: stdout(), stderr: stderr(), isTimedOut};
	} finally {
		clearTimeout(timer);
		if (leader !== undefined) {
			running.delete(leader);
		}
	}
};

/** Why CPU time and memory cannot be measured here, as a sentence, or undefined. */
export const findTimeProblem = async (): Promise<string | undefined> => {
	const help = 'CPU time and memory are measured with GNU time: install it (apt-get install time).';
	if (!await isPresent(timeCommand)) {
		return help;
	}

	// The one of BSD and macOS has the same name and knows no `--version`.
	const {code, stdout, stderr} = await measureWall({command: timeCommand, args: ['--version']});
	return code === 0 && /GNU/i.test(stdout + stderr) ? undefined : help;
};

/** Gives a file name in a folder of its own to a function, and takes the folder away after it. */
export const withTemporaryFile = async <T>(use: (file: string) => Promise<T>): Promise<T> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-benchmark-'));
	temporaryFolders.add(folder);
	try {
		return await use(path.join(folder, 'measured'));
	} finally {
		temporaryFolders.delete(folder);
		await rm(folder, {recursive: true, force: true});
	}
};

/** Runs a command to its end and measures time, CPU and memory. Ask `findTimeProblem` first. */
export const measure = async (command: Command, timeoutMs = runTimeoutMs): Promise<Measurement> => withTemporaryFile(async file => {
	const measured = await measureWall(withResources(command, file), timeoutMs);
	const resources = measured.isTimedOut ? {cpuMs: Number.NaN, maxRssMb: Number.NaN} : await readResources(file);
	return {...measured, ...resources};
});

/**
The value below which the share `fraction` of the values lies, interpolated between neighbours; NaN of nothing.

@param fraction - From 0 to 1.
*/
export const quantile = (values: readonly number[], fraction: number): number => {
	const sorted = values.toSorted((a, b) => a - b);
	const position = (sorted.length - 1) * fraction;
	const below = sorted[Math.floor(position)] ?? Number.NaN;
	const above = sorted[Math.ceil(position)] ?? Number.NaN;
	return below + (above - below) * (position - Math.floor(position));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const p99 = (values: readonly number[]): number => quantile(values, 0.99);

/**
Runs every contender once a round, each round beginning with another one.

So all meet the same state of the machine, and none is always the one that runs after a certain other.

@returns For every contender, in the order given, what each round gave.
*/
export const interleave = async <T>(rounds: number, contenders: ReadonlyArray<(round: number) => Promise<T>>): Promise<T[][]> => {
	const results: T[][] = contenders.map(() => []);
	for (let round = 0; round < rounds; round++) {
		for (let turn = 0; turn < contenders.length; turn++) {
			const index = (turn + round) % contenders.length;
			// One at a time: two at once would measure each other.
			results[index]!.push(await contenders[index]!(round));
		}
	}

	return results;
};

/** The value of each round as a multiple of the baseline's in the same round. */
export const ratios = (values: readonly number[], baseline: readonly number[]): number[] =>
	values.map((value, round) => value / (baseline[round] ?? Number.NaN));

/** `median (min–max)`; a dash where nothing could be measured. */
export const formatSpread = (values: readonly number[], digits = 0): string => {
	const known = values.filter(value => !Number.isNaN(value));
	if (known.length === 0) {
		return '–';
	}

	const format = (value: number): string => value.toLocaleString('en', {minimumFractionDigits: digits, maximumFractionDigits: digits});
	return `${format(median(known))} (${format(Math.min(...known))}–${format(Math.max(...known))})`;
};

/** A Markdown table; all columns but the first hold numbers. */
export const formatTable = (header: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
	const line = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	const rule = `|${header.map((_, index) => index === 0 ? '---|' : '---:|').join('')}`;
	return [line(header), rule, ...rows.map(row => line(row))].join('\n');
};

/** A report: title, where and how it was measured, the table, and what to know when reading it. */
export const formatReport = (title: string, {rounds, table, notes = []}: {readonly rounds: number; readonly table: string; readonly notes?: readonly string[]}): string => {
	const where = `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} cores. ${rounds} interleaved ${rounds === 1 ? 'round' : 'rounds'}; median (min–max).`;
	return [`## ${title}`, where, table, ...notes].join('\n\n') + '\n';
};
