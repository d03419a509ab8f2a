import {portCount, type Port} from '../port/port.ts';
import {classifyFailure} from './classify-failure.ts';
import type {Outcome} from './engine.ts';
import type {Random} from './port-order.ts';
import {timeoutOf, withSample, type RoundTrip} from './round-trip.ts';
import type {Verdict} from './verdict.ts';

export type PacerOptions = {
	/** The ports to probe, each once, in the order of their first try. */
	readonly order: Uint16Array;
	readonly random: Random;
	readonly initialWindow: number;
	/** A round-trip time that is known before the first answer, in milliseconds: 0 on loopback. */
	readonly knownRttMs?: number | undefined;
	/** The most attempts to have in flight, whatever the answers say. One that is past its time-out no longer counts. */
	readonly windowLimit: number;
	/** Milliseconds to wait for an answer; undefined follows the round-trip time. */
	readonly timeoutMs?: number | undefined;
	/** Tries for a silent port; undefined follows the loss seen. */
	readonly tries?: number | undefined;
};

/** What the pacer is doing, for the reader who asks why a scan is slow. */
export type Pace = {
	readonly inFlightCount: number;
	readonly windowSize: number;
	/** Smoothed round-trip time in milliseconds; null before the first answer. */
	readonly rttMs: number | null;
	/** Share of tries that were lost, from 0 to 1, as far as answers on retry tell. */
	readonly lossRate: number;
};

export type Finding = {readonly port: Port; readonly verdict: Verdict};

/**
Decides for one address what to try next, how long to wait, and when a port has its verdict.

A pure state machine: it takes the time and the outcomes, knows no socket and reads no clock. A verdict may be followed by a better one for the same port (a late answer, or more tries once loss is seen): the last one holds.
*/
export type Pacer = {
	/** Whether every port has its last verdict. Attempts that are still open then are of no interest. */
	readonly isFinished: boolean;
	readonly pace: Pace;
	/**
	The port to try now; undefined when the window is full, a back-off is running or nothing is left to try.

	@param id - The number the attempt will have; never used before.
	*/
	readonly next: (id: number, nowMs: number) => Port | undefined;
	readonly settle: (outcome: Outcome, nowMs: number) => void;
	/** Takes notice of the time: attempts that are overdue. Returns those to abandon for good. */
	readonly expire: (nowMs: number) => readonly number[];
	/** The overdue attempt whose socket has waited longest, to abandon when descriptors run short; undefined when there is none. */
	readonly giveUpOldest: () => number | undefined;
	/** When `next` or `expire` is worth calling again though nothing was answered, in milliseconds of the same clock. */
	readonly wakeAtMs: (nowMs: number) => number;
	/** Tells of the ports that were silent so far and have tries left: for a scan that ends early. */
	readonly conclude: () => void;
	/** The verdicts since the last call. */
	readonly takeFindings: () => readonly Finding[];
};

/** A window this small still probes 320 ports a second at the shortest time-out, so a scan of all ports ends. */
const smallestWindow = 32;

/** What an answer that came only on retry leaves of the window. */
const cutFactor = 0.7;

/** A path this short, in milliseconds, has nothing to gain from more in flight: 256 at 2 ms are 128,000 a second already. */
const promptAnswerMs = 2;

/** However prompt the answers are, they let the window grow to this: enough to keep a processor busy. More only waits for each other and makes round trips look long. */
const promptWindow = 8;

/**
Before the first answer nothing is known of the path, so sockets listen for longer than the longest time-out, in milliseconds.

It is also longer than the kernel takes to find out that a neighbour is dead: 3 s on Linux (arp(7), three probes a second apart).
*/
const lifetimeBeforeAnswerMs = 3500;

/** Silence is no evidence of loss (it may be a firewall), so it lets the window grow too, but slower than an answer. */
const growthOfSilence = 0.5;

/** Odds of missing an open port in a whole scan that the tries of silent ports are chosen to stay under. */
const acceptedOdds = 1 / 200;

/** Loss is never taken as less: behind a firewall that drops, hardly an answer tells of it. */
const smallestLoss = 0.015;

/** Open ports to reckon with before any has been found. */
const expectedOpenCount = 15;

const mostTries = 8;

/** More than this share of tries is not lost on any path that is of use; RSTs that are missing so often are being held back. */
const mostPlausibleLoss = 0.25;

/** So many refusals after silence before that is concluded: fewer may be chance. */
const leastRefusedLater = 5;

/** Where no more than this share of the ports stayed silent, silence is likelier loss than a firewall, and asking again costs little. */
const fewSilent = 0.05;
const triesOfFew = 5;

