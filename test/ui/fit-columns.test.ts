import fc from 'fast-check';
import test from 'ava';
import {fitColumns, leadWidth, type ListColumn} from '../../source/ui/fit-columns.ts';
import {findingColumns} from '../../source/ui/finding-columns.ts';
import {hostColumns} from '../../source/ui/host-columns.ts';

const widthOf = (columns: ReadonlyArray<ListColumn<string>>): number => leadWidth + columns.reduce((sum, {width}) => sum + width + 1, -1);
const idsOf = (columns: ReadonlyArray<ListColumn<string>>): string => columns.map(({id}) => id).join(' ');

test('columns keep their order, and the least worthwhile are left out', t => {
	const columns = [{id: 'a', title: '', width: 5}, {id: 'b', title: '', width: 5}, {id: 'c', title: '', width: 5, most: 9}] as const;
	t.is(idsOf(fitColumns(columns, ['c', 'a', 'b'], 13)), 'a c');
	t.deepEqual(fitColumns(columns, ['c', 'a', 'b'], 22).map(({width}) => width), [5, 5, 8]);
	t.deepEqual(fitColumns(columns, ['c', 'a', 'b'], 99).map(({width}) => width), [5, 5, 9]);
});

const widths: ReadonlyArray<readonly [situation: string, columns: ReadonlyArray<ListColumn<string>>, ids: string]> = [
	['findings of one host in 58 columns', findingColumns(58, false, false), 'port state rtt tries name risk'],
	['findings of many hosts, compared, in 58 columns', findingColumns(58, true, true), 'port state before address name'],
	['findings of many hosts, compared, in 158 columns', findingColumns(158, true, true), 'port state reason rtt tries before address name risk use'],
	['hosts in 31 columns', hostColumns(31), 'address share open'],
	['hosts in 46 columns', hostColumns(46), 'address share open closed filtered'],
	['hosts in 94 columns', hostColumns(94), 'address progress share open closed filtered unknown rtt target judgement'],
];

for (const [situation, columns, ids] of widths) {
	test(`${situation}: ${ids}`, t => {
		t.is(idsOf(columns), ids);
	});
}

test('whatever the width, the columns fit it', t => {
	fc.assert(fc.property(fc.integer({min: 25, max: 400}), fc.boolean(), fc.boolean(), (width, isManyHosts, isCompared) => {
		t.true(widthOf(findingColumns(width, isManyHosts, isCompared)) <= width);
		t.true(widthOf(hostColumns(width)) <= width);
	}));
});
