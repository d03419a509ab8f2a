import test from 'ava';
import fc from 'fast-check';
import {createCountTally} from '../../source/history/count-tally.ts';
import {createEventEncoder} from '../../source/history/encode-events.ts';
import {formatNote, longestNote, parseNote, readNote} from '../../source/history/kept-note.ts';
import {formatKeptScan, type KeptScan} from '../../source/history/kept-scan.ts';
import {readKeptEnd, summarizeKept, unendedStatus} from '../../source/history/kept-summary.ts';
import {requestAgain} from '../../source/history/request-again.ts';
import {nameBeforeRemoval, readFileName, removedNameOf} from '../../source/history/retention.ts';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import {toPort} from '../../source/port/port.ts';
import {readAddress} from '../../source/scan/address.ts';
import {verdicts} from '../helpers/scan-events.ts';

const kept: KeptScan = {
	plan: {
		id: '20260131T120000000Z-0a1b2c3d', hosts: [{target: 'localhost', address: readAddress('127.0.0.1')!, note: null}], ports: portSetOfPorts([toPort(22), toPort(80)]),
		firstPorts: [], seed: 7, rate: 50, isThorough: true, skipsSilentHosts: true,
	},
	startedAt: '2026-01-31T12:00:00.000Z',
	engine: 'socket',
	request: {targets: ['localhost', '@list'], ports: '22,http', exclude: ['x']},
	continues: null,
	processId: 12,
};
const firstLine = formatKeptScan(kept).trimEnd();
const elsewhere = {writtenAtMs: 0, nowMs: 1000, isRunning: () => true};

const ending = (): string => {
	const encoder = createEventEncoder(createCountTally(kept.plan.ports));
	encoder.take({kind: 'probed', host: 0, port: toPort(22), verdict: verdicts.open});
	encoder.take({kind: 'probed', host: 0, port: toPort(80), verdict: verdicts.closed});
	encoder.take({kind: 'host', host: 0});
	encoder.take({kind: 'finished', finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', message: null});
	return encoder.flush();
};

test('the end of a file tells how the scan ended, with its counts', t => {
	t.deepEqual(readKeptEnd(ending()), {status: 'complete', finishedAt: '2026-01-31T12:00:02.000Z', counts: {open: 1, closed: 1, filtered: 0, unknown: 0}, note: undefined});
});

test('of notes the last one counts, wherever the end is', t => {
	t.is(readKeptEnd(`${ending()}${formatNote('one')}${formatNote('two')}`).note, 'two');
	t.is(readKeptEnd(`${ending()}${formatNote('one')}${formatNote('')}`).note, undefined);
	t.is(readKeptEnd(`${formatNote('one')}${ending()}`).note, undefined, 'notes before the end are of no file of ours');
	t.is(readKeptEnd(`{"kind":"probed","ho\n${formatNote('torn')}`).note, 'torn');
});

test('an older end without counts, and one that is damaged, tell none', t => {
	t.like(readKeptEnd('{"kind":"finished","finishedAt":"2026-01-31T12:00:02.000Z","status":"failed","message":null}\n'), {status: 'failed', counts: undefined});
	t.like(readKeptEnd('{"kind":"finished","finishedAt":"2026-01-31T12:00:02.000Z","status":"complete","counts":{"open":-1}}\n'), {status: 'complete', counts: undefined});
	t.like(readKeptEnd('{"kind":"finished","finishedAt":"soon","status":"complete"}\n'), {status: undefined});
});

test('reading an end never throws', t => {
	fc.assert(fc.property(fc.string(), fc.nat(400), (text, cut) => {
		readKeptEnd(text);
		readKeptEnd(`${ending()}${text}`.slice(cut));
		t.is(summarizeKept(text, readKeptEnd(''), elsewhere), undefined);
	}));
});

test('a summary has what was asked and how it stands', t => {
	t.deepEqual(summarizeKept(firstLine, readKeptEnd(`${ending()}${formatNote('mine')}`), elsewhere), {
		startedAt: kept.startedAt, finishedAt: '2026-01-31T12:00:02.000Z', status: 'complete', targets: ['localhost', '@list'], targetCount: 2, ports: '22,http', seed: 7, engine: 'socket', hostCount: 1,
		counts: {open: 1, closed: 1, filtered: 0, unknown: 0}, continues: null, importedFrom: null, processId: 12, note: 'mine',
	});
	t.is(summarizeKept(firstLine, readKeptEnd(''), elsewhere)?.status, 'running');
});

const unended: ReadonlyArray<readonly [situation: string, nowMs: number, isRunning: boolean, status: 'running' | 'torn']> = [
	['its process lives, and wrote lately', 59_000, true, 'running'],
	['a process of that number lives, and nothing was written for long', 61_000, true, 'torn'],
	['its process is gone', 10, false, 'torn'],
];

for (const [situation, nowMs, isRunning, status] of unended) {
	test(`a scan without an end: ${situation}`, t => {
		t.is(unendedStatus(12, {writtenAtMs: 0, nowMs, isRunning: () => isRunning}), status);
	});
}

test('a note is one line, not too long, and comes back as it was', t => {
	fc.assert(fc.property(fc.string({maxLength: 100, unit: 'binary'}), typed => {
		const note = parseNote(typed);
		t.true(note.ok);
		if (note.ok && note.value !== '') {
			t.notRegex(note.value, /[\n\r\t]/);
			const line = formatNote(note.value);
			t.is(line.indexOf('\n'), line.length - 1);
			t.is(readKeptEnd(line).note, readNote(JSON.parse(line) as {text: string}));
		}
	}));
	t.deepEqual(parseNote('  before \n the move '), {ok: true, value: 'before the move'});
	t.is(parseNote('x'.repeat(longestNote + 1)).ok, false);
});

test('the same is asked again with its settings, and without its seed', t => {
	t.deepEqual(requestAgain(kept), {targets: ['localhost', '@list'], ports: '22,http', exclude: ['x'], rate: 50, concurrency: undefined, timeoutMs: undefined, tries: undefined, isThorough: true, keepsGoing: undefined});
	t.like(requestAgain({...kept, request: null, plan: {...kept.plan, skipsSilentHosts: false}}), {targets: ['localhost'], ports: '22,80', assumesUp: true});
	t.deepEqual(requestAgain(kept, ['192.0.2.1', 'x']).exclude, ['x', '192.0.2.1']);
});

test('the name of a removed file leads back, and is no kept scan', t => {
	const name = '20260131T120000123Z-0a1b2c3d.ndjson';
	t.is(readFileName(removedNameOf(name)), undefined);
	t.is(nameBeforeRemoval(removedNameOf(name)), name);
	t.is(nameBeforeRemoval(name), undefined);
	t.is(nameBeforeRemoval('other.removed'), undefined);
});
