import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort, type Port} from '../../source/port/port.ts';
import {createPortPlaces, portSetOfPorts} from '../../source/port/port-set.ts';
import {portStates, type PortState, type Verdict} from '../../source/scan/verdict.ts';
import {createVerdictTable} from '../../source/scan/verdict-table.ts';
import {verdicts} from '../helpers/scan-events.ts';

const tries = fc.integer({min: 0, max: 255});
const rttMs = fc.float({min: 0, max: 100_000, noNaN: true});

const anyVerdict: fc.Arbitrary<Verdict> = fc.oneof(
	fc.record({state: fc.constant('open' as const), rttMs, tries}),
	fc.record({state: fc.constant('closed' as const), reason: fc.constant('refused' as const), rttMs, tries}),
	fc.record({state: fc.constant('filtered' as const), reason: fc.constantFrom('no-answer' as const, 'rst-limit' as const, 'host-unreachable' as const), tries}),
	fc.record({state: fc.constant('unknown' as const), reason: fc.constantFrom('EMFILE', 'self-connect', 'EPERM', 'connected'), tries}),
);

/** Few ports, so that verdicts supersede each other. */
const anyPort = fc.oneof(fc.integer({min: 0, max: 5}), fc.constant(lastPort)).map(port => toPort(port));

test('a table holds what a plain Map would hold', t => {
	fc.assert(fc.property(fc.array(fc.tuple(anyPort, anyVerdict), {maxLength: 40}), fc.subarray([...portStates]), (changes, wanted) => {
		const table = createVerdictTable();
		const model = new Map<Port, Verdict>();
		for (const [port, verdict] of changes) {
			t.is(table.set(port, verdict), model.get(port)?.state);
			model.set(port, verdict);
		}

		for (const port of [0, 1, 2, 3, 4, 5, 6, lastPort].map(each => toPort(each))) {
			t.deepEqual(table.get(port), model.get(port));
			t.is(table.stateOf(port), model.get(port)?.state);
		}

		const countOf = (state: PortState): number => [...model.values()].filter(verdict => verdict.state === state).length;
		t.deepEqual(table.counts, {open: countOf('open'), closed: countOf('closed'), filtered: countOf('filtered'), unknown: countOf('unknown')});
		const inStates = [...model].filter(([, {state}]) => wanted.includes(state)).map(([port]) => port).sort((one, other) => one - other);
		t.deepEqual(table.portsIn(wanted), inStates);
	}));
});

test('a port nobody probed has no verdict', t => {
	const table = createVerdictTable();
	t.is(table.get(toPort(80)), undefined);
	t.is(table.stateOf(toPort(80)), undefined);
	t.deepEqual(table.portsIn(portStates), []);
	t.deepEqual(table.counts, {open: 0, closed: 0, filtered: 0, unknown: 0});
});

test('a later verdict replaces all of an earlier one', t => {
	const table = createVerdictTable();
	t.is(table.set(toPort(80), verdicts.filtered), undefined);
	t.is(table.set(toPort(80), {state: 'open', rttMs: 0.5, tries: 2}), 'filtered');
	t.deepEqual(table.get(toPort(80)), {state: 'open', rttMs: 0.5, tries: 2});
	t.deepEqual(table.counts, {open: 1, closed: 0, filtered: 0, unknown: 0});
});

test('a round-trip time keeps some seven digits', t => {
	const table = createVerdictTable();
	table.set(toPort(80), {state: 'open', rttMs: 0.123_456_789, tries: 1});
	const verdict = table.get(toPort(80))!;
	t.true(verdict.state === 'open' && Math.abs(verdict.rttMs! - 0.123_456_789) < 1e-8);
});

test('a verdict without a round-trip time keeps none', t => {
	const table = createVerdictTable();
	table.set(toPort(80), {state: 'open', tries: 1});
	table.set(toPort(81), {state: 'closed', reason: 'refused', tries: 1});
	t.deepEqual(table.get(toPort(80)), {state: 'open', tries: 1});
	t.deepEqual(table.get(toPort(81)), {state: 'closed', reason: 'refused', tries: 1});
});

test('all ports can have a verdict', t => {
	const table = createVerdictTable();
	for (let port = 0; port <= lastPort; port++) {
		table.set(toPort(port), verdicts.closed);
	}

	t.is(table.counts.closed, 65_536);
	t.is(table.portsIn(['closed']).length, 65_536);
});

test('numbers of ports are raised to those of their states, and never lowered', t => {
	const table = createVerdictTable();
	table.set(toPort(1), verdicts.open);
	table.set(toPort(2), verdicts.closed);
	table.set(toPort(3), verdicts.filtered);
	table.set(lastPort, verdicts.unknown);
	const numbers = new Uint8Array(65_536);
	numbers.set([7, 2, 2, 2], 0);
	table.raise(numbers, {open: 9, closed: 1, filtered: 3, unknown: 2});
	t.deepEqual([...numbers.subarray(0, 5)], [7, 9, 2, 3, 0]);
	t.is(numbers[lastPort], 2);
});

test('reasons are counted with the most tries they took; a verdict that is replaced counts no more', t => {
	const table = createVerdictTable();
	t.deepEqual(table.tallyOf('no-answer'), {count: 0, mostTries: 0});
	table.set(toPort(1), {state: 'filtered', reason: 'no-answer', tries: 3});
	table.set(toPort(2), {state: 'filtered', reason: 'no-answer', tries: 5});
	table.set(toPort(3), verdicts.open);
	t.deepEqual(table.tallyOf('no-answer'), {count: 2, mostTries: 5});
	table.set(toPort(1), verdicts.open);
	t.is(table.tallyOf('no-answer').count, 1);
	t.is(table.tallyOf('connected').count, 2);
});

test('a table tells which ports may get a verdict', t => {
	t.true(createVerdictTable().asks(toPort(0)));
	const table = createVerdictTable(createPortPlaces(portSetOfPorts([22, 80].map(port => toPort(port)))));
	t.deepEqual([22, 23, 80].map(port => table.asks(toPort(port))), [true, false, true]);
});
