import {readFile} from 'node:fs/promises';
import fc from 'fast-check';
import test from 'ava';
import {loadRegistry} from '../../../source/registry/load-registry.ts';
import {formatPortSet, portSetOfPorts} from '../../../source/port/port-set.ts';
import {toPort} from '../../../source/port/port.ts';
import {readNmapXml} from '../../../source/report/reading/read-nmap-xml.ts';
import type {ReadScan} from '../../../source/report/reading/read-scan.ts';
import {formatScanXml} from '../../../source/report/scan-xml.ts';
import {readAddress} from '../../../source/scan/address.ts';
import type {ScanEvent, ScanStatus, StartedEvent} from '../../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type HostRecord, type ScanRecord} from '../../../source/scan/scan-record.ts';
import {portStates, reasonOf, type Verdict} from '../../../source/scan/verdict.ts';
import {recordOf} from '../../helpers/read-record.ts';

const registry = await loadRegistry();

const fixture = async (name: string): Promise<string> => readFile(new URL(`../../fixtures/${name}.xml`, import.meta.url), 'utf8');

const scanOf = (text: string): ReadScan => {
	const read = readNmapXml(text);
	if (!read.ok) {
		throw new Error(read.message);
	}

	return read.value;
};

/** The ports of a host: `22 open, 80-81 closed (refused)`. */
const portsOf = ({verdicts}: HostRecord): string => {
	const groups = new Map<string, number[]>();
	for (const port of verdicts.portsIn(portStates)) {
		const verdict = verdicts.get(port)!;
		const key = verdict.state === 'open' ? 'open' : `${verdict.state} (${reasonOf(verdict)})`;
		groups.set(key, [...groups.get(key) ?? [], port]);
	}

	return Array.from(groups, ([key, ports]) => `${formatPortSet(portSetOfPorts(ports.map(port => toPort(port))))} ${key}`).join(', ');
};

const hostsOf = (record: ScanRecord): readonly string[] => record.hosts.map(host => `${host.host.address.text}${host.down === undefined ? '' : ` down (${host.down.reason})`}: ${portsOf(host)}`);

type Expected = {readonly ports: string; readonly hosts: readonly string[]; readonly status?: ScanStatus; readonly notes?: readonly string[]; readonly started?: Partial<StartedEvent>};

/** What nmap and masscan wrote of listeners in a network of their own. */
const fixtures: Readonly<Record<string, Expected>> = {
	'nmap-connect': {ports: '1-10000', hosts: ['127.0.0.1: 1-21,23-6378,6380-8079,8081-10000 closed (refused), 22,6379,8080 open'], started: {engine: 'nmap', startedAt: '2026-11-25T07:35:16.000Z', portCount: 10_000, seed: 0, id: ''}},
	'nmap-filtered': {ports: '1-10000', hosts: ['127.0.0.1: 1-21,23-99,241-6378,6380-10000 closed (refused), 22,6379 open, 100-200 filtered (no-answer), 201-220 filtered (host-unreachable), 221-230 filtered (net-unreachable), 231-240 filtered (protocol-unreachable)']},
	'nmap-services': {ports: '20-25,6379', hosts: ['192.0.2.10: 20-21,23-25 closed (refused), 22,6379 open'], notes: ['31 UDP ports were passed over: only TCP is read.']},
	'nmap-down': {ports: '20-25,6379', hosts: ['192.0.2.12 down (no-answer): ', '192.0.2.10: 20-21,23-25 closed (refused), 22,6379 open', '192.0.2.11: 20-21,23-25,6379 closed (refused), 22 open']},
	'nmap-killed': {ports: '1-5000', hosts: ['192.0.2.10: 1-21,23-5000 closed (refused), 22 open', '192.0.2.11: 1-21,23-5000 closed (refused), 22 open'], status: 'interrupted', notes: ['The document is cut short at line 48, column 1: what it had told until then was read.']},
	'nmap-xmas': {ports: '20-30', hosts: ['127.0.0.1: 20-21,23-30 closed (refused), 22 unknown (open|filtered)']},
	'nmap-ack': {ports: '20-30', hosts: ['127.0.0.1: 20-30 unknown (unfiltered)']},
	'nmap-ping': {ports: '', hosts: ['127.0.0.1: ', '127.0.0.2: '], started: {portCount: 0}},
	'nmap-host-timeout': {ports: '1-5000', hosts: ['192.0.2.10: '], notes: ['1 host took nmap too long (--host-timeout): nothing was kept of its ports.']},
	'nmap-open': {ports: '20-25,6379', hosts: ['192.0.2.10: 20-21,23-25 closed (refused), 22,6379 open'], notes: ['The scan was made with --open: hosts without an open port are not listed.']},
	'nmap-ipv6': {ports: '22-23', hosts: ['::1: 22-23 closed (refused)']},
	masscan: {ports: '22,6379', hosts: ['192.0.2.10: 22,6379 open', '192.0.2.11: 22 open'], started: {engine: 'masscan', tellsOpenOnly: true, startedAt: '2026-11-25T07:50:27.000Z'}},
	'masscan-banners': {ports: '22,6379', hosts: ['192.0.2.10: 22,6379 open', '192.0.2.11: 22 open']},
};

