import fc from 'fast-check';
import test from 'ava';
import type {ScanRecord} from '../../source/scan/scan-record.ts';
import {paceOf, rateOf, ratesOf, timeLeftMs, withPaceSample, type PaceHistory} from '../../source/store/pace-history.ts';
import {scanRecord} from '../helpers/scan-events.ts';

const recordAt = (elapsedMs: number, probedCount: number, changes: Partial<ScanRecord> = {}): ScanRecord =>
	({...scanRecord({}), finishedAt: null, status: 'running', totalCount: 10_000, elapsedMs, probedCount, ...changes});

const historyOf = (...samples: ReadonlyArray<readonly [elapsedMs: number, probedCount: number]>): PaceHistory => samples.map(([elapsedMs, probedCount]) => ({elapsedMs, probedCount, inFlightCount: 0, windowSize: 0, rttMs: null, lossRate: 0}));

test('a sample is taken every quarter of a second, not more often', t => {
	let history: PaceHistory = [];
	for (let elapsedMs = 0; elapsedMs <= 1000; elapsedMs += 50) {
		history = withPaceSample(history, recordAt(elapsedMs, elapsedMs));
	}

	t.deepEqual(history.map(({elapsedMs}) => elapsedMs), [0, 250, 500, 750, 1000]);
});

test('a sample that is too early leaves the very same history', t => {
	const history = withPaceSample([], recordAt(0, 0));
	t.is(withPaceSample(history, recordAt(249, 10)), history);
});

test('the oldest samples go: a minute and a quarter is kept', t => {
	let history: PaceHistory = [];
	for (let count = 0; count < 1000; count++) {
		history = withPaceSample(history, recordAt(count * 250, count));
	}

	t.is(history.length, 300);
	t.is(history[0]!.probedCount, 700);
	t.is(history.at(-1)!.probedCount, 999);
});

test('rates are verdicts a second between neighbouring samples', t => {
	t.deepEqual(ratesOf(historyOf([0, 0], [250, 100], [500, 100], [1000, 300])), [400, 0, 400]);
	t.deepEqual(ratesOf([]), []);
	t.deepEqual(ratesOf(historyOf([0, 0])), []);
});

const rates: ReadonlyArray<readonly [situation: string, ScanRecord, PaceHistory, rate: number]> = [
	['nothing is known', recordAt(0, 0), [], 0],
	['before the first sample: over all of it', recordAt(500, 100), [], 200],
	['in the first second: since the first sample', recordAt(600, 150), historyOf([100, 50], [350, 90]), 200],
	['later: over the last second alone', recordAt(2000, 1000), historyOf([0, 0], [250, 900], [1000, 900], [1250, 925], [1500, 950], [1750, 975], [2000, 1000]), 100],
	['at its end: over all of it', recordAt(4000, 1000, {finishedAt: 'then'}), historyOf([0, 0], [250, 900], [1000, 900], [1250, 925], [1500, 950], [1750, 975]), 250],
	['it stalls', recordAt(2000, 500), historyOf([0, 0], [250, 500], [1000, 500], [1250, 500], [1500, 500], [1750, 500], [2000, 500]), 0],
];

for (const [situation, record, history, rate] of rates) {
	test(`${situation}: ${rate} a second`, t => {
		t.is(rateOf(record, history), rate);
	});
}

test('the time left follows from the rate', t => {
	t.is(timeLeftMs(recordAt(500, 100), []), (9900 / 200) * 1000);
	t.is(timeLeftMs(recordAt(500, 10_000), []), 0);
});

test('while nothing moves, nobody knows how long it will take', t => {
	t.is(timeLeftMs(recordAt(0, 0), []), undefined);
	t.is(timeLeftMs(recordAt(500, 0), historyOf([0, 0], [250, 0])), undefined);
});

test('rates are never negative or not a number, as long as time and count only grow', t => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), {maxLength: 30}), steps => {
		let history: PaceHistory = [];
		let elapsedMs = 0;
		let probedCount = 0;
		for (const [ms, count] of steps) {
			elapsedMs += ms;
			probedCount += count;
			const record = recordAt(elapsedMs, probedCount, {totalCount: 40_000});
			history = withPaceSample(history, record);
			t.true(Number.isFinite(rateOf(record, history)) && rateOf(record, history) >= 0);
			t.true(ratesOf(history).every(rate => Number.isFinite(rate) && rate >= 0));
			const left = timeLeftMs(record, history);
			t.true(left === undefined || left >= 0);
		}
	}));
});

const pace = {inFlightCount: 4, windowSize: 10, rttMs: 2, lossRate: 0.01};

test('the pace of a scan: windows of the hosts under way added up, round-trip times averaged, the highest loss', t => {
	const [host] = scanRecord({}).hosts;
	const hosts = [
		{...host!, isFinished: false, pace: {host: 0, ...pace}},
		{...host!, isFinished: false, pace: {host: 1, ...pace, windowSize: 5, rttMs: 4, lossRate: 0.03}},
		{...host!, isFinished: true, pace: {host: 2, ...pace, windowSize: 100, rttMs: null}},
		{...host!, isFinished: false, pace: null},
	];
	t.deepEqual(paceOf(recordAt(0, 0, {hosts, inFlightCount: 8})), {inFlightCount: 8, windowSize: 15, rttMs: 3, lossRate: 0.03});
	t.deepEqual(paceOf(recordAt(0, 0, {hosts, inFlightCount: 8, finishedAt: 'then'})), {inFlightCount: 0, windowSize: 0, rttMs: 3, lossRate: 0.03});
	t.deepEqual(withPaceSample([], recordAt(250, 7, {hosts, inFlightCount: 8})), [{elapsedMs: 250, probedCount: 7, inFlightCount: 8, windowSize: 15, rttMs: 3, lossRate: 0.03}]);
});

test('before any answer there is no round-trip time', t => {
	t.is(paceOf(recordAt(0, 0)).rttMs, null);
});
