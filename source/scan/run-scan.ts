import type {Port} from '../port/port.ts';
import {emptyPortSet, formatPortSet, portsOf} from '../port/port-set.ts';
import type {Address} from './address.ts';
import type {Engine, EngineFactory, Outcome} from './engine.ts';
import {exhaustionErrors} from './classify-failure.ts';
import type {Brake, Host, HostPace, ScanEvent, ScanStatus} from './event.ts';
import {countHosts, createHostSequence} from './host-sequence.ts';
import {orderOfRest, type KnownHost} from './known-so-far.ts';
import {createNumberedHosts} from './numbered-hosts.ts';
import {createPacer, type Finding, type Pacer} from './pacer.ts';
import {createPortOrders, createRandom, type Random} from './port-order.ts';
import {createRateLimit} from './rate-limit.ts';
import type {ScanPlan} from './scan-plan.ts';
import {createSoundingPool, type Concluded} from './sounding-pool.ts';
import {soundingPortCount} from './sounding.ts';

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
	/** Opens nothing more until `release`, because the reader does not keep up. No event tells of it. */
	readonly hold: () => void;
	readonly release: () => void;
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

/**
Hosts whose ports are scanned at the same time; the others wait their turn.

Each has a pacer, which takes some 0.7 MB; and so many hosts, with the window each begins with, are worth all the sockets there are.
*/
const hostsAtOnce = 32;

/** Hosts that are sounded at the same time, at most, and the share of the sockets that they may take. */
const soundingsAtOnce = 1000;
const socketShareOfSoundings = 0.5;

/** Errors of descriptors that ran out: all hosts share those, so the limit for all goes down. */
const descriptorErrors = new Set(['EMFILE', 'ENFILE']);

/** A lack is told of for so many milliseconds after it was last felt: one that comes and goes is felt again and again. */
const lackIsRecentMs = 1000;

/** A host whose turn has come. */
type HostInHand = {
	readonly index: number;
	readonly host: Host;
	readonly random: Random;
	/** Whether readers have heard of it. */
	isTold: boolean;
	/** What an earlier run has found out. */
	readonly earlier: KnownHost | undefined;
	/** The ports of which it has told. */
	readonly toldEarlier: ReadonlySet<Port>;
};
type ActiveHost = HostInHand & {readonly pacer: Pacer};
type Owner = {readonly settle: (outcome: Outcome, nowMs: number) => void};