for (const [name, {ports, hosts, status = 'complete', notes = [], started = {id: ''}}] of Object.entries(fixtures)) {
	test(`${name} is read`, async t => {
		const scan = scanOf(await fixture(name));
		const record = recordOf(scan);
		t.deepEqual(hostsOf(record), hosts);
		t.is(scan.started.ports, ports);
		t.is(record.status, status);
		t.deepEqual(scan.notes, notes);
		t.like(scan.started, started);
		t.is(scan.format, name.startsWith('nmap') ? 'nmap XML' : 'masscan XML');
		t.is(scan.events.at(-1)!.kind, 'finished');
	});
}

for (const name of Object.keys(fixtures)) {
	test(`${name} is read, written and read again the same`, async t => {
		const scan = scanOf(await fixture(name));
		const record = recordOf(scan);
		const again = scanOf(formatScanXml(record, registry, []));
		t.deepEqual(hostsOf(recordOf(again)).toSorted(), hostsOf(record).toSorted());
		t.is(again.started.engine, scan.started.engine);
		t.is(again.started.tellsOpenOnly, scan.started.tellsOpenOnly);
		t.is(again.started.ports, scan.started.ports);
		t.is(again.format, name.startsWith('nmap') ? 'nmap XML' : 'nmap XML of a scan by masscan');
	});
}

test('a program is named by a word, and by nothing else', t => {
	t.is(scanOf('<nmaprun scanner="zmap"/>').format, 'zmap XML');
	for (const scanner of ['', 'a b', '&#x9;', 'x'.repeat(41)]) {
		t.like(scanOf(`<nmaprun scanner="${scanner}"/>`), {format: 'nmap XML of a scan by an unknown program', started: {engine: 'unknown'}});
	}
});

test('what was asked for by name has its name, and a name by reverse lookup is noted', async t => {
	t.like(scanOf(await fixture('nmap-connect')).started.hosts[0], {target: 'localhost', note: null});
	t.like(scanOf(await fixture('nmap-ping')).started.hosts[0], {target: '127.0.0.1', note: 'its name by reverse lookup is localhost'});
});

test('what was probed is observed, what is from the table is not', async t => {
	const [host] = recordOf(scanOf(await fixture('nmap-services'))).hosts;
	t.deepEqual([...host!.observed], [
		[toPort(22), {protocol: 'ssh', product: 'OpenSSH', version: '9.2p1', banner: 'protocol 2.0'}],
		[toPort(6379), {protocol: 'redis', product: 'Redis key-value store', version: '7.0.15', banner: null}],
	]);
	t.is(recordOf(scanOf(await fixture('nmap-connect'))).hosts[0]!.observed.size, 0);
	t.deepEqual([...recordOf(scanOf(await fixture('masscan-banners'))).hosts[1]!.observed], [[toPort(22), {protocol: 'ssh', product: null, version: null, banner: 'SSH-2.0-OpenSSH_9.2p1'}]]);
});

test('the time that a scan took is told', async t => {
	const record = recordOf(scanOf(await fixture('nmap-down')));
	t.is(record.elapsedMs, 1240);
	t.is(record.finishedAt, '2026-11-25T07:49:16.000Z');
	t.is(recordOf(scanOf(await fixture('nmap-killed'))).finishedAt, '2026-11-25T07:49:20.000Z');
});

