import type {Clock} from '../scan/run-scan.ts';

/** This machine's clock. `soon` runs after the poll phase, so that an answer that waits is read before its attempt is called overdue. */
export const systemClock: Clock = {
	now: () => performance.now(),
	date: () => new Date().toISOString(),
	soon(callback) {
		setImmediate(callback);
	},
	after(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => {
			clearTimeout(timer);
		};
	},
};
