import test from 'ava';
import fc from 'fast-check';
import {toPort} from '../../source/port/port.ts';
import {createRegistry} from '../../source/registry/create-registry.ts';
import {decodeRegistry} from '../../source/registry/decode.ts';
import {encodeRegistrations} from '../../source/registry/encode.ts';
import {importIana, type ImportedRegistry} from '../../source/registry/import-iana.ts';
import {createRecordTable, encodeRecords} from '../../source/registry/record-table.ts';
import type {Registry} from '../../source/registry/registry.ts';
import {ianaCsv, ianaHeader, portlessRows} from '../helpers/iana-csv.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const importText = (text: string, names: readonly string[] = []) => importIana({name: 'ports.csv', bytes: encode(text)}, () => names, 0);

const take = (text: string, names?: readonly string[]): ImportedRegistry => {
	const imported = importText(text, names);
	if (!imported.ok) {
		throw new Error(imported.message);
	}

	return imported.value;
};

/** The registry that is shown of a file. */
const registryOf = (text: string, names?: readonly string[]): Registry => {
	const {registrations, records} = take(text, names);
	const nothing = {date: '', commonUses: '', exposures: '', topPorts: '', portsBlockedByBrowsers: '', purposes: '', clientRanges: ''};
	const encoded = encodeRecords(records);
	return createRegistry({...decodeRegistry({...nothing, origin: 'a test', registrations: encodeRegistrations(registrations)}), records: createRecordTable(() => encoded)});
};

const http = 'http,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,';

/** Text to bytes of Latin-1: what is beyond ASCII in it is no UTF-8. */
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));

const utf16 = (text: string): Uint8Array => Uint8Array.from([0xFF, 0xFE, ...Array.from(text, character => [character.charCodeAt(0), 0]).flat()]);

