import type {ScanEvent} from '../scan/event.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import {startedOf, type KeptScan} from './kept-scan.ts';

export type Continued = {
	/** The scan that is gone on with. */
	readonly kept: KeptScan;
	/** What happened in it. */
	readonly earlier: AsyncIterable<readonly ScanEvent[]>;
	/** How long it took until it ended, in milliseconds. */
	readonly elapsedMs: number;
	/** The scan of the rest. */
	readonly scan: RunningScan;
};

/** Joins a kept scan and the scan of what it left into one stream, as if there had been no break. */
export const continueScan = ({kept, earlier, elapsedMs, scan}: Continued): RunningScan => {
	async function * joined(): AsyncGenerator<readonly ScanEvent[]> {
		let isDone = false;
		try {
			yield [startedOf({...kept, plan: scan.plan})];
			for await (const batch of earlier) {
				yield batch.filter(({kind}) => kind !== 'finished');
			}

			for await (const batch of scan.events) {
				yield batch.filter(({kind}) => kind !== 'started').map(event => (event.kind === 'paced' ? {...event, elapsedMs: event.elapsedMs + elapsedMs} : event));
			}

			isDone = true;
		} finally {
			if (!isDone) {
				scan.stop();
			}
		}
	}

	return {
		plan: scan.plan,
		events: joined(),
		pause: scan.pause,
		resume: scan.resume,
		stop: scan.stop,
	};
};
