import test from 'ava';
import fc from 'fast-check';
import {formatPortSet, readPortSet} from '../../../source/port/port-set.ts';
import {followPortui, readPortuiStart} from '../../../source/report/reading/follow-portui.ts';
import {readAddress} from '../../../source/scan/address.ts';
import type {ScanEvent} from '../../../source/scan/event.ts';
import type {ProgramEnd} from '../../../source/scan/program-reader.ts';
import {createScanTeller} from '../../../source/scan/scan-teller.ts';

const hosts = [{target: 'localhost', address: readAddress('127.0.0.1')!, note: null}];
const at = {target: 'localhost', address: '127.0.0.1', family: 4, note: null};

const lines = [
	{kind: 'probed', ...at, port: 22, transport: 'tcp', state: 'open', reason: 'connected', rttMs: 1.5, tries: 2},
	{kind: 'observed', ...at, port: 22, transport: 'tcp', observed: {protocol: 'ssh', product: null, version: null, banner: null}},
	{kind: 'probed', ...at, port: 23, transport: 'tcp', state: 'filtered', reason: 'no-answer', rttMs: null, tries: 3},
	{kind: 'probed', ...at, address: '192.0.2.9', port: 22, state: 'open', tries: 1},
	{kind: 'host', ...at, counts: {}, down: null, judgement: 'vanished'},
	{kind: 'finished', status: 'complete', message: null, finishedAt: '2026-01-01T00:00:00.000Z'},
].map(line => `${JSON.stringify({portui: 1, ...line})}\n`);

const follow = (pieces: readonly string[]): {readonly events: readonly ScanEvent[]; readonly end: ProgramEnd} => {
	const events: ScanEvent[] = [];
	const reader = followPortui(createScanTeller({id: 'one', hosts, ports: readPortSet('22-23'), firstPorts: [], seed: 1}, event => events.push(event), () => {}));
	for (const piece of pieces) {
		reader.write(piece);
	}

	return {events, end: reader.end()};
};

test('what portui tells elsewhere is told here, in whatever pieces it comes', t => {
	const whole = follow(lines);
	t.deepEqual(whole.end, {isWhole: true, problem: null, isSure: true});
	t.deepEqual(whole.events, [
		{kind: 'probed', host: 0, port: 22, verdict: {state: 'open', rttMs: 1.5, tries: 2}},
		{kind: 'observed', host: 0, port: 22, observed: {protocol: 'ssh', product: null, version: null, banner: null}},
		{kind: 'probed', host: 0, port: 23, verdict: {state: 'filtered', reason: 'no-answer', tries: 3}},
		{kind: 'host', host: 0, judgement: {kind: 'vanished'}},
	] as unknown as readonly ScanEvent[]);
	const text = lines.join('');
	fc.assert(fc.property(fc.array(fc.nat(text.length), {maxLength: 8}), cuts => {
		const places = [0, ...cuts.toSorted((one, other) => one - other), text.length];
		t.deepEqual(follow(places.slice(1).map((end, index) => text.slice(places[index], end))), whole);
	}));
});

test('a scan that was cut short there is no whole one', t => {
	t.deepEqual(follow(lines.slice(0, -1)).end, {isWhole: false, problem: null});
	t.deepEqual(follow(['{"kind":"finished","status":"interrupted","message":null}\n']).end, {isWhole: false, problem: 'it was interrupted there'});
	t.deepEqual(follow(['{"kind":"finished","status":"failed","message":"No room."}\n']).end, {isWhole: false, problem: 'No room.'});
});

test('the first line tells the hosts, or it is none', t => {
	const start = readPortuiStart(JSON.stringify({portui: 1, kind: 'started', id: 'a', seed: 7, ports: '22-23', hosts: [at]}));
	t.deepEqual(start?.hosts, hosts);
	t.is(start?.seed, 7);
	t.is(formatPortSet(start!.ports), '22-23');
	for (const line of ['', '{}', 'Welcome!', '{"kind":"started"}', '{"kind":"started","ports":"x","hosts":[]}', '{"kind":"started","ports":"22","hosts":[{"address":"nowhere"}]}']) {
		t.is(readPortuiStart(line), undefined);
	}
});

test('nothing that is said elsewhere breaks the reader', t => {
	fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.json(), fc.constantFrom(...lines)), {maxLength: 20}), pieces => {
		t.notThrows(() => follow(pieces));
		t.notThrows(() => readPortuiStart(pieces.join('')));
	}));
});
