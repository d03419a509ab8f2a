import fc from 'fast-check';
import test from 'ava';
import {panesOf, views} from '../../source/store/state.ts';
import {computeLayout, innerRows, smallestScreen, type Layout, type Rectangle} from '../../source/ui/layout.ts';

/** Draws a layout; rows that are the same one after another are drawn once, with their number. */
const draw = (columns: number, rows: number, {header, footer, panes}: Layout): readonly string[] => {
	const cells = Array.from({length: rows}, () => Array.from({length: columns}, () => ' '));
	const put = (column: number, row: number, text: string): void => {
		for (const [index, character] of [...text].entries()) {
			cells[row]![column + index] = cells[row]![column + index] === ' ' ? character : '#';
		}
	};

	for (const [name, {column, row, width}] of Object.entries({header, footer})) {
		put(column, row, name + '·'.repeat(width - name.length));
	}

	for (const [name, {column, row, width, height}] of Object.entries(panes)) {
		put(column, row, `┌${name}${'─'.repeat(width - 2 - name.length)}┐`);
		for (let inner = 1; inner < height - 1; inner++) {
			put(column, row + inner, `│${' '.repeat(width - 2)}│`);
		}

		put(column, row + height - 1, `└${'─'.repeat(width - 2)}┘`);
	}

	const lines = cells.map(row => row.join(''));
	return lines.flatMap((line, index) => {
		if (line === lines[index - 1]) {
			return [];
		}

		const end = lines.findIndex((other, place) => place > index && other !== line);
		const count = (end === -1 ? lines.length : end) - index;
		return count === 1 ? [line] : [`${line} ×${count}`];
	});
};

const drawings: ReadonlyArray<readonly [situation: string, layout: Parameters<typeof computeLayout>, drawing: readonly string[]]> = [
	['the smallest screen', [60, 16, undefined, false], [
		'header······················································',
		'┌ranges───────────────────┐┌ports──────────────────────────┐',
		'│                         ││                               │ ×5',
		'└─────────────────────────┘└───────────────────────────────┘',
		'┌detail─────────────────┐┌scan─────────────────────────────┐',
		'│                       ││                                 │ ×5',
		'└───────────────────────┘└─────────────────────────────────┘',
		'footer······················································',
	]],
	['80×24 with a scan', [80, 24, undefined, true], [
		'header··········································································',
		'┌ranges───────────────────┐┌ports──────────────────────────────────────────────┐',
		'│                         ││                                                   │ ×9',
		'└─────────────────────────┘└───────────────────────────────────────────────────┘',
		'┌detail──────────────────────────┐┌scan────────────────────────────────────────┐',
		'│                                ││                                            │ ×9',
		'└────────────────────────────────┘└────────────────────────────────────────────┘',
		'footer··········································································',
	]],
	['100×30 with a scan', [100, 30, undefined, true], [
		'header······························································································',
		'┌ranges───────────────────┐┌ports──────────────────────────────────────────────────────────────────┐',
		'│                         ││                                                                       │ ×12',
		'└─────────────────────────┘└───────────────────────────────────────────────────────────────────────┘',
		'┌detail───────────────────────────────────┐┌scan───────────────────────────────────────────────────┐',
		'│                                         ││                                                       │ ×12',
		'└─────────────────────────────────────────┘└───────────────────────────────────────────────────────┘',
		'footer······························································································',
	]],
	['112×30, the first with three panes side by side', [112, 30, undefined, true], [
		'header··········································································································',
		'┌ranges───────────────────┐┌ports────────────────────────────────────────┐┌detail──────────────────────────────┐',
		'│                         ││                                             ││                                    │ ×15',
		'└─────────────────────────┘└─────────────────────────────────────────────┘└────────────────────────────────────┘',
		'┌scan──────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                              │ ×9',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer··········································································································',
	]],
	['140×40 before any scan', [140, 40, undefined, false], [
		'header······································································································································',
		'┌ranges───────────────────┐┌ports──────────────────────────────────────────────────────────┐┌detail────────────────────────────────────────┐',
		'│                         ││                                                               ││                                              │ ×29',
		'└─────────────────────────┘└───────────────────────────────────────────────────────────────┘└──────────────────────────────────────────────┘',
		'┌scan──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                                                          │ ×5',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer······································································································································',
	]],
	['140×40 with a scan', [140, 40, undefined, true], [
		'header······································································································································',
		'┌ranges───────────────────┐┌ports──────────────────────────────────────────────────────────┐┌detail────────────────────────────────────────┐',
		'│                         ││                                                               ││                                              │ ×21',
		'└─────────────────────────┘└───────────────────────────────────────────────────────────────┘└──────────────────────────────────────────────┘',
		'┌scan──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                                                          │ ×13',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer······································································································································',
	]],
	['160×45 with a scan', [160, 45, undefined, true], [
		'header··························································································································································',
		'┌ranges───────────────────┐┌ports────────────────────────────────────────────────────────────────────────┐┌detail──────────────────────────────────────────────┐',
		'│                         ││                                                                             ││                                                    │ ×24',
		'└─────────────────────────┘└─────────────────────────────────────────────────────────────────────────────┘└────────────────────────────────────────────────────┘',
		'┌scan──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                                                                              │ ×15',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer··························································································································································',
	]],
	['the Local view on the smallest screen', [60, 16, undefined, false, 'local'], [
		'header······················································',
		'┌sockets───────────────────────────────────────────────────┐',
		'│                                                          │ ×5',
		'└──────────────────────────────────────────────────────────┘',
		'┌socket────────────────────────────────────────────────────┐',
		'│                                                          │ ×5',
		'└──────────────────────────────────────────────────────────┘',
		'footer······················································',
	]],
	['the Local view at 80×24', [80, 24, undefined, true, 'local'], [
		'header··········································································',
		'┌sockets───────────────────────────────────────────────────────────────────────┐',
		'│                                                                              │ ×12',
		'└──────────────────────────────────────────────────────────────────────────────┘',
		'┌socket────────────────────────────────────────────────────────────────────────┐',
		'│                                                                              │ ×6',
		'└──────────────────────────────────────────────────────────────────────────────┘',
		'footer··········································································',
	]],
	['the Local view at 112×30', [112, 30, undefined, true, 'local'], [
		'header··········································································································',
		'┌sockets───────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                              │ ×16',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'┌socket────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                              │ ×8',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer··········································································································',
	]],
	['80×24, the detail zoomed', [80, 24, 'detail', true], [
		'header··········································································',
		'┌detail────────────────────────────────────────────────────────────────────────┐',
		'│                                                                              │ ×20',
		'└──────────────────────────────────────────────────────────────────────────────┘',
		'footer··········································································',
	]],
	['140×40, the scan zoomed', [140, 40, 'scan', true], [
		'header······································································································································',
		'┌scan──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐',
		'│                                                                                                                                          │ ×36',
		'└──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘',
		'footer······································································································································',
	]],
];

