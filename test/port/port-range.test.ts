import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort} from '../../source/port/port.ts';
import {blocksOf, contains, interval, portRanges, rangeOf, sizeOf} from '../../source/port/port-range.ts';

const anyPort = fc.integer({min: 0, max: lastPort}).map(port => toPort(port));

test('the three ranges cover all ports without gap or overlap', t => {
	let next = 0;
	for (const {first, last} of portRanges) {
		t.is(first as number, next);
		next = last + 1;
	}

	t.is(next, 65_536);
});

for (const range of portRanges) {
	test(`the blocks of ${range.id} cover it without gap or overlap`, t => {
		let next: number = range.first;
		for (const block of blocksOf(range)) {
			t.is(block.first as number, next);
			t.true(block.last >= block.first);
			next = block.last + 1;
		}

		t.is(next, range.last + 1);
	});

	test(`the blocks of ${range.id} begin at round numbers, but for the first`, t => {
		const size = range.id === 'well-known' ? 100 : 1000;
		t.deepEqual(blocksOf(range).slice(1).filter(({first}) => first % size !== 0), []);
	});
}

const ends: ReadonlyArray<readonly [number, string, number, first: readonly [number, number], last: readonly [number, number]]> = [
	[0, 'well-known', 11, [0, 99], [1000, 1023]],
	[1, 'registered', 49, [1024, 1999], [49_000, 49_151]],
	[2, 'ephemeral', 17, [49_152, 49_999], [65_000, 65_535]],
];

for (const [index, id, count, first, last] of ends) {
	test(`${id} has ${count} blocks, from ${first.join('–')} to ${last.join('–')}`, t => {
		const range = portRanges[index]!;
		const blocks = blocksOf(range);
		t.is(range.id as string, id);
		t.is(blocks.length, count);
		t.deepEqual(blocks[0], interval(...first));
		t.deepEqual(blocks.at(-1), interval(...last));
	});
}

const borders: ReadonlyArray<readonly [number, string]> = [[0, 'well-known'], [1023, 'well-known'], [1024, 'registered'], [49_151, 'registered'], [49_152, 'ephemeral'], [65_535, 'ephemeral']];

for (const [port, id] of borders) {
	test(`${port} is ${id}`, t => {
		t.is(rangeOf(toPort(port)).id as string, id);
	});
}

test('every port lies in exactly one range and one block of it', t => {
	fc.assert(fc.property(anyPort, port => {
		t.is(portRanges.filter(range => contains(range, port)).length, 1);
		t.is(blocksOf(rangeOf(port)).filter(block => contains(block, port)).length, 1);
	}));
});

test('an interval holds both its ends, and as many ports as its size says', t => {
	const each = interval(80, 90);
	t.is(sizeOf(each), 11);
	t.deepEqual([79, 80, 90, 91].map(port => contains(each, toPort(port))), [false, true, true, false]);
	t.is(sizeOf(interval(7, 7)), 1);
});
