import test from 'ava';
import fc from 'fast-check';
import {createEventEncoder} from '../../../source/history/encode-events.ts';
import {formatKeptScan} from '../../../source/history/kept-scan.ts';
import {readPortSet} from '../../../source/port/port-set.ts';
import {toPort} from '../../../source/port/port.ts';
import {readDocument} from '../../../source/report/reading/read-document.ts';
import type {ReadScan} from '../../../source/report/reading/read-scan.ts';
import {formatScan} from '../../../source/report/scan-formats.ts';
import {createNdjsonWriter} from '../../../source/report/scan-ndjson.ts';
import {readAddress} from '../../../source/scan/address.ts';
import type {ScanEvent, StartedEvent} from '../../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../../source/scan/scan-record.ts';
import {portStates, rttOf, type PortState, type Verdict} from '../../../source/scan/verdict.ts';
import {createFakeRegistry} from '../../helpers/fake-registry.ts';
import {recordOf} from '../../helpers/read-record.ts';

const registry = createFakeRegistry();

const read = (text: string): ReadScan => {
	const result = readDocument(text);
	if (!result.ok) {
		throw new Error(result.message);
	}

	return result.value;
};

const started: StartedEvent = {
	kind: 'started',
	id: '20260131T120000000Z-0a1b2c3d',
	startedAt: '2026-01-31T12:00:00.000Z',
	engine: 'socket',
	seed: 7,
	ports: '20-59',
	portCount: 40,
	hosts: [{target: 'localhost', address: readAddress('127.0.0.1')!, note: 'a "note"'}, {target: '::1', address: readAddress('::1')!, note: null}],
};

const finished: ScanEvent = {kind: 'finished', finishedAt: '2026-01-31T12:00:09.000Z', status: 'complete', message: null};

const rttMs = fc.integer({min: 0, max: 5_000_000}).map(us => us / 1000);
const tries = fc.integer({min: 1, max: 9});
const verdict: fc.Arbitrary<Verdict> = fc.oneof(
	fc.record({state: fc.constant('open' as const), rttMs, tries}),
	fc.record({state: fc.constant('closed' as const), reason: fc.constant('refused' as const), rttMs, tries}),
	fc.record({state: fc.constant('filtered' as const), reason: fc.constantFrom('no-answer' as const, 'rst-limit' as const), tries}),
	fc.record({state: fc.constant('unknown' as const), reason: fc.constantFrom('EMFILE', 'self-connect'), tries}),
);
const text = fc.option(fc.string({minLength: 1, maxLength: 20}));
const event: fc.Arbitrary<ScanEvent> = fc.oneof(
	{weight: 6, arbitrary: fc.record({kind: fc.constant('probed' as const), host: fc.nat(1), port: fc.integer({min: 20, max: 59}).map(port => toPort(port)), verdict})},
	fc.record({kind: fc.constant('observed' as const), host: fc.nat(1), port: fc.integer({min: 20, max: 59}).map(port => toPort(port)), observed: fc.record({protocol: fc.constant('http'), product: text, version: text, banner: text})}),
);
const scan = fc.array(event, {maxLength: 120}).map((events): readonly ScanEvent[] => {
	// An observation is of a port that has answered.
	const told = new Set<string>();
	return [...events.filter(each => {
		if (each.kind === 'probed') {
			told.add(`${each.host} ${each.port}`);
		}

		return each.kind === 'probed' || (each.kind === 'observed' && told.has(`${each.host} ${each.port}`));
	}), {kind: 'host', host: 0}, {kind: 'host', host: 1, judgement: {kind: 'vanished'}}, finished];
});

const ndjsonOf = (events: readonly ScanEvent[], show: readonly PortState[]): string => {
	const writer = createNdjsonWriter(registry, show);
	const record = createScanRecord(started);
	return [started, ...events].map(each => {
		const line = writer.format(each, each.kind === 'started' ? undefined : record);
		applyScanEvent(record, each);
		return line;
	}).join('');
};

