import test from 'ava';
import fc from 'fast-check';
import {toPort, type Port} from '../../source/port/port.ts';
import {parseBlock} from '../../source/scan/address-block.ts';
import type {Brake} from '../../source/scan/event.ts';
import type {ScanPlan} from '../../source/scan/scan-plan.ts';
import {leftCount, unreachableReason, type ScanRecord} from '../../source/scan/scan-record.ts';
import {reasonOf} from '../../source/scan/verdict.ts';
import {simulateScan, type SimulatedHost, type Treatment} from '../helpers/simulated-network.ts';

const address = '192.0.2.1';
const portsTo = (count: number): readonly Port[] => Array.from({length: count}, (_, index) => toPort(index + 1));
const openAmong = (open: readonly number[], others: Treatment): SimulatedHost['treat'] => port => (open.includes(port) ? 'open' : others);
const openPortsOf = ({hosts}: ScanRecord): readonly number[] => hosts[0]!.verdicts.portsIn(['open']);
const countsOf = ({hosts}: ScanRecord): unknown => hosts[0]!.verdicts.counts;

test('a host that answers everything is told port by port, each asked once', async t => {
	const {record, attemptCount, tookMs} = await simulateScan({hosts: {[address]: {treat: openAmong([22, 80], 'closed'), rttMs: 20}}, ports: portsTo(5000), seed: 1});
	t.deepEqual(countsOf(record), {open: 2, closed: 4998, filtered: 0, unknown: 0});
	t.deepEqual(openPortsOf(record), [22, 80]);
	t.is(attemptCount, 5000);
	t.is(record.status, 'complete');
	t.true(tookMs < 1000, `${tookMs} ms`);
});

test('a verdict carries its round-trip time and its tries', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: openAmong([7], 'closed'), rttMs: 20}}, ports: portsTo(10), seed: 1});
	const {verdicts} = record.hosts[0]!;
	t.is(verdicts.get(toPort(7))!.tries, 1);
	const verdict = verdicts.get(toPort(7))!;
	t.true(verdict.state === 'open' && Math.abs(verdict.rttMs! - 20) < 1);
});

test('behind a firewall that drops, silent ports are filtered after two or three tries, and all open ones are found', async t => {
	const {record, tookMs} = await simulateScan({hosts: {[address]: {treat: openAmong([22, 443, 40_000], 'dropped'), rttMs: 20}}, ports: portsTo(65_535), seed: 2, plan: {firstPorts: [toPort(22)]}});
	t.deepEqual(countsOf(record), {open: 3, closed: 0, filtered: 65_532, unknown: 0});
	t.like(record.hosts[0]!.verdicts.get(toPort(1000)), {state: 'filtered', reason: 'no-answer'});
	t.true([2, 3].includes(record.hosts[0]!.verdicts.get(toPort(1000))!.tries));
	t.true(tookMs < 20_000, `${tookMs} ms`);
});

test('a host that is silent on everything ends, with every port filtered', async t => {
	const {record, tookMs} = await simulateScan({hosts: {[address]: {treat: () => 'dropped', rttMs: 20}}, ports: portsTo(65_535), seed: 3});
	t.deepEqual(countsOf(record), {open: 0, closed: 0, filtered: 65_535, unknown: 0});
	t.is(unreachableReason(record.hosts[0]!), undefined);
	t.true(tookMs < 60_000, `${tookMs} ms`);
});

test('ICMP answers are filtered with their reason', async t => {
	const codes = {EHOSTUNREACH: 'host-unreachable', ENETUNREACH: 'net-unreachable', EACCES: 'admin-prohibited'} as const;
	for (const [code, reason] of Object.entries(codes)) {
		const {record} = await simulateScan({hosts: {[address]: {treat: openAmong([22], {code, isImmediate: false}), rttMs: 20}}, ports: portsTo(100), seed: 4});
		t.deepEqual(countsOf(record), {open: 1, closed: 0, filtered: 99, unknown: 0});
		t.deepEqual(record.hosts[0]!.verdicts.get(toPort(1)), {state: 'filtered', reason, tries: 1});
		t.is(unreachableReason(record.hosts[0]!), undefined);
	}
});

