import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import {bundleOptions} from '../scripts/bundle-options.ts';
import type {FrameTimes} from './frame-time/time-frames.tsx';
import {findProblem, formatReport, formatTable, measureWall, median, p99, type Benchmark} from './measure.ts';

/** How long a frame takes at 120×40, at rest and while all ports of localhost are scanned. Bundled as the program is. */
export const run: Benchmark = async ({rounds = 3, cli, progress}) => {
	const problem = await findProblem(cli);
	if (problem !== undefined) {
		return {problem};
	}

	const folder = await mkdtemp(path.join(tmpdir(), 'portui-frames-'));
	try {
		await build({...bundleOptions, entryPoints: [path.join(import.meta.dirname, 'frame-time', 'time-frames.tsx')], outdir: folder});
		const idle: number[] = [];
		const scanning: number[] = [];
		for (let round = 0; round < rounds; round++) {
			const {stdout, stderr, code} = await measureWall({command: process.execPath, args: [path.join(folder, 'time-frames.js'), path.join(path.dirname(cli), 'scan-worker.js')]});
			if (code !== 0) {
				throw new Error(`A round ended with code ${code}: ${stderr}`);
			}

			const times = JSON.parse(stdout) as FrameTimes;
			idle.push(...times.idle);
			scanning.push(...times.scanning);
			progress(`round ${round + 1}/${rounds}  ${idle.length} frames at rest, ${scanning.length} while scanning`);
		}

		const row = (name: string, times: readonly number[]): readonly string[] =>
			[name, String(times.length), median(times).toFixed(1), p99(times).toFixed(1), (median(times) / median(idle)).toFixed(2)];
		return {markdown: formatReport('Frame time', {
			rounds,
			table: formatTable(['when', 'frames', 'median ms', '99th percentile ms', 'times at rest'], [row('at rest', idle), row('while all ports of localhost are scanned', scanning)]),
			notes: ['One frame of 120×40: from the action of a key to the last byte handed to the terminal.'],
		})};
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
};
