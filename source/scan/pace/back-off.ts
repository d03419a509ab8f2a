const shortestWaitMs = 10;
const longestWaitMs = 640;

/** Waits after this machine ran out of something (descriptors, local ports, memory), each twice as long as the one before, up to the longest. */
export type BackOff = {
	/** Until when nothing is to be tried; -Infinity before the first. */
	readonly untilMs: number;
	/** Something ran out. @returns Whether a new wait begins, or undefined while one is under way. */
	readonly begin: (nowMs: number) => boolean;
	/** Something came of an attempt: the next wait is a short one again. */
	readonly relieve: () => void;
};

export const createBackOff = (): BackOff => {
	let waitMs = 0;
	let untilMs = -Infinity;
	return {
		get untilMs() {
			return untilMs;
		},
		begin(nowMs) {
			if (nowMs < untilMs) {
				return false;
			}

			waitMs = Math.min(longestWaitMs, Math.max(shortestWaitMs, waitMs * 2));
			untilMs = nowMs + waitMs;
			return true;
		},
		relieve() {
			waitMs = 0;
		},
	};
};
