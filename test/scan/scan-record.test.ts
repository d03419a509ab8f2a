import fc from 'fast-check';
import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import type {ScanEvent, StartedEvent} from '../../source/scan/event.ts';
import {readAddress} from '../../source/scan/address.ts';
import {applyScanEvent, createScanRecord, leftCount, unfinishedCount, unreachableReason, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import {scanEvents, scanRecord, verdicts} from '../helpers/scan-events.ts';

const twoHosts = [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}] as const;
const startedOf = (script: Parameters<typeof scanEvents>[0]): StartedEvent => scanEvents(script)[0] as StartedEvent;
const running = (hosts: Parameters<typeof scanEvents>[0]['hosts'] = twoHosts, portCount = 100): ScanRecord => createScanRecord(startedOf({hosts: hosts!, portCount}));
const probed = (port: number, verdict: Verdict, host = 0): ScanEvent => ({kind: 'probed', host, port: toPort(port), verdict});
const finished: ScanEvent = {kind: 'finished', finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', message: null};

const after = (record: ScanRecord, ...events: readonly ScanEvent[]): ScanRecord => {
	for (const event of events) {
		applyScanEvent(record, event);
	}

	return record;
};

test('a scan that has begun knows what it will probe, and nothing else', t => {
	t.like(running(), {status: 'running', openings: [], probedCount: 0, totalCount: 200, elapsedMs: 0, finishedAt: null, message: null});
	t.deepEqual(running().hosts.map(({pace, isFinished}) => ({pace, isFinished})), [{pace: null, isFinished: false}, {pace: null, isFinished: false}]);
});

test('each port counts once, however many verdicts it had, and the last one holds', t => {
	const record = after(running(), probed(80, verdicts.filtered), probed(22, verdicts.closed), probed(80, verdicts.open), probed(80, verdicts.open, 1));
	t.is(record.probedCount, 3);
	t.deepEqual(record.hosts[0]!.verdicts.counts, {open: 1, closed: 1, filtered: 0, unknown: 0});
	t.is(record.hosts[0]!.verdicts.stateOf(toPort(80)), 'open');
});

test('openings are listed as they were found, each host on its own, none twice', t => {
	const record = after(running(), probed(443, verdicts.open), probed(80, verdicts.open, 1), probed(443, verdicts.open), probed(80, verdicts.closed), probed(22, verdicts.open));
	t.deepEqual(record.openings, [{host: 0, port: toPort(443)}, {host: 1, port: toPort(80)}, {host: 0, port: toPort(22)}]);
});

test('a port that is no longer open is no opening; open again, it was found last', t => {
	const record = after(running(), probed(80, verdicts.open), probed(22, verdicts.open), probed(80, verdicts.filtered));
	t.deepEqual(record.openings, [{host: 0, port: toPort(22)}]);
	after(record, probed(80, verdicts.open));
	t.deepEqual(record.openings, [{host: 0, port: toPort(22)}, {host: 0, port: toPort(80)}]);
});

const anyVerdict = fc.constantFrom(...Object.values(verdicts));

test('counts add up to what was asked, and openings to the open ones, whatever the order of verdicts', t => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.integer({min: 0, max: 30}), anyVerdict, fc.integer({min: 0, max: 1})), {maxLength: 80}), changes => {
		const record = after(running(), ...changes.map(([port, verdict, host]) => probed(port, verdict, host)));
		for (const [index, host] of record.hosts.entries()) {
			const {open, closed, filtered, unknown} = host.verdicts.counts;
			t.is(open + closed + filtered + unknown + unfinishedCount(record, host), 100);
			const openings = record.openings.filter(opening => opening.host === index).map(({port}) => port);
			t.deepEqual(openings.sort((one, other) => one - other), [...host.verdicts.portsIn(['open'])]);
		}

		t.is(record.probedCount, new Set(changes.map(([port, , host]) => `${host}:${port}`)).size);
	}));
});

