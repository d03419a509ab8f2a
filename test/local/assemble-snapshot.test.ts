import test from 'ava';
import {ancestorsOf} from '../../source/local/assemble-snapshot.ts';
import {toPort} from '../../source/port/port.ts';
import {foundSocket, processOf, snapshotOf} from '../helpers/local-sockets.ts';

test('sockets come by port, and owners with their parents first', t => {
	const {sockets} = snapshotOf(
		[foundSocket(80, {ownerPids: [30, 20, 40, 30]}), foundSocket(22, {transport: 'udp', state: 'bound'}), foundSocket(22, {ownerPids: [10]})],
		[processOf(10), processOf(20, {parentPid: 40}), processOf(30, {parentPid: 20}), processOf(40)],
	);
	t.deepEqual(sockets.map(({port, transport, owners}) => [port, transport, owners.map(({pid}) => pid)]), [[22, 'tcp', [10]], [22, 'udp', []], [80, 'tcp', [40, 20, 30]]]);
});

test('an owner that is not seen is hidden, unless there can be none', t => {
	const sockets = [foundSocket(1, {ownerPids: [5]}), foundSocket(2), foundSocket(3, {isOrphan: true}), foundSocket(4, {ownerPids: [6]})];
	const ownerships = (seesEveryProcess: boolean) => snapshotOf(sockets, [processOf(5)], seesEveryProcess).sockets.map(({ownership}) => ownership);
	t.deepEqual(ownerships(false), ['known', 'hidden', 'none', 'hidden']);
	t.deepEqual(ownerships(true), ['known', 'none', 'none', 'none']);
	t.is(snapshotOf(sockets, [processOf(5)], false).hiddenCount, 2);
});

test('hidden owners of connections are not counted', t => {
	const connection = foundSocket(40_000, {state: 'established', peer: {address: '127.0.0.1', port: toPort(80)}});
	t.is(snapshotOf([connection], [], false).hiddenCount, 0);
});

test('twins on one port have ids of their own, and a connection keeps its own through its states', t => {
	const peer = {address: '127.0.0.1', port: toPort(80)};
	const {sockets} = snapshotOf([foundSocket(80, {handle: '7'}), foundSocket(80, {handle: '8'}), foundSocket(40_000, {state: 'established', peer, handle: '9'})], []);
	t.is(new Set(sockets.map(({id}) => id)).size, 3);
	const later = snapshotOf([foundSocket(40_000, {state: 'time-wait', peer, handle: '0'})], []);
	t.is(later.sockets[0]!.id, sockets[2]!.id);
});

test('a ring of parents ends', t => {
	const processes = new Map([[1, {parentPid: 2}], [2, {parentPid: 3}], [3, {parentPid: 1}], [4, {parentPid: 4}], [5, {parentPid: null}]]);
	t.deepEqual(ancestorsOf(1, processes), [2, 3]);
	t.deepEqual(ancestorsOf(4, processes), []);
	t.deepEqual(ancestorsOf(5, processes), []);
	t.deepEqual(ancestorsOf(6, processes), []);
});
