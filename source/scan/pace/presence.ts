/** So many canaries in a row stay silent in a blackout; fewer are lost by chance. */
const leastSilentCanaries = 6;

/** Nothing at all was answered for so long, in milliseconds, or for four time-outs where that is longer. */
const shortestQuietMs = 1000;
const quietTimeouts = 4;

/** A host that answers nothing for so long after it did, to so many canaries, is gone, or has shut this machine out. */
const longestBlackoutMs = 10_000;
const canariesInVain = 20;

/** A host that limits its answers to a few a second looks like one that is gone and comes back; it is not waited for any more after so many times. */
const mostBlackouts = 5;

/**
Whether a host that answered before still does.

While it does not, sending more says nothing about its ports: the scan waits for the host to come back, and ends when it does not.
*/
export type Presence = {
	/** `present`, too, where nothing was ever answered. */
	readonly state: 'present' | 'blackout' | 'vanished';
	/** Whether something was answered before, but nothing for a while. */
	readonly isQuiet: (nowMs: number) => boolean;
	readonly answered: (nowMs: number) => void;
	readonly canarySilent: () => void;
	/** Takes notice of the time. @returns Whether a blackout has just begun. */
	readonly look: (nowMs: number, timeoutMs: number) => boolean;
	/** When the blackout has lasted too long; Infinity where there is none. */
	readonly wakeAtMs: () => number;
};

export const createPresence = (mayVanish: boolean): Presence => {
	let state: Presence['state'] = 'present';
	let lastAnswerMs: number | undefined;
	let silentCanaries = 0;
	let blackoutCount = 0;
	let blackoutMs = Infinity;

	return {
		get state() {
			return state;
		},
		isQuiet: nowMs => lastAnswerMs !== undefined && nowMs - lastAnswerMs >= shortestQuietMs,
		answered(nowMs) {
			lastAnswerMs = nowMs;
			silentCanaries = 0;
			state = 'present';
		},
		canarySilent() {
			silentCanaries++;
		},
		look(nowMs, timeoutMs) {
			if (state === 'blackout' && nowMs - blackoutMs >= longestBlackoutMs && silentCanaries >= canariesInVain) {
				blackoutCount = mostBlackouts;
				state = mayVanish ? 'vanished' : 'present';
			}

			if (state !== 'present' || lastAnswerMs === undefined || blackoutCount >= mostBlackouts
				|| silentCanaries < leastSilentCanaries || nowMs - lastAnswerMs < Math.max(shortestQuietMs, quietTimeouts * timeoutMs)) {
				return false;
			}

			state = 'blackout';
			blackoutMs = nowMs;
			blackoutCount++;
			return true;
		},
		wakeAtMs: () => (state === 'blackout' ? blackoutMs + longestBlackoutMs : Infinity),
	};
};
