import fc from 'fast-check';
import test from 'ava';
import {lastPort, portCount, toPort} from '../../../source/port/port.ts';
import {cellBeside, cellOf, computeMapGeometry, firstOfRow, labelWidth, linesBelow, portsOfCell, type MapGeometry} from '../../../source/ui/map/geometry.ts';

const geometries: ReadonlyArray<readonly [situation: string, width: number, height: number, expected: Partial<MapGeometry>, portsPerRow: number]> = [
	['60×16', 58, 5, {portsPerCell: 500, cellsPerRow: 52, rowCount: 3, ruler: undefined}, 26_000],
	['80×24', 78, 13, {portsPerCell: 100, cellsPerRow: 70, rowCount: 10, ruler: 10}, 7000],
	['120×40', 77, 36, {portsPerCell: 30, cellsPerRow: 70, rowCount: 32, ruler: 10}, 2100],
	['160×45', 104, 41, {portsPerCell: 20, cellsPerRow: 95, rowCount: 35, ruler: 10}, 1900],
	['80×24, zoomed', 78, 20, {portsPerCell: 60, rowCount: 16, ruler: 10}, 4200],
	['200×60, zoomed: a dot is a port', 198, 56, {portsPerCell: 8, cellsPerRow: 175, rowCount: 47, ruler: 25}, 1400],
	['400×150, zoomed', 398, 146, {portsPerCell: 2, cellsPerRow: 350, rowCount: 94, ruler: 50}, 700],
];

for (const [situation, width, height, expected, portsPerRow] of geometries) {
	test(`${situation}: rows of ${portsPerRow} ports`, t => {
		const geometry = computeMapGeometry(width, height);
		t.like(geometry, expected);
		t.is(geometry.portsPerCell * geometry.cellsPerRow, portsPerRow);
	});
}

/** From the narrowest pane the layout makes to more than any screen. */
const anyGeometry = fc.tuple(fc.integer({min: 23, max: 400}), fc.integer({min: 4, max: 150}));
const anyPort = fc.integer({min: 0, max: lastPort}).map(port => toPort(port));

test('in any pane the picture fits, with its labels, its ruler and the lines below', t => {
	fc.assert(fc.property(anyGeometry, ([width, height]) => {
		const {cellsPerRow, rowCount, ruler} = computeMapGeometry(width, height);
		t.true(cellsPerRow >= 1 && labelWidth + cellsPerRow <= width);
		t.true(rowCount >= 1 && rowCount + linesBelow + (ruler === undefined ? 0 : 1) <= height);
	}));
});

test('every port is in exactly one cell, and the cells follow each other', t => {
	fc.assert(fc.property(anyGeometry, ([width, height]) => {
		const geometry = computeMapGeometry(width, height);
		let next = 0;
		for (let cell = 0; cell < geometry.cellCount; cell++) {
			const {first, last} = portsOfCell(geometry, cell);
			if (first !== next || last < first || last - first >= geometry.portsPerCell) {
				t.fail(`cell ${cell} of ${width}×${height} is ${first}–${last}`);
			}

			next = last + 1;
		}

		t.is(next, portCount);
		t.true(geometry.cellCount <= geometry.rowCount * geometry.cellsPerRow);
	}), {numRuns: 30});
});

test('the cell of a port holds it', t => {
	fc.assert(fc.property(anyGeometry, anyPort, ([width, height], port) => {
		const geometry = computeMapGeometry(width, height);
		const cell = cellOf(geometry, port);
		const {first, last} = portsOfCell(geometry, cell);
		t.true(first <= port && port <= last);
		t.is(cellOf(geometry, first), cell);
		t.is(cellOf(geometry, last), cell);
	}));
});

test('rows begin at round numbers, on every screen that is large enough', t => {
	for (let width = 58; width <= 400; width += 3) {
		for (const height of [5, 9, 13, 20, 36, 56, 146]) {
			const geometry = computeMapGeometry(width, height);
			t.is(firstOfRow(geometry, 1 % geometry.rowCount) % 100, 0, `${width}×${height}`);
		}
	}
});

test('a larger pane shows no coarser picture', t => {
	for (let width = 58; width < 250; width++) {
		for (const height of [5, 13, 20, 36, 56]) {
			t.true(computeMapGeometry(width + 1, height).portsPerCell <= computeMapGeometry(width, height).portsPerCell, `${width + 1}×${height}`);
		}
	}
});

const small = computeMapGeometry(78, 13);

test('to the side one goes along the rows, up and down in a column, and over no edge', t => {
	const {cellsPerRow, cellCount} = small;
	t.is(cellBeside(small, 0, 1, 0), 1);
	t.is(cellBeside(small, cellsPerRow - 1, 1, 0), cellsPerRow);
	t.is(cellBeside(small, cellsPerRow, -1, 0), cellsPerRow - 1);
	t.is(cellBeside(small, 5, 0, 1), cellsPerRow + 5);
	t.is(cellBeside(small, 5, 0, -1), 5);
	t.is(cellBeside(small, 0, -1, 0), 0);
	t.is(cellBeside(small, cellCount - 1, 1, 0), cellCount - 1);
	t.is(cellBeside(small, cellCount - 1, 0, 1), cellCount - 1);
	t.is(cellBeside(small, 5, 0, 100), 9 * cellsPerRow + 5);
	t.is(cellBeside(small, 69, 0, 100), cellCount - 1, 'the last row is short');
});

test('wherever one goes, one stays on the map', t => {
	fc.assert(fc.property(anyGeometry, anyPort, fc.integer({min: -1, max: 1}), fc.integer({min: -40, max: 40}), ([width, height], port, columns, rows) => {
		const geometry = computeMapGeometry(width, height);
		const cell = cellBeside(geometry, cellOf(geometry, port), columns, rows);
		t.true(cell >= 0 && cell < geometry.cellCount);
	}));
});
