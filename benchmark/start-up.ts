import process from 'node:process';
import {openTerminal} from '../test/helpers/terminal.ts';
import {
	findProblem, formatReport, formatSpread, formatTable, interleave, measureWall, ratios, runTimeoutMs, type Benchmark, type Command,
} from './measure.ts';

/** The start of the title row, which is part of the first frame. */
const firstFrame = / portui /;

const untilExit = async (command: Command): Promise<number> => {
	const {wallMs, code, stderr, isTimedOut} = await measureWall(command);
	if (code !== 0) {
		throw new Error(`${command.args.join(' ')} ended with code ${code}${isTimedOut ? ', out of time' : ''}: ${stderr}`);
	}

	return wallMs;
};

const untilFirstFrame = async ({command, args}: Command): Promise<number> => {
	const startedAt = performance.now();
	const terminal = openTerminal({command, args, columns: 120, rows: 40});
	try {
		await terminal.waitFor(firstFrame, {timeoutMs: runTimeoutMs, description: 'the first frame'});
		return performance.now() - startedAt;
	} finally {
		await terminal.close();
	}
};

/** How long until the program shows or says something, as multiples of an empty Node process. */
export const run: Benchmark = async ({rounds = 15, cli, progress}) => {
	const problem = await findProblem(cli);
	if (problem !== undefined) {
		return {problem};
	}

	const node = process.execPath;
	const contenders: ReadonlyArray<readonly [string, () => Promise<number>]> = [
		['`node -e 0`', async () => untilExit({command: node, args: ['-e', '0']})],
		['`portui`, to the first frame', async () => untilFirstFrame({command: node, args: [cli]})],
		['`portui lookup 80`', async () => untilExit({command: node, args: [cli, 'lookup', '80']})],
		['`portui --version`', async () => untilExit({command: node, args: [cli, '--version']})],
	];

	// Once unmeasured: the first run of all reads the files from disk.
	for (const [, contender] of contenders) {
		await contender();
	}

	const results = await interleave(rounds, contenders.map(([name, contender]) => async (round: number) => {
		const wallMs = await contender();
		progress(`round ${round + 1}/${rounds}  ${name}  ${wallMs.toFixed(1)} ms`);
		return wallMs;
	}));
	const [baseline = []] = results;
	const table = formatTable(
		['what', 'ms', 'times an empty process'],
		contenders.map(([name], index) => [name, formatSpread(results[index]!, 1), formatSpread(ratios(results[index]!, baseline), 2)]),
	);
	return {markdown: formatReport('Start-up', {
		rounds,
		table,
		notes: ['From spawn to exit; for the first frame from spawn to the moment the title row is on the screen of a terminal of 120×40.'],
	})};
};
