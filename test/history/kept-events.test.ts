import test from 'ava';
import fc from 'fast-check';
import {createEventDecoder} from '../../source/history/decode-events.ts';
import {createEventEncoder, roundRtt} from '../../source/history/encode-events.ts';
import {formatKeptScan, readKeptScan, startedOf, type KeptScan} from '../../source/history/kept-scan.ts';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import {toPort} from '../../source/port/port.ts';
import {parseBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import {createHostSequence} from '../../source/scan/host-sequence.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {Verdict} from '../../source/scan/verdict.ts';

const block = parseBlock('192.0.2.0/29');
const kept: KeptScan = {
	plan: {
		id: '20260131T120000000Z-0a1b2c3d',
		hosts: [{target: 'localhost', address: readAddress('127.0.0.1')!, note: 'a "note"\n'}, {target: 'fe80::1%eth0', address: readAddress('fe80::1%eth0')!, note: null}],
		blocks: block?.ok === true ? [block.value] : [],
		ports: portSetOfPorts(Array.from({length: 40}, (_, index) => toPort(index * 3))),
		firstPorts: [toPort(3), toPort(0)],
		seed: 7,
		skipsSilentHosts: true,
		rate: 100,
	},
	startedAt: '2026-01-31T12:00:00.000Z',
	engine: 'socket',
	request: {targets: ['localhost', '192.0.2.0/29'], ports: 'top40', exclude: ['x']},
	continues: null,
	processId: 12,
};

const rtt = fc.double({min: 0, max: 5000, noNaN: true});
const tries = fc.integer({min: 0, max: 9});
// A document of another program may tell no round-trip time.
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
	fc.record({state: fc.constant('open' as const), rttMs: rtt, tries}, {requiredKeys: ['state', 'tries']}),
	fc.record({state: fc.constant('closed' as const), reason: fc.constant('refused' as const), rttMs: rtt, tries}, {requiredKeys: ['state', 'reason', 'tries']}),
	fc.record({state: fc.constant('filtered' as const), reason: fc.constantFrom('no-answer' as const, 'host-unreachable' as const), tries}),
	fc.record({state: fc.constant('unknown' as const), reason: fc.constantFrom('EMFILE', 'self-connect'), tries}),
);
const host = fc.integer({min: 0, max: 9});
const observedText = fc.option(fc.string({maxLength: 20}));
const sequence = createHostSequence(kept.plan, 7);
const event: fc.Arbitrary<ScanEvent> = fc.oneof(
	{weight: 8, arbitrary: fc.record({kind: fc.constant('probed' as const), host, port: fc.integer({min: 0, max: 39}).map(index => toPort(index * 3)), verdict})},
	fc.record({kind: fc.constant('observed' as const), host, port: fc.integer({min: 0, max: 39}).map(index => toPort(index * 3)), observed: fc.record({protocol: observedText, product: observedText, version: observedText, banner: observedText})}),
	fc.record({kind: fc.constant('host' as const), host}),
	host.map(number => ({kind: 'host' as const, host: number, down: {reason: 'no-answer', askedCount: 12}})),
	host.map(number => ({kind: 'host' as const, host: number, judgement: {kind: 'vanished' as const}})),
	host.map(number => ({kind: 'host' as const, host: number, judgement: {kind: 'accepts-everything' as const, areReset: true as const}})),
	fc.nat(100_000).map(elapsedMs => ({kind: 'paced' as const, elapsedMs, hosts: []})),
);

/** Streams as scans make them: nothing is told of a host that is over, and one of a block is admitted first. */
const stream = fc.array(event, {maxLength: 80}).map(events => {
	const over = new Set<number>();
	const admitted = new Set<number>();
	return events.flatMap((each): ScanEvent[] => {
		if (!('host' in each)) {
			return [each];
		}

		if (over.has(each.host)) {
			return [];
		}

		const isNew = each.host > 1 && !admitted.has(each.host);
		admitted.add(each.host);
		if (each.kind === 'host') {
			over.add(each.host);
		}

		const {target, address} = sequence.at(each.host)!;
		return [...(isNew ? [{kind: 'admitted' as const, host: each.host, target, address}] : []), each];
	});
});

const fold = (events: readonly ScanEvent[]): ScanRecord => {
	const record = createScanRecord(startedOf(kept));
	for (const each of events) {
		applyScanEvent(record, each);
	}

	return record;
};

/**
What matters of a record, round-trip times as they are kept.

Hosts of blocks may be listed in another order. One whose last verdicts are all silence is listed where an earlier one was not; of several between two writings only the last is kept.
*/
const essence = ({started, hosts, down, counts, finishedHostCount, probedCount, skippedCount, elapsedMs, status}: ScanRecord): unknown => ({
	hosts: Object.fromEntries(hosts.filter(({verdicts}, place) => place < started.hosts.length || verdicts.portsIn(['open', 'closed', 'unknown']).length > 0).map(({host: {address}, verdicts, observed, isFinished, judgement, down: why}) => [address.text, {
		observed: [...observed].sort(([one], [other]) => one - other), isFinished, judgement, why, verdicts: verdicts.portsIn(['open', 'closed', 'filtered', 'unknown']).map(port => {
			const found = verdicts.get(port)!;
			return [port, 'rttMs' in found ? {...found, rttMs: roundRtt(found.rttMs!)} : found];
		}),
	}])),
	down: {count: down.count, reasons: down.reasons},
	counts, finishedHostCount, probedCount, skippedCount, elapsedMs, status,
});

