import type {Port} from '../../source/port/port.ts';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {Attempt, EngineFactory} from '../../source/scan/engine.ts';
import type {Host, ScanEvent} from '../../source/scan/event.ts';
import {createRandom, type Random} from '../../source/scan/port-order.ts';
import {runScan, type Clock} from '../../source/scan/run-scan.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';

/** How a simulated host treats one port. An error code is what the connect fails with. */
export type Treatment = 'open' | 'closed' | 'dropped' | {readonly code: string; readonly isImmediate: boolean};

export type SimulatedHost = {
	readonly treat: (port: Port) => Treatment;
	/** Round-trip time, in milliseconds. */
	readonly rttMs: number;
	/** Up to this much more, evenly spread. */
	readonly jitterMs?: number;
	/** Odds that a try gets no answer though the host would answer. */
	readonly loss?: number;
	/** Loss that is not the same all the time; in place of `loss`. */
	readonly lossAt?: (nowMs: number) => number;
	/** RSTs a second, after a burst of as many. */
	readonly rstLimit?: number;
	/** SYNs a second, after a burst of a tenth of that. */
	readonly synLimit?: number;
	/** Virtual time during which nothing gets through to it. */
	readonly isAway?: (nowMs: number) => boolean;
};

export type SimulatedMachine = {
	/** Sockets this machine can have open; the next one fails with EMFILE. */
	readonly descriptors?: number;
	/** Odds that a connect ends up connected to itself. */
	readonly selfConnect?: number;
};

type Timed = {readonly atMs: number; readonly order: number; readonly run: () => void; isCancelled: boolean};

/** A queue of things to happen, run in the order of their virtual time. */
export const createVirtualTime = (): {readonly clock: Clock; readonly schedule: (delayMs: number, run: () => void) => () => void; readonly runUntil: (isDone: () => boolean, limitMs: number) => void; readonly nowMs: () => number} => {
	const heap: Timed[] = [];
	let nowMs = 0;
	let order = 0;
	const isBefore = (one: Timed, other: Timed): boolean => one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);

	const push = (item: Timed): void => {
		let index = heap.push(item) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!isBefore(heap[index]!, heap[parent]!)) {
				break;
			}

			[heap[index], heap[parent]] = [heap[parent]!, heap[index]!];
			index = parent;
		}
	};

	const pop = (): Timed | undefined => {
		const first = heap[0];
		const last = heap.pop();
		if (first === undefined || last === undefined || heap.length === 0) {
			return first;
		}

		heap[0] = last;
		let index = 0;
		for (;;) {
			let least = index;
			for (const child of [2 * index + 1, 2 * index + 2]) {
				if (child < heap.length && isBefore(heap[child]!, heap[least]!)) {
					least = child;
				}
			}

			if (least === index) {
				return first;
			}

			[heap[index], heap[least]] = [heap[least]!, heap[index]!];
			index = least;
		}
	};

	const schedule = (delayMs: number, run: () => void): (() => void) => {
		const item: Timed = {atMs: nowMs + Math.max(0, delayMs), order: order++, run, isCancelled: false};
		push(item);
		return () => {
			item.isCancelled = true;
		};
	};

	return {
		clock: {
			now: () => nowMs,
			date: () => new Date(nowMs).toISOString(),
			// A turn of a loop takes some time: without it, nothing would ever come between two turns.
			soon(callback) {
				schedule(0.05, callback);
			},
			after: schedule,
		},
		schedule,
		nowMs: () => nowMs,
		runUntil(isDone, limitMs) {
			while (!isDone()) {
				const next = pop();
				if (next === undefined) {
					throw new Error(`Nothing is left to happen at ${nowMs} ms, and the scan is not over.`);
				}

				nowMs = next.atMs;
				if (nowMs > limitMs) {
					throw new Error(`The scan is not over after ${limitMs} ms.`);
				}

				if (!next.isCancelled) {
					next.run();
				}
			}
		},
	};
};