for (const [situation, layout, drawing] of drawings) {
	test(`drawn: ${situation}`, t => {
		t.deepEqual(draw(layout[0], layout[1], computeLayout(...layout)), drawing);
	});
}

const {columns: leastColumns, rows: leastRows} = smallestScreen;
const everyPane = views.flatMap(view => panesOf[view]);
const anyZoom = fc.option(fc.constantFrom(...everyPane), {nil: undefined});
const largeEnough = fc.tuple(fc.integer({min: leastColumns, max: 400}), fc.integer({min: leastRows, max: 150}), anyZoom, fc.boolean(), fc.constantFrom(...views));

const rectanglesOf = ({header, footer, panes}: Layout): readonly Rectangle[] => [header, footer, ...Object.values(panes)];

test('on any screen that is large enough, the parts cover all of it without gap or overlap', t => {
	fc.assert(fc.property(largeEnough, layout => {
		const [columns, rows] = layout;
		const {isTooSmall, ...parts} = computeLayout(...layout);
		t.false(isTooSmall);
		const covered = new Uint8Array(columns * rows);
		for (const {column, row, width, height} of rectanglesOf({isTooSmall, ...parts})) {
			t.true(column >= 0 && row >= 0 && column + width <= columns && row + height <= rows);
			for (let line = row; line < row + height; line++) {
				for (let cell = line * columns + column; cell < line * columns + column + width; cell++) {
					covered[cell]!++;
				}
			}
		}

		t.true(covered.every(count => count === 1));
	}));
});

test('every pane has room for a frame, a heading and a row, and for the narrowest columns', t => {
	fc.assert(fc.property(largeEnough, layout => {
		for (const rectangle of Object.values(computeLayout(...layout).panes)) {
			t.true(innerRows(rectangle) >= 4 && rectangle.width >= 25, JSON.stringify(rectangle));
		}
	}));
});

test('a zoomed pane is alone, and has the whole body', t => {
	for (const pane of everyPane) {
		t.deepEqual(computeLayout(80, 24, pane, true).panes, {[pane]: {column: 0, row: 1, width: 80, height: 22}});
	}
});

test('a screen is too small when it lacks a column or a row, and then has no panes', t => {
	fc.assert(fc.property(fc.integer({min: 1, max: 200}), fc.integer({min: 1, max: 60}), anyZoom, fc.boolean(), (columns, rows, zoomed, isScanShown) => {
		const {isTooSmall, panes} = computeLayout(columns, rows, zoomed, isScanShown);
		t.is(isTooSmall, columns < leastColumns || rows < leastRows);
		t.is(Object.keys(panes).length === 0, isTooSmall);
	}));
});

test('a larger screen shows no less of a pane', t => {
	for (const view of views) {
		t.deepEqual(Object.keys(computeLayout(80, 24, undefined, true, view).panes), [...panesOf[view]]);
		for (let columns = leastColumns; columns < 111; columns++) {
			const [before, after] = [computeLayout(columns, 30, undefined, true, view), computeLayout(columns + 1, 30, undefined, true, view)];
			for (const pane of panesOf[view]) {
				t.true(after.panes[pane]!.width >= before.panes[pane]!.width, `${pane} at ${columns + 1}`);
			}
		}

		for (let rows = leastRows; rows < 100; rows++) {
			for (const columns of [80, 140]) {
				const [before, after] = [computeLayout(columns, rows, undefined, true, view), computeLayout(columns, rows + 1, undefined, true, view)];
				for (const pane of panesOf[view]) {
					t.true(after.panes[pane]!.height >= before.panes[pane]!.height, `${pane} at ${columns}×${rows + 1}`);
				}
			}
		}
	}
});

test('inside a frame there are two rows less, and never less than none', t => {
	t.deepEqual([0, 1, 2, 3, 24].map(height => innerRows({column: 0, row: 0, width: 10, height})), [0, 0, 0, 1, 22]);
});
