import test from 'ava';
import {toPort, type Transport} from '../../source/port/port.ts';
import type {PortFacts} from '../../source/registry/registry.ts';
import type {RegistryRecord} from '../../source/registry/registry-record.ts';
import {recordGroups, recordsDocument} from '../../source/report/registry-record.ts';

const recordOf = (name: string | null, transports: readonly Transport[], fields: Partial<RegistryRecord> = {}): RegistryRecord => ({
	first: toPort(80), last: toPort(80), name, transports, description: '', assignee: '', contact: '', registered: '', modified: '', reference: '', serviceCode: '', unauthorizedUse: '', notes: '', ...fields,
});

const factsOf = (...records: readonly RegistryRecord[]): PortFacts => ({
	port: toPort(80),
	entries: [{name: 'http', aliases: ['www'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}],
	purposes: [], commonly: [], exposure: [], isBlockedByBrowsers: false, clientRanges: [], records,
});

const told = (...records: readonly RegistryRecord[]): readonly string[] =>
	recordGroups(factsOf(...records)).flatMap(({title, lines}) => [title, ...lines.map(({label, text}) => `${label}: ${text}`)]);

test('what is said twice is told once', t => {
	const same = {assignee: '[A]', contact: '[A]', modified: '2021-10-01'};
	t.deepEqual(told(recordOf('http', ['tcp'], same), recordOf('http', ['udp'], same), recordOf('www', ['tcp', 'udp'], same)), ['http, www  tcp udp', 'assignee: [A]', 'modified: 2021-10-01']);
	t.deepEqual(told(recordOf('http', ['tcp'], same), recordOf('www', ['udp'], same)), ['http  tcp', 'assignee: [A]', 'modified: 2021-10-01', 'www  udp', 'assignee: [A]', 'modified: 2021-10-01']);
});

test('a contact that is another, and a description that no entry has', t => {
	t.deepEqual(told(recordOf('http', ['sctp'], {description: 'HTTP', assignee: '[A]', contact: '[B]'})), ['http  sctp', 'assignee: [A]', 'contact: [B]']);
	t.deepEqual(told(recordOf('turn', ['tcp'], {description: 'TURN over TCP'})), ['turn  tcp', 'description: TURN over TCP']);
});

test('a record without a name is told by its words alone', t => {
	t.deepEqual(told(recordOf(null, ['sctp'], {description: 'Unassigned'})), []);
	t.deepEqual(told(recordOf(null, ['sctp'], {description: 'Removed', modified: '2002-04-30'})), ['Removed  sctp', 'modified: 2002-04-30']);
});

test('a record that says no more than the entry is not told, and none are none', t => {
	t.deepEqual(told(recordOf('http', ['tcp'], {description: 'World Wide Web HTTP'})), []);
	const builtIn: PortFacts = {port: toPort(80), entries: [], purposes: [], commonly: [], exposure: [], isBlockedByBrowsers: false, clientRanges: []};
	t.deepEqual(recordGroups(builtIn), []);
	t.deepEqual(recordsDocument(builtIn) as unknown, {});
});

test('a script gets every field, what is empty as null', t => {
	t.deepEqual(recordsDocument(factsOf(recordOf(null, ['tcp'], {description: 'Reserved', reference: '[RFC6335]', unauthorizedUse: 'Known'}))) as unknown, {records: [{
		name: null, first: 80, last: 80, transports: ['tcp'], description: 'Reserved', assignee: null, contact: null, registered: null, modified: null,
		reference: '[RFC6335]', links: [{text: 'RFC6335', url: 'https://www.rfc-editor.org/rfc/rfc6335'}], serviceCode: null, unauthorizedUse: 'Known', notes: null,
	}]});
});
