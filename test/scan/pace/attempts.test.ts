import test from 'ava';
import {createAttempts, type Attempts} from '../../../source/scan/pace/attempts.ts';

const withThree = (): Attempts => {
	const attempts = createAttempts();
	for (const [id, startedMs] of [[1, 0], [2, 5], [3, 50]] as const) {
		attempts.add(id, id, startedMs, 0, false);
	}

	return attempts;
};

const expired = (attempts: Attempts, nowMs: number): readonly number[] => {
	const ids: number[] = [];
	attempts.expire(nowMs, 100, ({id}) => ids.push(id));
	return ids;
};

test('attempts past their time-out become overdue, oldest first, and leave their place', t => {
	const attempts = withThree();
	t.deepEqual(expired(attempts, 99), []);
	t.deepEqual(expired(attempts, 105), [1, 2]);
	t.is(attempts.activeCount, 1);
	t.deepEqual([...attempts.overdue()].map(({id}) => id), [1, 2]);
	t.is(attempts.oldestActiveMs(), 50);
	t.is(attempts.oldestOverdueMs(), 0);
});

test('what is taken out tells how far it had come, once', t => {
	const attempts = withThree();
	expired(attempts, 100);
	t.is(attempts.remove(1)?.stage, 'overdue');
	t.is(attempts.remove(2)?.stage, 'young');
	t.is(attempts.remove(1), undefined);
	t.is(attempts.oldestOverdueMs(), Infinity);
});

test('after ten milliseconds an attempt is no longer young, whatever becomes of it', t => {
	const attempts = withThree();
	t.is(attempts.nextAgingMs(), 10);
	attempts.age(20);
	t.is(attempts.youngCount, 1);
	attempts.remove(1);
	t.is(attempts.youngCount, 1);
	t.deepEqual(expired(attempts, 105), [2]);
	t.is(attempts.youngCount, 1);
	t.is(attempts.nextAgingMs(), 60);
	attempts.remove(3);
	t.is(attempts.youngCount, 0);
	t.is(attempts.nextAgingMs(), Infinity);
});
