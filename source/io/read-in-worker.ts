import {Worker} from 'node:worker_threads';
import type {LocalSnapshot, LocalSockets} from '../local/local-socket.ts';
import {rejected, type Parsed} from '../port/parsed.ts';

/** A thread that has nothing to read for so long is ended, in milliseconds: it holds some 25 MB, and another is there in 50 ms. Longer than the pause between the readings of a view that is watched. */
const idleMs = 2500;

type Answer = (snapshot: Parsed<LocalSnapshot>) => void;

/** Settles as the promise does, unless the signal aborts first. */
const orAborted = async <Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> => {
	if (signal === undefined) {
		return promise;
	}

	signal.throwIfAborted();
	return new Promise((resolve, reject) => {
		const abort = (): void => {
			reject(signal.reason as Error);
		};

		signal.addEventListener('abort', abort, {once: true});
		void promise.then(resolve, reject).finally(() => {
			signal.removeEventListener('abort', abort);
		});
	});
};

/**
Reads the sockets in a thread of its own, so that no key waits for a reading.

The thread starts at the first reading, ends when nothing is read for a while, and does not keep the process alive. One that breaks fails the readings under way; the next one starts another.

@param workerUrl - The built `local-worker.js`.
*/
export const createWorkerSockets = (workerUrl: URL): LocalSockets => {
	let worker: Worker | undefined;
	let waiting: Answer[] = [];
	let idle: NodeJS.Timeout | undefined;

	const rest = (resting: Worker): void => {
		resting.unref();
		idle = setTimeout(() => {
			worker = undefined;
			void resting.terminate();
		}, idleMs).unref();
	};

	const fail = (message: string): void => {
		const answers = waiting;
		waiting = [];
		worker = undefined;
		for (const answer of answers) {
			answer(rejected(`The sockets of this machine could not be read: ${message}`));
		}
	};

	const start = (): Worker => {
		const started = new Worker(workerUrl, {execArgv: []});
		started.unref();
		started.on('message', (snapshot: Parsed<LocalSnapshot>) => {
			waiting.shift()?.(snapshot);
			if (waiting.length === 0) {
				rest(started);
			}
		});
		started.on('error', ({message}: Error) => {
			fail(message);
		});
		started.on('exit', () => {
			if (worker === started) {
				fail('its thread ended early.');
			}
		});
		return started;
	};

	return {
		async read(signal) {
			const reading = new Promise<Parsed<LocalSnapshot>>(resolve => {
				clearTimeout(idle);
				worker ??= start();
				waiting.push(resolve);
				worker.ref();
				worker.postMessage('read');
			});
			return orAborted(reading, signal);
		},
		async close() {
			clearTimeout(idle);
			const ending = worker;
			worker = undefined;
			await ending?.terminate();
			fail('the reading was ended.');
		},
	};
};
