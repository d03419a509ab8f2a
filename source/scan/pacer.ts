import type {Port} from '../port/port.ts';
import {classifyFailure} from './classify-failure.ts';
import type {Outcome} from './engine.ts';
import type {HostJudgement} from './host-judgement.ts';
import {createAttempts, type OpenAttempt} from './pace/attempts.ts';
import {createBackOff} from './pace/back-off.ts';
import {createCanary, type CanaryNeed} from './pace/canary.ts';
import {createEpochs} from './pace/epochs.ts';
import {createJudge} from './pace/judge.ts';
import type {Loss} from './pace/loss.ts';
import {createPortBooks, forgetSilence, lostOdds, noteSilence, progress} from './pace/port-books.ts';
import {createPresence} from './pace/presence.ts';
import {createQueue} from './pace/queue.ts';
import {createSendRate} from './pace/send-rate.ts';
import {calmRate, calmTries, fewSilent, needsAnotherTry, smallestLoss} from './pace/tries.ts';
import {createWindow} from './pace/window.ts';
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
	/** Whether to wait for the truth where a host limits its RSTs, and to ask silent ports more often. */
	readonly isThorough?: boolean | undefined;
	/** Whether every port is to be asked, whatever the host as a whole turns out to be. */
	readonly keepsGoing?: boolean | undefined;
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
	/** What the host as a whole turned out to be, if the scan of it ended early for that. */
	readonly judgement: HostJudgement | undefined;
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

/**
Before the first answer nothing is known of the path, so sockets listen for longer than the longest time-out, in milliseconds.

It is also longer than the kernel takes to find out that a neighbour is dead: 3 s on Linux (arp(7), three probes a second apart).
*/
const lifetimeBeforeAnswerMs = 3500;

/** An exhausted resource is asked for again this often while nothing of ours is in flight that could free any, each wait twice as long as the one before, up to the longest. */
const mostExhaustions = 10;

/** The lack may be of one port alone, while others go on. */
const mostExhaustionsOfPort = 50;

/** Other failures of this machine do not pass by waiting; a second try rules out a passing one. */
const mostRefusalsOfOurs = 2;

/** A socket connects to itself once in some thousand tries, so five in a row on one port are not chance. */
const mostSelfConnects = 5;

/** So many canaries find out in the end whether the host was there for what it was silent to. */
const mostLastCanaries = 12;

