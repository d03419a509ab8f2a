import test from 'ava';
import {applyScanEvent, type ScanRecord} from '../../source/scan/scan-record.ts';
import {toPort} from '../../source/port/port.ts';
import {findingsIn} from '../../source/store/findings.ts';
import {findingSorts, initialScans, type FindingSort, type ScansState} from '../../source/store/scans-state.ts';
import {textField} from '../../source/store/text-field.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const registry = createFakeRegistry();
const openAfter = (rttMs: number): Verdict => ({...verdicts.open, rttMs});
const hosts = [{target: 'a', address: '192.0.2.1'}, {target: 'b', address: '192.0.2.2'}] as const;
const record = scanRecord({hosts, probed: [{22: openAfter(3), 80: verdicts.closed, 5432: openAfter(1)}, {22: openAfter(2), 80: verdicts.open, 9999: verdicts.filtered}], status: 'complete'});

const list = (of: ScanRecord, change: Partial<ScansState> & {readonly query?: string} = {}, before?: ScanRecord): string =>
	findingsIn(of, before, registry, {...initialScans, ...change, filter: {query: textField(change.query ?? ''), isTyping: false}})
		.map(({host, port}) => `${'ab'[host]}${port}`).join(' ');

const sorts: ReadonlyArray<readonly [FindingSort, inOrder: string, reversed: string]> = [
	['port', 'a22 b22 b80 a5432', 'a5432 b80 a22 b22'],
	['host', 'a22 a5432 b22 b80', 'b22 b80 a22 a5432'],
	['rtt', 'b80 a5432 b22 a22', 'a22 b22 a5432 b80'],
	['found', 'a22 a5432 b22 b80', 'b80 b22 a5432 a22'],
];

for (const [sort, inOrder, reversed] of sorts) {
	test(`sorted by ${sort}`, t => {
		t.is(list(record, {sort}), inOrder);
		t.is(list(record, {sort, isReversed: true}), reversed);
	});
}

test('every order lists the same ports', t => {
	for (const sort of findingSorts) {
		t.is(list(record, {sort}).split(' ').sort().join(' '), 'a22 a5432 b22 b80');
	}
});

test('names are in the order of the alphabet, ports without one last', t => {
	t.is(list(record, {sort: 'name'}).split(' ')[0], ['a22', 'a5432', 'b80'].toSorted((one, other) => {
		const name = (id: string): string => registry.lookup(toPort(Number(id.slice(1)))).entries[0]?.name ?? '\uFFFF';
		return name(one) < name(other) ? -1 : 1;
	})[0]);
});

test('open ports come first, then those that a filter asks for', t => {
	t.is(list(record, {query: 'closed'}), 'a80');
	t.is(list(record, {query: 'open closed filtered'}), 'a22 b22 b80 a5432 a80 b9999');
	t.is(list(record, {query: '80'}), 'b80 a80');
});

test('the findings of one host alone', t => {
	t.is(list(record, {isOneHost: true, host: 1}), 'b22 b80');
	t.is(list(record, {isOneHost: true, host: 1, query: 'filtered'}), 'b9999');
});

test('a port that was open in the scan before and is not any more is listed, after the open ones', t => {
	const later = scanRecord({hosts, probed: [{22: verdicts.open, 80: verdicts.closed, 5432: verdicts.closed}, {80: verdicts.open}]});
	t.is(list(later, {}, record), 'a22 b80 a5432');
});

test('the same list as long as nothing changes, another after a new result', t => {
	const asked = initialScans;
	const running = scanRecord({probed: [{22: verdicts.open}]});
	Object.assign(running, {status: 'running', finishedAt: null});
	const first = findingsIn(running, undefined, registry, asked);
	t.is(findingsIn(running, undefined, registry, asked), first);
	applyScanEvent(running, {kind: 'probed', host: 0, port: toPort(23), verdict: verdicts.open});
	t.deepEqual(findingsIn(running, undefined, registry, asked).map(({port}) => Number(port)), [22, 23]);
});

test('a long list is made again only once a second of scanning, and at the end', t => {
	const running = scanRecord({probed: [Object.fromEntries(Array.from({length: 2100}, (_, port) => [port, verdicts.closed]))], portCount: 5000});
	Object.assign(running, {status: 'running', finishedAt: null});
	const closed: ScansState = {...initialScans, filter: {query: textField('closed'), isTyping: false}};
	const first = findingsIn(running, undefined, registry, closed);
	t.is(first.length, 2100);
	applyScanEvent(running, {kind: 'probed', host: 0, port: toPort(4000), verdict: verdicts.closed});
	t.is(findingsIn(running, undefined, registry, closed), first);
	applyScanEvent(running, {kind: 'paced', elapsedMs: running.elapsedMs + 1000, hosts: []});
	t.is(findingsIn(running, undefined, registry, closed).length, 2101);
});
