import {parse} from 'csv-parse/sync';
import fc from 'fast-check';
import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {toPort} from '../../source/port/port.ts';
import {describeDownHosts, describeUnlistedHosts} from '../../source/report/down-hosts.ts';
import {formatOfFile, formatScan, scanFormats} from '../../source/report/scan-formats.ts';
import {createNdjsonWriter} from '../../source/report/scan-ndjson.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanEvent, StartedEvent} from '../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {PortState} from '../../source/scan/verdict.ts';
import {scanEvents, scanRecord, verdicts} from '../helpers/scan-events.ts';
import {assertValid} from '../helpers/schemas.ts';

const registry = await loadRegistry();
const shown: readonly PortState[] = ['open', 'unknown'];

const twoHosts = scanRecord({
	hosts: [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}],
	probed: [{22: verdicts.open, 80: verdicts.closed, 6379: verdicts.open}, {22: verdicts.open, 81: verdicts.unknown}],
});

test('a list is of the open ports alone, IPv6 in brackets', t => {
	t.is(formatScan('list', twoHosts, registry, shown), '127.0.0.1:22\n127.0.0.1:6379\n[::1]:22\n');
	t.is(formatScan('list', scanRecord({}), registry, shown), '');
});

test('comma-separated values have a header, a line a port, and come back from a parser', t => {
	const rows = parse(formatScan('csv', twoHosts, registry, shown), {columns: true}) as ReadonlyArray<Readonly<Record<string, string>>>;
	t.deepEqual(rows.map(({address, port, state, reason}) => [address, port, state, reason]), [
		['127.0.0.1', '22', 'open', 'connected'],
		['127.0.0.1', '6379', 'open', 'connected'],
		['::1', '22', 'open', 'connected'],
		['::1', '81', 'unknown', 'EMFILE'],
	]);
	t.like(rows[0], {target: 'localhost', transport: 'tcp', rttMs: '0.08', tries: '1', registryName: 'ssh'});
	t.true(rows.every(row => Object.keys(row).length === 16));
});

test('of every port of the registry the line has as many fields as the header', t => {
	fc.assert(fc.property(fc.integer({min: 0, max: 65_535}), port => {
		const [row] = parse(formatScan('csv', scanRecord({probed: [{[port]: verdicts.open}]}), registry, shown), {columns: true}) as ReadonlyArray<Readonly<Record<string, string>>>;
		t.is(row!['registryDescription'] ?? '', registry.lookup(toPort(port)).entries.find(({status, transports}) => transports.includes('tcp') && (status === 'assigned' || status === 'reserved'))?.description ?? '');
	}), {numRuns: 200});
});

