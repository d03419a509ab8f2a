import {unreadLocal, type GuideFacts, type GuideHolder, type GuideLocal} from '../../source/guide/guide-facts.ts';
import {interval} from '../../source/port/port-range.ts';
import {toPort} from '../../source/port/port.ts';
import type {Registry} from '../../source/registry/registry.ts';
import {scanRecord, verdicts} from './scan-events.ts';

const at = (address: string, port: number): {readonly address: string; readonly port: ReturnType<typeof toPort>} => ({address, port: toPort(port)});

const held = (name: string): GuideHolder => ({kind: 'process', name});

/** A machine with a server of each reach, one of another user, and a client. */
export const busyMachine: GuideLocal = {
	listening: [
		{...at('127.0.0.1', 5432), holder: held('postgres')},
		{...at('0.0.0.0', 22), holder: held('sshd')},
		{...at('::', 22), holder: held('sshd')},
		{...at('192.168.1.5', 8080), holder: {kind: 'hidden'}},
		{...at('fe80::1%eth0', 9000), holder: held('node')},
		{...at('203.0.113.5', 443), holder: held('nginx')},
	],
	datagrams: [{...at('0.0.0.0', 68), holder: held('dhclient')}],
	connections: [
		{local: at('127.0.0.1', 5432), remote: at('127.0.0.1', 40_000), holder: held('postgres')},
		{local: at('10.0.0.5', 50_222), remote: at('2001:db8::9', 443), holder: held('firefox')},
	],
	clientRange: interval(32_768, 60_999),
	leavesOutOthers: false,
};

/** A machine on which nothing happens. */
export const quietMachine: GuideLocal = {listening: [], datagrams: [], connections: [], clientRange: interval(32_768, 60_999), leavesOutOthers: false};

/** A system that tells nothing. */
export const silentMachine: GuideLocal = {listening: null, datagrams: null, connections: null, clientRange: null, leavesOutOthers: false};

export const lastScan = scanRecord({
	hosts: [{target: 'example.test', address: '2001:db8::7'}],
	probed: [{22: verdicts.open, 80: verdicts.open, 81: verdicts.closed, 443: verdicts.filtered, 8080: verdicts.unknown}],
});

/** Each way the facts can be, with a registry. */
export const everySituation = (registry: Registry): ReadonlyArray<readonly [situation: string, facts: GuideFacts]> => [
	['nothing is known yet', {registry: undefined, scan: undefined, local: unreadLocal}],
	['the registry is there', {registry, scan: undefined, local: unreadLocal}],
	['a busy machine, scanned', {registry, scan: lastScan, local: busyMachine}],
	['a quiet machine', {registry, scan: undefined, local: quietMachine}],
	['a system that tells nothing', {registry, scan: undefined, local: silentMachine}],
];
