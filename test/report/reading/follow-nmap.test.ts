import test from 'ava';
import fc from 'fast-check';
import {readPortSet} from '../../../source/port/port-set.ts';
import {followNmap} from '../../../source/report/reading/follow-nmap.ts';
import {parseBlock} from '../../../source/scan/address-block.ts';
import {readAddress} from '../../../source/scan/address.ts';
import type {Doing, ScanEvent} from '../../../source/scan/event.ts';
import type {ProgramEnd} from '../../../source/scan/program-reader.ts';
import type {ScanPlan} from '../../../source/scan/scan-plan.ts';
import {createScanTeller} from '../../../source/scan/scan-teller.ts';

const block = parseBlock('10.0.0.0/30');
const plan: ScanPlan = {
	id: 'one',
	hosts: [{target: 'localhost', address: readAddress('127.0.0.1')!, note: null}],
	blocks: block?.ok === true ? [block.value] : [],
	ports: readPortSet('21-24'),
	firstPorts: [],
	seed: 1,
};

const document = `<?xml version="1.0"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap" start="1700000000" version="7.93">
<scaninfo type="syn" protocol="tcp" numservices="4" services="21-24"/>
<taskprogress task="SYN Stealth Scan" time="1" percent="50.00" remaining="9" etc="9"/>
<host><status state="up" reason="user-set"/><address addr="127.0.0.1" addrtype="ipv4"/><hostnames/>
<ports><extraports state="closed" count="3"><extrareasons reason="reset" count="3" proto="tcp" ports="21,23-24"/></extraports>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/><service name="ssh" product="OpenSSH" method="probed" conf="10"/></port></ports></host>
<host><status state="down" reason="no-response"/><address addr="10.0.0.2" addrtype="ipv4"/></host>
<host><status state="up" reason="user-set"/><address addr="192.0.2.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/></port></ports></host>
<runstats><finished time="1700000001" exit="success"/><hosts up="1" down="1" total="2"/></runstats>
</nmaprun>
`;

type Followed = {readonly events: readonly ScanEvent[]; readonly doing: readonly Doing[]; readonly end: ProgramEnd};

const follow = (pieces: readonly string[], lines: readonly string[] = []): Followed => {
	const events: ScanEvent[] = [];
	const doing: Doing[] = [];
	const reader = followNmap(createScanTeller(plan, event => events.push(event), said => doing.push(said)));
	for (const line of lines) {
		reader.say(line);
	}

	for (const piece of pieces) {
		reader.write(piece);
	}

	return {events, doing, end: reader.end()};
};

test('each host is told of when its element ends, in whatever pieces the document comes', t => {
	const whole = follow([document]);
	t.deepEqual(whole.end, {isWhole: true, problem: null});
	t.deepEqual(whole.doing, [{task: 'SYN Stealth Scan', share: 0.5}]);
	const told = whole.events.map(event => (event.kind === 'probed' ? `${event.host}:${event.port} ${event.verdict.state}` : 'host' in event ? `${event.kind} ${event.host === 0 ? 0 : 'of the block'}` : event.kind));
	t.deepEqual(told, ['0:22 open', 'observed 0', '0:21 closed', '0:23 closed', '0:24 closed', 'host 0', 'admitted of the block', 'host of the block']);
	t.like(whole.events.at(-1), {down: {reason: 'no-answer'}});
	fc.assert(fc.property(fc.array(fc.nat(document.length), {maxLength: 12}), cuts => {
		const places = [0, ...cuts.toSorted((one, other) => one - other), document.length];
		t.deepEqual(follow(places.slice(1).map((end, index) => document.slice(places[index], end))), whole);
	}));
});

test('a port that is found open is told of at once, and once', t => {
	const {events} = follow([document], ['Discovered open port 22/tcp on 127.0.0.1', 'Discovered open port 22/tcp on 127.0.0.1', 'Discovered open port 99999/tcp on 127.0.0.1', 'Discovered open port 22/tcp on nowhere']);
	t.deepEqual(events.filter(event => event.kind === 'probed' && event.port === 22), [{kind: 'probed', host: 0, port: 22, verdict: {state: 'open', tries: 1}}] as unknown as ScanEvent[]);
	t.is(events[0]!.kind, 'probed');
});

test('what nmap says of its progress is told in its words, and nothing else that it says', t => {
	t.deepEqual(follow([], ['SYN Stealth Scan Timing: About 5.55% done; ETC: 08:50 (0:00:10 remaining)', 'Host is up.', '\u001B[2J Timing: About 5% done']).doing, [{task: 'SYN Stealth Scan', share: 0.0555}]);
});

test('of a document that is cut short what came before holds, and of one that ends with an error its message', t => {
	const torn = follow([document.slice(0, document.indexOf('<runstats'))]);
	t.false(torn.end.isWhole);
	t.is(torn.events.length, 8);
	t.deepEqual(follow([document.replace('exit="success"', 'exit="error" errormsg="no route"')]).end, {isWhole: false, problem: 'no route'});
});

test('nothing that a program writes breaks the reader', t => {
	fc.assert(fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('<nmaprun scanner="nmap">', '<host>', '</host>', '<address addr="127.0.0.1"/>', '<ports>', '<port portid="22">', '<state state="open"/>', '</port>', '</nmaprun>', '<x', '>')), {maxLength: 20}), fc.array(fc.string(), {maxLength: 3}), (pieces, lines) => {
		t.notThrows(() => follow(pieces, lines));
	}));
});