const run = (content: string, attributes = 'scanner="nmap" start="1769860800" version="7.93"'): string => `<?xml version="1.0"?>\n<!DOCTYPE nmaprun>\n<nmaprun ${attributes}>${content}</nmaprun>\n`;
const host = (content: string, address = '10.0.0.1'): string => `<host><status state="up" reason="syn-ack"/><address addr="${address}" addrtype="ipv4"/>${content}</host>`;
const port = (number: number | string, state: string, more = '', protocol = 'tcp'): string => `<port protocol="${protocol}" portid="${number}"><state state="${state}" reason="x" reason_ttl="0"/>${more}</port>`;
const asked = (services: string, protocol = 'tcp', count = 0): string => `<scaninfo type="syn" protocol="${protocol}" numservices="${count}" services="${services}"/>`;

/** Documents of few elements: what they tell of the only host. */
const table: ReadonlyArray<readonly [title: string, content: string, ports: string, notes?: readonly string[]]> = [
	['a crowd that is only counted is all the rest', asked('1-10') + host(`<ports><extraports state="closed" count="9"><extrareasons reason="resets" count="9"/></extraports>${port(5, 'open')}</ports>`), '1-4,6-10 closed (refused), 5 open'],
	['a crowd without a reason too', asked('1-10') + host(`<ports><extraports state="filtered" count="9"/>${port(5, 'open')}</ports>`), '1-4,6-10 filtered (no-answer), 5 open'],
	['a crowd of both protocols', asked('1-10', 'tcp', 10) + asked('53', 'udp', 1) + host('<ports><extraports state="closed" count="11"><extrareasons reason="resets" count="10"/><extrareasons reason="port-unreaches" count="1"/></extraports></ports>'), '1-10 closed (refused)', ['1 port of another protocol was passed over: only TCP is read.']],
	['of two crowds that are only counted nobody knows which port is where', asked('1-10') + host(`<ports><extraports state="closed" count="5"/><extraports state="filtered" count="4"/>${port(5, 'open')}</ports>`), '5 open', ['Of 1 host the document tells how many ports are in a state, but not which: those have no verdict.']],
	['nor of one that does not add up', asked('1-10') + host(`<ports><extraports state="closed" count="5"/>${port(5, 'open')}</ports>`), '5 open', ['Of 1 host the document tells how many ports are in a state, but not which: those have no verdict.']],
	['nor where it is not told what was asked', host(`<ports><extraports state="closed" count="5"/>${port(5, 'open')}</ports>`), '5 open', ['Of 1 host the document tells how many ports are in a state, but not which: those have no verdict.']],
	['one crowd that is listed and one that is counted', asked('1-10') + host('<ports><extraports state="filtered" count="3"><extrareasons reason="no-response" count="3" proto="tcp" ports="2-4"/></extraports><extraports state="closed" count="7"/></ports>'), '1,5-10 closed (refused), 2-4 filtered (no-answer)'],
	['a counted crowd with several reasons', asked('1-10') + host('<ports><extraports state="filtered" count="10"><extrareasons reason="host-unreaches" count="7"/><extrareasons reason="no-responses" count="3"/></extraports></ports>'), '1-10 filtered (host-unreachable)', ['Of 1 host it does not tell which filtered port has which reason: the commonest stands for all.']],
	['silence where RSTs are limited', asked('1-3') + host('<ports><extraports state="closed|filtered" count="3"><extrareasons reason="no-response" count="3" proto="tcp" ports="1-3"/></extraports></ports>'), '1-3 filtered (rst-limit)'],
	['an idle scan', asked('1') + host('<ports><port protocol="tcp" portid="1"><state state="closed|filtered" reason="no-ipid-change"/></port></ports>'), '1 unknown (closed|filtered)'],
	['UDP, SCTP and others', host(`<ports>${port(22, 'open')}${port(53, 'open', '', 'udp')}${port(53, 'open|filtered', '', 'udp')}${port(9, 'open', '', 'sctp')}${port(1, 'open', '', 'xyz')}</ports>`), '22 open', ['2 UDP ports were passed over: only TCP is read.', '1 SCTP port was passed over: only TCP is read.', '1 port of another protocol was passed over: only TCP is read.']],
	['a port that was not asked for, and one that is none', asked('1') + host(`<ports>${port(2, 'open')}${port(65_536, 'open')}${port('x', 'open')}</ports>`), '2 open', ['2 ports of other protocols were passed over: only TCP is read.']],
	['a state that is none', host(`<ports>${port(2, 'ajar')}${port(3, 'open')}</ports>`), '3 open', ['1 port in the state "ajar" was passed over: nmap has no such state.']],
	['several elements of one host', host(`<ports>${port(1, 'open')}</ports>`) + host(`<ports>${port(2, 'closed')}</ports>`), '1 open, 2 closed (refused)'],
	['scripts, systems, traces, and what else is in a host', host(`<os><portused state="open" proto="tcp" portid="9"/></os><ports>${port(1, 'open', '<service name="x" method="table" conf="3"><cpe>cpe:/a</cpe></service><script id="s" output="port 7"><table key="state"><elem key="port">7</elem><port protocol="tcp" portid="7"><state state="open"/></port></table></script>')}</ports><hostscript><script id="h" output=""/></hostscript><trace><hop ttl="1"/></trace>`), '1 open'],
	['ports that are listed wrongly', asked('10-1,x') + host('<ports><extraports state="closed" count="2"><extrareasons reason="reset" count="2" proto="tcp" ports="5,3"/></extraports></ports>'), '', ['Of 1 host the document tells how many ports are in a state, but not which: those have no verdict.']],
];