export const createPacer = ({order, random, initialWindow, knownRttMs, windowLimit, timeoutMs, tries: fixedTries, isThorough = false, keepsGoing = false}: PacerOptions): Pacer => {
	const books = createPortBooks(order.length);
	const {status, tries} = books;
	const attempts = createAttempts();
	const window = createWindow({initial: initialWindow, limit: windowLimit, knownRttMs});
	const epochs = createEpochs();
	const sendRate = createSendRate(epochs, isThorough);
	const canary = createCanary(random);
	const presence = createPresence(!keepsGoing);
	const judge = createJudge(order.length);
	const backOff = createBackOff();
	const tryRules = {fixedTries, isThorough};

	const queue = createQueue(order.length, random, slot => status[slot] === progress.waiting);
	/** Ports that were silent since the last answer: should nothing come through at all, they were not really asked. */
	let silentSinceAnswer: number[] = [];
	const answeredCanaries: OpenAttempt[] = [];
	let findings: Finding[] = [];
	/** Attempts whose port has no verdict yet but silence. */
	let watchedCount = 0;
	let openCount = 0;
	let isFinished = order.length === 0;
	/** Whether the few ports that stayed silent are being asked once more, slowly. */
	let isCalm = false;
	let wasRstLimited = false;
	/** Whether the last attempt was a canary. */
	let firstSentMs: number | undefined;
	let wasCanary = false;
	let latestMs = 0;
	let roundTrip: RoundTrip | undefined;
	/** Exhaustions one after the other, with nothing of ours in flight that could free anything. */
	let exhaustionsInARow = 0;
	/** Canaries sent to see whether the host still answers, now that all ports were asked. */
	let lastCanaryCount = 0;

	const timeout = (): number => timeoutMs ?? timeoutOf(roundTrip);
	/** How long a socket listens for a late answer, from its start. */
	const lifetime = (): number => (roundTrip === undefined && timeoutMs === undefined ? lifetimeBeforeAnswerMs : 2 * timeout());
	/** Where silence is to be told as a limit of RSTs, and no reason to go slower. */
	const isRstLimited = (): boolean => epochs.isRstLimited && !isThorough;
	const lossOf = (epoch: number): number => (roundTrip === undefined ? smallestLoss : Math.max(smallestLoss, epochs.lossOf(epoch, isRstLimited())));

	const tell = (slot: number, verdict: Verdict): void => {
		findings.push({port: order[slot] as Port, verdict});
	};

	const decide = (slot: number, verdict: Verdict): void => {
		if (status[slot] !== progress.decided) {
			status[slot] = progress.decided;
			watchedCount -= books.openAttempts[slot]!;
		}

		tell(slot, verdict);
	};

	const tellSilent = (slot: number): void => {
		tell(slot, {state: 'filtered', reason: epochs.isRstLimited ? 'rst-limit' : 'no-answer', tries: tries[slot]!});
	};

	const tryAgain = (slot: number): void => {
		status[slot] = progress.waiting;
		queue.again(slot);
	};

	const needsMoreTries = (slot: number): boolean =>
		needsAnotherTry(tryRules, tries[slot]!, lostOdds(books, slot, lossOf), openCount)
		|| tries[slot]! < books.wantedTries[slot]!;

	const notAnswered = (slot: number, epoch: number): void => {
		exhaustionsInARow = 0;
		noteSilence(books, slot, epoch, lossOf);
		canary.silent();
		if (presence.state === 'blackout') {
			forgetSilence(books, slot);
			tryAgain(slot);
			return;
		}

		silentSinceAnswer.push(slot);
		if (needsMoreTries(slot)) {
			tryAgain(slot);
		} else {
			status[slot] = progress.silent;
			tellSilent(slot);
		}
	};

	/** Gives every port that has come no further than this the same verdict: what failed for one fails for all. */
	const decideRest = (furthest: number, verdictOf: (slot: number) => Verdict): void => {
		for (let slot = 0; slot < order.length; slot++) {
			if (status[slot]! <= furthest) {
				decide(slot, verdictOf(slot));
			}
		}

		queue.clear();
	};

	const failedHere = (slot: number, code: string, isExhaustion: boolean, nowMs: number): void => {
		// The system refused, so nothing was asked.
		tries[slot]!--;
		if (isExhaustion) {
			books.exhaustions[slot]!++;
			exhaustionsInARow += attempts.activeCount === 0 ? 1 : 0;
			if (backOff.begin(nowMs)) {
				window.shrinkTo(attempts.activeCount);
			}
		} else {
			books.refusalsOfOurs[slot]!++;
		}

		const unknown = (each: number): Verdict => ({state: 'unknown', reason: code, tries: tries[each]!});
		if (exhaustionsInARow >= mostExhaustions) {
			status[slot] = progress.waiting;
			decideRest(progress.waiting, unknown);
		} else if (books.exhaustions[slot]! < mostExhaustionsOfPort && books.refusalsOfOurs[slot]! < mostRefusalsOfOurs) {
			tryAgain(slot);
		} else {
			decide(slot, unknown(slot));
		}
	};

	const connectedToItself = (slot: number): void => {
		books.selfConnects[slot]!++;
		if (books.selfConnects[slot]! < mostSelfConnects) {
			tries[slot]!--;
			tryAgain(slot);
		} else {
			decide(slot, {state: 'unknown', reason: 'self-connect', tries: tries[slot]!});
		}
	};

	/** Anything that came back from the host itself. */
	const heard = (elapsedMs: number, nowMs: number): void => {
		backOff.relieve();
		exhaustionsInARow = 0;
		silentSinceAnswer = silentSinceAnswer.length === 0 ? silentSinceAnswer : [];
		if (presence.state === 'blackout') {
			// What was lost meanwhile says nothing of the speed.
			sendRate.free(nowMs);
		}

		presence.answered(nowMs);
		roundTrip = withSample(roundTrip, elapsedMs);
		window.answered(attempts.activeCount, elapsedMs);
	};

	/** Counts the tries before this answer that were lost. A late answer was none. */
	const countLoss = (slot: number, {epoch, stage}: OpenAttempt): void => {
		epochs.get(epoch).ports.answered++;
		const lostEpoch = books.lostEpoch[slot]!;
		const lost = books.lostInEpoch[slot]! - (stage === 'overdue' && epoch === lostEpoch ? 1 : 0);
		epochs.get(lostEpoch).ports.lost += Math.max(0, lost);
	};

	const answered = (slot: number, verdict: Verdict, attempt: OpenAttempt, {elapsedMs, kind}: Outcome, nowMs: number): void => {
		const isOpen = verdict.state === 'open';
		heard(elapsedMs, nowMs);
		countLoss(slot, attempt);
		canary.know(slot, isOpen);
		judge.answered(slot, isOpen, isOpen && kind === 'failed');
		if (isOpen) {
			books.isOpen[slot] = 1;
			openCount++;
		}

		decide(slot, verdict);
	};

	const settleFailure = (slot: number, outcome: Outcome & {kind: 'failed'}, attempt: OpenAttempt, nowMs: number): void => {
		const failure = classifyFailure(outcome.code, outcome.isImmediate);
		const {elapsedMs} = outcome;
		const isOverdue = attempt.stage === 'overdue';
		switch (failure.kind) {
			case 'open': {
				answered(slot, {state: 'open', rttMs: elapsedMs, tries: tries[slot]!}, attempt, outcome, nowMs);
				break;
			}

			case 'closed': {
				answered(slot, {state: 'closed', reason: 'refused', rttMs: elapsedMs, tries: tries[slot]!}, attempt, outcome, nowMs);
				break;
			}

			case 'filtered': {
				// A router or this machine's neighbour table answered, not the target: no sample of its round-trip time.
				window.answered(attempts.activeCount, Infinity);
				decide(slot, {state: 'filtered', reason: failure.reason, tries: tries[slot]!});
				judge.unreachable(failure.reason, nowMs - (firstSentMs ?? nowMs));
				break;
			}

			case 'silent': {
				if (!isOverdue) {
					notAnswered(slot, attempt.epoch);
				}

				break;
			}

			case 'local': {
				if (!isOverdue) {
					failedHere(slot, outcome.code, failure.isExhaustion, nowMs);
				}

				break;
			}
		}
	};

	const canaryLoss = (slot: number, epoch: number): Loss => (books.isOpen[slot] === 1 ? epochs.get(epoch).open : epochs.get(epoch).refused);

	/** A canary counts as lost when its socket is given up: a late answer is none, and on a busy machine many are late. */
	const canarySilent = ({slot, epoch}: OpenAttempt): void => {
		canaryLoss(slot, epoch).lost++;
		presence.canarySilent();
		epochs.review(epoch);
	};

	const settleCanary = (attempt: OpenAttempt, outcome: Outcome, nowMs: number): void => {
		const kind = outcome.kind === 'connected' ? (outcome.isSelf ? 'silent' : 'open') : classifyFailure(outcome.code, outcome.isImmediate).kind;
		if (kind !== 'open' && kind !== 'closed') {
			return;
		}

		heard(outcome.elapsedMs, nowMs);
		answeredCanaries.push(attempt);
	};

	const endEarly = (judgement: HostJudgement): void => {
		if (judgement.kind === 'unreachable') {
			decideRest(progress.silent, slot => ({state: 'filtered', reason: judgement.reason, tries: tries[slot]!}));
		} else {
			tellUnfinished();
		}

		isFinished = true;
	};

	const tellUnfinished = (): void => {
		for (let slot = 0; slot < order.length; slot++) {
			if (status[slot] === progress.waiting && books.silentTries[slot]! > 0) {
				tellSilent(slot);
			}
		}
	};

	/** Whether it is still to be seen that the host answers, now that ports were silent since it last did. */
	const needsLastCanary = (): boolean => silentSinceAnswer.length > 0 && canary.knowsAny && presence.state !== 'vanished' && lastCanaryCount < mostLastCanaries;

	const lastCanaryNeed = (): CanaryNeed => (lastCanaryCount < 2 ? 'urgent' : 'seldom');

	const isDone = (): boolean => watchedCount === 0 && !queue.hasWork;

	/** Ends the scan of this address, or asks silent ports again when what was learnt since calls for more tries. */
	const finishOrAskAgain = (): void => {
		if (isFinished) {
			return;
		}

		if (judge.judgement !== undefined && !keepsGoing) {
			endEarly(judge.judgement);
			return;
		}

		if (!isDone() || needsLastCanary()) {
			return;
		}

		const silent: number[] = [];
		for (let slot = 0; slot < order.length; slot++) {
			if (status[slot] === progress.silent) {
				silent.push(slot);
			}
		}

		if (!isCalm && fixedTries === undefined && silent.length > 0 && silent.length <= fewSilent * order.length) {
			isCalm = true;
			sendRate.limit(calmRate, latestMs);
			for (const slot of silent) {
				books.wantedTries[slot] = tries[slot]! + calmTries;
			}
		}

		for (const slot of silent) {
			if (needsMoreTries(slot)) {
				tryAgain(slot);
			}
		}

		isFinished = !queue.hasWork;
		if (isFinished && epochs.isRstLimited) {
			// Some of them were told before the limit was recognised.
			for (const slot of silent) {
				tellSilent(slot);
			}
		}
	};

	/** An answered canary counts when it would have been given up: else answers would be known before losses, and the loss look smaller than it is. */
	const countCanaries = (nowMs: number): void => {
		let count = 0;
		for (const {slot, epoch, startedMs} of answeredCanaries) {
			if (startedMs + lifetime() > nowMs) {
				break;
			}

			count++;
			canaryLoss(slot, epoch).answered++;
			epochs.review(epoch);
		}

		answeredCanaries.splice(0, count);
	};

	/** Takes notice of the time: a change of speed, a host that went silent. */
	const look = (nowMs: number): void => {
		latestMs = nowMs;
		countCanaries(nowMs);
		if (!isRstLimited() && presence.state === 'present') {
			sendRate.review(nowMs, timeout(), epochs.isInDoubt && canary.hasOpen);
		} else if (isRstLimited() && !wasRstLimited) {
			sendRate.free(nowMs);
		}

		wasRstLimited = isRstLimited();

		if (presence.look(nowMs, timeout())) {
			for (const slot of silentSinceAnswer) {
				forgetSilence(books, slot);
				if (status[slot] === progress.silent) {
					tryAgain(slot);
				}
			}

			silentSinceAnswer = [];
		}

		if (presence.state === 'vanished') {
			judge.vanished();
		}
	};

	const close = ({isCanary, slot}: OpenAttempt): void => {
		if (!isCanary) {
			books.openAttempts[slot]!--;
			watchedCount -= status[slot] === progress.decided ? 0 : 1;
		}
	};

	/** Nobody waits for it any more. */
	const giveUp = (attempt: OpenAttempt): void => {
		attempts.remove(attempt.id);
		close(attempt);
		if (attempt.isCanary) {
			canarySilent(attempt);
		}
	};

	const send = (id: number, slot: number, isCanary: boolean, nowMs: number): Port => {
		wasCanary = isCanary;
		firstSentMs ??= nowMs;
		attempts.add(id, slot, nowMs, epochs.current, isCanary);
		sendRate.sent(nowMs);
		return order[slot] as Port;
	};

	const nextCanary = (id: number, nowMs: number): Port | undefined => {
		const isLast = isDone();
		// With room for one at a time, two in a row would leave none for the ports.
		const isTurn = !wasCanary || isLast || presence.state === 'blackout';
		if (isFinished || !isTurn || (isLast && !needsLastCanary())) {
			return undefined;
		}

		const picked = canary.pick(nowMs, isLast ? lastCanaryNeed() : (presence.isQuiet(nowMs) ? 'seldom' : (epochs.isInDoubt ? 'doubt' : 'lot')));
		if (picked === undefined) {
			return undefined;
		}

		lastCanaryCount += isLast ? 1 : 0;
		return send(id, picked, true, nowMs);
	};

	return {
		get isFinished() {
			return isFinished;
		},

		get judgement() {
			return keepsGoing ? undefined : judge.judgement;
		},

		get pace() {
			return {inFlightCount: attempts.activeCount, windowSize: window.size, rttMs: roundTrip?.smoothedMs ?? null, lossRate: epochs.shareLost};
		},

		next(id, nowMs) {
			if (isFinished || nowMs < backOff.untilMs || !window.hasRoom(attempts.activeCount, attempts.youngCount) || sendRate.waitMs(nowMs) > 0) {
				return undefined;
			}

			const canaryPort = nextCanary(id, nowMs);
			if (canaryPort !== undefined || presence.state === 'blackout') {
				return canaryPort;
			}

			const slot = queue.take();
			if (slot === undefined) {
				finishOrAskAgain();
				return undefined;
			}

			tries[slot]!++;
			books.openAttempts[slot]!++;
			watchedCount++;
			return send(id, slot, false, nowMs);
		},

		settle(outcome, nowMs) {
			const attempt = attempts.remove(outcome.id);
			if (attempt === undefined) {
				return;
			}

			const {slot} = attempt;
			close(attempt);
			latestMs = nowMs;
			if (attempt.isCanary) {
				settleCanary(attempt, outcome, nowMs);
			} else if (outcome.kind === 'connected' && !outcome.isSelf && books.isOpen[slot] === 0) {
				// It accepted a connection: that it refused another, or was silent to it, does not undo that.
				answered(slot, {state: 'open', rttMs: outcome.elapsedMs, tries: tries[slot]!}, attempt, outcome, nowMs);
			} else if (status[slot] !== progress.decided) {
				if (outcome.kind === 'failed') {
					settleFailure(slot, outcome, attempt, nowMs);
				} else if (attempt.stage !== 'overdue') {
					connectedToItself(slot);
				}
			}

			finishOrAskAgain();
		},

		expire(nowMs) {
			attempts.age(nowMs);
			attempts.expire(nowMs, timeout(), attempt => {
				if (attempt.isCanary) {
					canary.silent();
				} else if (status[attempt.slot] === progress.waiting) {
					window.silent(attempts.activeCount);
					notAnswered(attempt.slot, attempt.epoch);
				}
			});

			// A late answer still counts: the socket goes on listening, though its place in the window is free.
			const lifetimeNow = lifetime();
			const abandoned: number[] = [];
			for (const attempt of attempts.overdue()) {
				if (attempt.startedMs + lifetimeNow > nowMs) {
					break;
				}

				giveUp(attempt);
				abandoned.push(attempt.id);
			}

			look(nowMs);
			finishOrAskAgain();
			return abandoned;
		},

		giveUpOldest() {
			for (const attempt of attempts.overdue()) {
				giveUp(attempt);
				finishOrAskAgain();
				return attempt.id;
			}

			return undefined;
		},

		wakeAtMs(nowMs) {
			const wakeAt = Math.min(attempts.oldestActiveMs() + timeout(), attempts.oldestOverdueMs() + lifetime());
			const isFull = attempts.activeCount >= window.size;
			if (isFinished || isFull) {
				return wakeAt;
			}

			if (presence.state === 'blackout') {
				return Math.min(wakeAt, Math.max(nowMs + 1, Math.min(presence.wakeAtMs(), canary.dueMs('seldom'))));
			}

			if (isDone()) {
				return needsLastCanary() ? Math.min(wakeAt, Math.max(nowMs + 1, canary.dueMs(lastCanaryNeed()))) : wakeAt;
			}

			if (!queue.hasWork) {
				return wakeAt;
			}

			if (backOff.untilMs > nowMs) {
				return Math.min(wakeAt, backOff.untilMs);
			}

			const waitMs = sendRate.waitMs(nowMs);
			return Math.min(wakeAt, waitMs > 0 ? nowMs + waitMs : Math.max(nowMs + 1, attempts.nextAgingMs()));
		},

		conclude: tellUnfinished,

		takeFindings() {
			const taken = findings;
			findings = [];
			return taken;
		},
	};
};