const rejections: ReadonlyArray<readonly [what: string, file: string | Uint8Array, message: string]> = [
	['an empty file', '', 'ports.csv, line 1: the file is empty; its columns are ' + `${ianaHeader}.`],
	['a missing column', ianaCsv().replace(',Assignee', ''), 'ports.csv, line 1: there is no column Assignee.'],
	['other columns', 'port,name\n80,http\n', `ports.csv, line 1: there is no column ${ianaHeader.replaceAll(',', ', ')}.`],
	['a column twice', ianaCsv().replace('Assignment Notes', 'Assignment Notes,Contact'), 'ports.csv, line 1: the column "Contact" is unknown or given twice.'],
	['a web page', '<!DOCTYPE html>\n<title>Sign in</title>', 'ports.csv, line 1: this is a web page, not CSV. Does this network ask to sign in?'],
	['a row that is too short', ianaCsv(http, 'x,81,tcp'), 'ports.csv, line 3: the row has 3 cells, but there are 12 columns.'],
	['a row that is too long', ianaCsv(`${http},`), 'ports.csv, line 2: the row has 13 cells, but there are 12 columns.'],
	['a port that is too high', ianaCsv(http, 'x,65536,tcp,,,,,,,,,'), 'ports.csv, line 3, column Port Number: "65536" is not a port: ports go from 0 to 65535.'],
	['a port below zero', ianaCsv('x,-1,tcp,,,,,,,,,'), 'ports.csv, line 2, column Port Number: "" is not a port: ports go from 0 to 65535.'],
	['a port that is no number', ianaCsv('x,eighty,tcp,,,,,,,,,'), 'ports.csv, line 2, column Port Number: "eighty" is not a port: ports go from 0 to 65535.'],
	['a range that runs backwards', ianaCsv('x,90-80,tcp,,,,,,,,,'), 'ports.csv, line 2, column Port Number: the range "90-80" runs backwards.'],
	['a range of three', ianaCsv('x,80-90-99,tcp,,,,,,,,,'), 'ports.csv, line 2, column Port Number: "80-90-99" is neither a port nor a range.'],
	['an unknown transport', ianaCsv('x,80,quic,,,,,,,,,'), 'ports.csv, line 2, column Transport Protocol: "quic" is not a transport: write one of tcp, udp, sctp, dccp.'],
	['a date of another kind', ianaCsv('x,80,tcp,,,,01/02/2003,,,,,'), 'ports.csv, line 2, column Registration Date: "01/02/2003" is not a date such as 2013-05-28.'],
	['a month that is none', ianaCsv('x,80,tcp,,,,,2003-13,,,,'), 'ports.csv, line 2, column Modification Date: "2003-13" is not a date such as 2013-05-28.'],
	['a name with a space', ianaCsv('ht tp,80,tcp,,,,,,,,,'), 'ports.csv, line 2, column Service Name: the name "ht tp" has a space in it.'],
	['neither name nor port', ianaCsv(http, ',,tcp,Something,,,,,,,,'), 'ports.csv, line 3, column Service Name: there is neither a name nor a port.'],
	['ranges that overlap', ianaCsv('a,100-109,tcp,,,,,,,,,', 'b,105-115,tcp,,,,,,,,,'), 'ports.csv, line 3, column Port Number: the range 105-115 overlaps the range 100-109 of line 2.'],
	['a port within a range', ianaCsv('a,100-109,tcp,,,,,,,,,', ',104,,Reserved,,,,,,,,'), 'ports.csv, line 3, column Port Number: port 104 overlaps the range 100-109 of line 2.'],
	['a quotation mark that is lost', ianaCsv(http, 'x,81,tcp,"Never ends,,,,,,,,'), 'ports.csv, line 3, column Description: this is not CSV: a quotation mark opens a cell that never ends.'],
	['text after a quotation mark', ianaCsv('x,81,tcp,"Ends"here,,,,,,,,'), 'ports.csv, line 2, column Description: this is not CSV: more text follows the quotation mark that ends a cell.'],
	['a giant cell', ianaCsv(`x,81,tcp,${'y'.repeat(20_001)},,,,,,,,`), 'ports.csv, line 2, column Description: the cell has 20001 characters, and the longest that is taken for a text has 20000.'],
	['a NUL', ianaCsv('x,81,tcp,a\0b,,,,,,,,'), 'ports.csv, line 2, column Description: "a\\u0000b" holds the control character U+0000.'],
	['an escape character', ianaCsv('x,81,tcp,,\u001B[2J,,,,,,,'), 'ports.csv, line 2, column Assignee: "\\u001b[2J" holds the control character U+001B.'],
	['a cell that is not UTF-8', latin1(ianaCsv(http, 'x,81,tcp,,[José],,,,,,,')), 'ports.csv, line 3, column Assignee: there are bytes that are not UTF-8.'],
	['UTF-16', utf16(ianaCsv()), 'ports.csv, line 1: there are bytes that are not UTF-8.'],
	['the line a row begins in', ianaCsv('x,80,tcp,"two\r\nlines",,,,,,,,', '', 'y,70000,tcp,,,,,,,,,'), 'ports.csv, line 5, column Port Number: "70000" is not a port: ports go from 0 to 65535.'],
	['a file that ends between two lines', ianaCsv(http).split('\r\n').slice(0, -2).join('\r\n'), 'ports.csv, line 3: the file ends, and nothing in it is about port 81: it is not IANA\'s whole registry, which lists every port up to 49151.'],
	['wide ranges without number', ianaCsv(...Array.from({length: 5}, (_, index) => `n${index},0-65535,,,,,,,,,,`)), 'ports.csv, line 5, column Port Number: with this record the file speaks of more than 1000000 ports, counted once a record.'],
];

for (const [what, file, message] of rejections) {
	test(`${what} is rejected in a sentence`, t => {
		t.deepEqual(importIana({name: 'ports.csv', bytes: typeof file === 'string' ? encode(file) : file}, () => [], 0), {ok: false, message});
	});
}

test('a record arrives whole, its texts on one line each', t => {
	const text = ianaCsv('ftp,21,dccp,"File\n  Transfer",[A],[B],2002-09,2010-01-02,[RFC959][RFC4217],1145656131,"Known ""use""",see\tnotes');
	t.deepEqual(registryOf(text).lookup(toPort(21)).records as unknown, [{
		first: 21, last: 21, name: 'ftp', transports: ['dccp'], description: 'File Transfer', assignee: '[A]', contact: '[B]', registered: '2002-09', modified: '2010-01-02',
		reference: '[RFC959][RFC4217]', serviceCode: '1145656131', unauthorizedUse: 'Known "use"', notes: 'see notes',
	}]);
});

const variations: ReadonlyArray<readonly [what: string, change: (text: string) => string]> = [
	['a byte order mark', text => `\uFEFF${text}`],
	['line ends of Unix', text => text.replaceAll('\r\n', '\n')],
	['no line end at the end', text => text.trimEnd()],
	['empty lines', text => text.replaceAll('\r\n', '\r\n\r\n')],
	['every cell in quotation marks', text => text.trimEnd().split('\r\n').map(line => line.split(',').map(cell => `"${cell}"`).join(',')).join('\r\n')],
	['columns in another order', text => text.trimEnd().split('\r\n').map(line => line.split(',').reverse().join(',')).join('\r\n')],
	['a column more', text => text.trimEnd().split('\r\n').map((line, index) => `${line},${index === 0 ? 'New' : 'x'}`).join('\r\n')],
];

