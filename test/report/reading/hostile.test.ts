import {readdirSync, readFileSync} from 'node:fs';
import test from 'ava';
import fc from 'fast-check';
import type {Parsed} from '../../../source/port/parsed.ts';
import {readDocument} from '../../../source/report/reading/read-document.ts';
import {readHostPorts} from '../../../source/report/reading/read-host-ports.ts';
import {readKeptFile} from '../../../source/report/reading/read-kept-file.ts';
import {readMasscanJson} from '../../../source/report/reading/read-masscan-json.ts';
import {readMasscanList} from '../../../source/report/reading/read-masscan-list.ts';
import {readMasscanNdjson} from '../../../source/report/reading/read-masscan-ndjson.ts';
import {readNaabu} from '../../../source/report/reading/read-naabu.ts';
import {readPortuiCsv} from '../../../source/report/reading/read-portui-csv.ts';
import {readPortuiJson} from '../../../source/report/reading/read-portui-json.ts';
import {readPortuiNdjson} from '../../../source/report/reading/read-portui-ndjson.ts';
import {readRustScan} from '../../../source/report/reading/read-rustscan.ts';
import type {ReadScan, ScanReader} from '../../../source/report/reading/read-scan.ts';
import {formatScan} from '../../../source/report/scan-formats.ts';
import {createNdjsonWriter} from '../../../source/report/scan-ndjson.ts';
import {createEventEncoder} from '../../../source/history/encode-events.ts';
import {formatKeptScan} from '../../../source/history/kept-scan.ts';
import {readPortSet} from '../../../source/port/port-set.ts';
import {portStates} from '../../../source/scan/verdict.ts';
import {createFakeRegistry} from '../../helpers/fake-registry.ts';
import {recordOf} from '../../helpers/read-record.ts';
import {scanEvents, verdicts} from '../../helpers/scan-events.ts';

const folder = new URL('../../fixtures/scans/', import.meta.url);
const fixtures = readdirSync(folder).filter(name => name !== 'README.md').map(name => readFileSync(new URL(name, folder), 'utf8'));

const events = ((): ReturnType<typeof scanEvents> => {
	const [first, ...rest] = scanEvents({hosts: [{target: 'localhost', address: '127.0.0.1'}, {target: '::1', address: '::1'}], portCount: 100, probed: [{22: verdicts.open, 23: verdicts.closed, 99: verdicts.unknown}, {80: verdicts.filtered}]});
	// Fewer ports than all: each document is read thousands of times.
	return [{...first as ReadScan['started'], ports: '20-119'}, ...rest];
})();
const record = recordOf({started: events[0] as ReadScan['started'], events: events.slice(1)});
const registry = createFakeRegistry();
const writer = createNdjsonWriter(registry, portStates);
const encoder = createEventEncoder();
for (const event of events) {
	encoder.take(event);
}

const {started} = record;
const kept = formatKeptScan({plan: {id: 'id', hosts: started.hosts, ports: readPortSet(started.ports), firstPorts: [], seed: 1}, startedAt: started.startedAt, engine: 'socket', request: null, continues: null, processId: 1}) + encoder.flush();
const own = [formatScan('json', record, registry, portStates), formatScan('csv', record, registry, portStates), events.map(event => writer.format(event, record)).join(''), kept];
const documents = [...fixtures, ...own];

const readers: Readonly<Record<string, ScanReader>> = {
	readDocument, readHostPorts, readKeptFile, readMasscanJson, readMasscanList, readMasscanNdjson, readNaabu, readPortuiCsv, readPortuiJson, readPortuiNdjson, readRustScan,
};

/** What every answer is: a sentence, or a scan that adds up. */
const isSound = (result: Parsed<ReadScan>): boolean => {
	if (!result.ok) {
		return result.message.length > 0 && result.message.length < 1000;
	}

	const {events: told, notes} = result.value;
	const read = recordOf(result.value);
	const listed = read.hosts.reduce((sum, {verdicts: {counts}}) => sum + counts.open + counts.closed + counts.filtered + counts.unknown, 0);
	return told.at(-1)?.kind === 'finished' && notes.length < 30 && listed === read.probedCount && read.finishedAt !== null && !Number.isNaN(Date.parse(read.finishedAt)) && /^\d{4}-/.test(read.started.startedAt);
};

