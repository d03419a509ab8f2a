import {readFileSync} from 'node:fs';
import test from 'ava';
import {readDocument} from '../../../source/report/reading/read-document.ts';
import type {ReadScan} from '../../../source/report/reading/read-scan.ts';
import {recordOf} from '../../helpers/read-record.ts';

const fixture = (name: string): string => readFileSync(new URL(`../../fixtures/scans/${name}`, import.meta.url), 'utf8');

const read = (text: string): ReadScan => {
	const result = readDocument(text, {modifiedAtMs: Date.parse('2026-02-03T04:05:06.789Z')});
	if (!result.ok) {
		throw new Error(result.message);
	}

	return result.value;
};

const messageOf = (text: string): string => {
	const result = readDocument(text);
	return result.ok ? `read as ${result.value.format}` : result.message;
};

/** What was found, `address:port` or `!address:port` for a closed one. */
const found = (scan: ReadScan): readonly string[] => recordOf(scan).hosts.flatMap(({host, verdicts}) =>
	[...verdicts.portsIn(['open']).map(port => `${host.address.text} ${port}`), ...verdicts.portsIn(['closed']).map(port => `${host.address.text} ${port} closed`)]);

const lab = ['192.0.2.7 22', '192.0.2.7 3306', '192.0.2.7 8080'];

for (const [name, format, startedAt] of [
	['masscan.json', 'masscan JSON', '2026-11-25T07:50:10.000Z'],
	['masscan.ndjson', 'masscan NDJSON', '2026-11-25T07:50:16.000Z'],
	['masscan.list', 'masscan list', '2026-11-25T07:50:25.000Z'],
	['masscan-banners.json', 'masscan JSON', '2026-11-25T07:51:11.000Z'],
	['masscan-banners.list', 'masscan list', '2026-11-25T07:52:18.000Z'],
] as const) {
	test(`${name} is recognised and read`, t => {
		const scan = read(fixture(name));
		t.is(scan.format, format);
		t.deepEqual(found(scan), lab);
		t.deepEqual(scan.notes, []);
		t.like(scan.started, {engine: 'masscan', startedAt, tellsOpenOnly: true, ports: '22,3306,8080', portCount: 3, id: '', seed: 0});
		t.is(scan.events.at(-1)?.kind, 'finished');
		t.is(recordOf(scan).status, 'complete');
	});
}

for (const name of ['masscan-banners.json', 'masscan-banners.list']) {
	test(`${name} tells what answered`, t => {
		const {observed} = recordOf(read(fixture(name))).hosts[0]!;
		const byPort = new Map([...observed].map(([port, each]) => [Number(port), each]));
		t.deepEqual(byPort.get(22), {protocol: 'ssh', product: null, version: null, banner: 'ssh: SSH-2.0-OpenSSH_9.2p1 Debian-2'});
		t.like(byPort.get(8080), {protocol: 'http', product: 'example', version: '1.2'});
		t.true(byPort.get(8080)!.banner!.startsWith('http.server: example/1.2; http: HTTP/1.0 200 OK'));
	});
}

test('a closed port of masscan\'s is closed, and UDP is passed over with a word', t => {
	const scan = read(fixture('masscan-closed.json'));
	t.deepEqual(found(scan), ['192.0.2.7 22', '192.0.2.7 23 closed']);
	t.deepEqual(scan.notes, ['1 result of UDP is passed over: portui holds TCP ports alone.']);
});

test('what older versions of masscan wrote is read', t => {
	const scan = read(fixture('masscan-2016.json'));
	t.deepEqual(found(scan), ['192.0.2.7 22', '192.0.2.8 80']);
	t.deepEqual(scan.notes, []);
	t.is(recordOf(scan).finishedAt, '2016-05-23T10:40:03.000Z');
});

test('naabu\'s lines are read, old and new; the host is the target', t => {
	const scan = read(fixture('naabu.jsonl'));
	t.like(scan, {format: 'naabu JSON lines', notes: ['1 result of UDP is passed over: portui holds TCP ports alone.']});
	t.deepEqual(found(scan), ['192.0.2.7 22', '192.0.2.7 443', '2001:db8::7 443', '192.0.2.8 8080', '192.0.2.9 22']);
	t.deepEqual(scan.started.hosts.map(({target}) => target), ['a.example', 'b.example', '192.0.2.8', '192.0.2.9']);
	t.like(scan.started, {engine: 'naabu', startedAt: '2026-11-25T07:51:00.123Z'});
});

test('RustScan\'s greppable output is read; it tells no time, so that of the file stands', t => {
	const scan = read(fixture('rustscan.txt'));
	t.is(scan.format, 'RustScan greppable');
	t.deepEqual(found(scan), [...lab, '2001:db8::7 443']);
	t.like(scan.started, {engine: 'rustscan', startedAt: '2026-02-03T04:05:06.789Z'});
});

