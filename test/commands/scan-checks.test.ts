import test from 'ava';
import {checkExpected, checkSeverity, parseExpected} from '../../source/commands/scan-checks.ts';
import {describeLargeScan} from '../../source/commands/scan-estimate.ts';
import {parsePortSet} from '../../source/port/parse-port-set.ts';
import type {PortSet} from '../../source/port/port-set.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import type {StartedEvent} from '../../source/scan/event.ts';
import {scanEvents, scanRecord, verdicts} from '../helpers/scan-events.ts';

const registry = await loadRegistry();

const setOf = (text: string): PortSet => {
	const ports = parsePortSet(text, registry);
	if (!ports.ok) {
		throw new Error(ports.message);
	}

	return ports.value;
};

const expectedOf = (text: string): PortSet => {
	const expected = parseExpected(text, setOf('all'), registry);
	if (!expected.ok) {
		throw new Error(expected.message);
	}

	return expected.value;
};

const {open, closed, unknown} = verdicts;
const localhost = [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1'}] as const;
const two = [{target: '10.0.0.1', address: '10.0.0.1'}, {target: '10.0.0.2', address: '10.0.0.2'}] as const;

const rows: ReadonlyArray<readonly [situation: string, script: Parameters<typeof scanRecord>[0], expected: string, sentences: readonly string[]]> = [
	['exactly these', {probed: [{22: open, 80: open, 81: closed}]}, '22,80', []],
	['none', {probed: [{81: closed}]}, 'none', []],
	['one too many', {probed: [{22: open, 80: open}]}, '22', ['localhost differs from what --expect says: 80 open, not expected.']],
	['one missing', {probed: [{22: open, 80: closed}]}, '22,80', ['localhost differs from what --expect says: 80 expected, not open.']],
	['both', {probed: [{22: open, 80: closed}]}, '80', ['localhost differs from what --expect says: 22 open, not expected; 80 expected, not open.']],
	['a port that could not be asked', {probed: [{22: open, 80: unknown}]}, '22', ['localhost differs from what --expect says: 1 not known.']],
	['ports that were not finished', {probed: [{22: open}], portCount: 4}, '22', ['localhost differs from what --expect says: 3 not known.']],
	['open on one address of a name', {hosts: localhost, probed: [{22: open, 80: closed}, {22: closed, 80: open}]}, '22,80', []],
	['each target by itself', {hosts: two, probed: [{22: open}, {22: closed}]}, '22', ['10.0.0.2 differs from what --expect says: 22 expected, not open.']],
];

for (const [situation, script, expected, sentences] of rows) {
	test(`--expect ${expected}: ${situation}`, t => {
		t.deepEqual(checkExpected(scanRecord(script), expectedOf(expected)), sentences);
	});
}

test('what is not scanned cannot be expected', t => {
	t.deepEqual(parseExpected('22,443,445', setOf('1-100'), registry), {ok: false, message: '--expect names ports that are not scanned: 443,445. Add them to -p, or leave them out.'});
	t.deepEqual(parseExpected('90-80', setOf('all'), registry), {ok: false, message: '--expect: "90-80" runs backwards: write 80-90.'});
});

test('a risk that is grave enough is told, by what usually listens there', t => {
	const record = scanRecord({hosts: [{target: 'x', address: '10.0.0.1'}], probed: [{6379: open, 22: open, 23: closed}]});
	const sentences = checkSeverity(record, registry, 'high');
	t.is(sentences.length, 1);
	t.regex(sentences[0]!, /^10\.0\.0\.1:6379 is open, where Redis.* usually listens: (high|critical) risk seen from lan\.$/);
	t.true(checkSeverity(record, registry, 'info').length >= sentences.length);
	t.deepEqual(checkSeverity(scanRecord({probed: [{6379: closed}]}), registry, 'info'), []);
});

const started = scanEvents({})[0] as StartedEvent;

test('a very large scan is announced with the time it takes, one of a usual size is not', t => {
	t.is(describeLargeScan({...started, portCount: 65_536}), undefined);
	t.is(describeLargeScan({...started, hosts: [], hostCount: 65_536, portCount: 1000}), undefined);
	t.regex(describeLargeScan({...started, hosts: [], hostCount: 2 ** 24, portCount: 65_536}) ?? '', /that takes about 2 years at 20,000 a second/);
	t.regex(describeLargeScan({...started, hosts: [], hostCount: 2 ** 24, portCount: 10}, 1000) ?? '', /that takes about 2 days at 1,000 a second/);
	t.regex(describeLargeScan({...started, hosts: [], hostCount: 2 ** 64, portCount: 1}) ?? '', /^10\^19 and more hosts with 1 port each .* that takes more than a million years/);
});
