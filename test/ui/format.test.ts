import fc from 'fast-check';
import test from 'ava';
import {formatBar, formatSparkline} from '../../source/ui/format.ts';

const bars: ReadonlyArray<readonly [share: number, width: number, bar: string]> = [
	[0, 8, '░░░░░░░░'],
	[1, 8, '████████'],
	[0.5, 8, '████░░░░'],
	[0.5, 3, '█▌░'],
	[0.25, 2, '▌░'],
	[1 / 64, 8, '▏░░░░░░░'],
	[0.01, 8, '░░░░░░░░'],
	[0.999, 8, '███████▉'],
	[-1, 3, '░░░'],
	[7, 3, '███'],
	[0.5, 0, ''],
];

for (const [share, width, bar] of bars) {
	test(`a bar of ${width} columns, filled to ${share}: ${bar}`, t => {
		t.is(formatBar(share, width, '░'), bar);
	});
}

test('a bar has exactly its width, is never full before its share is, and never shrinks as the share grows', t => {
	fc.assert(fc.property(fc.double({min: 0, max: 1, noNaN: true}), fc.double({min: 0, max: 1, noNaN: true}), fc.integer({min: 0, max: 60}), (one, other, width) => {
		const weightOf = (bar: string): number => [...bar].reduce((sum, character) => sum + ' ▏▎▍▌▋▊▉█'.indexOf(character), 0);
		const [less, more] = [formatBar(Math.min(one, other), width, ' '), formatBar(Math.max(one, other), width, ' ')];
		t.is([...less].length, width);
		t.true(weightOf(less) <= weightOf(more));
		t.true(width === 0 || Math.max(one, other) === 1 || weightOf(more) < 8 * width);
	}));
});

const sparklines: ReadonlyArray<readonly [values: readonly number[], width: number, line: string]> = [
	[[], 10, ''],
	[[0], 10, '▁'],
	[[5], 10, '█'],
	[[0, 50, 100], 10, '▁▅█'],
	[[0, 0, 0], 10, '▁▁▁'],
	[[1, 2, 3, 4, 5, 6, 7, 8], 8, '▂▃▄▅▅▆▇█'],
	[[1, 2, 3], 2, '▆█'],
	[[1, 2, 3], 0, ''],
	[[1, 2, 3], -1, ''],
	[[-5, 10], 5, '▁█'],
	[[0.2, 0.4], 5, '▂▄'],
];

for (const [values, width, line] of sparklines) {
	test(`${JSON.stringify(values)} in ${width} columns: ${line}`, t => {
		t.is(formatSparkline(values, width), line);
	});
}

test('a sparkline shows the last values, as many as fit, and its highest is full', t => {
	fc.assert(fc.property(fc.array(fc.integer({min: 0, max: 100_000}), {maxLength: 100}), fc.integer({min: 1, max: 40}), (values, width) => {
		const line = [...formatSparkline(values, width)];
		const shown = values.slice(-width);
		t.is(line.length, shown.length);
		for (const [index, value] of shown.entries()) {
			t.true(value === 0 ? line[index] === '▁' : value < Math.max(...shown) || line[index] === '█');
		}
	}));
});
