import type {GuideFacts, GuideLocal} from '../../source/guide/guide-facts.ts';
import {interval} from '../../source/port/port-range.ts';
import {toPort} from '../../source/port/port.ts';
import type {Registry} from '../../source/registry/registry.ts';
import {scanRecord, verdicts} from './scan-events.ts';

const at = (address: string, port: number): {readonly address: string; readonly port: ReturnType<typeof toPort>} => ({address, port: toPort(port)});

/** A machine with a server of each reach, one of another user, and a client. */
export const busyMachine: GuideLocal = {
	listening: [
		{...at('127.0.0.1', 5432), process: 'postgres'},
		{...at('0.0.0.0', 22), process: 'sshd'},
		{...at('::', 22), process: 'sshd'},
		{...at('192.168.1.5', 8080), process: null},
		{...at('fe80::1%eth0', 9000), process: 'node'},
		{...at('203.0.113.5', 443), process: 'nginx'},
	],
	datagrams: [{...at('0.0.0.0', 68), process: 'dhclient'}],
	connections: [
		{local: at('127.0.0.1', 5432), remote: at('127.0.0.1', 40_000), process: 'postgres'},
		{local: at('10.0.0.5', 50_222), remote: at('2001:db8::9', 443), process: 'firefox'},
	],
	clientRange: interval(32_768, 60_999),
};

/** A machine on which nothing happens. */
export const quietMachine: GuideLocal = {listening: [], datagrams: [], connections: [], clientRange: interval(32_768, 60_999)};

/** A system that tells nothing. */
export const silentMachine: GuideLocal = {listening: null, datagrams: null, connections: null, clientRange: null};

export const lastScan = scanRecord({
	hosts: [{target: 'example.test', address: '2001:db8::7'}],
	probed: [{22: verdicts.open, 80: verdicts.open, 81: verdicts.closed, 443: verdicts.filtered, 8080: verdicts.unknown}],
});

/** Each way the facts can be, with a registry. */
export const everySituation = (registry: Registry): ReadonlyArray<readonly [situation: string, facts: GuideFacts]> => [
	['nothing is known yet', {registry: undefined, scan: undefined, local: undefined}],
	['the registry is there', {registry, scan: undefined, local: undefined}],
	['a busy machine, scanned', {registry, scan: lastScan, local: busyMachine}],
	['a quiet machine', {registry, scan: undefined, local: quietMachine}],
	['a system that tells nothing', {registry, scan: undefined, local: silentMachine}],
];
