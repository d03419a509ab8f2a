import test from 'ava';
import fc from 'fast-check';
import {cautiousLoss, createLoss, sampleCount, shareLost, sumOf} from '../../../source/scan/pace/loss.ts';

test('of nothing no share was lost, and some is reckoned with', t => {
	t.is(shareLost(createLoss()), 0);
	t.true(cautiousLoss(createLoss()) > 0.02 && cautiousLoss(createLoss()) < 0.05);
});

test('losses add up', t => {
	const sum = sumOf({answered: 3, lost: 1}, {answered: 5, lost: 1});
	t.is(sampleCount(sum), 10);
	t.is(shareLost(sum), 0.2);
});

test('what is reckoned with is no less than what was seen, and the closer to it the more was seen', t => {
	fc.assert(fc.property(fc.integer({min: 100, max: 10_000}), fc.double({min: 0.02, max: 0.9, noNaN: true}), (tries, share) => {
		const few = {answered: Math.round(tries * (1 - share)), lost: Math.round(tries * share)};
		const many = {answered: few.answered * 100, lost: few.lost * 100};
		t.true(cautiousLoss(few) >= shareLost(few) || few.lost < 3);
		t.true(Math.abs(cautiousLoss(many) - shareLost(many)) < 0.1 * shareLost(many) + 0.005);
		t.true(cautiousLoss(few) <= 1);
	}));
});