test('what this machine refuses to send is unknown, never the state of the port', async t => {
	for (const code of ['ENETUNREACH', 'EPERM', 'EACCES', 'EINVAL', 'EADDRNOTAVAIL', 'EWHATEVER']) {
		const {record} = await simulateScan({hosts: {[address]: {treat: openAmong([22], {code, isImmediate: true}), rttMs: 20}}, ports: portsTo(100), seed: 5});
		t.deepEqual(countsOf(record), {open: 1, closed: 0, filtered: 0, unknown: 99}, code);
		t.deepEqual(record.hosts[0]!.verdicts.get(toPort(1)), {state: 'unknown', reason: code, tries: 0}, code);
	}
});

test('a host without a route is unreachable', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: () => ({code: 'ENETUNREACH', isImmediate: true}), rttMs: 20}}, ports: portsTo(1000), seed: 6});
	t.is(unreachableReason(record.hosts[0]!), 'ENETUNREACH');
});

test('too few descriptors slow a scan down, and change nothing it says', async t => {
	for (const descriptors of [1, 3, 40]) {
		const {record} = await simulateScan({
			hosts: {[address]: {treat: openAmong([22, 80], 'closed'), rttMs: 5}}, ports: portsTo(500), machine: {descriptors}, seed: 7,
		});
		t.deepEqual(countsOf(record), {open: 2, closed: 498, filtered: 0, unknown: 0}, `${descriptors} descriptors`);
	}
});

test('what of this machine holds a scan up is told while it does', async t => {
	const brakesOf = async (simulation: Parameters<typeof simulateScan>[0], atMs: number): Promise<Brake | undefined> => {
		const {events} = await simulateScan({...simulation, stopAtMs: atMs});
		return events.findLast(event => event.kind === 'paced')?.brake;
	};

	const far = {hosts: {'192.0.2.1': {treat: () => 'dropped' as const, rttMs: 20}}, ports: portsTo(3000), seed: 1};
	t.deepEqual(await brakesOf({...far, socketLimit: 50}, 200), {kind: 'sockets', socketLimit: 50});
	t.deepEqual(await brakesOf({...far, machine: {descriptors: 20}}, 200), {kind: 'lack', code: 'EMFILE'});
	t.is(await brakesOf({...far, socketLimit: 8000}, 1), undefined);
});

test('a lack that does not pass is told for every port, soon', async t => {
	for (const code of ['EADDRNOTAVAIL', 'EMFILE']) {
		const {record, tookMs} = await simulateScan({hosts: {[address]: {treat: () => ({code, isImmediate: true}), rttMs: 20}}, ports: portsTo(65_535), seed: 15});
		t.deepEqual(countsOf(record), {open: 0, closed: 0, filtered: 0, unknown: 65_535}, code);
		t.is(unreachableReason(record.hosts[0]!), code);
		t.true(tookMs < 30_000, `${tookMs} ms`);
	}
});

test('a path of more than two seconds is waited for', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: openAmong([5, 500], 'dropped'), rttMs: 2500}}, ports: portsTo(1000), seed: 16});
	t.deepEqual(openPortsOf(record), [5, 500]);
});

test('a scan that is stopped tells of the silence it has met', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: () => 'dropped', rttMs: 20}}, ports: portsTo(100), seed: 17, stopAtMs: 1500});
	t.is(record.status, 'interrupted');
	t.is(record.hosts[0]!.verdicts.counts.filtered, 100);
});

test('never more sockets than allowed, and never more in flight than asked for', async t => {
	const silent = {hosts: {[address]: {treat: openAmong([22], 'dropped'), rttMs: 20}}, ports: portsTo(3000), seed: 8};
	t.true((await simulateScan({...silent, socketLimit: 50})).mostOpen <= 50);
	const {mostOpen, record} = await simulateScan({hosts: {[address]: {treat: openAmong([22], 'closed'), rttMs: 20}}, ports: portsTo(100), seed: 8, plan: {concurrency: 1}});
	t.is(mostOpen, 1);
	t.is(record.probedCount, 100);
});