for (const [title, content, ports, notes = []] of table) {
	test(title, t => {
		const scan = scanOf(run(content));
		const record = recordOf(scan);
		t.is(record.hosts.length, 1);
		t.is(portsOf(record.hosts[0]!), ports);
		t.deepEqual(scan.notes, notes);
	});
}

test('a service in TLS, one without a name, and one of which nothing is known', t => {
	const scan = scanOf(run(host(`<ports>${port(443, 'open', '<service name="http" tunnel="ssl" method="probed" conf="10"/>')}${port(1, 'open', '<service name="unknown" product="X" method="probed" conf="10"/>')}${port(2, 'open', '<service name="unknown" method="probed" conf="10"/>')}</ports>`)));
	t.deepEqual([...recordOf(scan).hosts[0]!.observed], [
		[toPort(443), {protocol: 'ssl/http', product: null, version: null, banner: null}],
		[toPort(1), {protocol: null, product: 'X', version: null, banner: null}],
	]);
});

test('hosts without an IP address, hosts that are down and not listed, and what follows the document are noted', t => {
	t.deepEqual(scanOf(`${run('<host><status state="up"/><address addr="02:00:00:00:00:01" addrtype="mac"/></host><host><address addr="x"/></host><runstats><finished time="1"/><hosts up="2" down="3" total="5"/></runstats>')}<nmaprun/>`).notes, [
		'More follows the end of the document, and was not read.',
		'2 hosts without an IP address were passed over.',
		'3 hosts were down and are not listed.',
	]);
});

test('a host that is up in one element and down in another is up', t => {
	const down = '<host><status state="down" reason="no-response"/><address addr="10.0.0.1" addrtype="ipv4"/></host>';
	for (const content of [down + host(''), host('') + down]) {
		t.is(recordOf(scanOf(run(content))).hosts[0]!.down, undefined);
	}
});

test('a scan that failed says so with nmap\'s message', t => {
	const record = recordOf(scanOf(run('<runstats><finished time="1769860801" exit="error" errormsg="Your port range is backwards"/></runstats>')));
	t.like(record, {status: 'failed', message: 'Your port range is backwards'});
});

test('a document that does not say when it began has the time of its file, or of what it tells', t => {
	const read = readNmapXml('<nmaprun/>', {modifiedAtMs: Date.parse('2026-01-31T12:00:00Z')});
	t.is(read.ok ? read.value.started.startedAt : '', '2026-01-31T12:00:00.000Z');
	t.is(scanOf('<nmaprun/>').started.startedAt, '1970-01-01T00:00:00.000Z');
	t.is(scanOf('<nmaprun><host endtime="1769860800"/></nmaprun>').started.startedAt, '2026-01-31T12:00:00.000Z');
	t.is(scanOf('<nmaprun start="99999999999999999999"/>').started.startedAt, '1970-01-01T00:00:00.000Z');
});

