import {XMLParser} from 'fast-xml-parser';
import fc from 'fast-check';
import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {toPort} from '../../source/port/port.ts';
import {formatScanXml, interruptedMessage} from '../../source/report/scan-xml.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {ScanEvent, StartedEvent} from '../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {PortState, Verdict} from '../../source/scan/verdict.ts';
import {findNmapTools, validate} from '../helpers/nmap-tools.ts';
import {scanEvents, scanRecord, verdicts, type ScanScript} from '../helpers/scan-events.ts';

const registry = await loadRegistry();
const shown: readonly PortState[] = ['open', 'unknown'];
const {canValidate} = await findNmapTools('scan-xml');
const withDocumentType = canValidate ? test : test.skip;

type Attributes = Readonly<Record<string, string>>;
type PortElement = Attributes & {readonly state: Attributes; readonly service?: Attributes};
type HostElement = {
	readonly comment?: string;
	readonly status: Attributes;
	readonly address: Attributes;
	readonly hostnames: '' | {readonly hostname: Attributes};
	readonly ports?: {readonly extraports?: ReadonlyArray<Attributes & {readonly extrareasons: readonly Attributes[]}>; readonly port?: readonly PortElement[]};
	readonly times?: Attributes;
};
type Document = {readonly nmaprun: Attributes & {readonly scaninfo: Attributes; readonly host?: readonly HostElement[]; readonly runstats: {readonly finished: Attributes; readonly hosts: Attributes}}};

const parser = new XMLParser({ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false, isArray: name => ['host', 'port', 'extraports', 'extrareasons'].includes(name)});
const read = (text: string): Document['nmaprun'] => (parser.parse(text) as Document).nmaprun;
const documentOf = (record: ScanRecord, show = shown): Document['nmaprun'] => read(formatScanXml(record, registry, show));

const manyPorts = (first: number, count: number, verdict: Verdict): Record<number, Verdict> => Object.fromEntries(Array.from({length: count}, (_, index) => [first + index, verdict]));

const scripts: Readonly<Record<string, ScanScript>> = {
	'one open port': {probed: [{22: verdicts.open, 80: verdicts.closed}]},
	'nothing asked': {},
	'two hosts': {hosts: [{target: 'localhost', address: '127.0.0.1'}, {target: 'localhost', address: '::1', note: 'a <note> & "more"'}], probed: [{22: verdicts.open}, {22: verdicts.unknown}]},
	'crowds': {probed: [{...manyPorts(1000, 100, verdicts.closed), ...manyPorts(2000, 60, verdicts.filtered), ...manyPorts(3000, 30, verdicts.unreachable), 22: verdicts.open, 23: verdicts.unknown}]},
	'an interrupted scan': {probed: [{22: verdicts.open}], portCount: 9, status: 'interrupted'},
	'a failed scan': {probed: [{22: verdicts.open}], status: 'failed', message: 'Broken: <\u0000&\uFFFF>'},
	'hostile names': {hosts: [{target: '"><script>\u001B]0;x\u0007', address: '127.0.0.1', note: ']]>--\r\n\u2028'}], probed: [{1: verdicts.open}]},
};

for (const [title, script] of Object.entries(scripts)) {
	withDocumentType(`${title}: the document is valid by nmap's document type`, async t => {
		t.is(await validate(formatScanXml(scanRecord(script), registry, shown)), '');
	});
}

test('the ports of a host have nmap\'s states, reasons and services', t => {
	const {scaninfo, host: hosts} = documentOf(scanRecord({probed: [{22: verdicts.open, 80: verdicts.closed, 443: verdicts.filtered, 444: verdicts.unreachable, 49_999: verdicts.open}]}));
	t.like(scaninfo, {type: 'connect', protocol: 'tcp', services: '0-65535'});
	const [host] = hosts!;
	t.like(host, {status: {state: 'up', reason: 'syn-ack'}, address: {addr: '127.0.0.1', addrtype: 'ipv4'}, hostnames: {hostname: {name: 'localhost', type: 'user'}}, times: {to: '100000'}});
	t.deepEqual(host!.ports!.port!.map(({portid, state, service}) => [portid, state['state'], state['reason'], service?.['name'], service?.['method'], service?.['conf']]), [
		['22', 'open', 'syn-ack', 'ssh', 'table', '3'],
		['80', 'closed', 'conn-refused', 'http', 'table', '3'],
		['443', 'filtered', 'no-response', 'https', 'table', '3'],
		['444', 'filtered', 'net-unreach', 'snpp', 'table', '3'],
		['49999', 'open', 'syn-ack', undefined, undefined, undefined],
	]);
});

