import fc from 'fast-check';
import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import type {Outcome} from '../../source/scan/engine.ts';
import {createPacer, type Pacer, type PacerOptions} from '../../source/scan/pacer.ts';
import {createRandom} from '../../source/scan/port-order.ts';
import type {Verdict} from '../../source/scan/verdict.ts';

/** A pacer for the ports from 1 on, with small and fixed settings unless told otherwise. */
const pacerFor = (portCount: number, options: Partial<PacerOptions> = {}): Pacer => createPacer({
	order: Uint16Array.from({length: portCount}, (_, index) => index + 1),
	random: createRandom(1),
	initialWindow: 256,
	windowLimit: 1000,
	timeoutMs: 100,
	...options,
});

const connected = (id: number, elapsedMs = 20): Outcome => ({kind: 'connected', id, elapsedMs, isSelf: false});
const connectedToItself = (id: number): Outcome => ({kind: 'connected', id, elapsedMs: 0.1, isSelf: true});
const failed = (id: number, code: string, isImmediate = false, elapsedMs = 20): Outcome => ({kind: 'failed', id, elapsedMs, code, isImmediate});
const refused = (id: number): Outcome => failed(id, 'ECONNREFUSED');
const noDescriptor = (id: number): Outcome => failed(id, 'EMFILE', true, 0);

/** Takes all that the window allows, with numbers from `firstId` on. */
const takeAll = (pacer: Pacer, nowMs: number, firstId = 0): readonly number[] => {
	const ids: number[] = [];
	for (let id = firstId; pacer.next(id, nowMs) !== undefined; id++) {
		ids.push(id);
	}

	return ids;
};

/** The last verdict of a port among what was found since the last call. */
const verdictOf = (pacer: Pacer, port: number): Verdict | undefined => pacer.takeFindings().findLast(finding => finding.port === toPort(port))?.verdict;

test('ports are tried in their order, as many as the window holds', t => {
	const pacer = pacerFor(10, {initialWindow: 3});
	t.deepEqual([0, 1, 2].map(id => pacer.next(id, 0) as number), [1, 2, 3]);
	t.is(pacer.next(3, 0), undefined);
	t.like(pacer.pace, {inFlightCount: 3, windowSize: 3, rttMs: null, lossRate: 0});
});

test('a neighbour that is not there is judged so, also when attempts that began late in the search fail first', t => {
	const pacer = pacerFor(1000, {initialWindow: 4, timeoutMs: undefined});
	const early = takeAll(pacer, 0);
	pacer.expire(2500);
	const late = takeAll(pacer, 2500, early.length);
	t.true(late.length > 0);
	for (const [ids, elapsedMs] of [[late, 550], [early, 3050]] as const) {
		for (const id of ids) {
			pacer.settle(failed(id, 'EHOSTUNREACH', false, elapsedMs), 3050);
		}
	}

	t.is(pacer.judgement?.kind, 'unreachable');
	t.true(pacer.isFinished);
});

test('a scan of nothing is over before it begins', t => {
	const pacer = pacerFor(0);
	t.true(pacer.isFinished);
	t.is(pacer.next(0, 0), undefined);
	t.is(pacer.wakeAtMs(0), Infinity);
});

test('an answer is a verdict with its time and its tries, and the last one ends the scan', t => {
	const pacer = pacerFor(2);
	takeAll(pacer, 0);
	pacer.settle(connected(0), 20);
	t.false(pacer.isFinished);
	pacer.settle(refused(1), 20);
	t.true(pacer.isFinished);
	t.deepEqual(pacer.takeFindings() as unknown, [
		{port: 1, verdict: {state: 'open', rttMs: 20, tries: 1}},
		{port: 2, verdict: {state: 'closed', reason: 'refused', rttMs: 20, tries: 1}},
	]);
	t.deepEqual(pacer.takeFindings(), [], 'what was found is handed over once');
});

