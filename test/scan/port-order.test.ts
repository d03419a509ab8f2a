import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort, type Port} from '../../source/port/port.ts';
import {interval} from '../../source/port/port-range.ts';
import {portSetOf, portSetOfPorts, portsOf} from '../../source/port/port-set.ts';
import {createRandom, largestSeed, orderPorts} from '../../source/scan/port-order.ts';

const anyPort = fc.integer({min: 0, max: lastPort}).map(port => toPort(port));
const seeds = fc.integer({min: 0, max: largestSeed});
const ports = (...numbers: readonly number[]): readonly Port[] => numbers.map(number => toPort(number));

test('the order is a permutation of the set', t => {
	fc.assert(fc.property(fc.uniqueArray(anyPort, {maxLength: 200}), fc.array(anyPort, {maxLength: 10}), seeds, (asked, first, seed) => {
		const set = portSetOfPorts(asked);
		const order = orderPorts(set, first, createRandom(seed));
		t.deepEqual([...order].sort((one, other) => one - other), [...portsOf(set)] as number[]);
	}));
});

test('those people care about come first, in their order; those not asked for, and doubles, are left out', t => {
	const set = portSetOf([interval(1, 1000)]);
	const order = orderPorts(set, ports(443, 22, 8080, 443, 80, 22), createRandom(1));
	t.deepEqual([...order.slice(0, 3)], [443, 22, 80]);
	t.is(order.length, 1000);
});

test('first ports lead whatever the seed', t => {
	fc.assert(fc.property(fc.uniqueArray(anyPort, {minLength: 1, maxLength: 20}), fc.uniqueArray(anyPort, {maxLength: 200}), seeds, (first, others, seed) => {
		const order = orderPorts(portSetOfPorts([...others, ...first]), first, createRandom(seed));
		t.deepEqual([...order.slice(0, first.length)], [...first] as number[]);
	}));
});

test('the same seed gives the same order, another seed another', t => {
	const set = portSetOf([interval(0, lastPort)]);
	const order = (seed: number): Uint16Array => orderPorts(set, [], createRandom(seed));
	t.deepEqual(order(7), order(7));
	t.notDeepEqual(order(7), order(8));
	t.notDeepEqual(order(7), Uint16Array.from(portsOf(set)));
});

test('a seed that somebody wrote down means the same order in every version', t => {
	t.deepEqual([...orderPorts(portSetOf([interval(1, 12)]), [], createRandom(2026))], [2, 1, 5, 10, 8, 7, 9, 12, 6, 3, 4, 11]);
});

test('every port is first about as often as any other', t => {
	const counts = new Map<number, number>();
	const set = portSetOf([interval(0, 9)]);
	for (let seed = 0; seed < 10_000; seed++) {
		const first = orderPorts(set, [], createRandom(seed))[0]!;
		counts.set(first, (counts.get(first) ?? 0) + 1);
	}

	t.is(counts.size, 10);
	// Five standard deviations of a fair draw: √(10,000 × 0.1 × 0.9) = 30.
	t.true([...counts.values()].every(count => Math.abs(count - 1000) < 150), JSON.stringify([...counts.values()]));
});

test('no port and one port are orders too', t => {
	t.deepEqual([...orderPorts(portSetOfPorts([]), ports(80), createRandom(1))], []);
	t.deepEqual([...orderPorts(portSetOfPorts(ports(80)), ports(22), createRandom(1))], [80]);
});

test('random numbers are from 0 up to, but not including, 1, and repeat with their seed', t => {
	fc.assert(fc.property(seeds, seed => {
		const random = createRandom(seed);
		const again = createRandom(seed);
		for (let count = 0; count < 50; count++) {
			const number = random();
			t.true(number >= 0 && number < 1);
			t.is(again(), number);
		}
	}));
});