test('each event that may change something is a new revision', t => {
	const record = running();
	const events: ScanEvent[] = [probed(1, verdicts.open), {kind: 'paced', elapsedMs: 1, hosts: []}, {kind: 'paused'}, {kind: 'resumed'}, {kind: 'host', host: 0}, finished];
	for (const [index, event] of events.entries()) {
		after(record, event);
		t.is(record.revision, index + 1);
	}
});

test('the pace is kept by host, and the time is that of the scan', t => {
	const pace = {host: 1, inFlightCount: 3, windowSize: 40, rttMs: 2, lossRate: 0.1};
	const record = after(running(), {kind: 'paced', elapsedMs: 1500, hosts: [pace]});
	t.is(record.elapsedMs, 1500);
	t.is(record.hosts[0]!.pace, null);
	t.deepEqual(record.hosts[1]!.pace, pace);
});

test('a pause, a way on, and an end are its status', t => {
	const record = running();
	t.is(after(record, {kind: 'paused'}).status, 'paused');
	t.is(after(record, {kind: 'resumed'}).status, 'running');
	t.is(after(record, {kind: 'paused'}, finished).status, 'complete');
	t.is(record.finishedAt, '2026-01-31T12:00:02.000Z');
});

test('a failed scan says why', t => {
	const record = after(running(), {kind: 'finished', finishedAt: 'then', status: 'failed', message: 'The thread ended early.'});
	t.like(record, {status: 'failed', message: 'The thread ended early.'});
});

test('a host that is done is marked', t => {
	t.deepEqual(after(running(), {kind: 'host', host: 1}).hosts.map(({isFinished}) => isFinished), [false, true]);
});

test('what comes after the end changes nothing', t => {
	const record = after(running(), probed(22, verdicts.open), finished);
	const {revision} = record;
	after(record, probed(80, verdicts.open), {kind: 'paced', elapsedMs: 99, hosts: []}, {kind: 'paused'}, {kind: 'host', host: 0}, {kind: 'finished', finishedAt: 'later', status: 'failed', message: 'again'});
	t.like(record, {status: 'complete', message: null, finishedAt: '2026-01-31T12:00:02.000Z', probedCount: 1, elapsedMs: 0, revision});
	t.is(record.hosts[0]!.isFinished, false);
});

test('news of a host that is not part of the scan is no news', t => {
	const record = after(running(), probed(22, verdicts.open, 9), {kind: 'host', host: 9}, {kind: 'paced', elapsedMs: 5, hosts: [{host: 9, inFlightCount: 1, windowSize: 1, rttMs: null, lossRate: 0}]});
	t.like(record, {probedCount: 0, openings: []});
});

test('ports whose turn did not come were not finished', t => {
	const record = scanRecord({portCount: 1000, probed: [{22: verdicts.open, 80: verdicts.closed, 81: verdicts.filtered, 82: verdicts.unknown}], status: 'interrupted'});
	t.is(unfinishedCount(record, record.hosts[0]!), 996);
});

const refused = (code: string): Verdict => ({state: 'unknown', reason: code, tries: 0});
const unreachable = (reason: 'host-unreachable' | 'net-unreachable'): Verdict => ({state: 'filtered', reason, tries: 1});