test('Markdown has a section a host, with a table of its ports', t => {
	const text = formatScan('markdown', twoHosts, registry, shown);
	t.regex(text, /^# Scan of TCP ports\n/);
	t.regex(text, /^## localhost \(127\.0\.0\.1\)\n\n\| Port \|.*\n\| --- \|.*\n\| 22 \| open \| 0\\?\.08 ms \| ssh \|/m);
	t.regex(text, /^\| 81 \| unknown \(EMFILE\) \| {2}\|/m);
	t.true(text.split('\n').filter(line => line.startsWith('|')).every(line => line.replaceAll(/\\\|/g, '').split('|').length === 8));
});

test('what was observed of a service is in every format, and a column of its own where there is any', t => {
	const record = createScanRecord(scanEvents({portCount: 2})[0] as StartedEvent);
	for (const event of [
		{kind: 'probed', host: 0, port: toPort(22), verdict: {state: 'open', tries: 1}},
		{kind: 'observed', host: 0, port: toPort(22), observed: {protocol: 'ssh', product: 'OpenSSH', version: '9.2p1\u001B[31m', banner: null}},
		{kind: 'probed', host: 0, port: toPort(80), verdict: {state: 'open', tries: 1}},
	] satisfies readonly ScanEvent[]) {
		applyScanEvent(record, event);
	}

	t.regex(formatScan('text', record, registry, shown), /^ *PORT +STATE +RTT +OBSERVED +SERVICE.*\n +22 +open +- +ssh, OpenSSH 9\.2p1\\x1b\[31m +ssh /m);
	t.regex(formatScan('markdown', record, registry, shown), /^\| 22 \| open \| {2}\| ssh, OpenSSH 9/m);
	t.false(formatScan('text', twoHosts, registry, shown).includes('OBSERVED'));
	const [row] = parse(formatScan('csv', record, registry, shown), {columns: true}) as ReadonlyArray<Readonly<Record<string, string>>>;
	t.like(row, {observedProtocol: 'ssh', observedProduct: 'OpenSSH', rttMs: ''});
	const {hosts} = JSON.parse(formatScan('json', record, registry, shown)) as {hosts: ReadonlyArray<{ports: ReadonlyArray<{rttMs: null; observed: object | null}>}>};
	t.like(hosts[0]!.ports[0], {rttMs: null, observed: {protocol: 'ssh', product: 'OpenSSH', version: '9.2p1\u001B[31m', banner: null}});
	t.is(hosts[0]!.ports[1]!.observed, null);
});

test('where open ports alone are told, nothing is said of the others', t => {
	const started = {...scanEvents({portCount: 2})[0] as StartedEvent, tellsOpenOnly: true as const};
	const record = createScanRecord(started);
	applyScanEvent(record, {kind: 'probed', host: 0, port: toPort(22), verdict: {state: 'open', tries: 1}});
	applyScanEvent(record, {kind: 'finished', finishedAt: started.startedAt, status: 'complete', message: null});
	t.regex(formatScan('text', record, registry, shown), /^1 port open; of other ports it is not told whether they were asked\.$/m);
	t.like(JSON.parse(formatScan('json', record, registry, shown)), {tells: 'open', hosts: [{unfinished: 0, counts: {open: 1, unknown: 0}}]});
	// Some list closed ports too.
	const listing = createScanRecord({...started, ports: '22-23'});
	applyScanEvent(listing, {kind: 'probed', host: 0, port: toPort(22), verdict: {state: 'open', tries: 1}});
	applyScanEvent(listing, {kind: 'probed', host: 0, port: toPort(23), verdict: verdicts.closed});
	applyScanEvent(listing, {kind: 'finished', finishedAt: started.startedAt, status: 'complete', message: null});
	t.regex(formatScan('text', listing, registry, shown), /^1 port open, 1 closed; of other ports it is not told whether they were asked\.$/m);
});

test('outside text is no markup and no line of its own', t => {
	const record = scanRecord({hosts: [{target: 'a|b`<c>\n# d', address: '127.0.0.1'}], probed: [{1: verdicts.closed}]});
	t.regex(formatScan('markdown', record, registry, shown), /^## a\\\|b\\`\\<c\\>\\\\x0a# d \(127\.0\.0\.1\)$/m);
});

/** The lines of a scan, written event by event as the command does. */
const linesOf = (events: readonly ScanEvent[], show: readonly PortState[] = shown): ReadonlyArray<Readonly<Record<string, unknown>>> => {
	const writer = createNdjsonWriter(registry, show);
	let record: ScanRecord | undefined;
	let text = '';
	for (const event of events) {
		text += writer.format(event, record);
		if (event.kind === 'started') {
			record = createScanRecord(event);
		} else {
			applyScanEvent(record!, event);
		}
	}

	return text.split('\n').slice(0, -1).map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

const events = scanEvents({probed: [{22: verdicts.open, 80: verdicts.closed}], portCount: 5});

test('a stream has an event a line, each with the number of the document', t => {
	const lines = linesOf([...events.slice(0, -1), {kind: 'host', host: 0}, events.at(-1)!]);
	for (const line of lines) {
		assertValid(t, 'scan-event', line);
	}

	t.deepEqual(lines.map(({portui, kind}) => [portui, kind]), [[1, 'started'], [1, 'probed'], [1, 'host'], [1, 'finished']]);
	t.like(lines[1], {target: 'localhost', address: '127.0.0.1', port: 22, transport: 'tcp', state: 'open', reason: 'connected', observed: null});
	t.like(lines[2], {counts: {open: 1, closed: 1, filtered: 0, unknown: 3}, unfinished: 3, down: null});
	t.like(lines[3], {id: 'id', status: 'complete', message: null});
});

test('a port that was told is told again when another verdict holds, whatever its state', t => {
	const probed = (verdict: ScanEvent & {kind: 'probed'} extends {verdict: infer Verdict} ? Verdict : never): ScanEvent => ({kind: 'probed', host: 0, port: toPort(9), verdict});
	const lines = linesOf([events[0]!, probed(verdicts.filtered), probed(verdicts.unknown), probed(verdicts.closed), probed(verdicts.open)]);
	t.deepEqual(lines.map(({state}) => state), [undefined, 'unknown', 'closed', 'open']);
});

const inBlock = (downs: ReadonlyArray<readonly [reason: string, askedCount: number]>): {readonly record: ScanRecord; readonly told: readonly ScanEvent[]} => {
	const started: StartedEvent = {...events[0] as StartedEvent, hosts: [], hostCount: 256};
	const told: ScanEvent[] = [started];
	for (const [host, [reason, askedCount]] of downs.entries()) {
		told.push({kind: 'admitted', host, target: '10.0.0.0/24', address: readAddress(`10.0.0.${host}`)!}, {kind: 'host', host, down: {reason, askedCount}});
	}

	const record = createScanRecord(started);
	for (const event of told) {
		applyScanEvent(record, event);
	}

	return {record, told};
};

test('hosts of a block are told with what was typed for them', t => {
	const [, line] = linesOf(inBlock([['no-answer', 8]]).told);
	assertValid(t, 'scan-event', line);
	t.like(line, {kind: 'host', target: '10.0.0.0/24', address: '10.0.0.0', down: {reason: 'no-answer', askedCount: 8}});
});

test('few hosts that are down are told one by one, many in one sentence', t => {
	t.deepEqual(describeDownHosts(inBlock([]).record), []);
	t.deepEqual(describeDownHosts(inBlock([['no-answer', 8], ['host-unreachable', 1]]).record), [
		'10.0.0.0 did not answer the first 8 probes; taken as down (--assume-up scans it all the same).',
		'10.0.0.1 cannot be reached: unreachable, or prohibited by a firewall (host-unreachable); taken as down (--assume-up scans it all the same).',
	]);
	t.deepEqual(describeDownHosts(inBlock(Array.from({length: 20}, (_, index) => [index < 15 ? 'no-answer' : 'ENETUNREACH', 1] as const)).record), [
		'20 hosts are taken as down (--assume-up scans them all the same): 15 did not answer the first probe; 5 cannot be reached: this machine has no route (ENETUNREACH).',
	]);
	t.deepEqual(describeUnlistedHosts(inBlock([]).record), []);
});

test('of hosts that another program took as down no option of portui is advised', t => {
	const tellOf = (count: number): readonly string[] => {
		const {record} = inBlock(Array.from({length: count}, () => ['no-answer', 0] as const));
		return describeDownHosts({...record, started: {...record.started, engine: 'nmap'}});
	};

	t.deepEqual(tellOf(1), ['10.0.0.0 did not answer any probe; taken as down.']);
	t.deepEqual(tellOf(20), ['20 hosts are taken as down: 20 did not answer any probe.']);
});

const files: ReadonlyArray<readonly [file: string, format: string | undefined]> = [
	['a.txt', 'text'], ['a.json', 'json'], ['/x/a.NDJSON', 'ndjson'], ['a.jsonl', 'ndjson'], ['a.b.csv', 'csv'], ['a.md', 'markdown'], ['a.markdown', 'markdown'], ['hosts.list', 'list'], ['a.xml', 'xml'],
	['a', undefined], ['a.', undefined], ['.json', undefined], ['x/.json', undefined], ['a.constructor', undefined], ['-', undefined], ['', undefined],
];

for (const [file, format] of files) {
	test(`the file ${JSON.stringify(file)} is written as ${format ?? 'nothing'}`, t => {
		const answer = formatOfFile(file);
		t.is(answer.ok ? answer.value as string : undefined, format);
	});
}

test('each format can be asked for by an ending', t => {
	t.deepEqual(new Set(files.flatMap(([, format]) => (format === undefined ? [] : [format]))), new Set<string>(scanFormats));
});
