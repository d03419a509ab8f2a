import test from 'ava';
import {createEphemeralSide} from '../../source/local/ephemeral-side.ts';
import {toPort} from '../../source/port/port.ts';
import {foundSocket, snapshotOf} from '../helpers/local-sockets.ts';

const end = (port: number) => ({address: '127.0.0.1', port: toPort(port)});

test('the client has the ephemeral port, at both ends of a connection to oneself', t => {
	const {sockets} = snapshotOf([
		foundSocket(80),
		foundSocket(80, {state: 'established', peer: end(40_000)}),
		foundSocket(40_000, {state: 'established', peer: end(80)}),
		foundSocket(50_000, {state: 'established', peer: {address: '192.0.2.1', port: toPort(443)}}),
		foundSocket(53, {transport: 'udp', state: 'bound'}),
		foundSocket(53, {state: 'established', peer: end(60_000)}),
	], []);
	const sideOf = createEphemeralSide(sockets);
	t.deepEqual(sockets.map(socket => [socket.transport, socket.port, socket.peer?.port ?? null, sideOf(socket)]), [
		// Only UDP listens on 53 here, so the TCP connection from it was called from here.
		['tcp', 53, 60_000, 'local'],
		['udp', 53, null, null],
		['tcp', 80, 40_000, 'peer'],
		['tcp', 80, null, null],
		['tcp', 40_000, 80, 'local'],
		['tcp', 50_000, 443, 'local'],
	]);
});