const rejections: ReadonlyArray<readonly [text: string, message: string]> = [
	['', 'The document ends before its root element: expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element.'],
	['22/tcp open', 'At line 1, column 12 the document is no XML (text data outside of root node): expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element.'],
	['<html>\n</html>', 'The root element is "html": expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element.'],
	['<nmaprun>\n<host><address addr="&lol;"/></host></nmaprun>', 'At line 2, column 26 the document is no XML (undefined entity), and it tells of no host before.'],
	['\u0000<\u0000n\u0000m', 'At line 1, column 1 the document is no XML (disallowed character): expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element.'],
];

for (const [text, message] of rejections) {
	test(`${JSON.stringify(text)} is rejected with its place`, t => {
		t.deepEqual(readNmapXml(text), {ok: false, message});
	});
}

test('what comes before damage is read', t => {
	const scan = scanOf(run(`${host(`<ports>${port(1, 'open')}</ports>`)}\n<host attr></host>`));
	t.deepEqual(scan.notes, ['The document is damaged at line 4, column 11 (attribute without value): what came before was read, nothing after.']);
	t.is(recordOf(scan).status, 'interrupted');
	t.deepEqual(hostsOf(recordOf(scan)), ['10.0.0.1: 1 open']);
});

test('of a document that tells of too many ports, those that are listed one by one are read', t => {
	const text = run(asked('0-65535') + Array.from({length: 9}, (_, index) => host(`<ports><extraports state="closed" count="65535"><extrareasons reason="reset" count="65535" proto="tcp" ports="0-21,23-65535"/></extraports>${port(22, 'open')}</ports>`, `10.0.0.${index}`)).join(''));
	const read = readNmapXml(text, {mostVerdicts: 200_000});
	const {events, notes} = read.ok ? read.value : {events: [], notes: []};
	t.is(events.filter(event => event.kind === 'probed' && event.port === 22).length, 9);
	t.deepEqual(notes, ['Of 6 hosts only the ports that are listed one by one were read: the document tells of more ports than are read at once.']);
	t.deepEqual(readNmapXml(text, {mostVerdicts: 3}), {ok: false, message: 'The document tells of more than 3 ports one by one, which is more than is read at once: split it.'});
});

test('a document that asks for the same ports over and over takes no longer', t => {
	const scan = scanOf(run(asked('0-65535').repeat(20_000) + Array.from({length: 20_000}, (_, index) => host('<ports><extraports state="closed" count="1"/></ports>', `10.0.${Math.floor(index / 256)}.${index % 256}`)).join('')));
	t.is(scan.started.hosts.length, 20_000);
});

test('a real document cut at any place is read, and tells no port otherwise than the whole one', async t => {
	for (const name of ['nmap-down', 'nmap-filtered', 'nmap-services', 'masscan-banners']) {
		const text = await fixture(name);
		const whole = new Map(scanOf(text).events.flatMap(event => (event.kind === 'probed' ? [[`${event.host}:${event.port}`, reasonOf(event.verdict)]] : [])));
		// A long list of ports takes its time.
		for (let length = 0; length < text.length; length += name === 'nmap-filtered' ? 7 : 1) {
			const read = readNmapXml(text.slice(0, length));
			for (const event of read.ok ? read.value.events : []) {
				if (event.kind === 'probed') {
					t.true(whole.get(`${event.host}:${event.port}`) === reasonOf(event.verdict), `${name} ${length}`);
				}
			}
		}
	}
});

test('whatever was done to a document, it is read or rejected with a sentence', async t => {
	const texts = await Promise.all(Object.keys(fixtures).map(async name => fixture(name)));
	const place = fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true});
	const change = fc.record({at: place, cut: fc.integer({min: 0, max: 20}), put: fc.oneof(fc.string({unit: 'binary', maxLength: 3}), fc.constantFrom('<host>', '</host>', '<ports>', '"', '&', '<port', '>', '/>', ' portid="99999"', '-', ',', '65535', '\0'))});
	fc.assert(fc.property(fc.constantFrom(...texts), fc.array(change, {maxLength: 4}), (text, changes) => {
		let changed = text;
		for (const {at, cut, put} of changes) {
			const index = Math.floor(at * changed.length);
			changed = changed.slice(0, index) + put + changed.slice(index + cut);
		}

		const read = readNmapXml(changed);
		if (read.ok) {
			const record = recordOf(read.value);
			t.true(record.finishedAt !== null);
			t.is(typeof formatScanXml(record, registry, ['open']), 'string');
		} else {
			t.regex(read.message, /^[A-Z].*\.$/s);
		}
	}), {numRuns: 500});
});

