import fc from 'fast-check';
import test from 'ava';
import {timeoutOf, withSample, type RoundTrip} from '../../source/scan/round-trip.ts';

const after = (...samples: readonly number[]): RoundTrip => {
	let estimate: RoundTrip | undefined;
	for (const sample of samples) {
		estimate = withSample(estimate, sample);
	}

	return estimate!;
};

/** Worked by hand after RFC 6298, 2.2 and 2.3: the variation first, from the smoothed time as it was. */
const worked: ReadonlyArray<readonly [samples: readonly number[], smoothedMs: number, variationMs: number, timeoutMs: number]> = [
	[[200], 200, 100, 600],
	[[200, 200], 200, 75, 500],
	[[200, 200, 200], 200, 56.25, 425],
	[[200, 280], 210, 95, 590],
	[[200, 280, 130], 200, 91.25, 565],
	[[200, 40], 180, 115, 640],
	[[100, 100, 100, 100], 100, 21.093_75, 184.375],
];

for (const [samples, smoothedMs, variationMs, timeoutMs] of worked) {
	test(`after ${samples.join(', ')} ms: ${smoothedMs} ± ${variationMs} ms, time-out ${timeoutMs} ms`, t => {
		t.deepEqual(after(...samples), {smoothedMs, variationMs});
		t.is(timeoutOf(after(...samples)), timeoutMs);
	});
}

test('before the first sample the time-out is a second', t => {
	t.is(timeoutOf(undefined), 1000);
});

const bounds: ReadonlyArray<readonly [situation: string, RoundTrip, timeoutMs: number]> = [
	['a path of no time', {smoothedMs: 0, variationMs: 0}, 100],
	['loopback', {smoothedMs: 0.05, variationMs: 0.02}, 100],
	['just over the shortest', {smoothedMs: 81, variationMs: 0}, 101],
	['a steady path: the clock counts, not the variation', {smoothedMs: 200, variationMs: 1}, 220],
	['the variation counts from a quarter of the clock on', {smoothedMs: 200, variationMs: 5.5}, 222],
	['a slow path', {smoothedMs: 2500, variationMs: 1000}, 3000],
	['a path without end', {smoothedMs: Infinity, variationMs: Infinity}, 3000],
];

for (const [situation, estimate, timeoutMs] of bounds) {
	test(`${situation}: a time-out of ${timeoutMs} ms`, t => {
		t.is(timeoutOf(estimate), timeoutMs);
	});
}

const samples = fc.array(fc.double({min: 0, max: 120_000, noNaN: true}), {minLength: 1, maxLength: 50});

test('an estimate lies between its samples, and its time-out between the bounds', t => {
	fc.assert(fc.property(samples, times => {
		const {smoothedMs, variationMs} = after(...times);
		t.true(smoothedMs >= Math.min(...times) - 1e-6 && smoothedMs <= Math.max(...times) + 1e-6);
		t.true(variationMs >= 0);
		const timeoutMs = timeoutOf({smoothedMs, variationMs});
		t.true(timeoutMs >= 100 && timeoutMs <= 3000);
	}));
});

test('a steady path is waited for less and less, but never less than its round trip', t => {
	fc.assert(fc.property(fc.double({min: 1, max: 2000, noNaN: true}), sample => {
		let estimate: RoundTrip | undefined;
		let before = Infinity;
		for (let count = 0; count < 60; count++) {
			estimate = withSample(estimate, sample);
			const timeoutMs = timeoutOf(estimate);
			t.true(timeoutMs <= before + 1e-6 && timeoutMs >= sample);
			before = timeoutMs;
		}
	}));
});
