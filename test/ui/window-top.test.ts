import fc from 'fast-check';
import test from 'ava';
import {windowTop} from '../../source/ui/window-top.ts';

const table: ReadonlyArray<readonly [situation: string, previousTop: number, selected: number, height: number, count: number, top: number]> = [
	['the selection is in sight', 10, 15, 10, 100, 10],
	['it is the first row in sight', 10, 10, 10, 100, 10],
	['it is the last row in sight', 10, 19, 10, 100, 10],
	['it went down out of sight: a row further', 10, 20, 10, 100, 11],
	['it went up out of sight: a row back', 10, 9, 10, 100, 9],
	['it went a page down: the page ends with it', 10, 29, 10, 100, 20],
	['it jumped further than that: it is shown first', 10, 50, 10, 100, 50],
	['it jumped close to the end: the end is shown', 10, 97, 10, 100, 90],
	['it jumped to the start', 50, 0, 10, 100, 0],
	['all fits', 0, 3, 10, 5, 0],
	['the list became shorter than where it was', 50, 3, 10, 5, 0],
	['the list became shorter, but not that short', 50, 55, 10, 56, 46],
	['nothing is selected: it stays', 10, -1, 10, 100, 10],
	['nothing is selected, and the list became shorter', 50, -1, 10, 20, 10],
	['there is no room', 10, 15, 0, 100, 10],
	['there is nothing', 0, -1, 10, 0, 0],
	['there is room for one row', 3, 7, 1, 100, 7],
];

for (const [situation, previousTop, selected, height, count, top] of table) {
	test(`${situation}: from ${previousTop} to ${top}`, t => {
		t.is(windowTop(previousTop, selected, height, count), top);
	});
}

const lists = fc.integer({min: 1, max: 1000}).chain(count => fc.record({
	count: fc.constant(count),
	selected: fc.integer({min: 0, max: count - 1}),
	height: fc.integer({min: 1, max: 60}),
	previousTop: fc.integer({min: -5, max: 1200}),
}));

test('the selected row is in sight, and no room is left empty that a row could have', t => {
	fc.assert(fc.property(lists, ({count, selected, height, previousTop}) => {
		const top = windowTop(previousTop, selected, height, count);
		t.true(top <= selected && selected < top + height);
		t.true(top >= 0 && top <= Math.max(0, count - height));
	}));
});

test('a list that shows its selection does not move', t => {
	fc.assert(fc.property(lists, ({count, selected, height, previousTop}) => {
		const top = windowTop(previousTop, selected, height, count);
		t.is(windowTop(top, selected, height, count), top);
	}));
});

test('a selection that moves a row moves the list a row at most', t => {
	fc.assert(fc.property(lists, fc.constantFrom(-1, 1), ({count, selected, height, previousTop}, step) => {
		const top = windowTop(previousTop, selected, height, count);
		const next = Math.min(count - 1, Math.max(0, selected + step));
		t.true(Math.abs(windowTop(top, next, height, count) - top) <= 1);
	}));
});
