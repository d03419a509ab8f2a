/** Bounds how many attempts begin a second, evenly: a bucket of tokens that is small and fills steadily. */
export type RateLimit = {
	/** When the next attempt may begin, in milliseconds of the clock it is asked with; not after `nowMs` when one may now. */
	readonly readyAtMs: (nowMs: number) => number;
	/** Counts an attempt that begins. */
	readonly take: (nowMs: number) => void;
};

const unlimited: RateLimit = {readyAtMs: nowMs => nowMs, take() {}};

/** Attempts saved up while there was nothing to do, as time: timers are late by some milliseconds, and a turn that comes late makes up for it. */
const burstMs = 20;

/** @param rate - Attempts a second; undefined sets no bound. */
export const createRateLimit = (rate: number | undefined): RateLimit => {
	if (rate === undefined) {
		return unlimited;
	}

	const intervalMs = 1000 / rate;
	const savedMs = Math.max(0, burstMs - intervalMs);
	/** When the attempt after those taken is due, were they all evenly spread. */
	let dueMs = -Infinity;
	return {
		readyAtMs: nowMs => Math.max(nowMs - savedMs, dueMs),
		take(nowMs) {
			dueMs = Math.max(nowMs - savedMs, dueMs) + intervalMs;
		},
	};
};
