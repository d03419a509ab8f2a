import test from 'ava';
import fc from 'fast-check';
import {readPortSet} from '../../../source/port/port-set.ts';
import {followMasscan} from '../../../source/report/reading/follow-masscan.ts';
import {readAddress} from '../../../source/scan/address.ts';
import type {Doing, ScanEvent} from '../../../source/scan/event.ts';
import {planMasscan} from '../../../source/scan/masscan-plan.ts';
import type {ProgramEnd} from '../../../source/scan/program-reader.ts';
import {createScanTeller} from '../../../source/scan/scan-teller.ts';
import type {ScanPlan} from '../../../source/scan/scan-plan.ts';

const plan: ScanPlan = {id: 'one', hosts: ['10.77.0.2', '2001:db8::1'].map(text => ({target: text, address: readAddress(text)!, note: null})), ports: readPortSet('80-90'), firstPorts: [], seed: 1};

const follow = (pieces: readonly string[], said: readonly string[] = []): {readonly events: readonly ScanEvent[]; readonly doing: readonly Doing[]; readonly end: ProgramEnd} => {
	const events: ScanEvent[] = [];
	const doing: Doing[] = [];
	const reader = followMasscan(createScanTeller(plan, event => events.push(event), each => doing.push(each)));
	for (const line of said) {
		reader.say(line);
	}

	for (const piece of pieces) {
		reader.write(piece);
	}

	return {events, doing, end: reader.end()};
};

const list = ['80/tcp on 10.77.0.2', '81/tcp on 2001:db8::1', '82/udp on 10.77.0.2', '80/tcp on 192.0.2.1', '99999/tcp on 10.77.0.2'].map(place => `Discovered open port ${place}${' '.repeat(33)}\n`).join('');

test('each port that it finds is told, in whatever pieces that comes', t => {
	const whole = follow([list]);
	t.deepEqual(whole.events, [
		{kind: 'probed', host: 0, port: 80, verdict: {state: 'open', tries: 1}},
		{kind: 'probed', host: 1, port: 81, verdict: {state: 'open', tries: 1}},
	] as unknown as readonly ScanEvent[]);
	t.true(whole.end.isWhole);
	fc.assert(fc.property(fc.nat(list.length), place => {
		t.deepEqual(follow([list.slice(0, place), list.slice(place)]), whole);
	}));
});

test('its progress is told, and nothing else that it says', t => {
	t.deepEqual(follow([], ['rate:  0.00-kpps, 50.00% done, 250:26:46 remaining, found=0       ', 'rate:  0.00-kpps, 100.00% done, waiting 0-secs, found=2', 'Initiating SYN Stealth Scan']).doing, [
		{task: 'SYN scan', share: 0.5}, {task: 'SYN scan, waiting for late answers', share: 1},
	]);
});

test('masscan is run once, with addresses alone in a file, at a modest rate', t => {
	t.deepEqual(planMasscan(plan, '/dev/fd/3'), {args: ['--rate', '1000', '--wait', '5', '-p', '80-90', '-iL', '/dev/fd/3'], input: '10.77.0.2\n2001:db8::1\n'});
	t.is(planMasscan({...plan, rate: 20, tries: 3}, 'x').args.slice(0, 4).join(' '), '--rate 20 --retries 2');
});

test('nothing that it writes breaks the reader', t => {
	fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constant(list)), {maxLength: 20}), pieces => {
		t.notThrows(() => follow(pieces, pieces));
	}));
});
