import {parentPort, workerData} from 'node:worker_threads';
import type {ScanEvent} from '../scan/event.ts';
import {unpackBlocks} from '../scan/packed-blocks.ts';
import {buffersOf, packEvents, type PackedEvent} from '../scan/packed-events.ts';
import {runScan} from '../scan/run-scan.ts';
import type {ScanPlan} from '../scan/scan-plan.ts';
import {readSocketLimit} from './descriptor-limit.ts';
import {createSocketEngine} from './socket-engine.ts';
import {systemClock} from './system-clock.ts';

/** What a worker is started with: a plan, its blocks packed. */
export type ScanOrder = {readonly plan: ScanPlan; readonly blocks: string};

/** What the main thread asks of a scan in a worker. `hold` and `release` are for its own sake: it does not keep up with reading. */
export type ScanCommand = 'pause' | 'resume' | 'hold' | 'release' | 'stop';

/** What a scan in a worker posts: events in order, packed. */
export type ScanBatch = readonly PackedEvent[];

/** A batch about thirty times a second: a message a port costs a fifth more, and holds up the thread that draws. */
const batchIntervalMs = 33;

if (parentPort === null) {
	throw new Error('scan-worker is a worker thread: start it with scanInWorker.');
}

const port = parentPort;
let events: ScanEvent[] = [];

const post = (): void => {
	if (events.length > 0) {
		const batch = packEvents(events);
		events = [];
		port.postMessage(batch satisfies ScanBatch, buffersOf(batch));
	}
};

let isHeld = false;
const {plan, blocks} = workerData as ScanOrder;

const run = runScan({...plan, blocks: unpackBlocks(blocks)}, {
	createEngine: createSocketEngine,
	clock: systemClock,
	socketLimit: readSocketLimit(),
	emit(event) {
		events.push(event);
		if (event.kind === 'finished') {
			clearInterval(beat);
			post();
			port.close();
		}
	},
});

const beat = setInterval(() => {
	if (!run.isPaused && !isHeld) {
		events.push(run.pace());
	}

	post();
}, batchIntervalMs);

port.on('message', (command: ScanCommand) => {
	isHeld = command === 'hold' || (isHeld && command !== 'release');
	run[command]();
	post();
});
