import test from 'ava';
import {createJudge, type Judge} from '../../../source/scan/pace/judge.ts';

const answer = (judge: Judge, from: number, count: number, isOpen: (slot: number) => boolean): Judge => {
	for (let slot = from; slot < from + count; slot++) {
		judge.answered(slot, isOpen(slot));
	}

	return judge;
};

test('two hundred random ports that all accept are enough', t => {
	t.is(answer(createJudge(65_536), 1024, 199, () => true).judgement, undefined);
	t.deepEqual(answer(createJudge(65_536), 1024, 200, () => true).judgement, {kind: 'accepts-everything'});
});

test('who accepts everything and is seen to reset most of it is told apart', t => {
	const judgementOf = (resets: (slot: number) => boolean): Judge['judgement'] => {
		const judge = createJudge(65_536);
		for (let slot = 1024; slot < 1224; slot++) {
			judge.answered(slot, true, resets(slot));
		}

		return judge.judgement;
	};

	t.deepEqual(judgementOf(slot => slot % 2 === 0), {kind: 'accepts-everything', areReset: true});
	t.deepEqual(judgementOf(slot => slot % 3 === 0), {kind: 'accepts-everything'});
});

test('the ports people care about, and a scan of few, do not count', t => {
	t.is(answer(createJudge(65_536), 0, 1024, () => true).judgement, undefined);
	t.is(answer(createJudge(1000), 0, 1000, () => true).judgement, undefined);
	t.is(answer(createJudge(4095), 1024, 3000, () => true).judgement, undefined);
});

test('a host with many services is no proxy; one that begins to accept everything midway is', t => {
	const judge = answer(createJudge(65_536), 1024, 10_000, slot => slot % 10 !== 0);
	t.is(judge.judgement, undefined);
	t.deepEqual(answer(judge, 20_000, 2000, () => true).judgement, {kind: 'accepts-everything'});
});

test('whom nobody on the way finds after seconds is unreachable', t => {
	const judge = createJudge(100);
	judge.unreachable('host-unreachable', 3050);
	judge.unreachable('host-unreachable', 3050);
	t.is(judge.judgement, undefined);
	judge.unreachable('host-unreachable', 3051);
	t.deepEqual(judge.judgement, {kind: 'unreachable', reason: 'host-unreachable'});
});

test('an attempt that began late in the search for a neighbour fails soon, and hides nothing', t => {
	const judge = createJudge(100);
	for (const sinceStartMs of [3050, 3051, 3052]) {
		judge.unreachable('host-unreachable', sinceStartMs);
	}

	t.is(judge.judgement?.kind, 'unreachable');
});

test('who answers, or a firewall that says no at once, is not', t => {
	const answering = createJudge(100);
	answering.answered(1, false);
	const rejecting = createJudge(100);
	rejecting.unreachable('host-unreachable', 20);
	for (const judge of [answering, rejecting]) {
		for (let each = 0; each < 10; each++) {
			judge.unreachable('host-unreachable', 3050);
		}

		t.is(judge.judgement, undefined);
	}
});

test('a firewall whose ICMP is heard only when the kernel repeats the SYN, after a second, has not looked for the host', t => {
	const judge = createJudge(100);
	for (let each = 0; each < 10; each++) {
		judge.unreachable('host-unreachable', 1030);
	}

	t.is(judge.judgement, undefined);
});

test('whoever prohibits, or speaks of TCP, says nothing of the host', t => {
	for (const reason of ['admin-prohibited', 'protocol-unreachable'] as const) {
		const judge = createJudge(100);
		for (let each = 0; each < 10; each++) {
			judge.unreachable(reason, 3050);
		}

		t.is(judge.judgement, undefined);
	}
});

test('the first judgement holds', t => {
	const judge = answer(createJudge(65_536), 1024, 200, () => true);
	judge.vanished();
	t.is(judge.judgement?.kind, 'accepts-everything');
});