test('an outcome that was not asked for is ignored', t => {
	const pacer = pacerFor(2);
	takeAll(pacer, 0);
	pacer.settle(connected(99), 10);
	pacer.settle(connected(0), 10);
	pacer.settle(refused(0), 11);
	t.is(pacer.takeFindings().length, 1);
	t.is(pacer.pace.inFlightCount, 1);
});

test('the window grows with answers, up to its limit', t => {
	const pacer = pacerFor(100, {initialWindow: 2, windowLimit: 5});
	let nextId = 0;
	let most = 0;
	for (let round = 0; round < 10; round++) {
		const ids = takeAll(pacer, round * 20, nextId);
		most = Math.max(most, ids.length);
		nextId += ids.length;
		for (const id of ids) {
			pacer.settle(refused(id), round * 20 + 20);
		}
	}

	t.is(most, 5);
	t.is(pacer.pace.windowSize, 5);
});

test('a window of one tries one port at a time, to the end', t => {
	const pacer = pacerFor(20, {windowLimit: 1});
	for (let id = 0; id < 20; id++) {
		t.not(pacer.next(id, id), undefined);
		t.is(pacer.next(1000 + id, id), undefined);
		pacer.settle(refused(id), id);
	}

	t.true(pacer.isFinished);
});

test('an answer that came only on retry is loss, and leaves the window as it is', t => {
	const pacer = pacerFor(200, {initialWindow: 100, tries: 3});
	const first = takeAll(pacer, 0);
	pacer.settle(refused(first[0]!), 20);
	pacer.expire(100);
	const again = takeAll(pacer, 100, 100);
	const before = pacer.pace.windowSize;
	for (const id of again.slice(0, 60)) {
		pacer.settle(connected(id, 20), 120);
	}

	const after = pacer.pace.windowSize;
	t.true(after >= before, `${before} → ${after}`);
	t.true(pacer.pace.lossRate > 0);
});

test('loss never makes a window larger that a lack of descriptors made small', t => {
	const pacer = pacerFor(20, {initialWindow: 10, tries: 5});
	takeAll(pacer, 0);
	for (const id of [0, 1, 2, 3, 4, 5, 6]) {
		pacer.settle(noDescriptor(id), 0);
	}

	pacer.expire(100);
	const before = pacer.pace.windowSize;
	const ids = takeAll(pacer, 100, 10);
	t.true(ids.length > 0 && before <= 10, `${ids.length} of ${before}`);
	for (const id of ids) {
		pacer.settle(refused(id), 120);
	}

	t.true(pacer.pace.lossRate > 0, 'some of them answered only on retry');
	t.true(pacer.pace.windowSize <= before + ids.length, `${before} → ${pacer.pace.windowSize}`);
});

test('a lack of descriptors is waited out, twice as long each time, and is never a verdict on a port that answers later', t => {
	const pacer = pacerFor(1);
	let nowMs = 0;
	const waits: number[] = [];
	for (let id = 0; id < 4; id++) {
		t.is(pacer.next(id, nowMs) as number, 1);
		pacer.settle(noDescriptor(id), nowMs);
		t.is(pacer.next(1000, nowMs), undefined);
		const wakeAt = pacer.wakeAtMs(nowMs);
		t.is(pacer.next(1000, wakeAt - 1), undefined);
		waits.push(wakeAt - nowMs);
		nowMs = wakeAt;
	}

	t.deepEqual(waits, [10, 20, 40, 80]);
	t.deepEqual(pacer.takeFindings(), []);
	pacer.next(5, nowMs);
	pacer.settle(connected(5), nowMs + 20);
	t.deepEqual(verdictOf(pacer, 1), {state: 'open', rttMs: 20, tries: 1});
});

test('after an answer the next lack of descriptors is waited for as shortly as the first', t => {
	const pacer = pacerFor(3, {initialWindow: 2});
	takeAll(pacer, 0);
	pacer.settle(noDescriptor(0), 0);
	pacer.settle(noDescriptor(1), 10);
	t.is(pacer.wakeAtMs(10), 30);
	pacer.next(2, 30);
	pacer.settle(refused(2), 50);
	pacer.next(3, 50);
	pacer.settle(noDescriptor(3), 50);
	t.is(pacer.wakeAtMs(50), 60);
});

