import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import type {Outcome} from '../../source/scan/engine.ts';
import {createSounding, listeningMsFor, type Conclusion, type Sounding} from '../../source/scan/sounding.ts';

const ports = [443, 80, 22].map(port => toPort(port));

type Answer = {readonly atMs: number; readonly code?: string; readonly isImmediate?: boolean; readonly isSelf?: boolean};

/** Opens all attempts at 0 and settles them as told; an attempt without an answer stays open. */
const sound = (answers: ReadonlyArray<Answer | undefined>, timeoutMs?: number): Sounding => {
	const sounding = createSounding(ports, timeoutMs);
	for (const [id, port] of ports.entries()) {
		if (sounding.next(id, 0) !== port) {
			throw new Error(`${port} is not next`);
		}
	}

	for (const [id, answer] of answers.entries()) {
		if (answer !== undefined) {
			const {atMs, code, isImmediate = false, isSelf = false} = answer;
			const outcome: Outcome = code === undefined ? {kind: 'connected', id, elapsedMs: atMs, isSelf} : {kind: 'failed', id, elapsedMs: atMs, code, isImmediate};
			sounding.settle(outcome, atMs);
		}
	}

	return sounding;
};

const refused = {atMs: 10, code: 'ECONNREFUSED'};
const dead = {atMs: 3050, code: 'EHOSTUNREACH'};
const noRoute = {atMs: 0, code: 'ENETUNREACH', isImmediate: true};
const up: Conclusion = {kind: 'up'};

const conclusions: ReadonlyArray<readonly [situation: string, answers: ReadonlyArray<Answer | undefined>, atMs: number, expected: Conclusion | undefined]> = [
	['nothing has come back yet', [], 3499, undefined],
	['nothing came back', [], 3500, {kind: 'down', reason: 'no-answer'}],
	['all ports answer', [refused, refused, {atMs: 11}], 11, up],
	['one port answers: the others get a little longer', [refused], 59, undefined],
	['one port answers, and the others had their time', [refused], 60, up],
	['a neighbour is dead', [dead, dead, dead], 3050, {kind: 'down', reason: 'host-unreachable'}],
	['a neighbour is dead, and not every attempt was told', [dead, undefined, dead], 3500, {kind: 'down', reason: 'host-unreachable'}],
	['a firewall prohibits at once: the ports are asked once more', [10, 11, 12].map(atMs => ({atMs, code: 'EHOSTUNREACH'})), 3500, undefined],
	['a router has no way there', [10, 11, 12].map(atMs => ({atMs, code: 'ENETUNREACH'})), 12, {kind: 'down', reason: 'net-unreachable'}],
	['this machine has no route', [noRoute, noRoute, noRoute], 0, {kind: 'down', reason: 'ENETUNREACH'}],
	['this machine ran short, which says nothing', [{atMs: 0, code: 'EMFILE', isImmediate: true}], 3500, up],
	['a probe met itself, which says nothing', [{atMs: 0, isSelf: true}], 3500, up],
	['several reasons are for the pacer to sort out', [noRoute, dead], 3500, up],
];

for (const [situation, answers, atMs, expected] of conclusions) {
	test(situation, t => {
		t.deepEqual(sound(answers).conclude(atMs), expected);
	});
}

test('what was answered is told, and the rest is left to be asked again', t => {
	const {findings, openIds} = sound([refused, {atMs: 12}]);
	t.deepEqual(findings, [
		{port: ports[0]!, verdict: {state: 'closed', reason: 'refused', rttMs: 10, tries: 1}},
		{port: ports[1]!, verdict: {state: 'open', rttMs: 12, tries: 1}},
	]);
	t.deepEqual([...openIds], [2]);
});

test('after an answer no more ports are asked', t => {
	const sounding = createSounding(ports, undefined);
	sounding.next(0, 0);
	t.is(sounding.conclude(10_000), undefined);
	sounding.settle({kind: 'failed', id: 0, elapsedMs: 5, code: 'ECONNREFUSED', isImmediate: false}, 5);
	t.is(sounding.next(1, 6), undefined);
	t.deepEqual(sounding.conclude(6), up);
});

test('a time-out of the user is for each of two tries', t => {
	t.is(sound([], 200).conclude(399), undefined);
	t.deepEqual(sound([], 200).conclude(400), {kind: 'down', reason: 'no-answer'});
});

/** Has every port called unreachable after some time, and then, asked again, after some other. */
const unreachableTwice = (firstMs: number, secondMs: number): Sounding => {
	const sounding = createSounding(ports, undefined);
	for (const [start, elapsedMs] of [[0, firstMs], [ports.length, secondMs]] as const) {
		for (let id = start; id < start + ports.length; id++) {
			sounding.next(id, start === 0 ? 0 : firstMs);
		}

		for (let id = start; id < start + ports.length; id++) {
			sounding.settle({kind: 'failed', id, elapsedMs, code: 'EHOSTUNREACH', isImmediate: false}, start === 0 ? firstMs : firstMs + secondMs);
		}
	}

	return sounding;
};

test('a firewall that prohibits at once twice may have a host behind it; a neighbour that was being looked for already is dead', t => {
	t.deepEqual(unreachableTwice(10, 10).conclude(20), up);
	t.deepEqual(unreachableTwice(900, 3050).conclude(3950), {kind: 'down', reason: 'host-unreachable'});
});

test('once others have answered, a host is listened to for the second SYN and its answer', t => {
	t.is(listeningMsFor(undefined), 3500);
	t.is(listeningMsFor(0.1), 1500);
	t.is(listeningMsFor(300), 1900);
	t.is(listeningMsFor(5000), 3500);
	const answersMs: number[] = [];
	const sounding = createSounding([ports[0]!], undefined, () => listeningMsFor(answersMs[0]));
	sounding.next(0, 100);
	t.is(sounding.dueAtMs, 3600);
	answersMs.push(1);
	t.is(sounding.dueAtMs, 1600);
});
