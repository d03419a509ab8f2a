import {Worker} from 'node:worker_threads';
import type {ScanEvent} from '../scan/event.ts';
import {packBlocks} from '../scan/packed-blocks.ts';
import {unpackEvents} from '../scan/packed-events.ts';
import type {RunningScan, ScanPlan, StartScan} from '../scan/scan-plan.ts';
import type {ScanBatch, ScanCommand, ScanOrder} from './scan-worker.ts';

/**
Room for the young objects of the scan's thread, in MB.

Its sockets die young: with V8's default room they would pile up to some 30 MB more before they are collected, and the scan would be no faster (`npm run benchmark -- memory`).
*/
const youngGenerationMb = 4;

/** So many events may wait for their reader: all of a full scan of one host. From then on the scan waits, until most of them are read. Packed, they take less than a megabyte. */
const mostUnread = 70_000;

const countEvents = (batch: ScanBatch): number => batch.reduce((sum, event) => sum + (event.kind === 'packed' ? event.port.length : 1), 0);

/**
Runs scans in a worker thread, so that 65,536 probes never hold up the thread that draws and reads keys.

@param workerUrl - The built `scan-worker.js`.
@param most - So many events may wait for their reader before the scan waits for it.
@returns A function that starts a scan. A worker that breaks ends its scan with `finished`, status `failed`.
*/
export const scanInWorker = (workerUrl: URL, most = mostUnread): StartScan => (plan: ScanPlan): RunningScan => {
	const worker = new Worker(workerUrl, {
		workerData: {plan: {...plan, blocks: undefined}, blocks: packBlocks(plan.blocks ?? [])} satisfies ScanOrder,
		resourceLimits: {maxYoungGenerationSizeMb: youngGenerationMb},
		// What this process was started with (`--input-type`, `--import`) is for its own code: it would keep the thread from starting, or load a program into it.
		execArgv: [],
	});
	/** As they came, packed: an unread scan takes little room. */
	let batches: ScanBatch[] = [];
	let wake: (() => void) | undefined;
	let unreadCount = 0;
	let isHeld = false;
	let isFinished = false;

	const send = (command: ScanCommand): void => {
		worker.postMessage(command);
	};

	const deliver = (batch: ScanBatch): void => {
		isFinished ||= batch.some(({kind}) => kind === 'finished');
		batches.push(batch);
		unreadCount += countEvents(batch);
		if (!isHeld && unreadCount > most) {
			isHeld = true;
			send('hold');
		}

		wake?.();
	};

	const fail = (message: string): void => {
		if (!isFinished) {
			deliver([{kind: 'finished', finishedAt: new Date().toISOString(), status: 'failed', message}]);
		}
	};

	worker.on('message', (batch: ScanBatch) => {
		deliver(batch);
	});
	worker.on('error', (error: Error) => {
		fail(`The scan broke off: ${error.message}`);
	});
	worker.on('exit', () => {
		fail('The scan broke off: its thread ended early.');
	});

	async function * readEvents(): AsyncGenerator<readonly ScanEvent[]> {
		try {
			for (;;) {
				const ready = batches;
				batches = [];
				for (const batch of ready) {
					unreadCount -= countEvents(batch);
					if (isHeld && unreadCount < most / 4) {
						isHeld = false;
						send('release');
					}

					yield unpackEvents(batch);
				}

				if (batches.length > 0) {
					continue;
				}

				if (isFinished) {
					return;
				}

				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		} finally {
			// A reader that leaves has had enough.
			if (!isFinished) {
				send('stop');
			}
		}
	}

	return {
		plan,
		events: readEvents(),
		pause() {
			send('pause');
		},
		resume() {
			send('resume');
		},
		stop() {
			send('stop');
		},
	};
};
