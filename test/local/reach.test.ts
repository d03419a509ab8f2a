import test from 'ava';
import {reachOf, reachTargets, type ReachAt} from '../../source/local/reach.ts';
import {describeReach, summarizeReach} from '../../source/report/reach-words.ts';
import {foundSocket, snapshotOf} from '../helpers/local-sockets.ts';

const own = ['127.0.0.1', '::1', '192.0.2.2', '2001:db8::2', 'fe80::1%eth0'];

const wildcard6 = {family: 6, address: '::'} as const;

const {sockets} = snapshotOf([
	foundSocket(1, {address: '127.0.0.1'}),
	foundSocket(2, {address: '0.0.0.0'}),
	foundSocket(3, wildcard6),
	foundSocket(4, {address: '0.0.0.0'}),
	foundSocket(4, wildcard6),
	foundSocket(5, {address: '192.0.2.2'}),
	foundSocket(6, {family: 6, address: 'fe80::1'}),
	foundSocket(7, {family: 6, address: '::ffff:127.0.0.1'}),
	foundSocket(8, {address: '127.0.0.77'}),
	foundSocket(9, {transport: 'udp', state: 'bound'}),
	// Bound, and not this machine's (IP_FREEBIND).
	foundSocket(10, {address: '198.51.100.1'}),
], []);

test('each listener is tried where it would answer, and nowhere else', t => {
	const tried = sockets.map(socket => reachOf(socket, sockets, own, address => ({address, state: 'open', reason: 'connected'}))?.map(({address}) => address));
	t.deepEqual(tried, [
		['127.0.0.1'],
		['127.0.0.1', '192.0.2.2'],
		own,
		['127.0.0.1', '192.0.2.2'],
		['::1', '2001:db8::2', 'fe80::1%eth0'],
		['192.0.2.2'],
		['fe80::1%eth0'],
		['127.0.0.1'],
		['127.0.0.77'],
		undefined,
		[],
	]);
});

test('the targets are those addresses and the ports of TCP alone', t => {
	const {addresses, ports} = reachTargets(sockets, own);
	t.deepEqual([...addresses].sort(), [...own, '127.0.0.77'].sort());
	t.deepEqual(ports.map(Number), [1, 2, 3, 4, 5, 6, 7, 8, 10]);
	t.deepEqual(reachTargets([], own), {addresses: [], ports: []});
});

const open = (address: string): ReachAt => ({address, state: 'open', reason: 'connected'});
const silent = (address: string): ReachAt => ({address, state: 'filtered', reason: 'no-answer'});
const refused = (address: string): ReachAt => ({address, state: 'closed', reason: 'refused'});

const words: ReadonlyArray<readonly [reach: readonly ReachAt[] | undefined, words: string]> = [
	[[open('127.0.0.1'), open('::1'), open('192.0.2.2')], 'loopback, 192.0.2.2'],
	[[open('127.0.0.1'), silent('192.0.2.2')], 'loopback; not 192.0.2.2 (no answer)'],
	[[open('127.0.0.1'), refused('::1')], '127.0.0.1; not ::1 (refused)'],
	[[silent('192.0.2.2'), refused('192.0.2.3')], 'nowhere: not 192.0.2.2, 192.0.2.3 (no answer, refused)'],
	[[], 'not tried'],
	[undefined, 'not tried'],
];

for (const [reach, expected] of words) {
	test(`in words: ${expected} (${reach?.length ?? 'none'})`, t => {
		t.is(describeReach(reach), expected);
	});
}

const summaries: ReadonlyArray<readonly [reach: readonly ReachAt[] | undefined, summary: string]> = [
	[[open('127.0.0.1'), open('::1'), open('192.0.2.2')], 'all 3 addresses'],
	[[open('127.0.0.1'), open('::1')], 'loopback'],
	[[open('127.0.0.1'), silent('192.0.2.2')], 'loopback alone'],
	[[open('192.0.2.2'), silent('127.0.0.1')], '1 of 2'],
	[[open('192.0.2.2')], 'its address'],
	[[silent('192.0.2.2'), refused('192.0.2.3')], 'nowhere'],
	[[], 'not tried'],
	[undefined, 'not tried'],
];

for (const [reach, expected] of summaries) {
	test(`in a word: ${expected} (${reach?.length ?? 'none'})`, t => {
		t.is(summarizeReach(reach), expected);
	});
}
