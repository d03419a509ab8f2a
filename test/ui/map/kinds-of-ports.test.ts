import test from 'ava';
import {interval} from '../../../source/port/port-range.ts';
import {lastPort, portCount, toPort, type Port} from '../../../source/port/port.ts';
import {loadRegistry} from '../../../source/registry/load-registry.ts';
import {severities, statuses} from '../../../source/registry/registry.ts';
import {applyScanEvent, createScanRecord} from '../../../source/scan/scan-record.ts';
import type {StartedEvent} from '../../../source/scan/event.ts';
import {mapColorings, type MapColoring} from '../../../source/store/map-coloring.ts';
import {countKinds} from '../../../source/ui/map/cells.ts';
import {kindsOf} from '../../../source/ui/map/kinds.ts';
import {kindsOfPorts, type MapFacts} from '../../../source/ui/map/kinds-of-ports.ts';
import {scanEvents, scanRecord, verdicts} from '../../helpers/scan-events.ts';

const nobody: ReadonlySet<Port> = new Set();
const nothing: MapFacts = {registry: undefined, record: undefined, results: undefined, listening: nobody};

const wordOf = (coloring: MapColoring, facts: MapFacts, port: number): string => kindsOf[coloring][kindsOfPorts(coloring, facts)![port]!]!.word;

const countsOf = (coloring: MapColoring, facts: MapFacts): Readonly<Record<string, number>> => {
	const counts = countKinds(kindsOfPorts(coloring, facts)!, kindsOf[coloring], interval(0, lastPort));
	return Object.fromEntries(kindsOf[coloring].map(({word}, kind) => [word, counts[kind]!]));
};

test('by range: the three ranges, without a registry', t => {
	t.deepEqual(countsOf('range', nothing), {'well-known': 1024, registered: 48_128, ephemeral: 16_384});
	t.deepEqual([0, 1023, 1024, 49_151, 49_152, 65_535].map(port => wordOf('range', nothing, port)), ['well-known', 'well-known', 'registered', 'registered', 'ephemeral', 'ephemeral']);
});

test('what the registry must say is not said before it is there', t => {
	t.is(kindsOfPorts('assignment', nothing), undefined);
	t.is(kindsOfPorts('exposure', nothing), undefined);
	t.is(kindsOfPorts('found', nothing), undefined);
});

test('by assignment: as the registry’s own search by status has it', async t => {
	const registry = await loadRegistry();
	const counts = countsOf('assignment', {...nothing, registry});
	for (const status of statuses) {
		t.is(counts[status], registry.search(`status:${status}`).length, status);
	}
});

test('by exposure: as the registry’s own search by risk has it, the gravest of a port', async t => {
	const registry = await loadRegistry();
	const facts = {...nothing, registry};
	const counts = countsOf('exposure', facts);
	for (const [index, severity] of severities.entries()) {
		const thatOrGraver = severities.slice(index).reduce((sum, each) => sum + counts[each]!, 0);
		t.is(thatOrGraver, registry.search(`risk:${severity}`).length, severity);
	}

	t.true(severities.includes(wordOf('exposure', facts, 23) as typeof severities[number]), 'telnet is risky');
	t.is(wordOf('exposure', facts, 65_535), 'no known risk');
});

test('by what was found: the results, and nothing else', t => {
	const facts = {...nothing, results: [toPort(80), toPort(8080)]};
	t.deepEqual(countsOf('found', facts), {other: portCount - 2, found: 2});
	t.is(wordOf('found', facts, 8080), 'found');
});

const hosts = [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}];

test('by scan: each port by what tells most of its hosts', t => {
	const record = scanRecord({hosts, probed: [
		{22: verdicts.open, 23: verdicts.closed, 24: verdicts.closed, 25: verdicts.closed, 26: verdicts.unknown},
		{22: verdicts.closed, 23: verdicts.filtered, 24: verdicts.unknown, 25: verdicts.closed, 26: verdicts.filtered},
	]});
	t.deepEqual([21, 22, 23, 24, 25, 26].map(port => wordOf('scan', {...nothing, record}, port)), ['no verdict', 'open', 'filtered', 'unknown', 'closed', 'filtered']);
});

test('by scan: what listens on this machine is shown too, and open tells more', t => {
	const listening = new Set([toPort(22), toPort(53), toPort(99)]);
	const record = scanRecord({probed: [{22: verdicts.open, 53: verdicts.filtered}]});
	t.deepEqual([22, 53, 99, 100].map(port => wordOf('scan', {...nothing, record, listening}, port)), ['open', 'listening here', 'listening here', 'no verdict']);
	t.is(wordOf('scan', {...nothing, listening}, 99), 'listening here', 'without a scan');
});

test('nothing is made anew while nothing has changed', async t => {
	const registry = await loadRegistry();
	const facts = {registry, record: scanRecord({probed: [{22: verdicts.open}]}), results: [toPort(80)], listening: nobody};
	for (const coloring of mapColorings) {
		t.is(kindsOfPorts(coloring, {...facts}), kindsOfPorts(coloring, facts), coloring);
	}
});

test('a record that has changed in place is looked at again', t => {
	const [started, ...rest] = scanEvents({probed: [{22: verdicts.open, 23: verdicts.closed}]});
	const facts = {...nothing, record: createScanRecord(started as StartedEvent)};
	const before = kindsOfPorts('scan', facts);
	t.is(wordOf('scan', facts, 22), 'no verdict');
	applyScanEvent(facts.record, rest[0]!);
	t.not(kindsOfPorts('scan', facts), before);
	t.is(wordOf('scan', facts, 22), 'open');
	t.is(wordOf('scan', facts, 23), 'no verdict');
	const other = {...facts, listening: new Set([toPort(23)])};
	t.is(wordOf('scan', other, 23), 'listening here', 'other listening ports count at once');
});
