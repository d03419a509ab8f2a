import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {scanDocument} from '../../source/report/scan-json.ts';
import {formatScanMarkdown} from '../../source/report/scan-markdown.ts';
import {formatScanText} from '../../source/report/scan-text.ts';
import type {Verdict} from '../../source/scan/verdict.ts';
import {scanRecord, verdicts, type ScanScript} from '../helpers/scan-events.ts';

const registry = await loadRegistry();

const withoutTrailingBlanks = (text: string): boolean => text.split('\n').every(line => line === line.trimEnd());

test('a scan in text', t => {
	const text = formatScanText(scanRecord({probed: [{6: verdicts.open, 22: verdicts.open, 48_999: verdicts.unknown, 81: verdicts.closed}]}), registry);
	t.is(text, `localhost (127.0.0.1)
 PORT  STATE                 RTT  SERVICE (registry name, not observed)  COMMONLY  RISK OF THE USUAL SERVICE (not observed)
    6  open              0.08 ms  -                                      -         -
   22  open              0.08 ms  ssh                                    OpenSSH   SSH, info from loopback: Encrypted, but passwords are guessed around the clock on any public address
48999  unknown (EMFILE)        -  -                                      -         -
4 ports: 2 open, 1 closed, 0 filtered, 1 unknown.

Probed 4 ports in 1.5 s, 3 a second (seed 7).
`);
	t.true(withoutTrailingBlanks(text));
});

test('each host has a heading with its note', t => {
	const hosts = [{target: 'example.com', address: '192.0.2.7', note: 'also at 192.0.2.8'}, {target: '::1', address: '::1'}];
	const lines = formatScanText(scanRecord({hosts, probed: [{80: verdicts.closed}, {80: verdicts.closed}]}), registry).split('\n');
	t.true(lines.includes('example.com (192.0.2.7) — also at 192.0.2.8'));
	t.true(lines.includes('::1'));
	t.is(lines.filter(line => line === 'No port is open or unknown.').length, 2);
});

test('an interrupted scan says how much was not finished', t => {
	const text = formatScanText(scanRecord({probed: [{80: verdicts.closed}], portCount: 65_536, status: 'interrupted'}), registry);
	t.regex(text, /^65,536 ports: 0 open, 1 closed, 0 filtered, 0 unknown, 65,535 not finished\.$/m);
	t.regex(text, /^Probed 1 port in 1\.5 s, 1 a second \(seed 7\)\. Interrupted: 65,535 ports were not finished\.$/m);
});

test('a failed scan says why', t => {
	t.regex(formatScanText(scanRecord({status: 'failed', message: 'broke \u001B[2J', portCount: 9}), registry), /The scan failed, 9 not finished: broke \\x1b\[2J$/m);
});

test('a target from outside cannot give orders to the terminal', t => {
	const text = formatScanText(scanRecord({hosts: [{target: 'a\u001B[2J\u202E', address: '127.0.0.1'}], probed: [{80: verdicts.open}]}), registry);
	t.true(text.startsWith('a\\x1b[2J\\u202e (127.0.0.1)\n'));
});

test('many ports in one state for one reason are told in one line', t => {
	const many = Object.fromEntries(Array.from({length: 400}, (_, index) => [1000 + index, verdicts.unknown]));
	const lines = formatScanText(scanRecord({probed: [{22: verdicts.open, 80: verdicts.filtered, ...many}]}), registry, ['open', 'filtered', 'unknown']).split('\n');
	t.deepEqual(lines.slice(2, 5).map(line => line.replaceAll(/ +/g, ' ').trim().slice(0, 60)), [
		'22 open 0.08 ms ssh OpenSSH SSH, info from loopback: Encrypt',
		'80 filtered (no-answer) - http nginx / Apache / Caddy / IIS ',
		'400 unknown (EMFILE: this machine ran out of descriptors): 1',
	]);
	t.is(lines[4], '400 unknown (EMFILE: this machine ran out of descriptors): 1000-1399');
});

test('a host that accepts everything is called so, and its ports are not listed one by one', t => {
	const all = Object.fromEntries(Array.from({length: 300}, (_, index) => [1 + index, verdicts.open]));
	t.deepEqual(formatScanText(scanRecord({probed: [all]}), registry).split('\n').slice(1, 4), [
		'It accepted 300 of 300 connections, as a proxy or a tarpit does: an open port says nothing of a service here.',
		'300 open (connected: accepted a connection): 1-300',
		'300 ports: 300 open, 0 closed, 0 filtered, 0 unknown.',
	]);
	const some = {...all, ...Object.fromEntries(Array.from({length: 20}, (_, index) => [1000 + index, verdicts.closed]))};
	t.false(formatScanText(scanRecord({probed: [some]}), registry).includes('accepted 300'));
});

test('a host that refuses thousands of ports and has none open is said to reset everything, once all are asked', t => {
	const refused = (count: number): Readonly<Record<number, Verdict>> => Object.fromEntries(Array.from({length: count}, (_, port) => [port, verdicts.closed]));
	const sentence = 'It refused all 5000 ports: nothing listens there, or a firewall before it resets every connection.';
	const says = (script: ScanScript): boolean => {
		const record = scanRecord(script);
		const isSaid = formatScanText(record, registry).includes(sentence);
		t.is(formatScanMarkdown(record, registry, ['open']).includes(sentence), isSaid);
		t.is(JSON.stringify(scanDocument(record, registry)).includes('"judgement":"resets-everything"'), isSaid);
		return isSaid;
	};

	t.true(says({probed: [refused(5000)], areOver: true}));
	t.false(says({probed: [refused(5000)], portCount: 5001, areOver: true}), 'one was not asked');
	t.false(says({probed: [{...refused(4999), 5000: verdicts.open}], areOver: true}));
	t.false(says({probed: [{...refused(4999), 5000: verdicts.filtered}], areOver: true}));
	t.false(says({probed: [refused(100)], areOver: true}), 'few ports are closed on any machine');
});

test('a host that accepts and resets is told so', t => {
	const record = scanRecord({probed: [Object.fromEntries(Array.from({length: 300}, (_, port) => [port, verdicts.open]))], portCount: 5000});
	Object.assign(record.hosts[0]!, {judgement: {kind: 'accepts-everything', areReset: true}});
	t.true(formatScanText(record, registry).includes('It accepted 300 of 300 connections and reset most of them at once, as a firewall does: an open port says nothing of a service here.'));
});

test('no line of a report of many ports has trailing blanks', t => {
	const many = Object.fromEntries(Array.from({length: 400}, (_, index) => [index * 23, index % 3 === 0 ? verdicts.open : verdicts.filtered]));
	t.true(withoutTrailingBlanks(formatScanText(scanRecord({probed: [many]}), registry, ['open', 'filtered'])));
});