/** An exhausted resource is asked for again this often, each wait twice as long as the one before, up to the longest. */
const mostExhaustions = 10;
const shortestBackOffMs = 10;
const longestBackOffMs = 640;

/** Other failures of this machine do not pass by waiting; a second try rules out a passing one. */
const mostRefusalsOfOurs = 2;

/** A socket connects to itself once in some thousand tries, so five in a row on one port are not chance. */
const mostSelfConnects = 5;

/** How far a port has come. A silent port may still be asked again; a decided one may still turn out open. */
const progress = {waiting: 0, silent: 1, decided: 2} as const;

type Open = {readonly port: Port; readonly startedMs: number};

export const createPacer = ({order, random, initialWindow, knownRttMs, windowLimit, timeoutMs, tries: fixedTries}: PacerOptions): Pacer => {
	const status = new Uint8Array(portCount);
	const tries = new Uint8Array(portCount);
	const silentTries = new Uint8Array(portCount);
	const exhaustions = new Uint8Array(portCount);
	const refusalsOfOurs = new Uint8Array(portCount);
	const selfConnects = new Uint8Array(portCount);
	const openAttempts = new Uint8Array(portCount);
	/** For each port, the odds that all its tries were lost on the way. */
	const lostOdds = new Float32Array(portCount).fill(1);

	/** Attempts that hold a place in the window, and those past their time-out whose socket still listens; both oldest first. */
	const active = new Map<number, Open>();
	const overdue = new Map<number, Open>();
	const again: Port[] = [];
	const openPorts = new Set<Port>();
	let findings: Finding[] = [];

	let cursor = 0;
	let takeCount = 0;
	/** Attempts, active or overdue, whose port has no verdict yet but silence. */
	let watchedCount = 0;
	let isFinished = order.length === 0;

	let roundTrip: RoundTrip | undefined;
	/** Unlike the smoothed time, it holds little of our own queueing. */
	let shortestRttMs = knownRttMs ?? Infinity;
	let windowSize = Math.min(initialWindow, windowLimit);
	let hasSeenLoss = false;
	let lastCutMs = -Infinity;
	let answeredCount = 0;
	let lostCount = 0;
	/** Refusals that came only after a silent try. */
	let refusedLaterCount = 0;
	/** Exhaustions one after the other, with nothing of ours in flight that could free anything. */
	let exhaustionsInARow = 0;
	let backOffMs = 0;
	let backOffUntilMs = -Infinity;

	const timeout = (): number => timeoutMs ?? timeoutOf(roundTrip);
	/** How long a socket listens for a late answer, from its start. */
	const lifetime = (): number => (roundTrip === undefined && timeoutMs === undefined ? lifetimeBeforeAnswerMs : 2 * timeout());
	const lossRate = (): number => lostCount / Math.max(1, answeredCount + lostCount);
	const isRstLimited = (): boolean => refusedLaterCount >= leastRefusedLater && lossRate() > mostPlausibleLoss;

	const grow = (step: number): void => {
		// A window that is not used says nothing about a larger one.
		if ((active.size + 1) * 2 >= windowSize) {
			windowSize = Math.min(windowLimit, windowSize + (hasSeenLoss ? step / windowSize : step));
		}
	};

	const cutForLoss = (nowMs: number): void => {
		hasSeenLoss = true;
		if (nowMs - lastCutMs >= (roundTrip?.smoothedMs ?? timeout())) {
			lastCutMs = nowMs;
			// A window that something else made smaller than that stays as it is: loss is no reason to grow.
			windowSize = Math.min(windowSize, Math.max(smallestWindow, windowSize * cutFactor));
		}
	};

	const decide = (port: Port, verdict: Verdict): void => {
		if (status[port] !== progress.decided) {
			status[port] = progress.decided;
			watchedCount -= openAttempts[port]!;
		}

		findings.push({port, verdict});
	};

	const tryAgain = (port: Port): void => {
		status[port] = progress.waiting;
		again.push(port);
	};

	const needsMoreTries = (port: Port): boolean =>
		fixedTries === undefined
			? tries[port]! < mostTries && lostOdds[port]! * (Math.max(openPorts.size, expectedOpenCount) + 1) >= acceptedOdds
			: tries[port]! < fixedTries;

	const tellSilent = (port: Port): void => {
		findings.push({port, verdict: {state: 'filtered', reason: isRstLimited() ? 'rst-limit' : 'no-answer', tries: tries[port]!}});
	};

	const notAnswered = (port: Port): void => {
		exhaustionsInARow = 0;
		silentTries[port]!++;
		// An open port answers at once, whatever limits the RSTs: then their absence says nothing about loss.
		lostOdds[port]! *= isRstLimited() ? smallestLoss : Math.max(smallestLoss, lossRate());
		if (needsMoreTries(port)) {
			tryAgain(port);
		} else {
			status[port] = progress.silent;
			tellSilent(port);
		}
	};

	/** Gives every port without a verdict the same one: what failed for one fails for all. */
	const failAll = (code: string): void => {
		for (const port of order as Iterable<number> as Iterable<Port>) {
			if (status[port] === progress.waiting) {
				decide(port, {state: 'unknown', reason: code, tries: tries[port]!});
			}
		}

		cursor = order.length;
		again.length = 0;
	};

	const backOff = (nowMs: number): void => {
		if (nowMs >= backOffUntilMs) {
			backOffMs = Math.min(longestBackOffMs, Math.max(shortestBackOffMs, backOffMs * 2));
			backOffUntilMs = nowMs + backOffMs;
			windowSize = Math.max(1, Math.min(windowSize, active.size));
		}
	};

	const failedHere = (port: Port, code: string, isExhaustion: boolean, nowMs: number): void => {
		// The system refused, so nothing was asked.
		tries[port]!--;
		if (isExhaustion) {
			exhaustions[port]!++;
			exhaustionsInARow += active.size === 0 ? 1 : 0;
			backOff(nowMs);
		} else {
			refusalsOfOurs[port]!++;
		}

		if (exhaustionsInARow >= mostExhaustions) {
			status[port] = progress.waiting;
			failAll(code);
		} else if (exhaustions[port]! < mostExhaustions && refusalsOfOurs[port]! < mostRefusalsOfOurs) {
			tryAgain(port);
		} else {
			decide(port, {state: 'unknown', reason: code, tries: tries[port]!});
		}
	};

	const connectedToItself = (port: Port): void => {
		selfConnects[port]!++;
		if (selfConnects[port]! < mostSelfConnects) {
			tries[port]!--;
			tryAgain(port);
		} else {
			decide(port, {state: 'unknown', reason: 'self-connect', tries: tries[port]!});
		}
	};

	const answered = (port: Port, verdict: Verdict, wasOverdue: boolean, elapsedMs: number, nowMs: number): void => {
		const lostTries = silentTries[port]! - (wasOverdue ? 1 : 0);
		answeredCount++;
		lostCount += lostTries;
		backOffMs = 0;
		exhaustionsInARow = 0;
		roundTrip = withSample(roundTrip, elapsedMs);
		shortestRttMs = Math.min(shortestRttMs, elapsedMs);
		if (lostTries > 0 && verdict.state === 'closed') {
			refusedLaterCount++;
		}

		if (isRstLimited()) {
			// Going slower would not bring more of them, and the window may have been cut before it was known.
			hasSeenLoss = false;
			grow(1);
		} else if (lostTries > 0) {
			cutForLoss(nowMs);
		} else if (windowSize < promptWindow || shortestRttMs > promptAnswerMs) {
			grow(1);
		}

		if (verdict.state === 'open') {
			openPorts.add(port);
		}

		decide(port, verdict);
	};

	const settleFailure = (port: Port, outcome: Outcome & {kind: 'failed'}, wasOverdue: boolean, nowMs: number): void => {
		const failure = classifyFailure(outcome.code, outcome.isImmediate);
		const {elapsedMs} = outcome;
		switch (failure.kind) {
			case 'open': {
				answered(port, {state: 'open', rttMs: elapsedMs, tries: tries[port]!}, wasOverdue, elapsedMs, nowMs);
				break;
			}

			case 'closed': {
				answered(port, {state: 'closed', reason: 'refused', rttMs: elapsedMs, tries: tries[port]!}, wasOverdue, elapsedMs, nowMs);
				break;
			}

			case 'filtered': {
				// A router or this machine's neighbour table answered, not the target: no sample of its round-trip time.
				grow(1);
				decide(port, {state: 'filtered', reason: failure.reason, tries: tries[port]!});
				break;
			}

			case 'silent': {
				if (!wasOverdue) {
					notAnswered(port);
				}

				break;
			}

			case 'local': {
				if (!wasOverdue) {
					failedHere(port, outcome.code, failure.isExhaustion, nowMs);
				}

				break;
			}
		}
	};

	/** Ends the scan of this address, or asks silent ports again when what was learnt since calls for more tries. */
	const finishOrAskAgain = (): void => {
		if (isFinished || cursor < order.length || again.length > 0 || watchedCount > 0) {
			return;
		}

		const silentPorts = order.filter(port => status[port] === progress.silent) as ArrayLike<number> & Iterable<number> as ArrayLike<Port> & Iterable<Port>;
		const leastTries = fixedTries === undefined && silentPorts.length <= fewSilent * order.length ? triesOfFew : 0;
		for (const port of silentPorts) {
			if (tries[port]! < leastTries || needsMoreTries(port)) {
				tryAgain(port);
			}
		}

		isFinished = again.length === 0;
		if (isFinished && isRstLimited()) {
			// Some of them were told before the limit was recognised.
			for (const port of silentPorts) {
				tellSilent(port);
			}
		}
	};

	const close = (id: number, port: Port): void => {
		openAttempts[port]!--;
		if (status[port] !== progress.decided) {
			watchedCount--;
		}

		active.delete(id);
		overdue.delete(id);
	};

	const takePort = (): Port | undefined => {
		takeCount++;
		// Fresh ports and second tries take turns: a second try comes at another moment than the first, and neither waits for the other.
		const isFreshTurn = again.length === 0 || takeCount % 2 === 0;
		if (isFreshTurn && cursor < order.length) {
			return order[cursor++] as Port;
		}

		while (again.length > 0) {
			const index = Math.floor(random() * again.length);
			const port = again[index]!;
			again[index] = again.at(-1)!;
			again.pop();
			// A late answer may have come while it waited.
			if (status[port] === progress.waiting) {
				return port;
			}
		}

		return cursor < order.length ? (order[cursor++] as Port) : undefined;
	};

	return {
		get isFinished() {
			return isFinished;
		},

		get pace() {
			return {inFlightCount: active.size, windowSize: Math.floor(windowSize), rttMs: roundTrip?.smoothedMs ?? null, lossRate: lossRate()};
		},

		next(id, nowMs) {
			if (nowMs < backOffUntilMs || active.size >= Math.floor(windowSize)) {
				return undefined;
			}

			const port = takePort();
			if (port === undefined) {
				finishOrAskAgain();
				return undefined;
			}

			active.set(id, {port, startedMs: nowMs});
			tries[port]!++;
			openAttempts[port]!++;
			watchedCount++;
			return port;
		},

		settle(outcome, nowMs) {
			const wasOverdue = overdue.has(outcome.id);
			const open = active.get(outcome.id) ?? overdue.get(outcome.id);
			if (open === undefined) {
				return;
			}

			const {port} = open;
			close(outcome.id, port);
			if (outcome.kind === 'connected' && !outcome.isSelf && !openPorts.has(port)) {
				// It accepted a connection: that it refused another, or was silent to it, does not undo that.
				answered(port, {state: 'open', rttMs: outcome.elapsedMs, tries: tries[port]!}, wasOverdue, outcome.elapsedMs, nowMs);
			} else if (status[port] !== progress.decided) {
				if (outcome.kind === 'failed') {
					settleFailure(port, outcome, wasOverdue, nowMs);
				} else if (!wasOverdue) {
					connectedToItself(port);
				}
			}

			finishOrAskAgain();
		},

		expire(nowMs) {
			const timeoutNow = timeout();
			for (const [id, open] of active) {
				if (open.startedMs + timeoutNow > nowMs) {
					break;
				}

				active.delete(id);
				overdue.set(id, open);
				if (status[open.port] === progress.waiting) {
					grow(growthOfSilence);
					notAnswered(open.port);
				}
			}

			// A late answer still counts: the socket goes on listening, though its place in the window is free.
			const lifetimeNow = lifetime();
			const abandoned: number[] = [];
			for (const [id, open] of overdue) {
				if (open.startedMs + lifetimeNow > nowMs) {
					break;
				}

				close(id, open.port);
				abandoned.push(id);
			}

			finishOrAskAgain();
			return abandoned;
		},

		giveUpOldest() {
			for (const [id, open] of overdue) {
				close(id, open.port);
				finishOrAskAgain();
				return id;
			}

			return undefined;
		},

		wakeAtMs(nowMs) {
			const timeoutNow = timeout();
			let wakeAt = Infinity;
			for (const open of active.values()) {
				wakeAt = open.startedMs + timeoutNow;
				break;
			}

			for (const open of overdue.values()) {
				wakeAt = Math.min(wakeAt, open.startedMs + lifetime());
				break;
			}

			const hasWork = cursor < order.length || again.length > 0;
			return hasWork && backOffUntilMs > nowMs ? Math.min(wakeAt, backOffUntilMs) : wakeAt;
		},

		conclude() {
			for (const port of order as Iterable<number> as Iterable<Port>) {
				if (status[port] === progress.waiting && silentTries[port]! > 0) {
					tellSilent(port);
				}
			}
		},

		takeFindings() {
			const taken = findings;
			findings = [];
			return taken;
		},
	};
};
