import test from 'ava';
import fc from 'fast-check';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {toPort} from '../../source/port/port.ts';
import {diffDocument} from '../../source/report/diff-json.ts';
import {formatDiffMarkdown} from '../../source/report/diff-markdown.ts';
import {formatDiffText} from '../../source/report/diff-text.ts';
import {describeTitle, summarizeDiff, type ComparedTitle} from '../../source/report/diff-words.ts';
import {diffScans, type ScanDiff} from '../../source/report/scan-diff.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanEvent, StartedEvent} from '../../source/scan/event.ts';
import type {Observed} from '../../source/scan/observed.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import {verdicts} from '../helpers/scan-events.ts';
import {assertValid} from '../helpers/schemas.ts';

const registry = await loadRegistry();

type Script = {
	readonly ports?: string;
	readonly hosts?: Readonly<Record<string, Readonly<Record<number, Verdict>> | 'down'>>;
	readonly observed?: Readonly<Record<number, Partial<Observed>>>;
	readonly tellsOpenOnly?: true;
	readonly status?: 'complete' | 'interrupted';
};

const recordOf = ({ports = '1-100', hosts = {}, observed = {}, tellsOpenOnly, status = 'complete'}: Script): ScanRecord => {
	const started: StartedEvent = {
		kind: 'started', id: 'id', startedAt: '2026-01-31T12:00:00.000Z', engine: 'socket', seed: 7, ports, portCount: 100,
		hosts: Object.keys(hosts).map(address => ({target: address, address: readAddress(address)!, note: null})),
		...(tellsOpenOnly === true ? {tellsOpenOnly} : {}),
	};
	const record = createScanRecord(started);
	const events = Object.values(hosts).flatMap((told, host): readonly ScanEvent[] => (told === 'down'
		? [{kind: 'host', host, down: {reason: 'no-answer', askedCount: 12}}]
		: [
			...Object.entries(told).map(([port, verdict]) => ({kind: 'probed', host, port: toPort(Number(port)), verdict}) as const),
			...Object.entries(observed).map(([port, found]) => ({kind: 'observed', host, port: toPort(Number(port)), observed: {protocol: null, product: null, version: null, banner: null, ...found}}) as const),
			{kind: 'host', host},
		]));
	for (const event of [...events, {kind: 'finished', finishedAt: '2026-01-31T12:00:01.000Z', status, message: null} as const]) {
		applyScanEvent(record, event);
	}

	return record;
};

const host = '192.0.2.1';
const {open, closed, filtered, unknown} = verdicts;
const compare = (before: Script, after: Script): ScanDiff => diffScans({record: recordOf(before)}, {record: recordOf(after)});

/** What a difference comes to, short. */
const gist = ({isSame, hosts}: ScanDiff): unknown => ({
	isSame,
	hosts: hosts.map(({host: {address}, presence, changes, shifts, untold}) => [
		address.text, presence,
		changes.map(({kind, port}) => `${kind} ${port}`),
		shifts.map(({from, to, ports}) => `${from} ${to} ${ports.size}`),
		untold.map(({port, openIn, why}) => `${port} ${openIn} ${why}`),
	]),
});

test('what opened and what closed is told, and what stayed is not', t => {
	const diff = compare({hosts: {[host]: {22: open, 80: open, 81: closed, 82: closed}}}, {hosts: {[host]: {22: open, 80: closed, 81: open, 82: closed}}});
	t.deepEqual(gist(diff), {isSame: false, hosts: [[host, 'same', ['closed 80', 'opened 81'], [], []]]});
	t.is(diff.comparedHostCount, 1);
});

test('a port that was not scanned, or could not be, has not changed', t => {
	const hosts = {[host]: {22: open, 80: open, 81: open}};
	t.deepEqual(gist(compare({hosts}, {ports: '1-80', hosts: {[host]: {22: open, 80: unknown}}})), {isSame: true, hosts: [[host, 'same', [], [], ['80 before unknown', '81 before not-asked']]]});
	t.deepEqual(gist(compare({hosts: {[host]: {22: unknown}}}, {hosts})), {isSame: true, hosts: [[host, 'same', [], [], ['22 after unknown', '80 after unknown', '81 after unknown']]]});
	t.deepEqual(gist(compare({hosts}, {hosts: {'192.0.2.2': {22: closed}}})), {isSame: true, hosts: [[host, 'same', [], [], ['22 before not-asked', '80 before not-asked', '81 before not-asked']]]});
});