const verdict = fc.constantFrom<Verdict>(
	{state: 'open', rttMs: 1, tries: 1},
	{state: 'closed', reason: 'refused', rttMs: 1, tries: 1},
	...(['no-answer', 'rst-limit', 'host-unreachable', 'net-unreachable', 'protocol-unreachable', 'admin-prohibited'] as const).map(reason => ({state: 'filtered', reason, tries: 2}) as const),
	{state: 'unknown', reason: 'EMFILE', tries: 1},
	{state: 'unknown', reason: 'open|filtered', tries: 1},
	{state: 'unknown', reason: 'unfiltered', tries: 1},
	{state: 'unknown', reason: 'closed|filtered', tries: 1},
);
const runOfPorts = fc.record({first: fc.integer({min: 0, max: 65_535}), count: fc.integer({min: 1, max: 60}), verdict});
const hostScript = fc.record({
	address: fc.oneof(fc.integer({min: 1, max: 254}).map(last => `10.0.0.${last}`), fc.integer({min: 1, max: 0xFF_FF}).map(last => `2001:db8::${last.toString(16)}`)),
	name: fc.option(fc.constantFrom('localhost', 'a.example')),
	isDown: fc.boolean(),
	runs: fc.array(runOfPorts, {maxLength: 6}),
});

test('what is written as XML and read again has the same states, whatever they are', t => {
	fc.assert(fc.property(fc.uniqueArray(hostScript, {selector: ({address}) => address, maxLength: 4}), fc.constantFrom<ScanStatus>('complete', 'interrupted', 'failed'), fc.subarray([...portStates]), (scripts, status, show) => {
		const ports = portSetOfPorts(scripts.flatMap(({runs}) => runs.flatMap(({first, count}) => Array.from({length: count}, (_, index) => Math.min(65_535, first + index)).map(each => toPort(each)))));
		const record = createScanRecord({
			kind: 'started', id: 'id', startedAt: '2026-01-31T12:00:00.123Z', engine: 'socket', seed: 7, ports: formatPortSet(ports), portCount: ports.size,
			hosts: scripts.map(({address, name}) => ({target: name ?? address, address: readAddress(address)!, note: null})),
		});
		const events = scripts.flatMap(({runs, isDown}, number): readonly ScanEvent[] => isDown
			? [{kind: 'host', host: number, down: {reason: 'host-unreachable', askedCount: 3}}]
			: [...runs.flatMap(({first, count, verdict: each}) => Array.from({length: count}, (_, index): ScanEvent => ({kind: 'probed', host: number, port: toPort(Math.min(65_535, first + index)), verdict: each}))), ...(runs.length === 0 ? [] : [{kind: 'host', host: number} as const])]);
		for (const event of [...events, {kind: 'finished', finishedAt: '2026-01-31T12:00:01.456Z', status, message: status === 'failed' ? 'It broke.' : null} satisfies ScanEvent]) {
			applyScanEvent(record, event);
		}

		const scan = scanOf(formatScanXml(record, registry, show));
		const read = recordOf(scan);
		t.deepEqual([read.status, read.message, read.started.startedAt, read.finishedAt, read.started.ports, scan.format], [status, record.message, record.started.startedAt, record.finishedAt, record.started.ports, 'nmap XML, written by portui']);
		const told = (from: ScanRecord): unknown => from.hosts.map(each => [
			each.host.address.text,
			[each.host.target, each.down?.reason, each.verdicts.portsIn(portStates).flatMap(number => {
				const found = each.verdicts.get(number)!;
				return reasonOf(found) === 'EMFILE' ? [] : [[number, found.state, reasonOf(found)]];
			})],
		]).sort();
		t.deepEqual(told(read), told(record));
	}), {numRuns: 200});
});