test('a connect to oneself is not an open port', async t => {
	const {record} = await simulateScan({
		hosts: {'127.0.0.1': {treat: openAmong([22], 'closed'), rttMs: 0.1}}, ports: portsTo(20_000), machine: {selfConnect: 0.01}, seed: 9,
	});
	t.deepEqual(openPortsOf(record), [22]);
	t.is(record.hosts[0]!.verdicts.counts.unknown, 0);
});

test('a port that always connects to itself is unknown', async t => {
	const {record} = await simulateScan({hosts: {'127.0.0.1': {treat: () => 'closed', rttMs: 0.1}}, ports: portsTo(10), machine: {selfConnect: 1}, seed: 10});
	t.deepEqual(countsOf(record), {open: 0, closed: 0, filtered: 0, unknown: 10});
});

test('the tries asked for are the tries made', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: () => 'dropped', rttMs: 20}}, ports: portsTo(50), seed: 11, plan: {tries: 4, timeoutMs: 100}});
	t.deepEqual(record.hosts[0]!.verdicts.get(toPort(1)), {state: 'filtered', reason: 'no-answer', tries: 4});
});

test('answers later than their time-out still count', async t => {
	const {record} = await simulateScan({hosts: {[address]: {treat: openAmong([22], 'closed'), rttMs: 150}}, ports: portsTo(200), seed: 12, plan: {timeoutMs: 100, tries: 1}});
	t.deepEqual(countsOf(record), {open: 1, closed: 199, filtered: 0, unknown: 0});
});

test('several hosts share the sockets, and each is told of', async t => {
	const hosts = Object.fromEntries(Array.from({length: 20}, (_, index) => [`192.0.2.${index + 1}`, {treat: openAmong([index + 1], 'closed'), rttMs: 10 + index}]));
	const {record, events, mostOpen} = await simulateScan({hosts, ports: portsTo(100), seed: 13, socketLimit: 30});
	t.deepEqual(record.hosts.map(({verdicts}) => verdicts.portsIn(['open'])), Array.from({length: 20}, (_, index) => [index + 1]) as unknown as Port[][]);
	t.is(events.filter(({kind}) => kind === 'host').length, 20);
	t.true(mostOpen <= 30);
});

for (const rstLimit of [1, 100, 1000]) {
	test(`a host that sends ${rstLimit} RSTs a second: its silent ports are told as limited, its open ones found, and it ends`, async t => {
		const open = [22, 80, 443, 8080, 40_000];
		const {record, tookMs} = await simulateScan({
			hosts: {[address]: {treat: openAmong(open, 'closed'), rttMs: 20, rstLimit}}, ports: portsTo(65_535), seed: 14, plan: {firstPorts: [toPort(22), toPort(80)]},
		});
		const {verdicts} = record.hosts[0]!;
		t.deepEqual(openPortsOf(record), open);
		t.is(verdicts.counts.unknown, 0);
		const reasons = new Set(verdicts.portsIn(['filtered']).map(port => (verdicts.get(port) as {reason: string}).reason));
		t.deepEqual([...reasons], ['rst-limit']);
		t.true(tookMs < 90_000, `${tookMs} ms`);
	});
}

test('under loss no open port is missed, and nothing is invented', async t => {
	await fc.assert(fc.asyncProperty(
		fc.record({
			seed: fc.integer({min: 0, max: 1_000_000}),
			loss: fc.constantFrom(0, 0.01, 0.02, 0.05),
			rttMs: fc.constantFrom(0.5, 5, 20, 80),
			jitterMs: fc.constantFrom(0, 10),
			others: fc.constantFrom<Treatment>('closed', 'dropped'),
			open: fc.uniqueArray(fc.integer({min: 1, max: 2000}), {minLength: 1, maxLength: 15}),
		}),
		async ({seed, loss: drawn, rttMs, jitterMs, others, open}) => {
			// Behind a firewall that drops, hardly an answer tells of loss, and two tries are enough for no more than this.
			const loss = others === 'dropped' ? Math.min(drawn, 0.01) : drawn;
			const {record} = await simulateScan({hosts: {[address]: {treat: openAmong(open, others), rttMs, jitterMs, loss}}, ports: portsTo(2000), seed});
			const found = openPortsOf(record);
			t.true(found.every(port => open.includes(port)), 'nothing is invented');
			t.true(found.length === open.length, `missed ${open.filter(port => !found.includes(port)).join(', ')} at ${loss} loss, ${rttMs} ms, others ${String(others)}, seed ${seed}`);
			t.is(record.hosts[0]!.verdicts.counts.unknown, 0);
			t.is(record.probedCount, 2000);
			const {verdicts} = record.hosts[0]!;
			t.false(verdicts.portsIn(['filtered']).some(port => reasonOf(verdicts.get(port)!) === 'rst-limit'), 'loss is not taken for a limit');
		},
	), {numRuns: 300, seed: 20_260_131});
});

