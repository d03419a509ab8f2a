import fc from 'fast-check';
import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import {buffersOf, packEvents, unpackEvents} from '../../source/scan/packed-events.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import {scanEvents, verdicts} from '../helpers/scan-events.ts';

const tries = fc.integer({min: 0, max: 255});
const rttMs = fc.double({min: 0, max: 600_000, noNaN: true});

const anyVerdict: fc.Arbitrary<Verdict> = fc.oneof(
	fc.record({state: fc.constant('open' as const), rttMs, tries}),
	fc.record({state: fc.constant('closed' as const), reason: fc.constant('refused' as const), rttMs, tries}),
	fc.record({state: fc.constant('filtered' as const), reason: fc.constantFrom('no-answer' as const, 'rst-limit' as const, 'net-unreachable' as const), tries}),
	fc.record({state: fc.constant('unknown' as const), reason: fc.constantFrom('EMFILE', 'self-connect', 'no-answer', '__proto__', '', ' '), tries}),
);

const anyProbed = fc.record({kind: fc.constant('probed' as const), host: fc.integer({min: 0, max: 0xFF_FF_FF_FF}), port: fc.integer({min: 0, max: 0xFF_FF}).map(port => toPort(port)), verdict: anyVerdict});

const anyEvent: fc.Arbitrary<ScanEvent> = fc.oneof(
	{weight: 4, arbitrary: anyProbed},
	{weight: 1, arbitrary: fc.constantFrom<ScanEvent>(
		...scanEvents({}),
		{kind: 'paused'},
		{kind: 'resumed'},
		{kind: 'host', host: 3},
		{kind: 'paced', elapsedMs: 12, hosts: [{host: 0, inFlightCount: 1, windowSize: 2, rttMs: null, lossRate: 0}]},
	)},
);

/** As 32 bits hold it. */
const rounded = (event: ScanEvent): ScanEvent =>
	event.kind === 'probed' && 'rttMs' in event.verdict ? {...event, verdict: {...event.verdict, rttMs: Math.fround(event.verdict.rttMs)}} : event;

test('events come back as they went, in their order, round-trip times to some seven digits', t => {
	fc.assert(fc.property(fc.array(anyEvent, {maxLength: 60}), events => {
		t.deepEqual(unpackEvents(packEvents(events)).map(event => rounded(event)), events.map(event => rounded(event)));
	}));
});

test('they come back the same from another thread', t => {
	fc.assert(fc.property(fc.array(anyEvent, {maxLength: 30}), events => {
		const packed = packEvents(events);
		t.deepEqual(unpackEvents(structuredClone(packed, {transfer: buffersOf(packed)})).map(event => rounded(event)), events.map(event => rounded(event)));
	}), {numRuns: 50});
});

test('neighbouring verdicts become one run, a few stay as they are, and runs keep their place among other events', t => {
	const probed = (port: number): ScanEvent => ({kind: 'probed', host: 0, port: toPort(port), verdict: verdicts.closed});
	const run = (first: number): ScanEvent[] => Array.from({length: 10}, (_, index) => probed(first + index));
	const events: ScanEvent[] = [...run(1), {kind: 'paused'}, probed(50), {kind: 'resumed'}, ...run(60)];
	t.deepEqual(packEvents(events).map(({kind}) => kind), ['packed', 'paused', 'probed', 'resumed', 'packed']);
	t.deepEqual(unpackEvents(packEvents(events)).map(event => event.kind), events.map(event => event.kind));
});

test('a state and its reason are written once a run, so a thousand verdicts are five buffers', t => {
	const events = Array.from({length: 1000}, (_, port): ScanEvent => ({kind: 'probed', host: 0, port: toPort(port), verdict: port % 2 === 0 ? verdicts.closed : verdicts.filtered}));
	const packed = packEvents(events);
	t.is(packed.length, 1);
	t.is(buffersOf(packed).length, 5);
	t.true(packed.every(event => event.kind === 'packed' && event.states.length === 2));
});

test('nothing packs to nothing', t => {
	t.deepEqual(packEvents([]), []);
	t.deepEqual(unpackEvents([]), []);
	t.deepEqual(buffersOf(packEvents([{kind: 'paused'}])), []);
});
