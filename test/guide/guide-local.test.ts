import test from 'ava';
import {guideLocalOf, type GuideSocket} from '../../source/guide/guide-local.ts';
import {interval} from '../../source/port/port-range.ts';
import {toPort} from '../../source/port/port.ts';

const range = interval(32_768, 60_999);
const far = {address: '192.0.2.7', port: toPort(443)};

const socket = (over: Partial<GuideSocket>): GuideSocket => ({address: '0.0.0.0', port: toPort(22), transport: 'tcp', state: 'listening', peer: null, ownership: 'known', owners: [{name: 'sshd'}, {name: 'worker'}], ...over});

test('sockets are sorted by what they wait for, those that do neither left out', t => {
	const local = guideLocalOf([
		socket({}),
		socket({transport: 'udp', state: 'bound', port: toPort(68), ownership: 'hidden', owners: []}),
		socket({state: 'established', port: toPort(50_000), peer: far}),
		socket({state: 'time-wait', port: toPort(50_001), peer: far, ownership: 'none', owners: []}),
		socket({transport: 'udp', state: 'established', port: toPort(50_002), peer: far}),
	], range);
	t.deepEqual(local, {
		listening: [{address: '0.0.0.0', port: toPort(22), holder: {kind: 'process', name: 'sshd'}}],
		datagrams: [{address: '0.0.0.0', port: toPort(68), holder: {kind: 'hidden'}}],
		connections: [{local: {address: '0.0.0.0', port: toPort(50_000)}, remote: far, holder: {kind: 'process', name: 'sshd'}}],
		clientRange: range,
		leavesOutOthers: false,
	});
});

test('a listener that no process holds is nobody\'s', t => {
	t.deepEqual(guideLocalOf([socket({ownership: 'none', owners: []})], range).listening![0]!.holder, {kind: 'none'});
});

for (const sockets of [undefined, null]) {
	test(`sockets that are ${String(sockets)} are so in every part, and the range stays`, t => {
		t.like(guideLocalOf(sockets, range, true), {listening: sockets, datagrams: sockets, connections: sockets, clientRange: range, leavesOutOthers: true});
	});
}