test('lines of addresses and ports are read; names and what is no port are left out with their lines', t => {
	const scan = read(fixture('host-ports.txt'));
	t.deepEqual(found(scan), ['192.0.2.7 22', '192.0.2.7 8080', '2001:db8::7 443']);
	t.deepEqual(scan.notes, [
		'Line 6 is left out: "db.example" is no IP address, and names are not looked up here.',
		'Line 7 is left out: a line is an address, a colon and a port, such as 192.0.2.7:22 or [2001:db8::1]:22.',
	]);
	t.is(scan.started.engine, 'unknown');
});

test('nmap\'s XML is recognised', t => {
	const scan = read(readFileSync(new URL('../../fixtures/masscan.xml', import.meta.url), 'utf8'));
	t.true(scan.format.endsWith('XML'));
});

test('a list that begins with an IPv6 address is no JSON', t => {
	t.deepEqual(found(read('[::1]:22\n')), ['::1 22']);
});

test('of many lines that are left out the first five are told', t => {
	const {notes} = read(`192.0.2.7:1\n${'x\n'.repeat(1005)}`);
	t.is(notes.length, 6);
	t.is(notes[5], 'And 1,000 more are left out.');
});

test('documents that were cut short are read as far as they go', t => {
	const json = fixture('masscan.json');
	const tornJson = read(json.slice(0, json.lastIndexOf('{') + 30));
	t.deepEqual(found(tornJson), ['192.0.2.7 22', '192.0.2.7 8080']);
	t.deepEqual(tornJson.notes, ['The document was cut short on line 6: what came before was read.']);
	t.is(recordOf(tornJson).status, 'interrupted');

	// The last line looks whole, and its address may yet be the beginning of a longer one.
	const tornList = read('#masscan\nopen tcp 22 192.0.2.7 1795593025\nopen tcp 80 192.0.2.8 17');
	t.deepEqual(found(tornList), ['192.0.2.7 22']);
	t.is(recordOf(tornList).status, 'interrupted');

	const tornRustScan = read('192.0.2.7 -> [22,80]\n192.0.2.8 -> [443,80');
	t.deepEqual(found(tornRustScan), ['192.0.2.7 22', '192.0.2.7 80', '192.0.2.8 443']);
	t.is(recordOf(tornRustScan).status, 'interrupted');

	const tornNaabu = read(`${fixture('naabu.jsonl').split('\n')[0]}\n{"host":"a.ex`);
	t.deepEqual(found(tornNaabu), ['192.0.2.7 22']);
	t.deepEqual(tornNaabu.notes, ['The document was cut short on line 2: what came before was read.']);
});

test('a record of masscan\'s that is damaged is left out, and the others are read', t => {
	const scan = read('[\n{"ip": "192.0.2.7", "ports": [{"port": 22, "proto": "tcp", "status": "open"}]},\n{"ip": "192.0.2.7", "ports": [{"port": 70000, "proto": "tcp", "status": "open"}]},\n{nonsense},\n{"ip": "name", "ports": [{"port": 1, "proto": "tcp", "status": "open"}]}\n]\n');
	t.deepEqual(found(scan), ['192.0.2.7 22']);
	t.deepEqual(scan.notes, [
		'Line 3 is left out: it has no port from 0 to 65535.',
		'Line 4 is left out: it is no JSON.',
		'Line 5 is left out: "name" is no IP address.',
	]);
});

test('what is no scan is told apart', t => {
	t.is(messageOf(''), 'It is empty, as masscan leaves its file when it found nothing.');
	t.true(messageOf('hello world\n').startsWith('It is of no format that is known.'));
	t.true(messageOf('# Nmap 7.93 scan initiated Wed\n').includes('nmap -oX'));
	t.is(messageOf('masscan/1.1\u0000\u0000'), 'It is in masscan\'s own binary form: masscan --readscan file -oJ file.json makes a document that is read here.');
	t.is(messageOf('\u007FELF\u0000'), 'It is no text.');
	t.is(messageOf('{"portui": 1, "kind": "lookup", "ports": []}'), 'It is a document of portui\'s of the kind "lookup", which holds no scan.');
	t.is(messageOf('{"portui": 2, "kind": "scan"}'), 'It is a document of portui\'s of version "2", and this portui reads version 1.');
	t.is(messageOf('{"a": 1}'), 'Line 1 is JSON, but no record of a scan that is known: as lines of JSON, those of portui, masscan and naabu are read.');
	t.is(messageOf('name:22\n'), 'No line of it is an address and a port. Line 1 is left out: "name" is no IP address, and names are not looked up here.');
});