const blocksOf = (text: string): Partial<ScanPlan> => {
	const block = parseBlock(text);
	if (block?.ok !== true) {
		throw new Error(text);
	}

	return {hosts: [], blocks: [block.value], skipsSilentHosts: true};
};

const addressOf = (index: number): string => `192.0.2.${index}`;
const blockHosts = (count: number, treat: (index: number) => SimulatedHost): Record<string, SimulatedHost> => Object.fromEntries(Array.from({length: count}, (_, index) => [addressOf(index), treat(index)]));

test('of a block only hosts that answer are scanned; the dead ones are told as down, and hold nobody up', async t => {
	const hosts = blockHosts(256, index => (index < 5 ? {treat: openAmong([80, 500 + index], 'closed'), rttMs: 5} : {treat: () => 'dropped', rttMs: 5}));
	const {record, tookMs, attemptCount} = await simulateScan({hosts, ports: portsTo(1000), seed: 20, plan: {...blocksOf('192.0.2.0/24'), firstPorts: [toPort(80)]}});
	t.is(record.status, 'complete');
	t.deepEqual(new Map(record.down.reasons), new Map([['no-answer', 251]]));
	t.deepEqual(record.hosts.map(({host: {address}}) => address.text).sort(), [0, 1, 2, 3, 4].map(index => addressOf(index)));
	for (const {host, verdicts} of record.hosts) {
		t.deepEqual(verdicts.portsIn(['open']) as readonly number[], [80, 500 + Number(host.address.text.split('.')[3])]);
		t.is(verdicts.counts.closed, 998);
	}

	t.is(record.counts.filtered, 0, 'a port of a dead host is not called filtered');
	t.is(leftCount(record), 0);
	t.true(attemptCount <= 5 * 1000 + 251 * 8 + 5 * 8, `${attemptCount} attempts`);
	t.true(tookMs < 8000, `${tookMs} ms`);
});

test('every host of a block comes once, whatever becomes of it', async t => {
	const treatments: readonly Treatment[] = ['open', 'closed', 'dropped', {code: 'ENETUNREACH', isImmediate: false}, {code: 'ENETUNREACH', isImmediate: true}];
	const hosts = blockHosts(64, index => ({treat: () => treatments[index % 5]!, rttMs: index % 5 === 3 ? 1100 : 20}));
	const {record, events} = await simulateScan({hosts, ports: portsTo(20), seed: 21, socketLimit: 40, plan: blocksOf('192.0.2.0-63')});
	const ended = events.flatMap(event => (event.kind === 'host' ? [event.host] : []));
	t.deepEqual(ended.sort((one, other) => one - other), Array.from({length: 64}, (_, index) => index));
	t.deepEqual(Object.fromEntries(record.down.reasons), {'no-answer': 13, 'net-unreachable': 13, ENETUNREACH: 12});
	t.deepEqual(record.counts, {open: 13 * 20, closed: 13 * 20, filtered: 0, unknown: 0});
	t.is(record.finishedHostCount, 64);
});

test('a block of hosts that all answer on one port needs one attempt each', async t => {
	const {record, attemptCount} = await simulateScan({hosts: blockHosts(256, index => ({treat: () => (index === 7 ? 'open' : 'closed'), rttMs: 10})), ports: portsTo(1), seed: 22, plan: blocksOf('192.0.2.0/24')});
	t.is(attemptCount, 256);
	t.deepEqual(record.counts, {open: 1, closed: 255, filtered: 0, unknown: 0});
});