const reasons: ReadonlyArray<readonly [situation: string, probed: Readonly<Record<number, Verdict>>, reason: string | undefined]> = [
	['nothing was probed', {}, undefined],
	['every port: host unreachable', {1: unreachable('host-unreachable'), 2: unreachable('host-unreachable')}, 'host-unreachable'],
	['every port: net unreachable', {1: unreachable('net-unreachable')}, 'net-unreachable'],
	['no route from here', {1: refused('ENETUNREACH'), 2: refused('ENETUNREACH')}, 'ENETUNREACH'],
	['no such address family here', {1: refused('EAFNOSUPPORT')}, 'EAFNOSUPPORT'],
	['no route for some, a router said no for others', {1: refused('ENETUNREACH'), 2: unreachable('host-unreachable')}, 'host-unreachable'],
	['an open port among them', {1: unreachable('host-unreachable'), 22: verdicts.open}, undefined],
	['a closed port among them', {1: unreachable('host-unreachable'), 22: verdicts.closed}, undefined],
	['silence beside it: routers tell of some attempts only', {1: unreachable('host-unreachable'), 22: verdicts.filtered}, 'host-unreachable'],
	['silence on every port: a firewall may drop everything', {1: verdicts.filtered, 2: verdicts.filtered}, undefined],
	['prohibited: somebody there said so', {1: {state: 'filtered', reason: 'admin-prohibited', tries: 1}}, undefined],
	['descriptors ran out for every port', {1: verdicts.unknown, 2: verdicts.unknown}, 'EMFILE'],
	['descriptors ran out for one of them', {1: verdicts.unknown, 22: verdicts.closed}, undefined],
	['the commonest of several reasons', {1: refused('EPERM'), 2: refused('EACCES'), 3: refused('EACCES')}, 'EACCES'],
	['a reason that is a name of every object', {1: refused('constructor')}, 'constructor'],
];

for (const [situation, verdictsByPort, reason] of reasons) {
	test(`${situation}: ${reason === undefined ? 'not unreachable' : `unreachable, ${reason}`}`, t => {
		t.is(unreachableReason(scanRecord({probed: [verdictsByPort]}).hosts[0]!), reason);
	});
}

const blockOf = (hostCount: number): ScanRecord => createScanRecord({...startedOf({hosts: [], portCount: 10}), hostCount});
const admitted = (host: number): ScanEvent => ({kind: 'admitted', host, target: '10.0.0.0/8', address: readAddress(`10.0.${Math.floor(host / 256)}.${host % 256}`)!});

test('a host of a block is listed from its first answer on, and a silent one never', t => {
	const record = after(blockOf(256), admitted(0), admitted(1), admitted(2), probed(80, verdicts.filtered, 0), probed(80, verdicts.closed, 2), probed(22, verdicts.open, 1));
	t.deepEqual(record.hosts.map(({host: {address}}) => address.text), ['10.0.0.2', '10.0.0.1']);
	t.deepEqual(record.openings, [{host: 1, port: toPort(22)}]);
	after(record, {kind: 'host', host: 0}, {kind: 'host', host: 1}, {kind: 'host', host: 2});
	t.deepEqual(record.unlisted, {count: 1, counts: {open: 0, closed: 0, filtered: 1, unknown: 0}});
	t.is(record.finishedHostCount, 3);
	t.deepEqual(record.counts, {open: 1, closed: 1, filtered: 1, unknown: 0});
});

test('hosts that are down are counted with their reasons, and their ports are not waited for', t => {
	const record = after(blockOf(3), admitted(0), admitted(1), {kind: 'host', host: 0, down: {reason: 'no-answer', askedCount: 8}}, {kind: 'host', host: 1, down: {reason: 'host-unreachable', askedCount: 8}});
	t.deepEqual(record.down.reasons, new Map([['no-answer', 1], ['host-unreachable', 1]]));
	t.deepEqual(record.down.listed.map(({host}) => host.address.text), ['10.0.0.0', '10.0.0.1']);
	t.is(record.totalCount, 30);
	t.is(leftCount(record), 10);
});

test('of a large block a record keeps a bounded number of hosts, and every one with an open port', t => {
	const record = blockOf(5000);
	for (let host = 0; host < 5000; host++) {
		after(record, admitted(host), probed(1, verdicts.closed, host), ...(host % 1000 === 999 ? [probed(2, verdicts.open, host)] : []), {kind: 'host', host});
	}

	t.is(record.hosts.length, 1024 + 4);
	t.is(record.openings.length, 5);
	t.is(record.unlisted.count, 5000 - 1028);
	t.is(record.unlisted.counts.closed, 5000 - 1028);
	t.is(record.counts.closed, 5000);
});
