import {writeFileSync} from 'node:fs';
import {monitorEventLoopDelay} from 'node:perf_hooks';
import process from 'node:process';
import {isMainThread, type Worker} from 'node:worker_threads';
import type {ScanBatch} from '../../source/io/scan-worker.ts';

/*
Loaded into the program before it starts (`node --import`): measures how late the timers of its main thread are from the first news of a scan to the last, and writes that to the file that LOOP_DELAY_FILE names.

Worker threads load it as well, and do nothing.
*/

/** Milliseconds between two looks. */
const resolutionMs = 1;

export type LoopDelay = {readonly medianMs: number; readonly p99Ms: number; readonly longestMs: number; readonly count: number};

const file = process.env['LOOP_DELAY_FILE'];
if (isMainThread && file !== undefined) {
	const histogram = monitorEventLoopDelay({resolution: resolutionMs});
	const millisecondsOf = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - resolutionMs);
	let isOver = false;
	process.on('worker', (worker: Worker) => {
		worker.on('message', (batch: ScanBatch) => {
			// Other threads of the program speak of other things.
			if (isOver || !Array.isArray(batch)) {
				return;
			}

			if (batch.some(({kind}) => kind === 'started')) {
				histogram.enable();
			}

			if (batch.some(({kind}) => kind === 'finished')) {
				histogram.disable();
				isOver = true;
				const delay: LoopDelay = {
					medianMs: millisecondsOf(histogram.percentile(50)), p99Ms: millisecondsOf(histogram.percentile(99)), longestMs: millisecondsOf(histogram.max), count: histogram.count,
				};
				writeFileSync(file, JSON.stringify(delay));
			}
		});
	});
}