/** An engine whose sockets reach simulated hosts. It checks what it is asked: no number twice, never more open than allowed. */
const createSimulatedEngine = (hosts: ReadonlyMap<string, SimulatedHost>, machine: SimulatedMachine, random: Random, time: ReturnType<typeof createVirtualTime>, seen: {mostOpen: number; attemptCount: number}): EngineFactory => ({onOutcome, onRoom}) => {
	const open = new Map<number, () => void>();
	let lastId = -1;

	/** Whether a bucket of tokens that fills at this rate lets one more through. */
	const limiter = (burstSeconds: number): ((host: SimulatedHost, perSecond: number | undefined) => boolean) => {
		const tokens = new Map<SimulatedHost, {count: number; atMs: number}>();
		return (host, perSecond) => {
			if (perSecond === undefined) {
				return true;
			}

			const most = Math.max(1, perSecond * burstSeconds);
			const bucket = tokens.get(host) ?? {count: most, atMs: time.nowMs()};
			const count = Math.min(most, bucket.count + ((time.nowMs() - bucket.atMs) * perSecond) / 1000);
			tokens.set(host, {count: count >= 1 ? count - 1 : count, atMs: time.nowMs()});
			return count >= 1;
		};
	};

	const mayReset = limiter(1);
	const mayEnter = limiter(0.1);

	const end = (id: number): void => {
		open.delete(id);
		// The descriptor is free a little later than the outcome.
		time.schedule(0.01, onRoom);
	};

	const answer = (id: number, delayMs: number, report: (elapsedMs: number) => void): void => {
		const startedMs = time.nowMs();
		open.set(id, time.schedule(delayMs, () => {
			end(id);
			report(time.nowMs() - startedMs);
		}));
	};

	return {
		name: 'simulated',
		get openCount() {
			return open.size;
		},
		open({id, address, port}: Attempt) {
			if (id <= lastId) {
				throw new Error(`Attempt ${id} came after ${lastId}.`);
			}

			lastId = id;
			seen.attemptCount++;
			const fail = (code: string, isImmediate: boolean, delayMs: number): void => {
				answer(id, delayMs, elapsedMs => onOutcome({kind: 'failed', id, elapsedMs, code, isImmediate}));
			};

			if (machine.descriptors !== undefined && open.size >= machine.descriptors) {
				fail('EMFILE', true, 0);
				return;
			}

			const host = hosts.get(address.text)!;
			const treatment = host.treat(port);
			const delayMs = host.rttMs + random() * (host.jitterMs ?? 0);
			if (typeof treatment === 'object') {
				fail(treatment.code, treatment.isImmediate, treatment.isImmediate ? 0 : delayMs);
			} else if (treatment === 'dropped' || random() < (host.lossAt?.(time.nowMs()) ?? host.loss ?? 0) || host.isAway?.(time.nowMs()) === true || !mayEnter(host, host.synLimit)) {
				open.set(id, () => {});
			} else if (treatment === 'open') {
				answer(id, delayMs, elapsedMs => onOutcome({kind: 'connected', id, elapsedMs, isSelf: false}));
			} else if (random() < (machine.selfConnect ?? 0)) {
				answer(id, delayMs, elapsedMs => onOutcome({kind: 'connected', id, elapsedMs, isSelf: true}));
			} else if (mayReset(host, host.rstLimit)) {
				fail('ECONNREFUSED', false, delayMs);
			} else {
				open.set(id, () => {});
			}

			seen.mostOpen = Math.max(seen.mostOpen, open.size);
		},
		abandon(id) {
			open.get(id)?.();
			if (open.has(id)) {
				end(id);
			}
		},
		async close() {
			for (const cancel of open.values()) {
				cancel();
			}

			open.clear();
		},
	};
};

export type Simulation = {
	readonly hosts: Readonly<Record<string, SimulatedHost>>;
	readonly ports: readonly Port[];
	readonly machine?: SimulatedMachine;
	readonly socketLimit?: number;
	readonly seed: number;
	readonly plan?: Partial<ScanPlan>;
	/** Virtual time at which the scan is stopped; undefined lets it end. */
	readonly stopAtMs?: number;
	/** Virtual times at which the scan is held, and released again. */
	readonly held?: {readonly fromMs: number; readonly untilMs: number};
	/** Virtual time after which the scan should long be over. */
	readonly limitMs?: number;
};

export type SimulatedScan = {
	readonly record: ScanRecord;
	readonly events: readonly ScanEvent[];
	/** Virtual time it took, in milliseconds. */
	readonly tookMs: number;
	readonly mostOpen: number;
	readonly attemptCount: number;
};

/**
Runs a whole scan against simulated hosts, in virtual time.

@throws Error when the scan does not end.
*/
export const simulateScan = async ({hosts, ports, machine = {}, socketLimit = 8000, seed, plan = {}, stopAtMs, held, limitMs = 3_600_000}: Simulation): Promise<SimulatedScan> => {
	const time = createVirtualTime();
	const seen = {mostOpen: 0, attemptCount: 0};
	const events: ScanEvent[] = [];
	const random = createRandom(seed ^ 0x5E_ED);
	let isClosing = false;
	const engineOf = createSimulatedEngine(new Map(Object.entries(hosts)), machine, random, time, seen);
	const run = runScan({
		id: 'simulated',
		hosts: Object.keys(hosts).map((text): Host => ({target: text, address: readAddress(text)!, note: null})),
		ports: portSetOfPorts(ports),
		firstPorts: [],
		seed,
		...plan,
	}, {
		clock: time.clock,
		socketLimit,
		createEngine(listeners) {
			const engine = engineOf(listeners);
			return {
				name: engine.name,
				get openCount() {
					return engine.openCount;
				},
				open: engine.open,
				abandon: engine.abandon,
				async close() {
					isClosing = true;
					await engine.close();
				},
			};
		},
		emit(event) {
			events.push(event);
		},
	});
	if (stopAtMs !== undefined) {
		time.schedule(stopAtMs, run.stop);
	}

	if (held !== undefined) {
		time.schedule(held.fromMs, run.hold);
		time.schedule(held.untilMs, run.release);
	}

	time.runUntil(() => isClosing, limitMs);
	// `finished` follows in a microtask of its own.
	await Promise.resolve();
	await Promise.resolve();

	const started = events[0];
	if (started?.kind !== 'started' || events.at(-1)?.kind !== 'finished') {
		throw new Error('The scan did not begin with `started` and end with `finished`.');
	}

	const record = createScanRecord(started);
	for (const event of events) {
		applyScanEvent(record, event);
	}

	return {record, events, tookMs: time.nowMs(), mostOpen: seen.mostOpen, attemptCount: seen.attemptCount};
};