for (const [name, read] of Object.entries(readers)) {
	test(`${name} takes any text`, t => {
		fc.assert(fc.property(fc.oneof(fc.string({maxLength: 300, unit: 'binary'}), fc.uint8Array({maxLength: 300}).map(bytes => Buffer.from(bytes).toString('utf8')), fc.json().map(text => text), fc.array(fc.json(), {maxLength: 4}).map(lines => lines.join('\n'))), text => isSound(read(text))), {numRuns: 200});
		t.pass();
	});

	test(`${name} takes any document, torn at any place`, t => {
		for (const document of documents) {
			// Three and 29 meet every place of a line in some line or other.
			const step = document.length > 3000 ? 29 : 3;
			for (let length = 0; length <= document.length; length += step) {
				t.true(isSound(read(document.slice(0, length))), `${document.slice(0, 20)} after ${length}`);
			}
		}
	});

	test(`${name} takes any document with some of its characters changed`, t => {
		fc.assert(fc.property(
			fc.constantFrom(...documents),
			fc.array(fc.record({place: fc.double({min: 0, max: 1, noNaN: true}), text: fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\n', '\u0000', '\uFFFD', '-', '9', '99999999999', '1e999', 'null', '\\', '\uD800', '__proto__'), cut: fc.nat(5)}), {minLength: 1, maxLength: 6}),
			(document, changes) => {
				let changed = document;
				for (const {place, text, cut} of changes) {
					const at = Math.floor(place * changed.length);
					changed = changed.slice(0, at) + text + changed.slice(at + cut);
				}

				return isSound(read(changed));
			},
		), {numRuns: 300});
		t.pass();
	});

	test(`${name} takes what is nested deep, and lines without an end`, t => {
		for (const text of [
			'['.repeat(100_000), '{"a":'.repeat(100_000), `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`, `{"portui":1,"kind":"scan","ports":"22","hosts":${'['.repeat(100_000)}`,
			`{"portui":1,"kind":"kept-scan","hosts":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`, `{"portui":1,"kind":"started","ports":"22","hosts":${'{"a":'.repeat(100_000)}`,
			`[{"ip":"192.0.2.7","ports":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`, `[{"ip":"${'\\'.repeat(100_000)}`, `[${'"'.repeat(100_001)}`, `{"ip":"192.0.2.7","port":${'1'.repeat(100_000)}}`,
			`192.0.2.7 -> [${'22,'.repeat(100_000)}`, `${'1'.repeat(100_000)}:22`, `192.0.2.7:22 ${'#'.repeat(100_000)}`, `open tcp ${' '.repeat(100_000)}`, `target,address,port,state\n${'"'.repeat(100_001)}\n`, `${' '.repeat(200_000)}x`, '\n'.repeat(200_000),
		]) {
			t.true(isSound(read(text)), text.slice(0, 30));
		}
	});
}

test('a line of fifty million characters costs no more than to look through', t => {
	for (const text of ['x', '1', '[', '{', '"', '{"a":', '192.0.2.7:22,', '192.0.2.7 -> [22,', ' ', '[{"ip":', '{"portui":1,"kind":"kept-scan",']) {
		const line = text.repeat(Math.ceil(50_000_000 / text.length));
		t.true(isSound(readDocument(line)), text);
		t.true(isSound(readDocument(`192.0.2.7:22\n${line}\n192.0.2.7:23\n`)), text);
		t.true(isSound(readDocument(`{"ip":"192.0.2.7","port":22}\n${line}\n`)), text);
	}
});

test('a document that tells of too much is told so, before memory ends', t => {
	const line = (host: number): string => `{"portui":1,"kind":"host","target":"h","address":"10.${(host >> 16) & 255}.${(host >> 8) & 255}.${host & 255}","counts":{"open":0,"closed":65536,"filtered":0,"unknown":0},"unfinished":0}\n`;
	const document = `{"portui":1,"kind":"started","ports":"0-65535","tells":"all","hosts":[]}\n${Array.from({length: 400}, (_, host) => line(host)).join('')}`;
	const result = readDocument(document);
	t.false(result.ok);
	t.is(result.ok ? '' : result.message, 'The document tells of more than 20,000,000 ports, which is more than is read at once: split it.');
});

test('a kept file whose short lines stand for much is told so, before time ends', t => {
	const line = '{"kind":"probed","host":0,"state":"closed","reason":"refused","tries":1,"ports":"0-65535"}\n';
	const result = readDocument(kept.split('\n')[0] + `\n${line.repeat(400)}`);
	t.is(result.ok ? '' : result.message, 'The document tells of more than 20,000,000 ports, which is more than is read at once: split it.');
});