test('a lack of descriptors that never ends is unknown, with no try made', t => {
	const pacer = pacerFor(1);
	let nowMs = 0;
	for (let id = 0; !pacer.isFinished; id++) {
		t.true(id < 20);
		pacer.next(id, nowMs);
		pacer.settle(noDescriptor(id), nowMs);
		nowMs += 1000;
	}

	t.deepEqual(verdictOf(pacer, 1), {state: 'unknown', reason: 'EMFILE', tries: 0});
});

test('a refusal of this machine is tried twice, without waiting', t => {
	const pacer = pacerFor(1);
	pacer.next(0, 0);
	pacer.settle(failed(0, 'EPERM', true, 0), 0);
	t.is(pacer.next(1, 0) as number, 1);
	pacer.settle(failed(1, 'EPERM', true, 0), 0);
	t.deepEqual(verdictOf(pacer, 1), {state: 'unknown', reason: 'EPERM', tries: 0});
	t.true(pacer.isFinished);
});

test('what a router says is filtered, and no sample of the round trip', t => {
	const pacer = pacerFor(1);
	pacer.next(0, 0);
	pacer.settle(failed(0, 'EHOSTUNREACH'), 20);
	t.deepEqual(verdictOf(pacer, 1), {state: 'filtered', reason: 'host-unreachable', tries: 1});
	t.is(pacer.pace.rttMs, null);
});

test('silence is asked again at its time-out, and is filtered after the tries asked for', t => {
	const pacer = pacerFor(1, {tries: 2});
	pacer.next(0, 0);
	t.is(pacer.wakeAtMs(0), 100);
	pacer.expire(99);
	t.is(pacer.next(1, 99), undefined);
	t.deepEqual(pacer.expire(100), []);
	t.is(pacer.next(1, 100) as number, 1);
	t.deepEqual(pacer.expire(200), [0], 'the first socket is given up after a second time-out');
	t.deepEqual(verdictOf(pacer, 1), {state: 'filtered', reason: 'no-answer', tries: 2});
	t.false(pacer.isFinished, 'the second socket still listens');
	t.is(pacer.wakeAtMs(200), 300);
	t.deepEqual(pacer.expire(300), [1]);
	t.true(pacer.isFinished);
	t.is(pacer.wakeAtMs(300), Infinity);
});

test('the system giving up is silence', t => {
	const pacer = pacerFor(1, {tries: 1});
	pacer.next(0, 0);
	pacer.settle(failed(0, 'ETIMEDOUT', false, 90), 90);
	t.deepEqual(verdictOf(pacer, 1), {state: 'filtered', reason: 'no-answer', tries: 1});
	t.true(pacer.isFinished);
});

test('a late answer still counts, and takes the verdict of silence back', t => {
	const pacer = pacerFor(1, {tries: 1});
	pacer.next(0, 0);
	pacer.expire(100);
	t.deepEqual(verdictOf(pacer, 1), {state: 'filtered', reason: 'no-answer', tries: 1});
	pacer.settle(connected(0, 150), 150);
	t.deepEqual(verdictOf(pacer, 1), {state: 'open', rttMs: 150, tries: 1});
	t.is(pacer.pace.lossRate, 0, 'it was late, not lost');
	t.true(pacer.isFinished);
});

test('an overdue attempt leaves its place in the window at once', t => {
	const pacer = pacerFor(4, {initialWindow: 2, windowLimit: 2, tries: 1});
	takeAll(pacer, 0);
	pacer.expire(100);
	t.is(pacer.pace.inFlightCount, 0);
	t.deepEqual(takeAll(pacer, 100, 2), [2, 3]);
});

test('a port decided closed that connects later is open, and stays so', t => {
	const pacer = pacerFor(1, {tries: 3});
	pacer.next(0, 0);
	pacer.expire(100);
	pacer.next(1, 100);
	pacer.settle(refused(0), 110);
	t.is(verdictOf(pacer, 1)?.state, 'closed');
	pacer.settle(connected(1), 120);
	t.is(verdictOf(pacer, 1)?.state, 'open');
});