test('under loss a host that is there is not taken for dead', async t => {
	const hosts = blockHosts(256, index => ({treat: openAmong([1 + (index % 7)], 'closed'), rttMs: 20, loss: 0.05}));
	const {record} = await simulateScan({hosts, ports: portsTo(50), seed: 23, plan: blocksOf('192.0.2.0/24')});
	t.is(record.down.count, 0);
	t.is(record.openings.length, 256);
});

test('too few descriptors make no host dead', async t => {
	const hosts = blockHosts(32, () => ({treat: openAmong([3], 'closed'), rttMs: 5}));
	const {record} = await simulateScan({hosts, ports: portsTo(30), machine: {descriptors: 5}, seed: 24, plan: blocksOf('192.0.2.0-31')});
	t.is(record.down.count, 0);
	t.is(record.openings.length, 32);
	t.is(record.counts.unknown, 0);
});

test('a rate holds over all hosts', async t => {
	const hosts = blockHosts(16, () => ({treat: openAmong([3], 'closed'), rttMs: 5}));
	const {record, tookMs} = await simulateScan({hosts, ports: portsTo(50), seed: 25, plan: {...blocksOf('192.0.2.0-15'), rate: 100}});
	t.is(record.probedCount, 800);
	t.true(tookMs >= 7900 && tookMs < 9000, `${tookMs} ms for 800 ports at 100 a second`);
});

test('a slow host does not starve the others, where sockets are few', async t => {
	const hosts = {[addressOf(0)]: {treat: () => 'dropped', rttMs: 5}, ...Object.fromEntries([1, 2, 3].map(index => [addressOf(index), {treat: openAmong([9], 'closed'), rttMs: 5}]))} as Record<string, SimulatedHost>;
	const {events, record} = await simulateScan({hosts, ports: portsTo(500), seed: 26, socketLimit: 20});
	const order = events.flatMap(event => (event.kind === 'host' ? [event.host] : []));
	t.is(order.at(-1), 0);
	t.is(record.openings.length, 3);
});

test('a scan of a block that is stopped tells what was answered until then', async t => {
	const hosts = blockHosts(256, index => (index % 2 === 0 ? {treat: () => 'closed', rttMs: 5} : {treat: () => 'dropped', rttMs: 5}));
	const {record} = await simulateScan({hosts, ports: portsTo(100), seed: 27, stopAtMs: 1000, plan: blocksOf('192.0.2.0/24')});
	t.is(record.status, 'interrupted');
	t.true(record.counts.closed > 0);
	t.is(record.down.count, 0);
});

test('neighbours that are dead are told as unreachable, soon', async t => {
	const hosts = blockHosts(256, () => ({treat: () => ({code: 'EHOSTUNREACH', isImmediate: false}), rttMs: 3050}));
	const {record, tookMs} = await simulateScan({hosts, ports: portsTo(1000), seed: 28, plan: blocksOf('192.0.2.0/24')});
	t.deepEqual(Object.fromEntries(record.down.reasons), {'host-unreachable': 256});
	t.true(tookMs < 5000, `${tookMs} ms`);
});

test('a scan that is held opens nothing until it is released, and ends as one that was not', async t => {
	const simulation = {hosts: {'192.0.2.1': {treat: (port: number) => (port % 100 === 0 ? 'open' as const : 'closed' as const), rttMs: 20}}, ports: portsTo(5000), seed: 3};
	const free = await simulateScan(simulation);
	const fromMs = free.tookMs / 2;
	const held = await simulateScan({...simulation, held: {fromMs, untilMs: fromMs + 60_000}});
	t.true(held.tookMs > 60_000 && held.tookMs < 60_000 + 3 * free.tookMs);
	t.deepEqual(held.record.counts, free.record.counts);
	t.is(held.record.status, 'complete');
	t.is(held.record.hosts[0]!.judgement, null);

	const stopped = await simulateScan({...simulation, held: {fromMs, untilMs: 1e9}, stopAtMs: fromMs + 100});
	t.is(stopped.record.status, 'interrupted');
	t.true(stopped.record.probedCount > 0 && stopped.record.probedCount < 5000);
});