/** What two records of the same scan agree on, whichever document one came from. */
const summary = (record: ScanRecord, hasObserved = true): object => ({
	...record.started,
	status: record.status,
	finishedAt: record.finishedAt,
	counts: record.counts,
	hosts: record.hosts.map(({host, judgement, isFinished, observed, verdicts}) => ({
		host,
		judgement,
		isFinished,
		observed: !hasObserved ? [] : [...observed].filter(([port]) => verdicts.stateOf(port) !== undefined).sort(([one], [other]) => one - other),
		verdicts: verdicts.portsIn(portStates).map(port => ({port, ...verdicts.get(port)!, rttMs: Math.round(1000 * (rttOf(verdicts.get(port)!) ?? -1))})),
	})),
});

test('a whole scan goes through JSON and NDJSON and back unharmed', t => {
	fc.assert(fc.property(scan, events => {
		const record = recordOf({started, events});
		for (const document of [formatScan('json', record, registry, portStates), ndjsonOf(events, portStates)]) {
			const again = read(document);
			t.deepEqual(summary(recordOf(again)), summary(record));
			t.deepEqual(again.notes, []);
		}
	}), {numRuns: 60});
	t.pass();
});

test('a kept file goes back unharmed, but for what is finer than it keeps', t => {
	fc.assert(fc.property(scan, events => {
		const encoder = createEventEncoder();
		for (const each of events) {
			encoder.take(each);
		}

		const {id, hosts, ports, seed, startedAt, engine} = started;
		const document = formatKeptScan({plan: {id, hosts, ports: readPortSet(ports), firstPorts: [], seed}, startedAt, engine, request: null, continues: null, processId: 1}) + encoder.flush();
		const again = read(document);
		t.is(again.format, 'portui history');
		const [record, back] = [recordOf({started, events}), recordOf(again)];
		t.deepEqual(back.counts, record.counts);
		t.deepEqual(back.hosts.map(({verdicts}) => verdicts.portsIn(portStates)), record.hosts.map(({verdicts}) => verdicts.portsIn(portStates)));
		t.deepEqual({id: back.started.id, seed: back.started.seed, startedAt: back.started.startedAt}, {id, seed, startedAt});
	}), {numRuns: 60});
	t.pass();
});

test('whatever is listed, counts and open ports come back, or it is said that they do not', t => {
	fc.assert(fc.property(scan, fc.subarray([...portStates]), (events, show) => {
		const record = recordOf({started, events});
		for (const document of [formatScan('json', record, registry, show), ndjsonOf(events, show)]) {
			const again = read(document);
			const back = recordOf(again);
			if (show.includes('open')) {
				t.deepEqual(back.hosts.map(({verdicts}) => verdicts.portsIn(['open'])), record.hosts.map(({verdicts}) => verdicts.portsIn(['open'])));
			}

			if (again.started.tellsOpenOnly === true) {
				t.true(again.notes.length > 0);
			} else {
				t.deepEqual(back.counts, record.counts);
			}
		}
	}), {numRuns: 100});
	t.pass();
});

test('the CSV gives back what it lists', t => {
	fc.assert(fc.property(scan, events => {
		const record = recordOf({started, events});
		const back = recordOf(read(formatScan('csv', record, registry, portStates)));
		const states = (of: ScanRecord): object => of.hosts.filter(({verdicts}) => verdicts.portsIn(portStates).length > 0).map(({host: {address}, verdicts}) => [address.text, verdicts.portsIn(portStates).map(port => ({port, ...verdicts.get(port)}))]);
		t.deepEqual(states(back), states(record));
	}), {numRuns: 60});
	t.pass();
});

test('the list gives back the open ports', t => {
	fc.assert(fc.property(scan, events => {
		const record = recordOf({started, events});
		const list = formatScan('list', record, registry, portStates);
		if (list !== '') {
			t.is(formatScan('list', recordOf(read(list)), registry, portStates), list);
		}
	}), {numRuns: 60});
	t.pass();
});

const probe = (host: number, port: number, state: 'open' | 'closed' | 'filtered'): ScanEvent => ({
	kind: 'probed', host, port: toPort(port), verdict: state === 'open' ? {state, rttMs: 1, tries: 1} : state === 'closed' ? {state, reason: 'refused', rttMs: 1, tries: 1} : {state, reason: 'no-answer', tries: 2},
});