const encode = (events: readonly ScanEvent[], each: number): string => {
	const encoder = createEventEncoder();
	let text = '';
	for (const [index, one] of events.entries()) {
		encoder.take(one);
		text += index % each === 0 ? encoder.flush() : '';
	}

	return text + encoder.flush();
};

const decode = (text: string): readonly ScanEvent[] => {
	const decoder = createEventDecoder(kept);
	return text.split('\n').filter(line => line !== '').flatMap(line => decoder.read(line) ?? []);
};

test('what was asked comes back as it was', t => {
	const line = formatKeptScan(kept);
	t.deepEqual(readKeptScan(line.trimEnd()), kept);
	const ofOpenOnly: KeptScan = {...kept, tellsOpenOnly: true};
	t.deepEqual(readKeptScan(formatKeptScan(ofOpenOnly).trimEnd()), ofOpenOnly);
	t.is(line.indexOf('\n'), line.length - 1);
});

test('what happened comes back as it was, whenever it is written', t => {
	fc.assert(fc.property(stream, fc.integer({min: 1, max: 30}), (events, each) => {
		t.deepEqual(essence(fold(decode(encode(events, each)))), essence(fold(events)));
	}), {numRuns: 200});
});

test('cut at any byte, all lines but the last are read, and nothing is made up', t => {
	fc.assert(fc.property(stream, events => {
		const text = encode(events, 5);
		const whole = text.split('\n');
		for (let length = 0; length <= text.length; length += 7) {
			const cut = text.slice(0, length);
			const lines = cut.split('\n').length - 1;
			const read = decode(cut);
			const before = decode(whole.slice(0, lines).join('\n'));
			const after = decode(whole.slice(0, lines + 1).join('\n'));
			t.true(read.length === before.length || read.length === after.length);
		}
	}), {numRuns: 20});
});

test('hostile lines are damaged or unknown, and never throw', t => {
	const decoder = createEventDecoder(kept);
	const lines: ReadonlyArray<readonly [string, boolean]> = [
		['{"kind":"later","x":1}', true],
		['{"kind":"toString"}', true],
		['{"kind":"__proto__"}', true],
		['', false],
		['{"kind":"observed","host":0,"port":3,"protocol":7,"product":null,"version":null,"banner":null}', false],
		['{"kind":"observed","host":0,"port":65536,"protocol":null,"product":null,"version":null,"banner":null}', false],
		['{"kind":"probed","host":0,"state":"open","reason":"connected","tries":1,"ports":"0","rttUs":[]}', false],
		['{"kind":"probed","host":0,"state":"open","reason":"connected","tries":1,"ports":"0","rttUs":7}', false],
		['null', false],
		['[]', false],
		['{"kind":7}', false],
		['{"kind":"probed","host":10,"state":"open","reason":"connected","tries":1,"ports":"0","rttUs":[1]}', false],
		['{"kind":"probed","host":-1,"state":"open","reason":"connected","tries":1,"ports":"0","rttUs":[1]}', false],
		['{"kind":"probed","host":0,"state":"open","reason":"connected","tries":1,"ports":"65536","rttUs":[1]}', false],
		['{"kind":"probed","host":0,"state":"open","reason":"connected","tries":1,"ports":"5-3","rttUs":[1]}', false],
		['{"kind":"probed","host":0,"state":"open","reason":"connected","tries":1,"ports":"0-1","rttUs":[1]}', false],
		['{"kind":"probed","host":0,"state":"closed","reason":"x","tries":1,"ports":"0","rttUs":[1]}', false],
		['{"kind":"host","hosts":"0-99999999999"}', false],
		['{"kind":"host","hosts":"0","down":{"reason":1}}', false],
		['{"kind":"host","hosts":"0","judgement":{"kind":"x"}}', false],
		['{"kind":"finished","finishedAt":"x","status":"complete","message":null}', false],
		['{"kind":"finished","finishedAt":"2026-01-31T12:00:00.000Z","status":"x","message":null}', false],
		['{"kind":"paced","elapsedMs":-1}', false],
	];
	for (const [line, isRight] of lines) {
		t.deepEqual(decoder.read(line), isRight ? [] : undefined, line);
	}

	fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => {
		t.notThrows(() => {
			decoder.read(text);
			readKeptScan(text);
		});
	}));
});

test('a first line with any field damaged is no kept scan, or a right one', t => {
	const fields = JSON.parse(formatKeptScan(kept)) as Record<string, unknown>;
	for (const name of Object.keys(fields)) {
		for (const value of [null, -1, 'x', [], {}, [null], 1e99, true]) {
			t.notThrows(() => readKeptScan(JSON.stringify({...fields, [name]: value})), `${name}: ${JSON.stringify(value)}`);
		}
	}

	for (const name of ['id', 'seed', 'ports', 'hosts', 'blocks', 'startedAt', 'portui', 'kind', 'firstPorts']) {
		t.is(readKeptScan(JSON.stringify({...fields, [name]: 'x y'})), undefined, name);
	}
});
