import {formatPortSet} from '../port/port-set.ts';
import type {Engine, EngineFactory} from './engine.ts';
import type {HostPace, ScanEvent, ScanStatus} from './event.ts';
import {createPacer, type Pacer} from './pacer.ts';
import {createRandom, orderPorts} from './port-order.ts';
import type {ScanPlan} from './scan-plan.ts';

/** Time, as a scan needs it. The simulated network has one of its own. */
export type Clock = {
	/** Milliseconds; only differences mean anything. */
	readonly now: () => number;
	/** The date and time, ISO 8601, UTC. */
	readonly date: () => string;
	/** Calls back once the answers that are already waiting have been handed over. */
	readonly soon: (callback: () => void) => void;
	/** Calls back after some milliseconds; the returned function takes that back. */
	readonly after: (delayMs: number, callback: () => void) => () => void;
};

export type ScanRun = {
	readonly isPaused: boolean;
	readonly pause: () => void;
	readonly resume: () => void;
	readonly stop: () => void;
	/** How it goes now: to be emitted by whoever keeps the beat. */
	readonly pace: () => Extract<ScanEvent, {kind: 'paced'}>;
};

export type ScanSurroundings = {
	readonly createEngine: EngineFactory;
	readonly clock: Clock;
	/** The most sockets to have open at once, over all hosts. */
	readonly socketLimit: number;
	readonly emit: (event: ScanEvent) => void;
};

/** Connects a turn may start: so many that a turn stays short, and answers are read and a pause is heard in between. */
const attemptsPerTurn = 400;

/**
The window to begin with.

On loopback an answer is there at once, and more in flight only wait for each other. Full scans of 127.0.0.1 took 1.7 s with 4 to 32 in flight, 1.8 s with 1 and 1.9 s with 256; the round trip of an open port read 0.24 ms with 8 and 0.6 ms with 32. It begins with 4, because the first probes run through code that is not compiled yet.
*/
const initialWindow = 256;
const initialLoopbackWindow = 4;

/** How much each outcome gives back of a limit that a lack of descriptors lowered: fifty outcomes for one socket. */
const recovery = 0.02;

/** Hosts probed at the same time; the others wait their turn. */
const hostsAtOnce = 8;

/** Errors of descriptors that ran out: all hosts share those, so the limit for all goes down. */
const descriptorErrors = new Set(['EMFILE', 'ENFILE']);

type ActiveHost = {readonly index: number; readonly pacer: Pacer};