/**
Runs a scan: asks the pacer of each host what to try, has the engine try it, and emits what comes of it.

Always ends with one `finished`, after the last socket is closed.
*/
export const runScan = (plan: ScanPlan, {createEngine, clock, socketLimit, emit}: ScanSurroundings): ScanRun => {
	const sequence = createNumberedHosts(createHostSequence(plan, plan.seed), plan.known?.over);
	const earlierHosts = new Map(plan.known?.hosts.map(host => [host.number, host]));
	const orders = createPortOrders(plan.ports, plan.firstPorts);
	const rateLimit = createRateLimit(plan.rate);
	/** Who each open attempt belongs to: a pacer or a sounding. */
	const attempts = new Map<number, Owner>();
	let activeHosts: ActiveHost[] = [];
	/** Hosts that turned out to be there, with what is known already; they wait for a pacer. */
	const foundHosts: Array<{readonly inHand: HostInHand; readonly known: readonly Finding[]}> = [];
	let nextId = 0;
	const mostSockets = Math.max(1, socketLimit);
	const portsToSound = Math.min(soundingPortCount, plan.ports.size, plan.concurrency ?? Infinity, mostSockets);
	let limit = mostSockets;
	/** When the last attempt had to wait for a socket, and what ran out last. */
	let fullMs = -Infinity;
	let lack: {readonly code: string; readonly atMs: number} | undefined;
	let isPaused = false;
	let isHeld = false;
	let endStatus: ScanStatus | undefined;
	let isTurnDue = false;
	let cancelWake: (() => void) | undefined;
	let startedMs = clock.now();
	let pausedSinceMs = 0;

	const engine: Engine = createEngine({
		onOutcome(outcome) {
			const owner = attempts.get(outcome.id);
			if (owner === undefined) {
				return;
			}

			attempts.delete(outcome.id);
			if (outcome.kind === 'failed' && exhaustionErrors.has(outcome.code)) {
				lack = {code: outcome.code, atMs: clock.now()};
			}

			// Others may take descriptors, and give them back.
			limit = outcome.kind === 'failed' && descriptorErrors.has(outcome.code)
				? Math.max(1, Math.min(limit, attempts.size))
				: Math.min(mostSockets, limit + recovery);

			owner.settle(outcome, clock.now());
			soundings.touch(owner);
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

	/** The next host of the plan, which is not at its end. */
	const takeHost = (): HostInHand => {
		const {index, host} = sequence.next()!;
		const earlier = earlierHosts.get(index);
		// The first one has the seed itself; the others have numbers of their own, so that each host's order can be repeated.
		const random = createRandom((plan.seed ^ Math.imul(index, 0x9E_37_79_B1)) >>> 0);
		return {index, host, random, isTold: index < plan.hosts.length || earlier !== undefined, earlier, toldEarlier: new Set(earlier === undefined ? [] : portsOf(earlier.ports))};
	};

	/** Tells readers of a host of a block before anything else is told of it. */
	const introduce = (inHand: HostInHand): void => {
		if (!inHand.isTold) {
			inHand.isTold = true;
			emit({kind: 'admitted', host: inHand.index, target: inHand.host.target, address: inHand.host.address});
		}
	};

	const tell = (inHand: HostInHand, findings: readonly Finding[]): void => {
		for (const {port, verdict} of findings) {
			if (inHand.toldEarlier.has(port)) {
				continue;
			}

			introduce(inHand);
			emit({kind: 'probed', host: inHand.index, port, verdict});
		}
	};

	const activate = (inHand: HostInHand, known: readonly Finding[]): void => {
		const {host: {address}, random, earlier} = inHand;
		const whole = orders.whole(random);
		const order = known.length === 0 && earlier === undefined ? whole : orderOfRest(whole, earlier ?? {ports: emptyPortSet, witnesses: []}, known.map(({port}) => port));
		activeHosts.push(Object.assign(inHand, {
			pacer: createPacer({
				order,
				random,
				...(address.isLoopback ? {initialWindow: initialLoopbackWindow, knownRttMs: 0} : {initialWindow}),
				windowLimit: Math.max(1, Math.min(plan.concurrency ?? Infinity, limit)),
				timeoutMs: plan.timeoutMs,
				tries: plan.tries,
				isThorough: plan.isThorough,
				keepsGoing: plan.keepsGoing,
			}),
		}));
	};

	const finish = (inHand: HostInHand, {down, judgement}: Pick<Extract<ScanEvent, {kind: 'host'}>, 'down' | 'judgement'> = {}): void => {
		introduce(inHand);
		emit({kind: 'host', host: inHand.index, ...(down && {down}), ...(judgement && {judgement})});
	};

	const admitHosts = (): void => {
		while (activeHosts.length < hostsAtOnce) {
			const found = foundHosts.shift();
			if (found !== undefined) {
				activate(found.inHand, found.known);
			} else if (plan.skipsSilentHosts === true || sequence.isAtEnd) {
				return;
			} else {
				activate(takeHost(), []);
			}
		}
	};

	/** Makes room for new attempts where overdue ones still hold descriptors: a new question is worth more than a late answer. */
	const makeRoom = (): void => {
		if (engine.openCount < limit) {
			return;
		}

		// Descriptors come free a little after they are given up, so what is on its way is counted.
		let wanted = engine.openCount - limit + Math.min(attemptsPerTurn, Math.ceil(limit / 4));
		let givers = activeHosts;
		while (wanted > 0 && givers.length > 0) {
			givers = givers.filter(({pacer}) => {
				const oldest = wanted > 0 ? pacer.giveUpOldest() : undefined;
				if (oldest !== undefined) {
					abandon(oldest);
					wanted--;
				}

				return oldest !== undefined;
			});
		}
	};

	/** Opens the next attempt of a host, by its pacer or its sounding. @returns Whether it had one to open. */
	const openNext = (owner: Owner & Pick<Pacer, 'next'>, address: Address, nowMs: number): boolean => {
		const port = owner.next(nextId, nowMs);
		if (port === undefined) {
			return false;
		}

		attempts.set(nextId, owner);
		rateLimit.take(nowMs);
		engine.open({id: nextId, address, port});
		nextId++;
		return true;
	};

	const soundings = createSoundingPool<HostInHand>({
		most: Math.max(1, Math.min(soundingsAtOnce, Math.floor(mostSockets * socketShareOfSoundings / portsToSound))),
		timeoutMs: plan.timeoutMs,
		takeHost() {
			while (plan.skipsSilentHosts === true && !sequence.isAtEnd && foundHosts.length < hostsAtOnce) {
				const host = takeHost();
				const ports = orders.start(portsToSound, host.random);
				if (host.earlier === undefined || host.earlier.witnesses.length === 0) {
					return {host, ports};
				}

				// It answered an earlier run, so it is there.
				foundHosts.push({inHand: host, known: []});
				requestTurn();
			}

			return undefined;
		},
		openAttempt: (sounding, {host: {address}}, nowMs) => openNext(sounding, address, nowMs),
	});

	/** Opens what the pacers and the limits allow, the hosts taking turns. @returns Whether there may be more to open, and when. */
	const openAttempts = (nowMs: number): {readonly hasMore: boolean; readonly resumeAtMs: number} => {
		makeRoom();
		// Whoever was first the last time is last now, or the first would get all where little is to be had.
		activeHosts.push(...activeHosts.splice(0, 1));
		let budget = attemptsPerTurn;
		const pacers = activeHosts.map(({pacer, host: {address}}) => (): boolean => openNext(pacer, address, nowMs));
		let willing = plan.skipsSilentHosts === true ? [...pacers, (): boolean => soundings.openNext(nowMs)] : pacers;
		while (willing.length > 0) {
			const stillWilling: Array<() => boolean> = [];
			for (const open of willing) {
				if (budget === 0) {
					return {hasMore: true, resumeAtMs: Infinity};
				}

				if (engine.openCount >= limit) {
					fullMs = nowMs;
					return {hasMore: false, resumeAtMs: Infinity};
				}

				const readyAtMs = rateLimit.readyAtMs(nowMs);
				if (readyAtMs > nowMs) {
					return {hasMore: false, resumeAtMs: readyAtMs};
				}

				if (open()) {
					budget--;
					stillWilling.push(open);
				}
			}

			willing = stillWilling;
		}

		return {hasMore: false, resumeAtMs: Infinity};
	};

	const retire = (host: ActiveHost): void => {
		for (const [id, owner] of attempts) {
			if (owner === host.pacer) {
				abandon(id);
			}
		}

		finish(host, {judgement: host.pacer.judgement});
	};

	/** Tells what a sounding has found, and what becomes of its host. */
	const takeConclusion = ({host, sounding: {openIds, findings}, conclusion}: Concluded<HostInHand>): void => {
		for (const id of openIds) {
			abandon(id);
		}

		tell(host, findings);
		if (conclusion.kind === 'down') {
			finish(host, {down: {reason: conclusion.reason, askedCount: portsToSound}});
		} else if (findings.length === plan.ports.size) {
			finish(host);
		} else {
			foundHosts.push({inHand: host, known: findings});
		}
	};

	/** What of this machine holds the scan up. A lack of descriptors shows as fewer sockets as well: the code says more. */
	const brake = (): Brake | undefined => {
		const sinceMs = clock.now() - lackIsRecentMs;
		if (lack !== undefined && lack.atMs >= sinceMs) {
			return {kind: 'lack', code: lack.code};
		}

		return fullMs >= sinceMs ? {kind: 'sockets', socketLimit: Math.floor(limit)} : undefined;
	};

	const pace = (): Extract<ScanEvent, {kind: 'paced'}> => {
		const hosts: HostPace[] = activeHosts.filter(({isTold}) => isTold).map(({index, pacer}) => ({host: index, ...pacer.pace}));
		return {kind: 'paced', elapsedMs: (isPaused ? pausedSinceMs : clock.now()) - startedMs, hosts, inFlightCount: engine.openCount, brake: isPaused ? undefined : brake()};
	};

	const end = (status: ScanStatus, message: string | null): void => {
		if (endStatus !== undefined) {
			return;
		}

		endStatus = status;
		cancelWake?.();
		for (const host of activeHosts) {
			host.pacer.conclude();
			tell(host, host.pacer.takeFindings());
		}

		for (const [{findings}, host] of soundings.underWay()) {
			tell(host, findings);
		}

		emit(pace());
		void engine.close().then(() => {
			emit({kind: 'finished', finishedAt: clock.date(), status, message});
		});
	};

	const scheduleWake = (nowMs: number, resumeAtMs: number): void => {
		cancelWake?.();
		let wakeAtMs = Math.min(resumeAtMs, soundings.dueAtMs);
		for (const {pacer} of activeHosts) {
			wakeAtMs = Math.min(wakeAtMs, pacer.wakeAtMs(nowMs));
		}

		cancelWake = Number.isFinite(wakeAtMs) ? clock.after(Math.max(1, wakeAtMs - nowMs), requestTurn) : undefined;
	};

	const turn = (): void => {
		isTurnDue = false;
		if (endStatus !== undefined) {
			return;
		}

		const nowMs = clock.now();
		const concluded = soundings.conclude(nowMs);
		for (const each of concluded) {
			takeConclusion(each);
		}

		admitHosts();
		for (const host of activeHosts) {
			for (const id of host.pacer.expire(nowMs)) {
				abandon(id);
			}
		}

		const {hasMore, resumeAtMs} = isPaused || isHeld ? {hasMore: false, resumeAtMs: Infinity} : openAttempts(nowMs);
		for (const host of activeHosts) {
			tell(host, host.pacer.takeFindings());
			if (host.pacer.isFinished) {
				retire(host);
			}
		}

		const runningCount = activeHosts.length;
		activeHosts = activeHosts.filter(({pacer}) => !pacer.isFinished);
		const isAllAdmitted = sequence.isAtEnd && soundings.size === 0 && foundHosts.length === 0;
		const hasRoomForHost = (activeHosts.length < runningCount || (concluded.length > 0 && !isPaused && !isHeld)) && !isAllAdmitted;
		if (activeHosts.length === 0 && isAllAdmitted) {
			end('complete', null);
		} else if (hasMore || hasRoomForHost) {
			requestTurn();
		} else {
			scheduleWake(nowMs, resumeAtMs);
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
		...(plan.blocks === undefined || plan.blocks.length === 0 ? {} : {hostCount: Number(countHosts(plan))}),
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
		hold() {
			isHeld = true;
		},
		release() {
			isHeld = false;
			requestTurn();
		},
		stop: () => end('interrupted', null),
		pace,
	};
};