test('ports that are counted alone are told where it is certain what they are', t => {
	const all = Array.from({length: 40}, (_, index) => 20 + index);
	const events = [...all.map(port => probe(0, port, port === 22 ? 'open' : 'closed')), ...all.map(port => probe(1, port, port === 22 ? 'open' : 'filtered')), finished];
	const {notes, started: {tellsOpenOnly}, ...again} = read(formatScan('json', recordOf({started, events}), registry, ['open']));
	t.is(tellsOpenOnly, undefined);
	t.deepEqual(notes, ['Of a host the filtered ports are counted and not listed: their reason is not told, and taken as no-answer.']);
	t.deepEqual(recordOf({started, ...again}).counts, {open: 2, closed: 39, filtered: 39, unknown: 0});

	const mixed = read(formatScan('json', recordOf({started, events: [...all.map(port => probe(0, port, port % 2 === 0 ? 'closed' : 'filtered')), ...all.map(port => probe(1, port, 'closed')), finished]}), registry, ['open']));
	t.true(mixed.started.tellsOpenOnly);
	t.deepEqual(recordOf(mixed).counts, {open: 0, closed: 40, filtered: 0, unknown: 0});
	t.deepEqual(mixed.notes, ['Of a host several kinds of ports are counted and not listed, so which is which is not known: they are left out. Written with --show open,closed,filtered,unknown the document has them.']);
});

test('a document whose members come in another order is read the same', t => {
	const sorted = (value: unknown): unknown => {
		if (Array.isArray(value)) {
			return value.map(each => sorted(each));
		}

		return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, each]) => [name, sorted(each)])) : value;
	};
	const document = formatScan('json', recordOf({started, events: [probe(0, 22, 'open'), probe(1, 23, 'closed'), finished]}), registry, portStates);
	t.deepEqual(read(JSON.stringify(sorted(JSON.parse(document)))).events, read(document).events);
});

test('a document that was cut short is read as far as it goes, wherever that is', t => {
	const events = [probe(0, 22, 'open'), probe(0, 23, 'closed'), probe(1, 22, 'open'), probe(1, 25, 'closed'), {kind: 'host', host: 0}, {kind: 'host', host: 1}, finished] as const satisfies readonly ScanEvent[];
	for (const document of [formatScan('json', recordOf({started, events}), registry, portStates), ndjsonOf(events, portStates), formatScan('csv', recordOf({started, events}), registry, portStates)]) {
		let before = 0;
		for (let length = 0; length < document.trimEnd().length; length++) {
			const result = readDocument(document.slice(0, length));
			const openCount = result.ok ? recordOf(result.value).counts.open : 0;
			t.true(openCount >= before, `after ${length} characters`);
			before = openCount;
			if (result.ok && !document.startsWith('target')) {
				t.is(recordOf(result.value).status, 'interrupted');
				t.true(result.value.notes.length > 0);
			}
		}

		t.true(before >= 1);
	}
});

test('what was never a port of the scan, or no state, is left out with its line', t => {
	const document = formatScan('json', recordOf({started, events: [probe(0, 22, 'open'), probe(0, 23, 'open'), finished]}), registry, ['open']);
	const again = read(document.replace('"port": 22', '"port": 99'));
	t.true(again.notes.includes(`Line ${document.slice(0, document.indexOf('"port": 22')).split('\n').length - 1} is left out: port 99 is none of the scan's.`));
	t.true(read(document.replace('"state": "open"', '"state": "ajar"')).notes.some(note => note.endsWith('is left out: "ajar" and its reason are no state of a port.')));
});

test('nothing of a document reaches the prototype of an object', t => {
	const again = read('{"portui": 1, "kind": "scan", "ports": "22", "__proto__": {"status": "complete"}, "hosts": [{"__proto__": {"address": "192.0.2.7"}, "address": "192.0.2.7", "ports": [], "counts": {"__proto__": {"open": 1}}}]}');
	t.is(again.started.hosts[0]?.address.text, '192.0.2.7');
	t.is(({} as {readonly address?: string}).address, undefined);
});
