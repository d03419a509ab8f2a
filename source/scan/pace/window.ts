/** A path this short, in milliseconds, has nothing to gain from more in flight: 256 at 2 ms are 128,000 a second already. */
const promptAnswerMs = 2;

/** However prompt the answers are, so many are in flight: enough to keep a processor busy. More only wait for each other and make round trips look long. */
export const promptWindow = 8;

/** Between two machines an answer takes a little longer than within one. */
export const promptWindowApart = 24;

/** Where more than this share of the last tries was silent, a firewall sets the pace, and a small window would only wait for it. */
const mostSilent = 0.1;
const silentMemory = 64;

/** Silence is no evidence of loss (it may be a firewall), so it lets the window grow too, but slower than an answer. */
const growthOfSilence = 0.5;

/** Where nothing was ever answered, each attempt waits for a second, and only a large window brings such a scan to its end. */
const growthBeforeAnswer = 4;

/**
How many attempts may be in flight.

It grows by one with each answer, which doubles it each round trip (slow start, RFC 5681, section 3.1), up to its limit. Loss does not make it smaller: how fast to send is decided by `createSendRate`. A lack of this machine does.
*/
export type Window = {
	/** At least one. */
	readonly size: number;
	/** Whether one more may be sent, with so many in flight and so many of them young. */
	readonly hasRoom: (activeCount: number, youngCount: number) => boolean;
	readonly answered: (activeCount: number, elapsedMs: number) => void;
	readonly silent: (activeCount: number) => void;
	/** Something of this machine ran out with so many in flight. */
	readonly shrinkTo: (activeCount: number) => void;
};

export type WindowOptions = {
	readonly initial: number;
	readonly limit: number;
	/** A round-trip time that is known before the first answer, in milliseconds: 0 within this machine. */
	readonly knownRttMs?: number | undefined;
};

export const createWindow = ({initial, limit, knownRttMs}: WindowOptions): Window => {
	let size = Math.min(initial, limit);
	/** Unlike the smoothed time, it holds little of our own queueing. */
	let shortestRttMs = knownRttMs ?? Infinity;
	let hasAnswer = false;
	/** A moving average over the last tries. */
	let silentShare = 0;
	/** After a lack it grows by one a window, not one an answer (congestion avoidance, RFC 5681, section 3.1). */
	let hasLacked = false;
	const promptSize = knownRttMs === undefined ? promptWindowApart : promptWindow;

	const grow = (activeCount: number, step: number): void => {
		// A window that is not used says nothing about a larger one.
		if ((activeCount + 1) * 2 >= size) {
			size = Math.min(limit, size + (hasLacked ? step / size : step));
		}
	};

	return {
		get size() {
			return Math.floor(size);
		},
		// On a short path only those that may still be answered are counted against the smaller window: silent ones take theirs for a whole time-out.
		hasRoom: (activeCount, youngCount) => activeCount < Math.floor(size) && (shortestRttMs > promptAnswerMs || silentShare > mostSilent || youngCount < promptSize),
		answered(activeCount, elapsedMs) {
			hasAnswer = true;
			silentShare -= silentShare / silentMemory;
			shortestRttMs = Math.min(shortestRttMs, elapsedMs);
			if (size < promptSize || shortestRttMs > promptAnswerMs) {
				grow(activeCount, 1);
			}
		},
		silent(activeCount) {
			silentShare += (1 - silentShare) / silentMemory;
			grow(activeCount, hasAnswer ? growthOfSilence : growthBeforeAnswer);
		},
		shrinkTo(activeCount) {
			hasLacked = true;
			size = Math.max(1, Math.min(size, activeCount));
		},
	};
};