test('a crowd is told in one element with its ports, the largest first, unless it is to be shown', t => {
	const record = scanRecord(scripts['crowds']!);
	const {extraports, port} = documentOf(record).host![0]!.ports!;
	t.deepEqual(extraports!.map(({state, count, extrareasons}) => [state, count, extrareasons.map(({reason, count: each, proto, ports}) => [reason, each, proto, ports])]), [
		['closed', '100', [['conn-refused', '100', 'tcp', '1000-1099']]],
		['filtered', '90', [['no-response', '60', 'tcp', '2000-2059'], ['net-unreach', '30', 'tcp', '3000-3029']]],
	]);
	t.deepEqual(port!.map(({portid}) => portid), ['22']);
	const listed = documentOf(record, ['closed']).host![0]!.ports!;
	t.deepEqual(listed.extraports!.map(({state}) => state), ['filtered']);
	t.is(listed.port!.length, 101);
});

test('of equal crowds the closed ports come first, as with nmap', t => {
	const {extraports} = documentOf(scanRecord({probed: [{...manyPorts(1000, 30, verdicts.filtered), ...manyPorts(2000, 30, verdicts.closed)}]})).host![0]!.ports!;
	t.deepEqual(extraports!.map(({state}) => state), ['closed', 'filtered']);
});

test('a failure of this machine is no state of a port: it is left out, and the host says how many', t => {
	const [host] = documentOf(scanRecord({probed: [{22: verdicts.open, 23: verdicts.unknown}], portCount: 9, status: 'interrupted'})).host!;
	t.deepEqual(host!.ports!.port!.map(({portid}) => portid), ['22']);
	t.is(host!.comment, '1 port could not be asked by this machine: nothing is known of their state. 7 ports were not finished: nothing is known of their state.');
});

test('of a host of which nothing was learnt nothing is said', t => {
	const [host] = documentOf(scanRecord({probed: [{23: verdicts.unknown}]})).host!;
	t.like(host, {status: {state: 'unknown'}, ports: undefined, times: undefined});
});

test('a silent host was taken as up because it was asked for', t => {
	t.is(documentOf(scanRecord({probed: [{23: verdicts.filtered}]})).host![0]!.status['reason'], 'user-set');
});

test('a scan that was interrupted says so, in a whole document; so does one that failed', t => {
	t.like(documentOf(scanRecord({})).runstats.finished, {exit: 'success', errormsg: undefined, time: '1769860801', elapsed: '1.500', timestr: '2026-01-31T12:00:01.500Z'});
	t.like(documentOf(scanRecord(scripts['an interrupted scan']!)).runstats.finished, {exit: 'error', errormsg: interruptedMessage});
	t.like(documentOf(scanRecord(scripts['a failed scan']!)).runstats.finished, {exit: 'error', errormsg: 'Broken: <\\x00&\\uffff>'});
	const running = createScanRecord(scanEvents({})[0] as StartedEvent);
	t.like(documentOf(running).runstats.finished, {exit: 'error', errormsg: interruptedMessage, elapsed: '0.000'});
});

const applied = (started: Partial<StartedEvent>, events: readonly ScanEvent[]): ScanRecord => {
	const record = createScanRecord({...scanEvents({})[0] as StartedEvent, ...started});
	for (const event of events) {
		applyScanEvent(record, event);
	}

	return record;
};