/**
Runs a scan: asks the pacer of each host what to try, has the engine try it, and emits what comes of it.

Always ends with one `finished`, after the last socket is closed.
*/
export const runScan = (plan: ScanPlan, {createEngine, clock, socketLimit, emit}: ScanSurroundings): ScanRun => {
	const random = createRandom(plan.seed);
	/** Which host each open attempt belongs to. */
	const attempts = new Map<number, ActiveHost>();
	let activeHosts: ActiveHost[] = [];
	let waitingHost = 0;
	let nextId = 0;
	const mostSockets = Math.max(1, socketLimit);
	let limit = mostSockets;
	let isPaused = false;
	let endStatus: ScanStatus | undefined;
	let isTurnDue = false;
	let cancelWake: (() => void) | undefined;
	let startedMs = clock.now();
	let pausedSinceMs = 0;

	const engine: Engine = createEngine({
		onOutcome(outcome) {
			const host = attempts.get(outcome.id);
			if (host === undefined) {
				return;
			}

			attempts.delete(outcome.id);
			// Others may take descriptors, and give them back.
			limit = outcome.kind === 'failed' && descriptorErrors.has(outcome.code)
				? Math.max(1, Math.min(limit, attempts.size))
				: Math.min(mostSockets, limit + recovery);

			host.pacer.settle(outcome, clock.now());
			requestTurn();
		},
		onRoom: () => requestTurn(),
	});

	const abandon = (id: number): void => {
		attempts.delete(id);
		engine.abandon(id);
	};

	const requestTurn = (): void => {
		if (!isTurnDue) {
			isTurnDue = true;
			clock.soon(turn);
		}
	};

	const admitHosts = (): void => {
		while (activeHosts.length < hostsAtOnce && waitingHost < plan.hosts.length) {
			const {address} = plan.hosts[waitingHost]!;
			const host: ActiveHost = {
				index: waitingHost,
				pacer: createPacer({
					order: orderPorts(plan.ports, plan.firstPorts, random),
					random,
					...(address.isLoopback ? {initialWindow: initialLoopbackWindow, knownRttMs: 0} : {initialWindow}),
					windowLimit: Math.max(1, Math.min(plan.concurrency ?? Infinity, limit)),
					timeoutMs: plan.timeoutMs,
					tries: plan.tries,
					isThorough: plan.isThorough,
					keepsGoing: plan.keepsGoing,
				}),
			};
			activeHosts.push(host);
			waitingHost++;
		}
	};

	/** Makes room for new attempts where overdue ones still hold descriptors: a new question is worth more than a late answer. */
	const makeRoom = (): void => {
		if (engine.openCount < limit) {
			return;
		}

		// Descriptors come free a little after they are given up, so what is on its way is counted.
		const wanted = engine.openCount - limit + Math.min(attemptsPerTurn, Math.ceil(limit / 4));
		let freed = 0;
		for (const host of activeHosts) {
			while (freed < wanted) {
				const oldest = host.pacer.giveUpOldest();
				if (oldest === undefined) {
					break;
				}

				abandon(oldest);
				freed++;
			}
		}
	};

	/** Opens one attempt of this host. @returns Whether it had one to open. */
	const openNext = (host: ActiveHost, nowMs: number): boolean => {
		const port = host.pacer.next(nextId, nowMs);
		if (port === undefined) {
			return false;
		}

		attempts.set(nextId, host);
		engine.open({id: nextId, address: plan.hosts[host.index]!.address, port});
		nextId++;
		return true;
	};

	/** Opens what the pacers and the limits allow, the hosts taking turns. @returns Whether there may be more to open. */
	const openAttempts = (nowMs: number): boolean => {
		let budget = attemptsPerTurn;
		let willing = activeHosts;
		makeRoom();
		while (willing.length > 0) {
			const stillWilling: ActiveHost[] = [];
			for (const host of willing) {
				if (budget === 0) {
					return true;
				}

				if (engine.openCount >= limit) {
					return false;
				}

				if (openNext(host, nowMs)) {
					budget--;
					stillWilling.push(host);
				}
			}

			willing = stillWilling;
		}

		return false;
	};

	const report = (host: ActiveHost): void => {
		for (const {port, verdict} of host.pacer.takeFindings()) {
			emit({kind: 'probed', host: host.index, port, verdict});
		}
	};

	const retire = (host: ActiveHost): void => {
		for (const [id, owner] of attempts) {
			if (owner === host) {
				abandon(id);
			}
		}

		emit({kind: 'host', host: host.index, ...(host.pacer.judgement === undefined ? {} : {judgement: host.pacer.judgement})});
	};

	const pace = (): Extract<ScanEvent, {kind: 'paced'}> => {
		const hosts: HostPace[] = activeHosts.map(({index, pacer}) => ({host: index, ...pacer.pace}));
		return {kind: 'paced', elapsedMs: (isPaused ? pausedSinceMs : clock.now()) - startedMs, hosts};
	};

	const end = (status: ScanStatus, message: string | null): void => {
		if (endStatus !== undefined) {
			return;
		}

		endStatus = status;
		cancelWake?.();
		for (const host of activeHosts) {
			host.pacer.conclude();
			report(host);
		}

		emit(pace());
		void engine.close().then(() => {
			emit({kind: 'finished', finishedAt: clock.date(), status, message});
		});
	};

	const scheduleWake = (nowMs: number): void => {
		cancelWake?.();
		const wakeAtMs = Math.min(...activeHosts.map(({pacer}) => pacer.wakeAtMs(nowMs)));
		cancelWake = Number.isFinite(wakeAtMs) ? clock.after(Math.max(1, wakeAtMs - nowMs), requestTurn) : undefined;
	};

	const turn = (): void => {
		isTurnDue = false;
		if (endStatus !== undefined) {
			return;
		}

		admitHosts();
		const nowMs = clock.now();
		for (const host of activeHosts) {
			for (const id of host.pacer.expire(nowMs)) {
				abandon(id);
			}
		}

		const hasMore = !isPaused && openAttempts(nowMs);
		for (const host of activeHosts) {
			report(host);
			if (host.pacer.isFinished) {
				retire(host);
			}
		}

		const runningCount = activeHosts.length;
		activeHosts = activeHosts.filter(({pacer}) => !pacer.isFinished);
		const hasRoomForHost = activeHosts.length < runningCount && waitingHost < plan.hosts.length;
		if (activeHosts.length === 0 && waitingHost === plan.hosts.length) {
			end('complete', null);
		} else if (hasMore || hasRoomForHost) {
			requestTurn();
		} else {
			scheduleWake(nowMs);
		}
	};

	emit({
		kind: 'started',
		id: plan.id,
		startedAt: clock.date(),
		engine: engine.name,
		seed: plan.seed,
		ports: formatPortSet(plan.ports),
		portCount: plan.ports.size,
		hosts: plan.hosts,
	});
	requestTurn();

	return {
		get isPaused() {
			return isPaused;
		},
		pause() {
			if (!isPaused && endStatus === undefined) {
				isPaused = true;
				pausedSinceMs = clock.now();
				emit({kind: 'paused'});
			}
		},
		resume() {
			if (isPaused && endStatus === undefined) {
				isPaused = false;
				startedMs += clock.now() - pausedSinceMs;
				emit({kind: 'resumed'});
				requestTurn();
			}
		},
		stop: () => end('interrupted', null),
		pace,
	};
};
