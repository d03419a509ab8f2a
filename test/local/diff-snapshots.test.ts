import test from 'ava';
import fc from 'fast-check';
import {diffSockets} from '../../source/local/diff-snapshots.ts';
import {foundSocket, snapshotOf} from '../helpers/local-sockets.ts';

const socketsOf = (...ports: readonly number[]) => snapshotOf(ports.map(port => foundSocket(port)), []).sockets;
const told = (before: readonly number[], after: readonly number[]) => diffSockets(socketsOf(...before), socketsOf(...after)).map(({event, socket}) => `${event} ${socket.port}`);

test('what came and went', t => {
	t.deepEqual(told([1, 2, 3], [2, 4]), ['closed 1', 'closed 3', 'opened 4']);
	t.deepEqual(told([1], [1]), []);
	t.deepEqual(told([], []), []);
});

test('a port that another socket took is closed and opened', t => {
	const before = snapshotOf([foundSocket(80, {handle: '1'})], []).sockets;
	const after = snapshotOf([foundSocket(80, {handle: '2'})], []).sockets;
	t.deepEqual(diffSockets(before, after).map(({event}) => event), ['closed', 'opened']);
});

test('the events turn what was into what is', t => {
	const ports = fc.uniqueArray(fc.integer({min: 1, max: 30}));
	fc.assert(fc.property(ports, ports, (before, after) => {
		const held = new Set(socketsOf(...before).map(({id}) => id));
		for (const {event, socket} of diffSockets(socketsOf(...before), socketsOf(...after))) {
			t.true(event === 'closed' ? held.delete(socket.id) : !held.has(socket.id) && Boolean(held.add(socket.id)));
		}

		return JSON.stringify([...held].sort()) === JSON.stringify(socketsOf(...after).map(({id}) => id).sort());
	}));
	t.pass();
});
