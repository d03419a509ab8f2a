import fc from 'fast-check';
import test from 'ava';
import {createSocketFilter} from '../../source/store/filter-sockets.ts';
import type {LocalRow} from '../../source/store/local-state.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {foundSocket} from '../helpers/local-sockets.ts';
import {readingAt, usualReading} from '../helpers/local-readings.ts';

const registry = createFakeRegistry();
const rows = usualReading().sockets.map((socket): LocalRow => ({socket, freshness: socket.port === 3001 ? 'new' : 'steady', sinceMs: 0}));

const found = (query: string): readonly string[] => rows.filter(createSocketFilter(query, registry)).map(({socket: {port, peer}}) => (peer === null ? String(port) : `${port}→${peer.port}`));

const cases: ReadonlyArray<readonly [query: string, found: readonly string[]]> = [
	['', ['3000', '3000→50001', '3001', '5353', '5432', '5432', '41000→5432', '41001→443']],
	['300', ['3000', '3000→50001', '3001']],
	['5432', ['5432', '5432', '41000→5432']],
	['900', ['5432', '5432']],
	['90', []],
	['udp', ['5353']],
	['tcp6', ['5432']],
	['listening', ['3000', '3001', '5432', '5432']],
	['established', ['3000→50001', '41000→5432']],
	['time-wait', ['41001→443']],
	['every interface', ['3000', '5353']],
	['this machine', ['3000→50001', '3001', '5432', '5432', '41000→5432', '41001→443']],
	['NODE', ['3000', '3000→50001', '3001', '41000→5432']],
	['server.js listening', ['3000', '3001']],
	['user:postgres', ['5432', '5432']],
	['postgresql.service', ['5432', '5432']],
	['pid:813', ['3000']],
	['listening !node', ['5432', '5432']],
	['!tcp', ['5353']],
	['new', ['3001']],
	['gone', []],
	['192.0.2.7', ['3000→50001', '41000→5432', '41001→443']],
	['!', ['3000', '3000→50001', '3001', '5353', '5432', '5432', '41000→5432', '41001→443']],
	['no such thing', []],
];

for (const [query, expected] of cases) {
	test(`${JSON.stringify(query)} finds ${expected.join(' ') || 'nothing'}`, t => {
		t.deepEqual(found(query), expected);
	});
}

test('the registered name and the risk are found, once there is a registry', t => {
	const exposed = createFakeRegistry({
		6379: {name: 'redis', exposure: [{service: 'Redis', transports: ['tcp'], encrypted: 'cleartext', concern: '', safer: '', severity: {internet: 'critical', lan: 'high', loopback: 'info'}, references: '', knownExploited: [], basis: '', confidence: 'high', source: ''}]},
	});
	const [row] = readingAt(0, [foundSocket(6379, {address: '0.0.0.0'})]).sockets.map((socket): LocalRow => ({socket, freshness: 'steady', sinceMs: 0}));
	t.true(createSocketFilter('redis risk:critical', exposed)(row!));
	t.false(createSocketFilter('risk:info', exposed)(row!), 'not at the scope it has');
	t.false(createSocketFilter('redis', undefined)(row!));
});

test('hidden owners are found by that word', t => {
	const [row] = readingAt(0, [foundSocket(22)], [], false).sockets.map((socket): LocalRow => ({socket, freshness: 'steady', sinceMs: 0}));
	t.true(createSocketFilter('hidden', registry)(row!));
});

test('whatever is typed, it answers, and a term and its exclusion share the rows out', t => {
	fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 40}), query => {
		const term = query.replaceAll(/[\s!]+/g, '');
		fc.pre(term !== '');
		t.is(found(term).length + found(`!${term}`).length, rows.length);
		t.notThrows(() => found(query));
	}));
});
