import type {ScanDocument, ScanEventDocument} from '../report/documents/scan.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {ScanFold} from './fold-scan.ts';

// Imported with the library itself, so it loads nothing.

/**
A scan. It begins when it is read: by `for await`, or by `result()`.

The events are read once. They come in order: `started`, then `probed` and `host`, and `finished` at the end. A scan waits for a slow reader. Leaving the loop stops the scan; when the loop is left, every socket is closed.
*/
export type Scan = AsyncIterable<ScanEventDocument> & {
	/**
	The whole scan as one document. With a loop that reads the events it resolves when that has ended, also when it was left early; else it runs the scan itself.

	Rejects where the loop would throw: for wrong targets, ports and options, names that do not resolve, a signal that aborts before the scan has begun.
	*/
	readonly result: () => Promise<ScanDocument>;
};

export type ScanStarter = {
	/** Begins the scan. Rejects where it cannot. */
	readonly start: () => Promise<{readonly running: RunningScan; readonly fold: ScanFold}>;
	readonly signal: AbortSignal | undefined;
};

type Settled = {readonly promise: Promise<ScanDocument>; readonly resolve: (document: ScanDocument) => void; readonly reject: (error: unknown) => void};

/** `Promise.withResolvers`, which Node 20 has not. */
const createSettled = (): Settled => {
	let resolve: Settled['resolve'] = () => {};
	let reject: Settled['reject'] = () => {};
	const promise = new Promise<ScanDocument>((fulfil, refuse) => {
		resolve = fulfil;
		reject = refuse;
	});
	// Whoever does not ask for the result hears of the error from the loop.
	promise.catch(() => {});
	return {promise, resolve, reject};
};

async function * readEvents({start, signal}: ScanStarter, {resolve, reject}: Settled): AsyncGenerator<ScanEventDocument, void> {
	try {
		const {running, fold} = await start();
		const batches = running.events[Symbol.asyncIterator]();
		const stop = (): void => {
			running.stop();
		};

		signal?.addEventListener('abort', stop, {once: true});
		if (signal?.aborted) {
			stop();
		}

		try {
			for (;;) {
				const next = await batches.next();
				if (next.done === true) {
					break;
				}

				const documents = fold.take(next.value);
				// Without its beginning a scan is an error, not a stream.
				if (fold.hasBegun) {
					yield * documents;
				}
			}
		} finally {
			// Whoever left the loop gets on when the last socket is closed, and what came until then counts.
			stop();
			for (let next = await batches.next(); next.done !== true; next = await batches.next()) {
				fold.take(next.value);
			}

			signal?.removeEventListener('abort', stop);
			if (fold.hasBegun) {
				resolve(fold.document());
			}
		}

		if (!fold.hasBegun) {
			throw fold.failure;
		}
	} catch (error) {
		reject(error);
		throw error;
	}
}

const readTwice = 'The events of a scan are read once: start another scan, or keep the events of this one.';
const collected = 'result() already reads the events of this scan: begin the loop first, and ask for the result then.';

/** Makes a scan that begins when it is read. */
export const createScan = (starter: ScanStarter): Scan => {
	const settled = createSettled();
	let reader: 'loop' | 'result' | undefined;
	return {
		[Symbol.asyncIterator]() {
			if (reader !== undefined) {
				throw new Error(reader === 'loop' ? readTwice : collected);
			}

			reader = 'loop';
			return readEvents(starter, settled);
		},
		async result() {
			if (reader === undefined) {
				reader = 'result';
				const events = readEvents(starter, settled);
				while ((await events.next()).done !== true) {
					// The record has taken it in.
				}
			}

			return settled.promise;
		},
	};
};
