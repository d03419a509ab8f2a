import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import test from 'ava';
import {formatCsv} from '../../source/report/csv.ts';

const cells: ReadonlyArray<readonly [cell: string, written: string]> = [
	['plain', 'plain'],
	['', ''],
	['a,b', '"a,b"'],
	['say "hi"', '"say ""hi"""'],
	['two\nlines', '"two\nlines"'],
	['=1+1', '\'=1+1'],
	['+1', '\'+1'],
	['-1', '\'-1'],
	['@SUM(A1)', '\'@SUM(A1)'],
	['\t=1', '\'\t=1'],
	['\r=1', '"\'\r=1"'],
	['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
	['a=b', 'a=b'],
];

for (const [cell, written] of cells) {
	test(`the cell ${JSON.stringify(cell)}`, t => {
		t.is(formatCsv(['a', 'b'], [[cell, 'end']]), `a,b\r\n${written},end\r\n`);
	});
}

test('what is written is read back, but for the apostrophe before a formula', t => {
	const cell = fc.string({unit: fc.constantFrom(...'ab,"\r\n=+-@\t \'|')});
	fc.assert(fc.property(fc.array(fc.tuple(cell, cell), {maxLength: 4}), rows => {
		const read = parse(formatCsv(['a', 'b'], rows), {record_delimiter: '\r\n'}) as string[][];
		t.deepEqual(read.slice(1), rows.map(row => row.map(text => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text))));
	}), {numRuns: 300, seed: 1});
});