test('hosts that are down are counted, and told with nmap\'s reason', async t => {
	const record = applied({hosts: [], hostCount: 256}, [
		...(['no-answer', 'host-unreachable', 'ENETUNREACH'] as const).flatMap((reason, host): ScanEvent[] => [
			{kind: 'admitted', host, target: '10.0.0.0/24', address: readAddress(`10.0.0.${host}`)!},
			{kind: 'host', host, down: {reason, askedCount: 8}},
		]),
	]);
	const {host: hosts, runstats} = documentOf(record);
	t.deepEqual(hosts!.map(({status, address, hostnames}) => [status['state'], status['reason'], address['addr'], hostnames]), [
		['down', 'no-response', '10.0.0.0', ''],
		['down', 'host-unreach', '10.0.0.1', ''],
		// That this machine has no route says nothing of the host.
		['unknown', 'unknown-response', '10.0.0.2', ''],
	]);
	t.like(runstats.hosts, {up: '0', down: '3', total: '256'});
	t.is(canValidate ? await validate(formatScanXml(record, registry, shown)) : '', '');
});

test('more hosts than a number holds exactly are written without an exponent', t => {
	t.regex(documentOf(applied({hosts: [], hostCount: 2 ** 64}, [])).runstats.hosts['total']!, /^18446744073709551616$/);
});

test('what was observed is told as probed, what is guessed from the number as table', async t => {
	const record = applied({portCount: 3}, [
		...[22, 443, 6379].map((port): ScanEvent => ({kind: 'probed', host: 0, port: toPort(port), verdict: verdicts.open})),
		{kind: 'observed', host: 0, port: toPort(22), observed: {protocol: 'ssh', product: 'OpenSSH', version: '9.2p1', banner: 'protocol 2.0'}},
		{kind: 'observed', host: 0, port: toPort(443), observed: {protocol: 'ssl/http', product: null, version: null, banner: null}},
	]);
	const [ssh, https, redis] = documentOf(record).host![0]!.ports!.port!;
	t.deepEqual(ssh!.service, {name: 'ssh', product: 'OpenSSH', version: '9.2p1', extrainfo: 'protocol 2.0', method: 'probed', conf: '10'});
	t.deepEqual(https!.service, {name: 'http', tunnel: 'ssl', method: 'probed', conf: '10'});
	t.like(redis!.service, {method: 'table'});
	t.is(canValidate ? await validate(formatScanXml(record, registry, shown)) : '', '');
});

test('a scan of another program is told as one of it', t => {
	const masscan = documentOf(applied({engine: 'masscan', tellsOpenOnly: true, portCount: 1}, [{kind: 'probed', host: 0, port: toPort(22), verdict: verdicts.open}]));
	t.like(masscan, {scanner: 'nmap', args: 'masscan --open', scaninfo: {type: 'syn'}});
	t.is(masscan.host![0]!.comment, 'Open ports alone are told: of others it is not known whether they were asked.');
	t.is(documentOf(scanRecord({}))['args'], 'portui scan localhost -p 0-65535');
});

withDocumentType('whatever was found, under whatever names, the document is valid', async t => {
	const text = fc.string({unit: 'binary', maxLength: 12});
	const verdict = fc.constantFrom<Verdict>(...Object.values(verdicts), {state: 'filtered', reason: 'rst-limit', tries: 1}, {state: 'filtered', reason: 'protocol-unreachable', tries: 1}, {state: 'unknown', reason: 'open|filtered', tries: 1});
	await fc.assert(fc.asyncProperty(fc.array(text, {minLength: 1, maxLength: 3}), fc.array(fc.tuple(fc.integer({min: 0, max: 65_535}), verdict)), text, async (targets, probed, message) => {
		const record = scanRecord({
			hosts: targets.map((target, index) => ({target, address: `10.0.0.${index}`, note: target})),
			probed: targets.map(() => Object.fromEntries(probed)),
			status: 'failed',
			message,
		});
		t.is(await validate(formatScanXml(record, registry, shown)), '');
	}), {numRuns: 20});
});
