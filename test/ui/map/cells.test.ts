import fc from 'fast-check';
import test from 'ava';
import {interval} from '../../../source/port/port-range.ts';
import {lastPort, portCount, toPort} from '../../../source/port/port.ts';
import {mapColorings} from '../../../source/store/map-coloring.ts';
import {countKinds, drawCell, drawRow, legendSign, nextNotable, portToTake, tellingKind} from '../../../source/ui/map/cells.ts';
import {computeMapGeometry, type MapGeometry} from '../../../source/ui/map/geometry.ts';
import {kindNamed, kindsOf} from '../../../source/ui/map/kinds.ts';

/** A geometry with cells of so many ports; all else is of no concern. */
const cellsOf = (portsPerCell: number): MapGeometry => ({portsPerCell, cellsPerRow: 10, rowCount: Math.ceil(portCount / portsPerCell / 10), cellCount: Math.ceil(portCount / portsPerCell), ruler: undefined});

const {scan, assignment} = kindsOf;
const [closed, unknown, filtered, listening, open] = ['closed', 'unknown', 'filtered', 'listening here', 'open'].map(word => kindNamed('scan', word)) as [number, number, number, number, number];
const assigned = kindNamed('assignment', 'assigned');

/** All ports of kind 0, but for those that are given. */
const kindsWith = (given: Readonly<Record<number, number>>): Uint8Array => {
	const kinds = new Uint8Array(portCount);
	for (const [port, kind] of Object.entries(given)) {
		kinds[Number(port)] = kind;
	}

	return kinds;
};

const range = (first: number, last: number, kind: number): Readonly<Record<number, number>> => Object.fromEntries(Array.from({length: last - first + 1}, (_, index) => [first + index, kind]));

const drawings: ReadonlyArray<readonly [situation: string, portsPerCell: number, given: Readonly<Record<number, number>>, character: string]> = [
	['nothing', 20, {}, ' '],
	['one closed port of many, at its place', 80, {79: closed}, '⢀'],
	['one closed port of many, elsewhere', 80, {0: closed}, '⠁'],
	['half of the ports, the first ones', 80, range(0, 39, closed), '⡇'],
	['all of them', 80, range(0, 79, closed), '⣿'],
	['all but one', 80, range(0, 78, closed), '⣿'],
	['eight ports, a dot each', 8, {0: closed, 3: closed, 4: closed}, '⡉'],
	['four ports, two dots each', 4, {0: closed, 3: closed}, '⢣'],
	['two ports, a column each', 2, {1: closed}, '⢸'],
	['a port, all dots', 1, {0: closed}, '⣿'],
	['five ports, one of them', 5, {4: closed}, '⢀'],
	['one filtered port of many', 30, {7: filtered}, '-'],
	['half of them filtered', 30, range(0, 14, filtered), '='],
	['all filtered', 30, range(0, 29, filtered), '░'],
	['one open port among many closed ones', 500, {...range(0, 499, closed), 22: open}, '●'],
	['a listening port beats a filtered one', 100, {...range(0, 99, filtered), 22: listening}, '◉'],
	['an unknown port beats a closed one', 100, {...range(0, 99, closed), 22: unknown}, '?'],
	['a filtered port beats an unknown one', 3, {0: closed, 1: unknown, 2: filtered}, '-'],
];

for (const [situation, portsPerCell, given, character] of drawings) {
	test(`drawn: ${situation}`, t => {
		const kinds = kindsWith(given);
		t.is(drawCell(kinds, scan, cellsOf(portsPerCell), 0).character, character);
		// What is in other cells does not matter.
		kinds.fill(open, portsPerCell);
		t.is(drawCell(kinds, scan, cellsOf(portsPerCell), 0).character, character);
	});
}

test('the last cell, which may be shorter, is drawn of its own ports', t => {
	const geometry = cellsOf(100);
	t.is(drawCell(kindsWith({65_535: closed}), scan, geometry, geometry.cellCount - 1).character, '⠄');
	t.is(drawCell(kindsWith({65_535: open}), scan, geometry, geometry.cellCount - 1).character, '●');
});