for (const [what, change] of variations) {
	test(`${what} makes no difference`, t => {
		const text = ianaCsv(http, 'x,6000-6063,udp,X,,,,,,,,');
		t.deepEqual(take(change(text)), take(text));
	});
}

const settled: ReadonlyArray<readonly [what: string, rows: readonly string[], names: readonly string[], port: number, entries: ReadonlyArray<readonly [name: string | null, aliases: string, transports: string, status: string, description: string]>]> = [
	['transports of one name are joined', [http, 'http,80,udp,World Wide Web HTTP,,,,,,,,'], [], 80, [['http', '', 'tcp udp', 'assigned', 'World Wide Web HTTP']]],
	['an alias of one transport is none of another', [http, 'www,80,tcp,,,,,,,,,', 'http,80,sctp,HTTP,,,,,,,,'], [], 80, [['http', 'www', 'tcp', 'assigned', 'World Wide Web HTTP'], ['http', '', 'sctp', 'assigned', 'HTTP']]],
	['without a transport it holds for all', ['rsv,1109,,Kerberos,,,,,,,,'], [], 1109, [['rsv', '', 'tcp udp sctp dccp', 'assigned', 'Kerberos']]],
	['of several names the first in the file is preferred', ['shilp,2049,tcp,,,,,,,,,', 'nfs,2049,tcp,Network File System,,,,,,,,'], [], 2049, [['shilp', 'nfs', 'tcp', 'assigned', 'nfs: Network File System']]],
	['unless another is known to be', ['shilp,2049,tcp,,,,,,,,,', 'nfs,2049,tcp,Network File System,,,,,,,,'], ['nfs', 'shilp'], 2049, [['nfs', 'shilp', 'tcp', 'assigned', 'Network File System']]],
	['a name spelt anew is followed by the old one', ['a-b,81,tcp,"AB\nIANA assigned this well-formed service name as a replacement for ""a_b"".",,,,,,,,', 'a_b,81,tcp,AB,,,,,,,,'], [], 81, [['a-b', 'a_b', 'tcp', 'assigned', 'AB']]],
	['assigned wins over unassigned', [',7748-7776,,Unassigned,,,,,,,,', 'inetfs,7775,tcp,A File System,,,,,,,,', ',7775,udp,Reserved,,,,,,,,'], [], 7775, [['inetfs', '', 'tcp', 'assigned', 'A File System'], [null, '', 'udp', 'reserved', 'Reserved']]],
	['what is only listed as unassigned has no transport', [',7748-7776,,Unassigned,,,,,,,,'], [], 7750, [[null, '', '', 'unassigned', 'Unassigned']]],
	['what was given back is free', ['sua,14001,udp,De-Registered,,,,,,,,'], [], 14_001, [['sua', '', 'udp', 'unassigned', 'De-Registered']]],
	['words that nobody foresaw are shown as they are', [',9006,,Given to the sea,,,,,,,,'], [], 9006, [[null, '', 'tcp udp sctp dccp', 'unassigned', 'Given to the sea']]],
	['ports set aside for private use are assigned', [',24,tcp,any private mail system,,,,,,,,'], [], 24, [[null, '', 'tcp', 'assigned', 'any private mail system']]],
	['a range holds for each of its ports', ['x11,6000-6063,tcp,X Window System,,,,,,,,'], [], 6063, [['x11', '', 'tcp', 'assigned', 'X Window System']]],
];

for (const [what, rows, names, port, entries] of settled) {
	test(`${what}: ${port}`, t => {
		const found = registryOf(ianaCsv(...rows), names).lookup(toPort(port)).entries;
		t.deepEqual(found.map(({name, aliases, transports, status, description}) => [name, aliases.join(' '), transports.join(' '), status, description]) as unknown, entries as unknown);
	});
}

test('a record that says "unassigned" is left to the transports that nobody has', t => {
	const registry = registryOf(ianaCsv(',7748-7776,,Unassigned,,,,,,,,', 'inetfs,7775,tcp,,,,,,,,,', ',7775,udp,Reserved,,,,,,,,'));
	const told = registry.lookup(toPort(7775)).records!.map(({name, description, transports}) => [name ?? description, transports.join(' ')]);
	t.deepEqual(told, [['Unassigned', 'sctp dccp'], ['inetfs', 'tcp'], ['Reserved', 'udp']]);
	t.is(registry.lookup(toPort(50_000)).records!.length, 0);
});

