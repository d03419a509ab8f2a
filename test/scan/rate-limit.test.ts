import fc from 'fast-check';
import test from 'ava';
import {createRateLimit} from '../../source/scan/rate-limit.ts';

test('without a rate an attempt may begin at any time', t => {
	const limit = createRateLimit(undefined);
	limit.take(5);
	t.is(limit.readyAtMs(5), 5);
});

test('attempts are evenly spread', t => {
	const limit = createRateLimit(10);
	limit.take(1000);
	t.is(limit.readyAtMs(1000), 1100);
	t.is(limit.readyAtMs(1050), 1100);
	limit.take(1100);
	t.is(limit.readyAtMs(1100), 1200);
});

test('in no second do more begin than asked for, but for what a late turn makes up, and none is lost to a prompt one', t => {
	fc.assert(fc.property(fc.integer({min: 1, max: 20_000}), fc.array(fc.double({min: 0.1, max: 30, noNaN: true}), {minLength: 1, maxLength: 60}), (rate, waits) => {
		const limit = createRateLimit(rate);
		const begun: number[] = [];
		let nowMs = 0;
		for (const wait of waits) {
			nowMs += wait;
			while (limit.readyAtMs(nowMs) <= nowMs) {
				limit.take(nowMs);
				begun.push(nowMs);
			}
		}

		const elapsedMs = nowMs - begun[0]!;
		t.true(begun.length <= 1 + (rate * (elapsedMs + 20)) / 1000 + 1e-6, `${begun.length} in ${elapsedMs} ms at ${rate}`);
		if (Math.max(...waits) <= 20) {
			t.true(begun.length >= Math.floor((rate * elapsedMs) / 1000), `${begun.length} in ${elapsedMs} ms at ${rate}`);
		}
	}));
});