test('an open port that refuses another attempt stays open', t => {
	const pacer = pacerFor(1, {tries: 3});
	pacer.next(0, 0);
	pacer.expire(100);
	pacer.next(1, 100);
	pacer.settle(connected(0, 110), 110);
	pacer.settle(refused(1), 120);
	t.deepEqual(pacer.takeFindings().map(({verdict: {state}}) => state), ['open']);
	t.true(pacer.isFinished);
});

test('a port that was answered while it waited for another try is not tried again', t => {
	const pacer = pacerFor(1, {tries: 3});
	pacer.next(0, 0);
	pacer.expire(100);
	pacer.settle(refused(0), 110);
	t.true(pacer.isFinished);
	t.is(pacer.next(1, 120), undefined);
	t.true(pacer.isFinished);
});

test('a socket that connected to itself says nothing; five in a row are unknown', t => {
	const pacer = pacerFor(1);
	for (let id = 0; id < 5; id++) {
		t.is(pacer.next(id, 0) as number, 1);
		t.deepEqual(pacer.takeFindings(), []);
		pacer.settle(connectedToItself(id), 1);
	}

	t.like(verdictOf(pacer, 1), {state: 'unknown', reason: 'self-connect'});
	t.true(pacer.isFinished);
});

test('the overdue socket that has waited longest is given up first; one still awaited never is', t => {
	const pacer = pacerFor(3, {tries: 1});
	pacer.next(0, 0);
	pacer.next(1, 10);
	pacer.next(2, 90);
	t.is(pacer.giveUpOldest(), undefined);
	pacer.expire(110);
	t.is(pacer.giveUpOldest(), 0);
	t.is(pacer.giveUpOldest(), 1);
	t.is(pacer.giveUpOldest(), undefined);
	pacer.settle(connected(0), 111);
	t.true(pacer.takeFindings().every(({verdict}) => verdict.state === 'filtered'), 'what was given up is not answered');
});

test('giving up the last socket ends the scan', t => {
	const pacer = pacerFor(1, {tries: 1});
	pacer.next(0, 0);
	pacer.expire(100);
	t.is(pacer.giveUpOldest(), 0);
	t.true(pacer.isFinished);
});

test('a path of no time gains nothing from a large window: it grows to 8, and no further', t => {
	const pacer = pacerFor(400, {initialWindow: 4, knownRttMs: 0});
	let nextId = 0;
	for (let round = 0; round < 10; round++) {
		const ids = takeAll(pacer, round, nextId);
		nextId += ids.length;
		for (const id of ids) {
			pacer.settle(connected(id, 0.1), round + 1);
		}
	}

	t.is(pacer.pace.windowSize, 8);
});

/** What may happen to a pacer: time passes, attempts are taken, answered in any order, or given up. */
type Step =
	| {readonly kind: 'wait'; readonly ms: number}
	| {readonly kind: 'take'; readonly most: number}
	| {readonly kind: 'answer'; readonly which: number; readonly how: 'connected' | 'self' | 'ECONNREFUSED' | 'EMFILE' | 'EPERM' | 'EHOSTUNREACH' | 'ETIMEDOUT'}
	| {readonly kind: 'giveUp'};

const anyStep: fc.Arbitrary<Step> = fc.oneof(
	fc.record({kind: fc.constant('wait' as const), ms: fc.integer({min: 0, max: 250})}),
	fc.record({kind: fc.constant('take' as const), most: fc.integer({min: 1, max: 12})}),
	{weight: 3, arbitrary: fc.record({
		kind: fc.constant('answer' as const),
		which: fc.nat(20),
		how: fc.constantFrom('connected' as const, 'self' as const, 'ECONNREFUSED' as const, 'EMFILE' as const, 'EPERM' as const, 'EHOSTUNREACH' as const, 'ETIMEDOUT' as const),
	})},
	fc.record({kind: fc.constant('giveUp' as const)}),
);

