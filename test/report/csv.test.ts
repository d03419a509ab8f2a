import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import test from 'ava';
import {formatCsv, type Cell} from '../../source/report/csv.ts';
import {printable} from '../../source/report/printable.ts';

const cells: ReadonlyArray<readonly [cell: Cell, written: string]> = [
	['plain', 'plain'],
	['', ''],
	['a,b', '"a,b"'],
	['say "hi"', '"say ""hi"""'],
	['two\nlines', 'two\\x0alines'],
	['\u001B[2J', '\\x1b[2J'],
	[null, ''],
	[-1, '-1'],
	[true, 'true'],
	['=1+1', '\'=1+1'],
	['+1', '\'+1'],
	['-1', '\'-1'],
	['@SUM(A1)', '\'@SUM(A1)'],
	['\t=1', '\\x09=1'],
	['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
	['a=b', 'a=b'],
];

for (const [cell, written] of cells) {
	test(`the cell ${JSON.stringify(cell)}`, t => {
		t.is(formatCsv(['a', 'b'], [[cell, 'end']]), `a,b\r\n${written},end\r\n`);
	});
}

test('what is written is read back, printable, and with an apostrophe before a formula', t => {
	const cell = fc.string({unit: fc.constantFrom(...'ab,"\r\n=+-@\t \'|')});
	fc.assert(fc.property(fc.array(fc.tuple(cell, cell), {maxLength: 4}), rows => {
		const read = parse(formatCsv(['a', 'b'], rows), {record_delimiter: '\r\n'}) as string[][];
		t.deepEqual(read.slice(1), rows.map(row => row.map(text => (/^[=+\-@]/.test(text) ? '\'' : '') + printable(text))));
	}), {numRuns: 300, seed: 1});
});

test('no cell of outside text is a formula to a spreadsheet, however it is read', t => {
	t.notThrows(() => fc.assert(fc.property(fc.string({unit: fc.constantFrom(...'=+-@\t\r\n\0 ",\'|x1')}), text => {
		const [, [cell]] = parse(formatCsv(['a', 'b'], [[text, 'end']]), {record_delimiter: '\r\n'}) as [string[], [string]];
		return !/^[=+\-@\t\r\n\0]/.test(cell);
	}), {numRuns: 500, seed: 2}));
});