test('whatever a cell holds, what tells most is seen', t => {
	fc.assert(fc.property(fc.constantFrom(1, 2, 4, 5, 8, 10, 30, 100), fc.array(fc.tuple(fc.nat(99), fc.nat(open)), {maxLength: 12}), (portsPerCell, given) => {
		const kinds = kindsWith(Object.fromEntries(given.map(([port, kind]) => [port % portsPerCell, kind])));
		const telling = Math.max(...kinds);
		const {character, role} = drawCell(kinds, scan, cellsOf(portsPerCell), 0);
		t.is(tellingKind(kinds, interval(0, portsPerCell - 1)), telling);
		t.is(role, scan[telling]!.role);
		t.is(character === ' ', telling === 0);
		t.not(character, '⠀');
	}));
});

for (const coloring of mapColorings) {
	test(`${coloring}: every kind has a sign and a word of its own, so that it reads without colour`, t => {
		const signs = kindsOf[coloring].map(kind => legendSign(kind));
		t.is(new Set(signs).size, signs.length);
		t.is(new Set(kindsOf[coloring].map(({word}) => word)).size, signs.length);
		t.true(kindsOf[coloring].filter(({sign}) => sign === 'dots').length <= 1 && kindsOf[coloring].filter(({sign}) => sign === 'shades').length <= 1);
		const characters = kindsOf[coloring].flatMap(({sign}) => (typeof sign === 'object' ? [sign.character] : []));
		if (kindsOf[coloring].some(({sign}) => sign === 'shades')) {
			t.false(characters.some(character => '-=░'.includes(character)));
		}
	});
}

test('a row is as wide as its cells, and neighbours of a role are one segment', t => {
	const geometry = computeMapGeometry(78, 13);
	const kinds = kindsWith({...range(0, 999, closed), 2000: open, 2100: open});
	const segments = drawRow(kinds, scan, geometry, 0);
	t.deepEqual(segments, [{text: `⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿${' '.repeat(10)}`, role: 'closed'}, {text: `●●${' '.repeat(48)}`, role: 'open'}]);
	t.deepEqual(drawRow(kinds, scan, geometry, 5), [{text: ' '.repeat(70), role: 'plain'}]);
	t.is(drawRow(kinds, scan, geometry, 9).map(({text}) => text).join('').length, 26, 'the last row ends with the last port');
});

test('the cell in hand is inverse, a blank one too', t => {
	const geometry = computeMapGeometry(78, 13);
	const kinds = kindsWith({...range(0, 999, closed), 2000: open});
	t.deepEqual(drawRow(kinds, scan, geometry, 0, 20).map(({role}) => role), ['closed', 'selected', 'plain']);
	t.deepEqual(drawRow(kinds, scan, geometry, 1, 70 + 69), [{text: ' '.repeat(69), role: 'plain'}, {text: ' ', role: 'selected'}]);
	t.deepEqual(drawRow(kinds, scan, geometry, 1, 70).map(({text, role}) => [text.length, role]), [[1, 'selected'], [69, 'plain']]);
});

test('ports are counted by kind', t => {
	t.deepEqual(countKinds(kindsWith({3: closed, 4: closed, 9: open}), scan, interval(4, 9)), [4, 1, 0, 0, 0, 1]);
	t.deepEqual(countKinds(new Uint8Array(portCount), scan, interval(0, lastPort)), [portCount, 0, 0, 0, 0, 0]);
});

test('a cell is taken by the first of the ports that tell most, else by its first', t => {
	t.is(portToTake(kindsWith({83: open, 85: open, 81: closed}), scan, interval(80, 89)) as number, 83);
	t.is(portToTake(kindsWith({83: closed}), scan, interval(80, 89)) as number, 80, 'a closed port is not worth going to');
	t.is(portToTake(kindsWith({89: assigned}), assignment, interval(80, 89)) as number, 89);
});

test('the next port that stands out is found in both directions, round the end, and none where there is none', t => {
	const kinds = kindsWith({22: open, 80: closed, 443: open});
	t.deepEqual([0, 22, 443, 65_535].map(port => nextNotable(kinds, scan, toPort(port), 1) as number), [22, 443, 22, 22]);
	t.deepEqual([0, 22, 443, 65_535].map(port => nextNotable(kinds, scan, toPort(port), -1) as number), [443, 443, 22, 443]);
	t.is(nextNotable(kindsWith({80: closed}), scan, toPort(80), 1), undefined);
	t.is(nextNotable(kindsWith({80: open}), scan, toPort(80), 1) as number, 80, 'the only one is its own next');
});
