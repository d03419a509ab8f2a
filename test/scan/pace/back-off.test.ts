import test from 'ava';
import {createBackOff} from '../../../source/scan/pace/back-off.ts';

test('each wait is twice as long as the one before, up to the longest', t => {
	const backOff = createBackOff();
	t.is(backOff.untilMs, -Infinity);
	const waits: number[] = [];
	for (let nowMs = 0, round = 0; round < 9; round++) {
		t.true(backOff.begin(nowMs));
		t.false(backOff.begin(nowMs), 'one wait at a time');
		waits.push(backOff.untilMs - nowMs);
		nowMs = backOff.untilMs;
	}

	t.deepEqual(waits, [10, 20, 40, 80, 160, 320, 640, 640, 640]);
});

test('once something has come of an attempt the next wait is a short one', t => {
	const backOff = createBackOff();
	backOff.begin(0);
	backOff.begin(10);
	backOff.relieve();
	backOff.begin(1000);
	t.is(backOff.untilMs, 1010);
});
