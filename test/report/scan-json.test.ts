import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {scanDocument} from '../../source/report/scan-json.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';
import {assertValid} from '../helpers/schemas.ts';

const registry = await loadRegistry();

test('the document of a scan is as the contract says', t => {
	const document = scanDocument(scanRecord({probed: [{22: verdicts.open, 80: verdicts.closed, 81: verdicts.closed}]}), registry);
	assertValid(t, 'scan', document);
	const {exposure} = registry.lookup(22 as never);
	t.deepEqual(document, {
		portui: 1,
		kind: 'scan',
		id: 'id',
		status: 'complete',
		message: null,
		startedAt: '2026-01-31T12:00:00.000Z',
		finishedAt: '2026-01-31T12:00:01.500Z',
		engine: 'simulated',
		seed: 7,
		ports: '0-65535',
		tells: 'all',
		hostCount: 1,
		unlisted: {count: 0, counts: {open: 0, closed: 0, filtered: 0, unknown: 0}},
		down: {count: 0, reasons: {}, hosts: []},
		hosts: [{
			target: 'localhost',
			address: '127.0.0.1',
			family: 4,
			note: null,
			judgement: null,
			counts: {open: 1, closed: 2, filtered: 0, unknown: 0},
			unfinished: 0,
			ports: [{
				port: 22,
				transport: 'tcp',
				state: 'open',
				reason: 'connected',
				rttMs: 0.08,
				tries: 1,
				registry: {name: 'ssh', description: 'The Secure Shell (SSH) Protocol'},
				commonly: ['OpenSSH'],
				exposure: {service: 'SSH', severity: exposure[0]!.severity.loopback, from: 'loopback', concern: exposure[0]!.concern, safer: exposure[0]!.safer},
				observed: null,
			}],
		}],
	});
});

type Document = {
	readonly status: string;
	readonly message: string | null;
	readonly hosts: ReadonlyArray<{
		readonly counts: Readonly<Record<string, number>>;
		readonly unfinished: number;
		readonly ports: ReadonlyArray<{readonly port: number; readonly state: string; readonly reason: string; readonly rttMs: number | null; readonly exposure: {readonly from: string} | null}>;
	}>;
};

const all = {1: verdicts.open, 2: verdicts.closed, 3: verdicts.filtered, 4: verdicts.unknown};

test('the counts of an interrupted scan add up to what was asked', t => {
	const document = scanDocument(scanRecord({probed: [all], portCount: 100, status: 'interrupted'}), registry, ['open', 'unknown']);
	assertValid(t, 'scan', document);
	const {status, hosts: [host]} = document as Document;
	t.is(status, 'interrupted');
	t.deepEqual(host?.counts, {open: 1, closed: 1, filtered: 1, unknown: 97});
	t.is(host?.unfinished, 96);
	t.deepEqual(host?.ports.map(({port}) => port), [1, 4]);
});

test('the ports that --show asks for are listed, lowest first, with their reasons', t => {
	const {hosts: [host]} = scanDocument(scanRecord({probed: [all]}), registry, ['open', 'closed', 'filtered', 'unknown']) as Document;
	t.deepEqual(host?.ports.map(({port, state, reason, rttMs}) => [port, state, reason, rttMs]), [
		[1, 'open', 'connected', 0.08],
		[2, 'closed', 'refused', 0.05],
		[3, 'filtered', 'no-answer', null],
		[4, 'unknown', 'EMFILE', null],
	]);
});

test('exposure follows where the address can be reached from', t => {
	const hosts = [{target: 'a', address: '127.0.0.1'}, {target: 'b', address: '10.0.0.1'}, {target: 'c', address: '192.0.2.1'}];
	const document = scanDocument(scanRecord({hosts, probed: hosts.map(() => ({22: verdicts.open}))}), registry) as Document;
	t.deepEqual(document.hosts.map(({ports}) => ports[0]?.exposure?.from), ['loopback', 'lan', 'internet']);
});

test('a failed scan says why', t => {
	const document = scanDocument(scanRecord({status: 'failed', message: 'The thread ended.'}), registry) as Document;
	t.like(document, {status: 'failed', message: 'The thread ended.'});
});
