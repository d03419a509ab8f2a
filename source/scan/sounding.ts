import type {Port} from '../port/port.ts';
import {classifyFailure} from './classify-failure.ts';
import type {Outcome} from './engine.ts';
import type {Finding} from './pacer.ts';

/** Ports asked to learn whether a host is there. */
export const soundingPortCount = 8;

/**
How long they are listened to while no host of the scan has answered, in milliseconds.

The kernel repeats an unanswered SYN after 1 and 3 s (RFC 6298, 2.1 and 5.5), so each port is asked three times; and it takes 3 s to find out that a neighbour is dead (arp(7)).
*/
const longestListeningMs = 3500;

/** Once others have answered, the second SYN is waited for, which goes out after 1 s, and its answer: this long, or some times as long as the slowest host took. */
const secondSynMs = 1000;
const shortestAnswerMs = 500;
const answerFactor = 3;

/** How long to listen to a host, when the slowest of the others took so long to answer; undefined when none has. */
export const listeningMsFor = (slowestAnswerMs: number | undefined): number =>
	slowestAnswerMs === undefined ? longestListeningMs : Math.min(longestListeningMs, secondSynMs + Math.max(shortestAnswerMs, answerFactor * slowestAnswerMs));

/** Tries that a time-out of the user's own stands for. */
const tries = 2;

/** After the first answer the other ports have this long to answer too, in milliseconds, or twice as long as the first one took. */
const graceMs = 50;

/**
A host that is called unreachable sooner than a neighbour is found dead, in milliseconds, is called so by a firewall or a router, and may be there; or the kernel was looking for it already. So such a port is asked once more.
*/
const soonestDeathMs = 2000;

/** `up`: something came back, or it could not be told; the ports are to be scanned. `down`: nothing did; `reason` is that of a verdict. */
export type Conclusion = {readonly kind: 'up'} | {readonly kind: 'down'; readonly reason: string};

/**
Finds out whether a host is there, by asking a few ports once.

Pure, like the pacer: it takes the time and the outcomes. It costs little, so that thousands of hosts are sounded at once, and only those that are there get a pacer.
*/
export type Sounding = {
	/** The port to try now; undefined when none is to be asked, or an answer came first. */
	readonly next: (id: number, nowMs: number) => Port | undefined;
	readonly settle: (outcome: Outcome, nowMs: number) => void;
	/** Whether something has come back. */
	readonly isAnswered: boolean;
	/** Whether there is a port to ask. */
	readonly isAsking: boolean;
	/** When it concludes though nothing more comes; infinite before all ports are asked. */
	readonly dueAtMs: number;
	readonly conclude: (nowMs: number) => Conclusion | undefined;
	/** What the answers say of their ports. */
	readonly findings: readonly Finding[];
	/** Attempts that have no outcome yet. */
	readonly openIds: Iterable<number>;
};

/**
@param timeoutMs - How long to wait for an answer, as the user wishes; undefined leaves it to `listeningMs`.
@param listeningMs - How long to listen, as it is at the moment: see `listeningMsFor`.
*/
export const createSounding = (ports: readonly Port[], timeoutMs: number | undefined, listeningMs = (): number => longestListeningMs): Sounding => {
	const open = new Map<number, Port>();
	const toAsk = [...ports];
	const askedAgain = new Set<Port>();
	const findings: Finding[] = [];
	/** What came back that is no answer of the host; silence is not in it. */
	const refusals = new Set<string>();
	let isUndecided = false;
	let askedAtMs = Infinity;
	/** Since an answer came. */
	let graceUntilMs = Infinity;

	const settleFailure = (port: Port, {code, isImmediate, elapsedMs}: Outcome & {kind: 'failed'}): void => {
		const failure = classifyFailure(code, isImmediate);
		switch (failure.kind) {
			case 'open': {
				findings.push({port, verdict: {state: 'open', rttMs: elapsedMs, tries: 1}});
				break;
			}

			case 'closed': {
				findings.push({port, verdict: {state: 'closed', reason: 'refused', rttMs: elapsedMs, tries: 1}});
				break;
			}

			case 'silent': {
				break;
			}

			case 'filtered': {
				const isSoon = failure.reason === 'host-unreachable' && elapsedMs < soonestDeathMs;
				if (isSoon && !askedAgain.has(port)) {
					askedAgain.add(port);
					toAsk.push(port);
					break;
				}

				isUndecided ||= isSoon || failure.reason === 'admin-prohibited';
				refusals.add(failure.reason);
				break;
			}

			case 'local': {
				// What passes by waiting says nothing; for what does not, all ports are alike.
				isUndecided ||= failure.isExhaustion;
				refusals.add(code);
				break;
			}
		}
	};

	const isAsking = (): boolean => toAsk.length > 0 && findings.length === 0;
	const dueAtMs = (): number => Math.min(graceUntilMs, isAsking() ? Infinity : askedAtMs + (timeoutMs === undefined ? listeningMs() : tries * timeoutMs));

	return {
		get isAnswered() {
			return findings.length > 0;
		},
		get isAsking() {
			return isAsking();
		},
		get dueAtMs() {
			return dueAtMs();
		},
		findings,
		get openIds() {
			return open.keys();
		},
		next(id, nowMs) {
			if (!isAsking()) {
				return undefined;
			}

			const port = toAsk.shift()!;
			open.set(id, port);
			askedAtMs = nowMs;
			return port;
		},
		settle(outcome, nowMs) {
			const port = open.get(outcome.id);
			if (port === undefined) {
				return;
			}

			open.delete(outcome.id);
			if (outcome.kind === 'failed') {
				settleFailure(port, outcome);
			} else if (outcome.isSelf) {
				isUndecided = true;
			} else {
				findings.push({port, verdict: {state: 'open', rttMs: outcome.elapsedMs, tries: 1}});
			}

			if (findings.length > 0) {
				graceUntilMs = Math.min(graceUntilMs, nowMs + Math.max(graceMs, 2 * outcome.elapsedMs));
			}
		},
		conclude(nowMs) {
			if (isAsking() || (open.size > 0 && nowMs < dueAtMs())) {
				return undefined;
			}

			if (findings.length > 0 || isUndecided) {
				return {kind: 'up'};
			}

			// Silence beside a reason is the same: the kernel and routers tell of some attempts only.
			const [reason = 'no-answer', ...others] = refusals;
			return others.length > 0 ? {kind: 'up'} : {kind: 'down', reason};
		},
	};
};
