import test from 'ava';
import {needsAnotherTry} from '../../../source/scan/pace/tries.ts';

/** The tries a silent port gets at a loss. */
const triesAt = (loss: number, {fixedTries, isThorough = false, openCount = 0}: {fixedTries?: number; isThorough?: boolean; openCount?: number} = {}): number => {
	let tries = 0;
	while (needsAnotherTry({fixedTries, isThorough}, tries, loss ** tries, openCount)) {
		tries++;
	}

	return tries;
};

test('the more is lost, the more often a silent port is asked', t => {
	t.deepEqual([0.015, 0.03, 0.1, 0.2, 0.9].map(loss => triesAt(loss)), [2, 3, 4, 6, 8]);
});

test('the more ports are open, the surer it must be', t => {
	t.is(triesAt(0.015, {openCount: 1000}), 3);
});

test('who is thorough asks more often', t => {
	t.deepEqual([0.015, 0.1, 0.9].map(loss => triesAt(loss, {isThorough: true})), [4, 6, 12]);
});

test('the tries asked for are what a port gets', t => {
	t.is(triesAt(0.9, {fixedTries: 1}), 1);
	t.is(triesAt(0, {fixedTries: 5, isThorough: true}), 5);
});
