import {mkdtemp, readdir, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {findProblem, findTimeProblem, formatReport, formatSpread, formatTable, interleave, measure, ratios, type Benchmark} from './measure.ts';

/** What it costs to keep a full scan of loopback: time, CPU, memory, and room on the disk. */
export const run: Benchmark = async ({rounds = 7, cli, progress}) => {
	const problem = await findProblem(cli) ?? await findTimeProblem();
	if (problem !== undefined) {
		return {problem};
	}

	const state = await mkdtemp(path.join(tmpdir(), 'portui-benchmark-'));
	const contenders = [['not kept', ['--no-history']], ['kept', []]] as const;
	try {
		const results = await interleave(rounds, contenders.map(([name, flags]) => async (round: number) => {
			const measured = await measure({command: 'env', args: [`XDG_STATE_HOME=${state}`, 'PORTUI_NO_HISTORY=', process.execPath, cli, 'scan', '127.0.0.1', '-p', 'all', '--json', '--seed', '7', ...flags]});
			if (measured.code !== 0) {
				throw new Error(`portui ended with code ${measured.code}: ${measured.stderr}`);
			}

			progress(`round ${round + 1}/${rounds}  ${name}  ${(measured.wallMs / 1000).toFixed(2)} s`);
			return measured;
		}));
		const scans = path.join(state, 'portui', 'scans');
		const sizes = await Promise.all((await readdir(scans)).map(async name => (await stat(path.join(scans, name))).size));
		const baseline = results[0]!.map(({wallMs}) => wallMs);
		const table = formatTable(['scan', 's', 'times not kept', 'CPU s', 'peak MB', 'file kB'], contenders.map(([name], index) => {
			const measured = results[index]!;
			return [
				name,
				formatSpread(measured.map(({wallMs}) => wallMs / 1000), 2),
				formatSpread(ratios(measured.map(({wallMs}) => wallMs), baseline), 2),
				formatSpread(measured.map(({cpuMs}) => cpuMs / 1000), 2),
				formatSpread(measured.map(({maxRssMb}) => maxRssMb)),
				index === 0 ? '0' : formatSpread(sizes.map(size => size / 1000)),
			];
		}));
		return {markdown: formatReport('A scan that is kept beside one that is not, 65,536 ports of 127.0.0.1', {rounds, table})};
	} finally {
		await rm(state, {recursive: true, force: true});
	}
};
