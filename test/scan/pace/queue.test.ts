import test from 'ava';
import {createQueue} from '../../../source/scan/pace/queue.ts';
import {createRandom} from '../../../source/scan/port-order.ts';

test('fresh ports come in their order, and those to ask once more take turns with them', t => {
	const queue = createQueue(4, createRandom(1), () => true);
	t.is(queue.take(), 0);
	queue.again(0);
	const rest = [queue.take(), queue.take(), queue.take(), queue.take()];
	t.deepEqual(rest.filter(slot => slot !== 0), [1, 2, 3]);
	t.true(rest.indexOf(0) <= 1);
	t.is(queue.take(), undefined);
	t.false(queue.hasWork);
});

test('a port that was answered meanwhile is not asked again', t => {
	const waiting = new Set([0, 1]);
	const queue = createQueue(2, createRandom(1), slot => waiting.has(slot));
	queue.take();
	queue.take();
	queue.again(0);
	queue.again(1);
	waiting.delete(1);
	t.true(queue.hasWork);
	t.is(queue.take(), 0);
	t.is(queue.take(), undefined);
	queue.again(1);
	t.false(queue.hasWork);
});

test('nothing is left after it is cleared', t => {
	const queue = createQueue(10, createRandom(1), () => true);
	queue.again(0);
	queue.clear();
	t.false(queue.hasWork);
	t.is(queue.take(), undefined);
});