test('the newest date is that of any record, also of one without a port', t => {
	t.is(take(ianaCsv('a,80,tcp,,,,2001-02-03,2005-01,,,,', 'b,,tcp,,,,2026-08-17,,,,,')).newestDate, '2026-08-17');
	t.is(take(ianaCsv('a,80,tcp,,,,,,,,,')).newestDate, undefined);
	t.like(take(ianaCsv('a,80,tcp,,,,,,,,,', 'b,,tcp,,,,,,,,,')), {recordCount: 4, recordWithPortCount: 3});
});

test('what is not seen is written out, and nothing that a terminal would obey is left', t => {
	const registry = registryOf(ianaCsv('x,81,tcp,Safe\u202Eexe\u00AD,,,,,,,,'));
	t.is(registry.lookup(toPort(81)).entries[0]!.description, 'Safe\\u{202e}exe\\u{ad}');
	t.is(registry.lookup(toPort(81)).records![0]!.description, 'Safe\\u{202e}exe\\u{ad}');
});

const whole = ianaCsv(
	http, 'www,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,"This is a ""duplicate""."',
	'x11,6000-6063,udp,"X Window\n    System",[Stephen_Gildea],[Stephen_Gildea],2002-09,,,,,', 'portless,,tcp,Něco,,,,,,,,', ',7748-7776,,Unassigned,,,,,,,,', 'inetfs,7775,tcp,,,,,,,,,',
);

/** What is said of a file that is not taken: one sentence with its place, and nothing in it that a terminal would obey. */
const isSentence = (message: string): boolean => /^ports\.csv, line \d+(, column [^:]+)?: .+[.?]$/.test(message) && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(message) && message.length < 1000;

test('whatever happens to a file, it is taken whole or rejected in a sentence', t => {
	const bytes = encode(whole);
	const place = fc.nat({max: bytes.length});
	const change = fc.oneof(
		place.map(end => bytes.slice(0, end)),
		fc.tuple(place, fc.uint8Array({maxLength: 6})).map(([at, added]) => Uint8Array.from([...bytes.slice(0, at), ...added, ...bytes.slice(at)])),
		fc.tuple(place, fc.nat({max: 40})).map(([at, count]) => Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(at + count)])),
		fc.tuple(place, fc.constantFrom('"', ',', '\n', '\r', '\0', '\uFEFF', '\u202E', '-', '""', '",', '\t', '\u2028')).map(([at, text]) => Uint8Array.from([...bytes.slice(0, at), ...encode(text), ...bytes.slice(at)])),
		fc.tuple(place, place).map(([from, to]) => Uint8Array.from([...bytes.slice(Math.min(from, to)), ...bytes.slice(0, Math.min(from, to))])),
	);
	fc.assert(fc.property(change, changed => {
		const imported = importIana({name: 'ports.csv', bytes: changed}, () => [], 0);
		if (!imported.ok) {
			if (!isSentence(imported.message)) {
				throw new Error(imported.message);
			}

			return true;
		}

		// What is taken can be kept: it reads back as it was.
		const {registrations, records} = imported.value;
		const text = encodeRecords(records);
		const table = createRecordTable(() => text);
		return encodeRegistrations(registrations).split('\t').length === 7
			&& records.every(record => /^[^\p{Cc}\u202A-\u202E]*$/u.test(Object.values(record).join('')))
			&& table.recordsOf(toPort(80)).every(record =>
				// Of an "unassigned" there are the transports that others leave.
				records.some(each => JSON.stringify({...each, transports: []}) === JSON.stringify({...record, transports: []})));
	}), {numRuns: 600});
	t.pass();
});

test('a file that ends early is never taken', t => {
	// Up to the last port: what follows are records without one.
	const bytes = encode(whole);
	const enough = whole.indexOf('49151');
	fc.assert(fc.property(fc.nat({max: enough - 1}), end => !importIana({name: 'ports.csv', bytes: bytes.slice(0, end)}, () => [], 0).ok), {numRuns: 200});
	t.pass();
});

test('a file that ends among the names without a port is cut short', t => {
	const importWith = (count: number) => importIana({name: 'ports.csv', bytes: encode(ianaCsv(http, ...portlessRows(count)))}, () => []);
	t.deepEqual(importWith(0), {ok: false, message: 'ports.csv, line 4: the file ends with 0 names without a port, and IANA\'s whole registry has at least 1016: it seems cut short.'});
	t.false(importWith(1015).ok);
	t.true(importWith(1016).ok);
});
