import test from 'ava';
import {createEpochs, type Epochs} from '../../../source/scan/pace/epochs.ts';
import {createSendRate, type SendRate} from '../../../source/scan/pace/send-rate.ts';

const timeoutMs = 100;

/** Lets half a second pass in which so many tries are sent, as the rate allows, and such a share of them is lost. */
const passEpoch = (rate: SendRate, epochs: Epochs, startMs: number, wantedPerSecond: number, loss: (perSecond: number) => number): number => {
	const perSecond = Math.min(wantedPerSecond, rate.perSecond);
	const epoch = epochs.get(epochs.current);
	for (let count = 0; count < perSecond / 2; count++) {
		rate.sent(startMs);
	}

	epoch.refused.lost += Math.round(100 * loss(perSecond));
	epoch.refused.answered += Math.round(100 * (1 - loss(perSecond)));
	rate.review(startMs + 500, timeoutMs, false);
	return startMs + 500;
};

const pass = (count: number, wantedPerSecond: number, loss: (perSecond: number) => number, isThorough = false): SendRate => {
	const epochs = createEpochs();
	const rate = createSendRate(epochs, isThorough);
	let nowMs = 0;
	for (let each = 0; each < count; each++) {
		nowMs = passEpoch(rate, epochs, nowMs, wantedPerSecond, loss);
	}

	return rate;
};

const policed = (limit: number) => (perSecond: number): number => Math.max(0, 1 - limit / perSecond);

test('it is free until much is lost', t => {
	t.is(pass(5, 20_000, () => 0.1).perSecond, Infinity);
	t.is(createSendRate(createEpochs(), false).waitMs(0), 0);
});

for (const limit of [2000, 5000, 15_000]) {
	test(`it finds a limit of ${limit} SYNs a second, and stays near it`, t => {
		const rate = pass(20, 25_000, policed(limit));
		t.true(rate.perSecond > 0.9 * limit && rate.perSecond < 1.35 * limit, `${rate.perSecond}`);
	});
}

test('it rises again when the limit is gone', t => {
	const epochs = createEpochs();
	const rate = createSendRate(epochs, false);
	let nowMs = passEpoch(rate, epochs, 0, 25_000, policed(2000));
	for (let each = 0; each < 12; each++) {
		nowMs = passEpoch(rate, epochs, nowMs, 25_000, () => 0);
	}

	t.true(rate.perSecond > 25_000, `${rate.perSecond}`);
});

test('loss that going slower does not lessen is the path\'s own, and is borne', t => {
	t.is(pass(3, 20_000, () => 0.3).perSecond, Infinity);
	t.is(pass(20, 20_000, () => 0.3).perSecond, Infinity);
});

test('it never falls so low that a scan would not end; who waits for the truth waits longer', t => {
	t.is(pass(3, 20_000, policed(10)).perSecond, 1000);
	t.true(pass(3, 20_000, policed(10), true).perSecond < 200);
});

test('what may be sent is counted, and a late turn makes up for little', t => {
	const epochs = createEpochs();
	const rate = createSendRate(epochs, false);
	rate.limit(1000, 0);
	t.is(rate.perSecond, 1000);
	t.is(rate.waitMs(0), 0);
	rate.sent(0);
	t.true(rate.waitMs(0) > 0.9 && rate.waitMs(0) <= 1);
	let burst = 0;
	while (rate.waitMs(1000) === 0) {
		rate.sent(1000);
		burst++;
	}

	t.is(burst, 20);
	rate.free(1000);
	t.is(rate.waitMs(1000), 0);
	t.is(rate.perSecond, Infinity);
});
