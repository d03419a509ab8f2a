import test from 'ava';
import {createEpochs, type Epochs} from '../../../source/scan/pace/epochs.ts';

/** Epochs of which the present one saw such canaries. */
const withCanaries = (open: {answered: number; lost: number}, refused: {answered: number; lost: number}): Epochs => {
	const epochs = createEpochs();
	Object.assign(epochs.get(0).open, open);
	Object.assign(epochs.get(0).refused, refused);
	epochs.review(0);
	return epochs;
};

const limits: ReadonlyArray<readonly [name: string, open: {answered: number; lost: number}, refused: {answered: number; lost: number}, isLimited: boolean]> = [
	['refusals are missing where open ports answer', {answered: 6, lost: 0}, {answered: 5, lost: 45}, true],
	['both are missing alike, as behind a limit of SYNs', {answered: 2, lost: 8}, {answered: 20, lost: 80}, false],
	['few were asked: it may be chance', {answered: 1, lost: 0}, {answered: 1, lost: 3}, false],
	['a third of the refusals is missing, and eight open ports answered: it may be chance', {answered: 8, lost: 0}, {answered: 66, lost: 34}, false],
	['a third of the refusals is missing, and forty open ports answered', {answered: 40, lost: 1}, {answered: 66, lost: 34}, true],
	['no open port is known', {answered: 0, lost: 0}, {answered: 5, lost: 95}, false],
	['hardly any is missing', {answered: 100, lost: 0}, {answered: 95, lost: 5}, false],
];

for (const [name, open, refused, isLimited] of limits) {
	test(`${isLimited ? 'a' : 'no'} limit of RSTs: ${name}`, t => {
		t.is(withCanaries(open, refused).isRstLimited, isLimited);
	});
}

test('a limit of RSTs that open ports contradict later was none', t => {
	const epochs = withCanaries({answered: 6, lost: 0}, {answered: 5, lost: 45});
	epochs.get(0).open.lost += 12;
	epochs.review(0);
	t.false(epochs.isRstLimited);
});

test('the loss of an epoch is that of its ports, or of its canaries where they tell of more', t => {
	const epochs = createEpochs();
	epochs.get(0).ports.answered = 10_000;
	t.true(epochs.lossOf(0, false) < 0.001);
	Object.assign(epochs.get(0).refused, {answered: 50, lost: 50});
	t.true(epochs.lossOf(0, false) > 0.3);
	epochs.get(0).open.answered = 1000;
	t.true(epochs.lossOf(0, true) < 0.01);
});

test('an epoch that asked no open port again reckons with what all of them have lost', t => {
	const epochs = createEpochs();
	Object.assign(epochs.get(0).open, {answered: 30, lost: 10});
	epochs.begin();
	epochs.review(1);
	t.true(epochs.lossOf(1, true) > 0.25);
	epochs.get(1).open.answered = 40;
	t.true(epochs.lossOf(1, true) < 0.03);
});

test('epochs are told apart, and however long a scan lasts there is one more', t => {
	const epochs = createEpochs();
	epochs.get(0).ports.lost = 7;
	epochs.begin();
	t.is(epochs.current, 1);
	t.is(epochs.get(1).ports.lost, 0);
	for (let each = 0; each < 1000; each++) {
		epochs.begin();
	}

	t.is(epochs.current, 254);
	t.is(epochs.get(0).ports.lost, 7);
	t.is(epochs.shareLost, 1);
});