test('a host of a network that has nothing to tell was asked, if the scan came to its end', t => {
	const before = {record: recordOf({hosts: {[host]: {22: open}}})};
	const asks = (): boolean => true;
	t.deepEqual(gist(diffScans(before, {record: recordOf({}), asks})), {isSame: false, hosts: [[host, 'same', ['closed 22'], [], []]]});
	t.deepEqual(gist(diffScans(before, {record: recordOf({status: 'interrupted'}), asks})), {isSame: true, hosts: [[host, 'same', [], [], ['22 before unknown']]]});
	t.deepEqual(gist(diffScans(before, {record: recordOf({}), asks: () => false})), {isSame: true, hosts: [[host, 'same', [], [], ['22 before not-asked']]]});
});

test('a host that went down or came up is a difference, its ports are none', t => {
	t.deepEqual(gist(compare({hosts: {[host]: {22: open}}}, {hosts: {[host]: 'down'}})), {isSame: false, hosts: [[host, 'went-down', [], [], ['22 before not-asked']]]});
	t.deepEqual(gist(compare({hosts: {[host]: 'down'}}, {hosts: {[host]: {22: open}}})), {isSame: false, hosts: [[host, 'came-up', [], [], ['22 after not-asked']]]});
	t.deepEqual(gist(compare({hosts: {[host]: 'down'}}, {hosts: {[host]: {22: filtered}}})), {isSame: true, hosts: []});
});

test('closed and filtered are told apart, but not behind a limit of RSTs', t => {
	const limited = {state: 'filtered', reason: 'rst-limit', tries: 3} as const;
	t.deepEqual(gist(compare({hosts: {[host]: {1: closed, 2: closed, 3: filtered, 4: closed}}}, {hosts: {[host]: {1: filtered, 2: filtered, 3: closed, 4: limited}}})), {
		isSame: false, hosts: [[host, 'same', [], ['closed filtered 2', 'filtered closed 1'], []]],
	});
});

test('a list of open ports says nothing of others, unless it is said to answer the same question', t => {
	const before = {record: recordOf({ports: '22,80', hosts: {[host]: {22: open, 80: open}}, tellsOpenOnly: true as const})};
	const after = {record: recordOf({ports: '22,81', hosts: {[host]: {22: open, 81: open}}, tellsOpenOnly: true as const})};
	t.deepEqual(gist(diffScans(before, after)), {isSame: true, hosts: [[host, 'same', [], [], ['80 before not-asked', '81 after not-asked']]]});
	const taken = {takesUntoldAsNotOpen: true};
	t.deepEqual(gist(diffScans({...before, ...taken}, {...after, ...taken})), {isSame: false, hosts: [[host, 'same', ['closed 80', 'opened 81'], [], []]]});
});

test('another service at an open port is a difference; one that was not asked for is none', t => {
	const hosts = {[host]: {22: open, 80: open}};
	const diff = compare({hosts, observed: {22: {product: 'OpenSSH', version: '9.2'}, 80: {product: 'nginx'}}}, {hosts, observed: {22: {product: 'OpenSSH', version: '9.6'}}});
	t.deepEqual(gist(diff), {isSame: false, hosts: [[host, 'same', ['service 22'], [], []]]});
	t.true(compare({hosts, observed: {22: {product: 'OpenSSH', version: '9.2'}}}, {hosts, observed: {22: {product: 'OpenSSH', protocol: 'ssh'}}}).isSame);
});

const verdict = fc.constantFrom<Verdict>(open, closed, filtered, unknown);
const script: fc.Arbitrary<Script> = fc.record({
	hosts: fc.dictionary(fc.constantFrom('192.0.2.1', '192.0.2.2', '2001:db8::1'), fc.oneof(fc.constant('down' as const), fc.dictionary(fc.integer({min: 1, max: 12}).map(String), verdict)), {noNullPrototype: true}),
	ports: fc.constantFrom('1-100', '1-6', '5-12'),
	status: fc.constantFrom('complete', 'interrupted'),
});

test('a scan is the same as itself, and the other way round each change is the opposite one', t => {
	fc.assert(fc.property(script, script, (one, other) => {
		t.true(compare(one, one).isSame);
		const [there, back] = [compare(one, other), compare(other, one)];
		t.is(there.isSame, back.isSame);
		t.is(there.comparedHostCount, back.comparedHostCount);
		const opposite = {opened: 'closed', closed: 'opened', service: 'service'} as const;
		t.deepEqual(
			there.hosts.map(({changes, untold}) => [changes.map(({kind, port}) => `${port} ${kind}`), untold.map(({port, why}) => `${port} ${why}`)]),
			back.hosts.map(({changes, untold}) => [changes.map(({kind, port}) => `${port} ${opposite[kind]}`), untold.map(({port, why}) => `${port} ${why}`)]),
		);
	}), {numRuns: 300});
});

