import test from 'ava';
import {formatCount, formatDuration} from '../../source/report/quantity.ts';

test('counts have commas between thousands', t => {
	t.deepEqual([0, 999, 1000, 65_536, 1_234_567.6].map(value => formatCount(value)), ['0', '999', '1,000', '65,536', '1,234,568']);
});

const durations: ReadonlyArray<readonly [number, string]> = [
	[0, '0.00 ms'],
	[0.08, '0.08 ms'],
	[0.999, '1.0 ms'],
	[1.54, '1.5 ms'],
	[9.96, '10 ms'],
	[42.3, '42 ms'],
	[999.7, '1.0 s'],
	[1940, '1.9 s'],
	[59_960, '1 min 00 s'],
	[125_000, '2 min 05 s'],
];

for (const [durationMs, expected] of durations) {
	test(`${durationMs} ms is ${expected}`, t => {
		t.is(formatDuration(durationMs), expected);
	});
}
