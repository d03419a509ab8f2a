import test from 'ava';
import {goneForMs, newForMs, withSnapshot} from '../../source/store/local-freshness.ts';
import {initialLocal, type LocalState} from '../../source/store/local-state.ts';
import {foundConnection, readingAt, webServer} from '../helpers/local-readings.ts';
import {foundSocket, processOf} from '../helpers/local-sockets.ts';

const http = foundSocket(80);
const node = foundSocket(3000, {ownerPids: [812]});

const freshnessOf = ({rows}: LocalState): Readonly<Record<string, string>> => Object.fromEntries(rows.map(({socket: {port}, freshness}) => [port, freshness]));

test('the first reading has nothing to compare with: nothing of it is new', t => {
	const local = withSnapshot(initialLocal, readingAt(0, [http, node], [webServer]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'steady'});
	t.deepEqual(local.reading, {kind: 'read'});
});

test('what a later reading adds is new for a while', t => {
	let local = withSnapshot(initialLocal, readingAt(0, [http]));
	local = withSnapshot(local, readingAt(2, [http, node], [webServer]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'new'});
	local = withSnapshot(local, readingAt(2 + newForMs / 1000 - 1, [http, node], [webServer]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'new'});
	local = withSnapshot(local, readingAt(2 + newForMs / 1000, [http, node], [webServer]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'steady'});
});

test('what a later reading lacks stays as gone for a while, and then is no more', t => {
	let local = withSnapshot(initialLocal, readingAt(0, [http, node], [webServer]));
	local = withSnapshot(local, readingAt(2, [http]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'gone'});
	t.deepEqual(local.rows.find(({freshness}) => freshness === 'gone')!.socket.owners, [webServer], 'who it was is still known');
	local = withSnapshot(local, readingAt(2 + goneForMs / 1000 - 1, [http]));
	t.deepEqual(freshnessOf(local), {80: 'steady', 3000: 'gone'});
	local = withSnapshot(local, readingAt(2 + goneForMs / 1000, [http]));
	t.deepEqual(freshnessOf(local), {80: 'steady'});
});

test('what comes back is new', t => {
	let local = withSnapshot(initialLocal, readingAt(0, [node], [webServer]));
	local = withSnapshot(local, readingAt(1, []));
	local = withSnapshot(local, readingAt(2, [node], [webServer]));
	t.deepEqual(local.rows.map(({freshness}) => freshness), ['new']);
});

test('a reading that says the same changes nothing but its time', t => {
	const before = withSnapshot(initialLocal, readingAt(0, [http, node], [webServer]));
	const after = withSnapshot(before, structuredClone(readingAt(2, [http, node], [webServer])));
	t.is(after.rows, before.rows);
	t.is(after.processes, before.processes);
	t.is(after.listening, before.listening);
	t.not(after.takenAt, before.takenAt);
});

test('a socket that changes hands is the same row with another owner, and the other rows stay', t => {
	const before = withSnapshot(initialLocal, readingAt(0, [http, node], [webServer]));
	const after = withSnapshot(before, readingAt(2, [http, node], [{...webServer, name: 'renamed'}]));
	t.is(after.rows[0], before.rows[0]);
	t.not(after.rows[1], before.rows[1]);
	t.is(after.rows[1]!.socket.owners[0]!.name, 'renamed');
});

test('ports that listen are those of TCP listeners: not of UDP sockets, nor of connections', t => {
	const {listening} = withSnapshot(initialLocal, readingAt(0, [http, foundSocket(53, {transport: 'udp', state: 'bound'}), foundConnection(41_000, 443)]));
	t.deepEqual([...listening].map(Number), [80]);
});

test('after a failure what was read stays, and is compared with what is read next', t => {
	const before = withSnapshot(initialLocal, readingAt(0, [http]));
	const after = withSnapshot({...before, reading: {kind: 'failed', message: 'No.'}}, readingAt(5, [http, node], [processOf(812)]));
	t.deepEqual(after.reading, {kind: 'read'});
	t.deepEqual(freshnessOf(after), {80: 'steady', 3000: 'new'});
});