const outcomeOf = (id: number, how: Extract<Step, {kind: 'answer'}>['how'], elapsedMs: number): Outcome =>
	how === 'connected' || how === 'self'
		? {kind: 'connected', id, elapsedMs, isSelf: how === 'self'}
		: {kind: 'failed', id, elapsedMs, code: how, isImmediate: how === 'EMFILE' || how === 'EPERM'};

test('whatever happens: the window holds, an open port stays open, and every port gets its verdict in the end', t => {
	fc.assert(fc.property(
		fc.record({
			portCount: fc.integer({min: 1, max: 30}),
			windowLimit: fc.integer({min: 1, max: 12}),
			initialWindow: fc.integer({min: 1, max: 20}),
			timeoutMs: fc.option(fc.constantFrom(1, 100), {nil: undefined}),
			tries: fc.option(fc.integer({min: 1, max: 4}), {nil: undefined}),
			seed: fc.nat(),
		}),
		fc.array(anyStep, {maxLength: 120}),
		({portCount, seed, ...options}, steps) => {
			const pacer = pacerFor(portCount, {...options, random: createRandom(seed), keepsGoing: true});
			const open = new Map<number, {readonly port: number; readonly startedMs: number}>();
			const last = new Map<number, Verdict>();
			let nowMs = 0;
			let nextId = 0;

			const look = (): void => {
				for (const {port, verdict} of pacer.takeFindings()) {
					t.not(last.get(port)?.state, 'open', `port ${port} was open already`);
					last.set(port, verdict);
				}

				const {inFlightCount, windowSize, lossRate} = pacer.pace;
				t.true(windowSize >= 1 && windowSize <= options.windowLimit);
				t.true(inFlightCount >= 0 && inFlightCount <= Math.min(open.size, options.windowLimit));
				t.true(lossRate >= 0 && lossRate <= 1);
			};

			const take = (most: number): void => {
				for (let count = 0; count < most; count++) {
					const {inFlightCount, windowSize} = pacer.pace;
					const port = pacer.next(nextId, nowMs);
					if (port === undefined) {
						return;
					}

					t.true(inFlightCount < windowSize, 'a place was free');
					open.set(nextId++, {port, startedMs: nowMs});
				}
			};

			const expire = (): void => {
				for (const id of pacer.expire(nowMs)) {
					t.true(open.delete(id), 'only an open attempt is abandoned');
				}
			};

			for (const step of steps) {
				switch (step.kind) {
					case 'wait': {
						nowMs += step.ms;
						expire();
						break;
					}

					case 'take': {
						take(step.most);
						break;
					}

					case 'answer': {
						const [id, attempt] = [...open][step.which % Math.max(1, open.size)] ?? [];
						if (id !== undefined && attempt !== undefined) {
							open.delete(id);
							pacer.settle(outcomeOf(id, step.how, nowMs - attempt.startedMs), nowMs);
						}

						break;
					}

					case 'giveUp': {
						const id = pacer.giveUpOldest();
						t.true(id === undefined || open.delete(id));
						break;
					}
				}

				look();
			}

			// From here on nobody answers: it must come to an end by itself, woken only when it asked to be.
			for (let round = 0; !pacer.isFinished; round++) {
				t.true(round < 10_000, 'it ends');
				take(100);
				expire();
				look();
				const wakeAtMs = pacer.wakeAtMs(nowMs);
				if (!pacer.isFinished && pacer.next(nextId, nowMs) === undefined && !pacer.isFinished) {
					t.true(Number.isFinite(wakeAtMs) && wakeAtMs > nowMs, `it knows when to go on: ${wakeAtMs} at ${nowMs}`);
					nowMs = wakeAtMs;
					expire();
				} else if (!pacer.isFinished) {
					open.set(nextId++, {port: 0, startedMs: nowMs});
				}
			}

			look();
			t.is(last.size, portCount);
		},
	), {numRuns: 500});
});
