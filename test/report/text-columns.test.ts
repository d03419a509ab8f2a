import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import {cutToWidth, formatColumns, type TextColumn} from '../../source/report/text-columns.ts';

type Row = {readonly port: string; readonly name: string; readonly note: string};

const columns: ReadonlyArray<TextColumn<Row>> = [
	{title: 'PORT', rank: 0, isNumber: true, cell: ({port}) => port},
	{title: 'NOTE', rank: 2, least: 6, cell: ({note}) => note},
	{title: 'NAME', rank: 1, most: 8, cell: ({name}) => name},
];
const rows: readonly Row[] = [{port: '22', name: 'ssh', note: 'a longer note'}, {port: '5432', name: 'postgresql', note: ''}];

test('all of it where there is room', t => {
	t.deepEqual(formatColumns(columns, rows, undefined), ['PORT  NOTE           NAME', '  22  a longer note  ssh', '5432                 postgresql']);
});

test('the least important is cut first, then left out', t => {
	t.deepEqual(formatColumns(columns, rows, 24), ['PORT  NOTE      NAME', '  22  a longe…  ssh', '5432            postgre…']);
	t.deepEqual(formatColumns(columns, rows, 20), ['PORT  NAME', '  22  ssh', '5432  postgre…']);
	t.deepEqual(formatColumns(columns, rows, 8), ['PORT', '  22', '5432']);
});

test('a column with nothing in it is left out', t => {
	t.deepEqual(formatColumns(columns, [{port: '1', name: '', note: ''}], undefined), ['PORT', '   1']);
});

test('a cut text is never wider than it may be', t => {
	fc.assert(fc.property(fc.string({unit: 'grapheme'}), fc.integer({min: 1, max: 20}), (text, width) => stringWidth(cutToWidth(text, width)) <= width));
	t.pass();
});
