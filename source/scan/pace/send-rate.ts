import {leastCanaries, type Epochs} from './epochs.ts';
import {sampleCount, shareLost, sumOf} from './loss.ts';

/** Loss up to this share is made up for by trying again, at full speed; more is taken as a sign of going too fast. */
const tolerableLoss = 0.12;

/** Under this share of loss there is room for more. */
const smallLoss = 0.06;
const growth = 1.15;

/** After so many epochs in a row with room for more it grows faster: whatever the limit was, it is gone. */
const roomyEpochs = 3;
const fastGrowth = 1.6;

/** Canaries an epoch must have lost before the speed is blamed for it. */
const leastLost = 8;

/** An epoch is judged no earlier than after so many milliseconds, and after four time-outs: a loss is known only after two. */
const shortestEpochMs = 400;
const timeoutsPerEpoch = 4;

/** What was seen so many milliseconds ago says little of now. */
const longestEpochMs = 5000;

/** Where slowing down so often in a row leaves more than this share of the loss, the speed is not its cause. */
const unchanged = 0.8;
const vainCuts = 2;

/** Tries a second that no loss makes fewer: all ports are then through in a minute or two; who waits for the truth waits longer. */
const slowestRate = 1000;
const slowestThoroughRate = 50;

/** Milliseconds of sending that may be made up for at once, when a turn comes late. */
const burstMs = 20;

/**
How many tries a second may be sent: as many as can be, until much is lost; then as many as came through.

A policed path (so many SYNs a second) loses all that is above its limit, so what was sent times the share that came through is the limit. The rate then feels its way upwards, as in congestion avoidance (RFC 5681, section 3.1). Where going slower does not help, the loss is the path's own: the rate is free again, and that much loss is borne.
*/
export type SendRate = {
	/** Tries a second; Infinity while nothing limits them. */
	readonly perSecond: number;
	/** Milliseconds until one more may be sent; 0 when it may now. */
	readonly waitMs: (nowMs: number) => number;
	readonly sent: (nowMs: number) => void;
	/**
	Looks at the present epoch, and changes the rate and begins a new one where it is called for.

	@param isInDoubt - Whether the loss may turn out to be a limit of RSTs soon: then it is waited for a little.
	*/
	readonly review: (nowMs: number, timeoutMs: number, isInDoubt: boolean) => void;
	/** No faster than this from now on, in a new epoch. */
	readonly limit: (perSecond: number, nowMs: number) => void;
	/** As fast as can be from now on: the loss is known to have another cause. */
	readonly free: (nowMs: number) => void;
};

export const createSendRate = (epochs: Epochs, isThorough: boolean): SendRate => {
	const slowest = isThorough ? slowestThoroughRate : slowestRate;
	let perSecond = Infinity;
	let borneLoss = tolerableLoss;
	/** What the rate and the loss were before the last cuts, and how many of them made no difference; undefined when there is none to judge. */
	let beforeCut: {readonly perSecond: number; readonly loss: number; readonly vainCount: number} | undefined;
	/** Epochs in a row in which little was lost. */
	let roomyCount = 0;
	let ceiling = Infinity;
	let tokens = 1;
	let filledMs = 0;

	const change = (next: number, nowMs: number): void => {
		perSecond = Math.min(ceiling, next);
		tokens = Math.min(tokens, 1);
		filledMs = nowMs;
		epochs.begin();
	};

	const fill = (nowMs: number): void => {
		tokens = Math.min(Math.max(1, perSecond * burstMs / 1000), tokens + (nowMs - filledMs) * perSecond / 1000);
		filledMs = nowMs;
	};

	return {
		get perSecond() {
			return perSecond;
		},
		waitMs(nowMs) {
			if (perSecond === Infinity) {
				return 0;
			}

			fill(nowMs);
			return tokens >= 1 ? 0 : (1 - tokens) * 1000 / perSecond;
		},
		sent(nowMs) {
			const epoch = epochs.get(epochs.current);
			epoch.sentCount++;
			epoch.startedMs = Math.min(epoch.startedMs, nowMs);
			tokens -= perSecond === Infinity ? 0 : 1;
		},
		review(nowMs, timeoutMs, isInDoubt) {
			const {startedMs, sentCount, open, refused} = epochs.get(epochs.current);
			const tookMs = nowMs - startedMs;
			if (!(tookMs >= (isInDoubt ? 3 : 1) * Math.max(shortestEpochMs, timeoutsPerEpoch * timeoutMs))) {
				return;
			}

			const canaries = sumOf(open, refused);
			const loss = shareLost(canaries);
			if (loss > borneLoss && canaries.lost >= leastLost && sampleCount(canaries) >= leastCanaries) {
				roomyCount = 0;
				// At the slowest there is no telling: a limit far below it loses nearly all, too.
				const isVain = beforeCut !== undefined && perSecond > slowest && loss > unchanged * beforeCut.loss;
				beforeCut = beforeCut !== undefined && isVain ? {...beforeCut, vainCount: beforeCut.vainCount + 1} : {perSecond, loss, vainCount: 0};
				if (beforeCut.vainCount >= vainCuts) {
					borneLoss = Math.min(0.9, 1.3 * Math.max(loss, beforeCut.loss) + 0.05);
					change(beforeCut.perSecond, nowMs);
					beforeCut = undefined;
				} else {
					change(Math.max(slowest, (sentCount / tookMs) * 1000 * (1 - loss)), nowMs);
				}
			} else if (perSecond < ceiling) {
				beforeCut = undefined;
				roomyCount = loss < smallLoss ? roomyCount + 1 : 0;
				change(roomyCount === 0 ? perSecond : perSecond * (roomyCount > roomyEpochs ? fastGrowth : growth), nowMs);
			} else if (tookMs >= longestEpochMs) {
				change(perSecond, nowMs);
			}
		},
		limit(most, nowMs) {
			ceiling = most;
			change(perSecond, nowMs);
		},
		free(nowMs) {
			beforeCut = undefined;
			ceiling = Infinity;
			change(Infinity, nowMs);
		},
	};
};
