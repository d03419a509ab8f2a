import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort} from '../../source/port/port.ts';
import {blocksOf, contains, interval, portRanges, rangeOf, type PortRangeId} from '../../source/port/port-range.ts';
import {formatInterval, neighbouringBlock, rangeRows, rowOfPort} from '../../source/store/range-rows.ts';

const rangeIds: readonly PortRangeId[] = ['well-known', 'registered', 'ephemeral'];
const anyUnfolded = fc.subarray([...rangeIds]).map(ids => new Set(ids));
const anyPort = fc.integer({min: 0, max: lastPort}).map(port => toPort(port));

test('folded, there are all ports and the three ranges', t => {
	t.deepEqual(rangeRows(new Set()).map(({id, kind, first, last}) => `${kind} ${id} ${first}-${last}`), [
		'all all 0-65535',
		'range well-known 0-1023',
		'range registered 1024-49151',
		'range ephemeral 49152-65535',
	]);
});

test('an unfolded range is followed by its blocks', t => {
	const rows = rangeRows(new Set(['well-known']));
	t.deepEqual(rows.slice(1, 4).map(({id, title, isUnfolded}) => [id, title, isUnfolded]), [
		['well-known', 'Well-known', true],
		['well-known:0', '0–99', false],
		['well-known:100', '100–199', false],
	]);
	t.deepEqual(rows.slice(-3).map(({id, title}) => [id, title]), [['well-known:1000', '1000–1023'], ['registered', 'Registered'], ['ephemeral', 'Ephemeral']]);
});

test('rows have ids of their own, and no row is lost by unfolding', t => {
	fc.assert(fc.property(anyUnfolded, unfolded => {
		const rows = rangeRows(unfolded);
		t.is(new Set(rows.map(({id}) => id)).size, rows.length);
		t.is(rows.length, 4 + portRanges.filter(({id}) => unfolded.has(id)).reduce((sum, range) => sum + blocksOf(range).length, 0));
		t.true(rows.every(({kind, range}) => (range === undefined) === (kind === 'all')));
	}));
});

test('the row of a port is its block where its range is unfolded, else its range', t => {
	fc.assert(fc.property(anyUnfolded, anyPort, (unfolded, port) => {
		const row = rowOfPort(rangeRows(unfolded), port);
		const {id} = rangeOf(port);
		t.true(contains(row, port));
		t.is(row.kind, unfolded.has(id) ? 'block' : 'range');
		t.is(row.range, id);
	}));
});

const neighbours: ReadonlyArray<readonly [port: number, step: -1 | 1, first: number]> = [
	[0, -1, 0],
	[50, -1, 0],
	[50, 1, 100],
	[150, -1, 0],
	[999, 1, 1000],
	[1010, 1, 1024],
	[1024, -1, 1000],
	[1500, 1, 2000],
	[2000, -1, 1024],
	[49_100, 1, 49_152],
	[49_152, -1, 49_000],
	[65_535, -1, 64_000],
	[65_535, 1, 65_000],
	[65_000, 1, 65_000],
];

for (const [port, step, first] of neighbours) {
	test(`the block ${step === 1 ? 'after' : 'before'} that of ${port} begins at ${first}`, t => {
		t.is(neighbouringBlock(toPort(port), step) as number, first);
	});
}

test('an interval is written for reading', t => {
	t.is(formatInterval(interval(0, 99)), '0–99');
	t.is(formatInterval(interval(80, 80)), '80');
});
