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
		const times: Record<keyof FrameTimes, number[]> = {idle: [], scanning: [], mapIdle: [], mapScanning: [], scansIdle: [], scansScanning: [], localIdle: [], localReading: []};
		for (let round = 0; round < rounds; round++) {
			const {stdout, stderr, code} = await measureWall({command: process.execPath, args: [path.join(folder, 'time-frames.js'), path.join(path.dirname(cli), 'scan-worker.js')]});
			if (code !== 0) {
				throw new Error(`A round ended with code ${code}: ${stderr}`);
			}

			const measured = JSON.parse(stdout) as FrameTimes;
			for (const when of Object.keys(times) as ReadonlyArray<keyof FrameTimes>) {
				times[when].push(...measured[when]);
			}

			progress(`round ${round + 1}/${rounds}  ${times.idle.length} frames at rest, ${times.scanning.length} while scanning, ${times.mapScanning.length} of the map while scanning`);
		}

		const row = (name: string, when: keyof FrameTimes): readonly string[] =>
			[name, String(times[when].length), median(times[when]).toFixed(1), p99(times[when]).toFixed(1), (median(times[when]) / median(times.idle)).toFixed(2)];
		return {markdown: formatReport('Frame time', {
			rounds,
			table: formatTable(['when', 'frames', 'median ms', '99th percentile ms', 'times at rest'], [
				row('at rest', 'idle'),
				row('while all ports of localhost are scanned', 'scanning'),
				row('the map, at rest', 'mapIdle'),
				row('the map, while all ports of localhost are scanned', 'mapScanning'),
				row('the Scan view with every closed port listed, at rest', 'scansIdle'),
				row('the Scan view with every closed port listed, while all are scanned again', 'scansScanning'),
				row('the Local view with 1,000 sockets', 'localIdle'),
				row('the Local view with 1,000 sockets, after a reading', 'localReading'),
			]),
			notes: ['One frame of 120×40: from the action of a key to the last byte handed to the terminal.'],
		})};
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
};