test('nothing is said to have changed of which not both scans have a verdict', t => {
	fc.assert(fc.property(script, script, (one, other) => {
		for (const {host: {address: {text}}, changes} of compare(one, other).hosts) {
			for (const {port} of changes) {
				const [before, after] = [one, other].map(({hosts}) => hosts![text]).map(told => (told === undefined || told === 'down' ? undefined : told[port])) as [Verdict | undefined, Verdict | undefined];
				t.true(before !== undefined && before.state !== 'unknown' && after !== undefined && after.state !== 'unknown' && (before.state === 'open') !== (after.state === 'open'));
			}
		}
	}), {numRuns: 300});
});

const titles: readonly [ComparedTitle, ComparedTitle] = [
	{name: '0a1b2c3d', startedAt: '2026-01-30T12:00:00.000Z', engine: 'socket', ports: '1-100'},
	{name: 'scan.xml', startedAt: '2026-01-31T12:00:00.000Z', engine: 'nmap', ports: '1-90'},
];

const whole = compare(
	{hosts: {[host]: {21: closed, 22: open, 23: open, 80: open, 1: closed, 2: closed, 95: open}, '192.0.2.9': {22: open}}, observed: {22: {protocol: 'ssh', product: 'OpenSSH', version: '9.2'}}},
	{ports: '1-90', hosts: {[host]: {21: open, 22: open, 23: filtered, 80: open, 1: filtered, 2: filtered}, '192.0.2.9': 'down'}, observed: {22: {protocol: 'ssh', product: 'Dropbear', version: '\u001B[2J'}}},
);

test('as a person reads it', t => {
	t.is(formatDiffText(whole, ...titles, registry), [
		'Before: 0a1b2c3d, 2026-01-30T12:00:00.000Z, socket, ports 1-100',
		'After:  scan.xml, 2026-01-31T12:00:00.000Z, nmap, ports 1-90',
		'',
		'192.0.2.1',
		'  + 21  ftp     opened, was closed (refused)',
		'  ~ 22  ssh     another service: was ssh, OpenSSH 9.2, now ssh, Dropbear \\x1b[2J',
		'  - 23  telnet  open no longer, now filtered (no answer)',
		'  2 ports are filtered that were closed: 1-2',
		'  ? 95: open before; this time not scanned',
		'',
		'192.0.2.9',
		'  The host answered before, and is down now.',
		'  ? 22: open before; this time not scanned',
		'',
		'2 hosts compared: 1 opened, 1 open no longer, 1 with another service, 2 closed or filtered otherwise and 1 host went down. Of 2 open ports only one of the scans can tell.',
		'',
	].join('\n'));
});

test('as Markdown', t => {
	const text = formatDiffMarkdown(whole, ...titles, registry);
	t.regex(text, /^\| \\\+ \| 21 \| ftp \| opened, was closed \(refused\) \|$/m);
	t.regex(text, /^- 2 ports are filtered that were closed: 1-2$/m);
	t.false(text.includes('\u001B'));
});

test('as JSON', t => {
	const document = diffDocument(whole, ...titles);
	assertValid(t, 'diff', document);
	t.like(document, {portui: 1, kind: 'diff', same: false, comparedHostCount: 2, before: titles[0]});
	const [first] = (document as {hosts: readonly object[]}).hosts;
	t.like(first, {
		address: host, presence: 'same',
		shifts: [{from: 'closed', to: 'filtered', ports: '1-2'}],
		untold: [{port: 95, transport: 'tcp', openIn: 'before', why: 'not-asked'}],
	});
	t.like((first as {changes: readonly object[]}).changes[0], {kind: 'opened', port: 21, before: {state: 'closed', reason: 'refused'}, after: {state: 'open', reason: 'connected', observed: null}});
});

test('no difference, and nothing in common', t => {
	const same = {hosts: {[host]: {22: open}}};
	t.is(summarizeDiff(compare(same, same)), '1 host compared: no difference.');
	t.is(summarizeDiff(compare(same, {hosts: {'192.0.2.2': {22: open}}})), 'The two scans have no host in common. Of 2 open ports only one of the scans can tell.');
	t.is(describeTitle({...titles[0], ports: '1,'.repeat(100)}).length, describeTitle({...titles[0], ports: ''}).length + 60);
});
