import test from 'ava';
import type {LocalRow, SocketSort} from '../../source/store/local-state.ts';
import {sortSockets} from '../../source/store/sort-sockets.ts';
import {usualReading} from '../helpers/local-readings.ts';

const rows = usualReading().sockets.filter(({peer}) => peer === null).map((socket): LocalRow => ({socket, freshness: 'steady', sinceMs: 0}));

const orders: ReadonlyArray<readonly [sort: SocketSort, isReversed: boolean, order: readonly string[]]> = [
	['port', false, ['3000/4', '3001/4', '5353/4', '5432/4', '5432/6']],
	['port', true, ['5432/6', '5432/4', '5353/4', '3001/4', '3000/4']],
	['process', false, ['3000/4', '3001/4', '5432/4', '5432/6', '5353/4']],
	['process', true, ['5353/4', '5432/4', '5432/6', '3000/4', '3001/4']],
	['address', false, ['3000/4', '5353/4', '3001/4', '5432/4', '5432/6']],
	['age', false, ['3000/4', '3001/4', '5432/4', '5432/6', '5353/4']],
	['age', true, ['5353/4', '5432/4', '5432/6', '3001/4', '3000/4']],
];

for (const [sort, isReversed, order] of orders) {
	test(`by ${sort}${isReversed ? ', reversed' : ''}: ${order.join(' ')}`, t => {
		t.deepEqual(sortSockets(rows.toReversed(), sort, isReversed).map(({socket: {port, family}}) => `${port}/${family}`), order);
	});
}
