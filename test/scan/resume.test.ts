import test from 'ava';
import fc from 'fast-check';
import {createEventDecoder} from '../../source/history/decode-events.ts';
import {createEventEncoder} from '../../source/history/encode-events.ts';
import type {KeptScan} from '../../source/history/kept-scan.ts';
import {createKnownGatherer} from '../../source/history/known-so-far.ts';
import {toPort} from '../../source/port/port.ts';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import {parseBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanEvent, StartedEvent} from '../../source/scan/event.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';
import {applyScanEvent, createScanRecord, reportedHosts, type ScanRecord} from '../../source/scan/scan-record.ts';
import {simulateScan, type SimulatedHost, type Simulation} from '../helpers/simulated-network.ts';

const ports = Array.from({length: 300}, (_, index) => toPort(index));

const mixed: SimulatedHost = {rttMs: 5, treat: port => (port % 50 === 7 ? 'open' : port % 3 === 0 ? 'dropped' : 'closed')};
const silent: SimulatedHost = {rttMs: 5, treat: port => (port === 200 ? 'open' : 'dropped')};
const closed: SimulatedHost = {rttMs: 1, treat: () => 'closed'};
const absent: SimulatedHost = {rttMs: 5, treat: () => 'dropped'};

/** The state of every port of every host, and what became of each host. */
const answerOf = (record: ScanRecord): unknown => ({
	hosts: reportedHosts(record).map(({host: {address}, verdicts, isFinished, down}) => [address.text, isFinished, down?.reason, verdicts.portsIn(['open']), verdicts.portsIn(['closed']), verdicts.portsIn(['filtered'])]),
	down: record.down.count,
	counts: record.counts,
	status: record.status,
});

/** Cuts a scan after some of its events, keeps and reads them, goes on, and joins both. */
const cutAndResume = async (simulation: Simulation, events: readonly ScanEvent[], cut: number, flushEach: number): Promise<ScanRecord> => {
	const started = events[0] as StartedEvent;
	const plan: ScanPlan = {id: 'x', hosts: started.hosts, ports: portSetOfPorts(simulation.ports), firstPorts: [], seed: simulation.seed, ...simulation.plan};
	const encoder = createEventEncoder();
	let text = '';
	for (const [index, event] of events.slice(0, cut).entries()) {
		encoder.take(event);
		text += index % flushEach === 0 ? encoder.flush() : '';
	}

	const record = createScanRecord(started);
	const gatherer = createKnownGatherer();
	const decoder = createEventDecoder({plan} as KeptScan);
	for (const event of (text + encoder.flush()).split('\n').filter(line => line !== '').flatMap(line => decoder.read(line)!)) {
		gatherer.take(event);
		applyScanEvent(record, event);
	}

	const rest = await simulateScan({...simulation, plan: {...simulation.plan, known: gatherer.known(record)}});
	for (const event of rest.events.slice(1)) {
		applyScanEvent(record, event);
	}

	return record;
};

const block = parseBlock('192.0.2.8/30');
const beds: Readonly<Record<string, Simulation>> = {
	'one host': {hosts: {'192.0.2.1': mixed}, ports, seed: 1},
	'a host behind a firewall': {hosts: {'192.0.2.1': silent}, ports, seed: 2},
	'several hosts, some not there': {hosts: {'192.0.2.1': mixed, '192.0.2.2': absent, '192.0.2.3': silent, '192.0.2.4': closed}, ports, seed: 3, plan: {skipsSilentHosts: true}},
	'a block': {
		hosts: {'192.0.2.8': absent, '192.0.2.9': mixed, '192.0.2.10': closed, '192.0.2.11': absent}, ports, seed: 4,
		plan: {hosts: [{target: '192.0.2.9', address: readAddress('192.0.2.9')!, note: null}].slice(1), blocks: block?.ok === true ? [block.value] : [], skipsSilentHosts: true},
	},
};

for (const [name, simulation] of Object.entries(beds)) {
	test(`cut anywhere, a scan ends with the answer of one that was not: ${name}`, async t => {
		const {record: whole, events} = await simulateScan(simulation);
		const answer = answerOf(whole);
		await fc.assert(fc.asyncProperty(fc.integer({min: 1, max: events.length - 1}), fc.integer({min: 1, max: 60}), async (cut, flushEach) => {
			t.deepEqual(answerOf(await cutAndResume(simulation, events, cut, flushEach)), answer);
		}), {numRuns: 25});
	});
}

test('what was answered is not asked again, but for a few witnesses', async t => {
	const simulation = beds['one host']!;
	const {events, attemptCount} = await simulateScan({...simulation, hosts: {'192.0.2.1': closed}});
	const plan = {...simulation, hosts: {'192.0.2.1': closed}};
	const record = createScanRecord(events[0] as StartedEvent);
	const gatherer = createKnownGatherer();
	for (const event of events.filter(({kind}) => kind === 'probed').slice(0, 250)) {
		gatherer.take(event);
		applyScanEvent(record, event);
	}

	const rest = await simulateScan({...plan, plan: {known: gatherer.known(record)}});
	t.is(attemptCount, 300);
	t.is(rest.attemptCount, 50 + 8);
	t.is(rest.events.filter(({kind}) => kind === 'probed').length, 50);
});
