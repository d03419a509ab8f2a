import path from 'node:path';
import process from 'node:process';
import {openTerminal} from '../test/helpers/terminal.ts';
import {
	findProblem, findTimeProblem, formatReport, formatSpread, formatTable, interleave, measure, ratios, readResources, runTimeoutMs, withResources,
	withTemporaryFile, type Benchmark, type Command, type Measurement,
} from './measure.ts';

type Peak = Pick<Measurement, 'maxRssMb'>;

/** The title of the pane with the scan: a line of its frame that says so. */
const completeTitle = /─[^\n]*\bcomplete\b/;

/** How long the program may take from `q` to its end. */
const quitTimeoutMs = 10_000;

/** Runs the full screen until its scan is complete, then quits as a user would. */
const measureScreen = async (command: Command): Promise<Peak> => withTemporaryFile(async file => {
	const wrapped = withResources(command, file);
	// A home of its own: the scan is no part of the user's history.
	const terminal = openTerminal({...wrapped, columns: 120, rows: 40, env: {HOME: path.dirname(file)}});
	try {
		await terminal.waitFor(completeTitle, {timeoutMs: runTimeoutMs, description: 'the scan to be complete'});
		terminal.press('q');
		const {code} = await terminal.waitForExit({timeoutMs: quitTimeoutMs, description: 'the program to end after q'});
		if (code !== 0) {
			throw new Error(`${command.args.join(' ')} ended with code ${code}`);
		}

		return await readResources(file);
	} finally {
		await terminal.close();
	}
});

const measureCommand = async (command: Command): Promise<Peak> => {
	const measured = await measure(command);
	if (measured.code !== 0) {
		throw new Error(`${command.args.join(' ')} ended with code ${measured.code}${measured.isTimedOut ? ', out of time' : ''}: ${measured.stderr}`);
	}

	return measured;
};

/** The largest resident set of a full scan of this machine, on the screen and as a command. */
export const run: Benchmark = async ({rounds = 5, cli, progress}) => {
	const problem = await findProblem(cli) ?? await findTimeProblem();
	if (problem !== undefined) {
		return {problem};
	}

	const node = process.execPath;
	const contenders: ReadonlyArray<readonly [string, () => Promise<Peak>]> = [
		['`node -e 0`', async () => measureCommand({command: node, args: ['-e', '0']})],
		['`portui localhost -p all`, full screen', async () => measureScreen({command: node, args: [cli, 'localhost', '-p', 'all']})],
		['`portui scan localhost -p all --json`', async () => measureCommand({command: node, args: [cli, 'scan', 'localhost', '-p', 'all', '--json', '--no-history']})],
	];
	const results = await interleave(rounds, contenders.map(([name, contender]) => async (round: number) => {
		const {maxRssMb} = await contender();
		progress(`round ${round + 1}/${rounds}  ${name}  ${maxRssMb.toFixed(1)} MB`);
		return maxRssMb;
	}));
	const [baseline = []] = results;
	const table = formatTable(
		['what', 'peak MB', 'times an empty process'],
		contenders.map(([name], index) => [name, formatSpread(results[index]!), formatSpread(ratios(results[index]!, baseline), 2)]),
	);
	return {markdown: formatReport('Memory', {
		rounds,
		table,
		notes: ['The largest resident set of one process in MB (10⁶ bytes): threads count, child processes do not add up.'],
	})};
};
