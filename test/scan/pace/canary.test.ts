import test from 'ava';
import {createCanary, type Canary} from '../../../source/scan/pace/canary.ts';
import {createRandom} from '../../../source/scan/port-order.ts';

/** One that knows an open port, 1, and a closed one, 2, and has seen silence. */
const knowing = (...slots: readonly number[]): Canary => {
	const canary = createCanary(createRandom(1));
	for (const slot of slots) {
		canary.know(slot, slot % 2 === 1);
	}

	for (let each = 0; each < 50; each++) {
		canary.silent();
	}

	return canary;
};

const draw = (canary: Canary, count: number): readonly number[] => Array.from({length: count}, () => canary.pick(0, 'lot')).filter(slot => slot !== undefined);

test('nothing is asked again where nothing answered, or nothing is silent', t => {
	t.false(createCanary(Math.random).knowsAny);
	t.deepEqual(draw(knowing(), 1000), []);
	const canary = createCanary(createRandom(1));
	canary.know(1, true);
	t.true(canary.knowsAny);
	t.deepEqual(draw(canary, 1000), []);
});

test('closed ports are asked often, open ones seldom and no more than ten times', t => {
	const drawn = draw(knowing(1, 2), 15_000);
	t.is(drawn.filter(slot => slot === 1).length, 10);
	t.true(drawn.filter(slot => slot === 2).length > 800);
});

test('where only open ports are known they are asked, each ten times', t => {
	const drawn = draw(knowing(1, 3), 30_000);
	t.is(drawn.length, 20);
	t.deepEqual(new Set(drawn), new Set([1, 3]));
});

test('whether the host still answers may be asked of any port that ever did, but not all the time', t => {
	const canary = knowing(1);
	draw(canary, 30_000);
	t.is(canary.pick(0, 'urgent'), 1);
	t.is(canary.pick(24, 'urgent'), undefined);
	t.is(canary.dueMs('urgent'), 25);
	t.is(canary.pick(25, 'urgent'), 1);
	t.is(canary.pick(200, 'seldom'), undefined);
	t.is(canary.pick(275, 'seldom'), 1);
});

test('many ports that answered are remembered in no more room', t => {
	const canary = knowing(...Array.from({length: 1000}, (_, index) => 2 * index));
	t.true(new Set(draw(canary, 20_000)).size <= 64);
});
