import {readFile} from 'node:fs/promises';
import test from 'ava';
import {parse} from 'csv-parse/sync';
import {buildPage} from '../../source/guide/build-page.ts';
import {clientRanges} from '../../source/guide/client-ranges.ts';
import {noFacts, type GuideFacts} from '../../source/guide/guide-facts.ts';
import {pageIds, pageTitles, type PageId} from '../../source/guide/page-id.ts';
import {linksOf} from '../../source/guide/page.ts';
import {plainTextOf} from '../../source/guide/rich-text.ts';
import {portRanges} from '../../source/port/port-range.ts';
import {toPort, type Port} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {placePage} from '../../source/ui/guide-lines.ts';
import {widthOf} from '../../source/ui/fit-text.ts';
import {createFakeRegistry, wellKnownPorts} from '../helpers/fake-registry.ts';
import {busyMachine, everySituation, lastScan, quietMachine, silentMachine} from '../helpers/guide-facts.ts';
import {scanRecord, verdicts} from '../helpers/scan-events.ts';

const registry = await loadRegistry();
const nameOf = (port: number): string | null => registry.lookup(toPort(port)).entries[0]!.name;

/** The examples of a page, and its other texts, as they are read. */
const textsOf = (id: PageId, facts: Partial<GuideFacts>, kind: 'example' | 'other'): readonly string[] =>
	buildPage(id, {...noFacts, ...facts}).blocks.flatMap(block => (block.kind !== 'diagram' && (block.kind === 'example') === (kind === 'example') ? [plainTextOf(block.text)] : []));

const examplesOf = (id: PageId, facts: Partial<GuideFacts>): readonly string[] => textsOf(id, facts, 'example');

for (const [situation, facts] of everySituation(registry)) {
	test(`${situation}: no page has a line that is too long, at any width`, t => {
		for (const id of pageIds) {
			for (let width = 29; width <= 120; width++) {
				for (const line of placePage(buildPage(id, facts), width).lines) {
					const text = line.map(segment => segment.text).join('');
					t.true(widthOf(text) <= Math.min(76, width), `${id} at ${width}: ${text}`);
				}
			}
		}
	});

	test(`${situation}: every link leads somewhere else, and has a name of its own`, t => {
		for (const id of pageIds) {
			const links = linksOf(buildPage(id, facts));
			t.is(new Set(links.map(link => link.id)).size, links.length);
			for (const {link: {text, target}} of links) {
				if (target.kind === 'port') {
					t.is(text, String(target.port));
				} else {
					t.not(target.page, id);
					t.is(text, pageTitles[target.page]);
				}
			}
		}
	});

	test(`${situation}: no sentence has a hole`, t => {
		for (const id of pageIds) {
			for (const text of [...textsOf(id, facts, 'example'), ...textsOf(id, facts, 'other')]) {
				t.notRegex(text, /undefined|null|NaN|\[object| {2}| [.,;]| :(?!:)|\(\)/, `${id}: ${text}`);
			}
		}
	});
}

test('pages are short: two screens of a pane at 80×24 at most, whatever there is to show', t => {
	for (const [situation, facts] of everySituation(registry)) {
		for (const id of pageIds) {
			t.true(placePage(buildPage(id, facts), 49).lines.length <= 40, `${id}, ${situation}`);
		}
	}
});

test('every page can be reached by links from the first', t => {
	const reached = new Set<PageId>(['port']);
	for (const id of reached) {
		for (const {link: {target}} of linksOf(buildPage(id, noFacts))) {
			if (target.kind === 'page') {
				reached.add(target.page);
			}
		}
	}

	t.deepEqual([...reached].sort(), [...pageIds].sort());
});

test('titles fit the list of pages', t => {
	t.deepEqual(Object.values(pageTitles).filter(title => title.length > 21), []);
});

// What the pages say of ports

test('what an example says a port is, is what the registry has', t => {
	let count = 0;
	for (const id of pageIds) {
		for (const text of examplesOf(id, {registry, local: busyMachine})) {
			for (const [, port, name] of text.matchAll(/(\d+),? (?:is|which is) ([a-z][\w-]*)(?::| by the registry)/g)) {
				if (nameOf(Number(port)) !== null) {
					t.is(name, nameOf(Number(port))!, text);
					count++;
				}
			}
		}
	}

	t.true(count >= 9, String(count));
});

test('examples follow the registry they are given', t => {
	const renamed = createFakeRegistry({...wellKnownPorts, 5432: {name: 'renamed', description: 'Something else'}});
	t.true(examplesOf('ranges', {registry: renamed}).includes('5432 is renamed: Something else.'));
	t.true(examplesOf('ranges', {registry}).includes('5432 is postgresql: PostgreSQL Database; used by PostgreSQL.'));
});

test('a port nobody registered is said to be what it is', t => {
	t.true(examplesOf('ranges', {registry: createFakeRegistry()}).includes('50000 is unassigned.'));
});

test('what is assigned is counted in the registry', t => {
	const counts = portRanges.map(({first, last}) => {
		let count = 0;
		for (let port: number = first; port <= last; port++) {
			count += registry.lookup(port as Port).entries.some(({status}) => status === 'assigned') ? 1 : 0;
		}

		return count.toLocaleString('en');
	});
	t.is(examplesOf('ranges', {registry})[0], `Assigned on some transport are ${counts[0]} of 1,024 well-known ports and ${counts[1]} of 48,128 registered ones.`);
});

const fixed: ReadonlyArray<readonly [statement: string, holds: (port: number) => boolean, ports: readonly number[]]> = [
	['ports at the edges of the ranges are reserved, on every transport', port => registry.lookup(toPort(port)).entries.every(({status}) => status === 'reserved'), [0, 1023, 1024, 49_151]],
	['domain is registered over TCP and UDP', port => ['tcp', 'udp'].every(transport => registry.lookup(toPort(port)).entries[0]!.transports.includes(transport as 'tcp')), [53]],
	['HTTP over TLS and its QUIC have one number', port => nameOf(port) === 'https' && registry.lookup(toPort(port)).entries[0]!.transports.includes('udp'), [443]],
	['what is really met there is not what is registered', port => registry.lookup(toPort(port)).commonly[0]!.relation === 'other', [3000, 8000, 6443]],
	['two services share the number on two transports', port => registry.lookup(toPort(port)).entries.filter(({status}) => status === 'assigned').length === 2, [514]],
	['one transport is assigned, the other reserved', port => registry.lookup(toPort(port)).entries.map(({status}) => status).join(' ') === 'assigned reserved', [6379]],
	['browsers refuse them', port => registry.lookup(toPort(port)).isBlockedByBrowsers, [22, 25, 110, 143, 6000, 6667, 10_080]],
	['its usual service is judged', port => registry.lookup(toPort(port)).exposure.length > 0, [6379]],
];

for (const [statement, holds, ports] of fixed) {
	test(`true of ${ports.join(', ')}: ${statement}`, t => {
		t.deepEqual(ports.filter(port => !holds(port)), []);
	});
}

test('the ranges of clients are those of the data', async t => {
	const rows = parse(await readFile(new URL('../../data/ephemeral.csv', import.meta.url), 'utf8'), {columns: true}) as ReadonlyArray<Record<string, string>>;
	t.deepEqual(
		clientRanges.map(({system, first, last}) => [system, String(first), String(last)]),
		rows.filter(({os}) => !os!.startsWith('IANA')).map(({os, first, last}) => [os, first, last]),
	);
});

// What the pages say of this machine and of the scan

test('what listens here is said with its process and its reach, a server of both families once', t => {
	t.deepEqual(examplesOf('listening', {local: busyMachine}), [
		'Here sshd listens on 22, on every interface.',
		'Here nginx listens on 443, on a public address.',
		'Here postgres listens on 5432, for this machine alone.',
		'Here a program this user may not see listens on 8080, on a private address.',
		'… and 1 more: L shows what listens here.',
	]);
});

test('only what others can reach is named as that', t => {
	t.deepEqual(examplesOf('exposure', {local: busyMachine}), ['Listening here for other machines too: 22, 443, 8080, 9000. A firewall may still be in between.']);
	t.deepEqual(examplesOf('exposure', {local: {...quietMachine, listening: [busyMachine.listening![0]!]}}), ['All that listens here listens for this machine alone.']);
});

test('a connection to another machine is told rather than one to this, with its client', t => {
	t.deepEqual(examplesOf('connections', {registry, local: busyMachine}), [
		'Here firefox has one between 10.0.0.5:50222 and [2001:db8::9]:443. 50222 is one of the ports this machine hands to clients, and 443 is https by the registry.',
	]);
	t.deepEqual(examplesOf('connections', {registry, local: {...busyMachine, connections: busyMachine.connections!.slice(0, 1)}}), [
		'Here postgres has one between 127.0.0.1:5432 and 127.0.0.1:40000. 5432 listens here, so 40000 is the client\'s end.',
	]);
});

test('where no end tells which is the client, none is said to be', t => {
	const [, connection] = busyMachine.connections!;
	t.deepEqual(examplesOf('connections', {local: {...silentMachine, connections: [connection!]}}), ['Here firefox has one between 10.0.0.5:50222 and [2001:db8::9]:443.']);
});

test('the ports for clients are this machine\'s own, with one in use', t => {
	t.deepEqual(examplesOf('ephemeral', {local: busyMachine}), [
		'Here clients get ports from 32768 to 60999: 28,232 of them.',
		'50222 is in use now, towards port 443 of 2001:db8::9.',
	]);
});

test('ports of ranges and transports are counted', t => {
	t.true(examplesOf('ranges', {local: busyMachine}).includes('Ports that listen here: 2 well-known, 3 registered, 0 ephemeral.'));
	t.true(examplesOf('special', {local: busyMachine}).includes('Ports below 1024 that listen here: 22, 443.'));
	t.deepEqual(examplesOf('transports', {local: busyMachine}), ['Listening here over TCP: 22, 443, 5432, 8080, 9000.', 'Taking datagrams here over UDP: 68.']);
});

const machinePages = pageIds.filter(id => examplesOf(id, {registry, local: busyMachine}).length > examplesOf(id, {registry}).length);

test('all pages but that on scans have an example of this machine', t => {
	t.deepEqual(machinePages, pageIds.filter(id => id !== 'scanning'));
});

test('that there is nothing, and that nothing can be read, are two sentences', t => {
	t.deepEqual(examplesOf('listening', {local: quietMachine}), ['Nothing listens on this machine now.']);
	t.deepEqual(examplesOf('listening', {local: silentMachine}), ['What listens on this machine cannot be read on this system.']);
	t.deepEqual(examplesOf('connections', {local: quietMachine}), ['This machine has no connection now.']);
	t.deepEqual(examplesOf('connections', {local: silentMachine}), ['The connections of this machine cannot be read on this system.']);
	t.deepEqual(examplesOf('ephemeral', {local: silentMachine}), ['Which ports this machine hands to clients cannot be read on this system.']);
});

test('where sockets of others are left out, nothing is said of all', t => {
	const local = {...quietMachine, leavesOutOthers: true};
	t.deepEqual(examplesOf('listening', {local}), ['Nothing listens on this machine now, as far as this user may see.']);
	t.deepEqual(examplesOf('connections', {local}), ['This machine has no connection now, as far as this user may see.']);
	for (const id of machinePages.filter(each => each !== 'ephemeral')) {
		t.regex(examplesOf(id, {local}).join(' '), /^$|as far as this user may see/, id);
	}
});

test('a socket that no process is seen to hold is not given to one', t => {
	t.deepEqual(examplesOf('listening', {local: {...quietMachine, listening: [{address: '::', port: toPort(2049), holder: {kind: 'none'}}]}}), ['Here something out of sight listens on 2049, on every interface.']);
});

test('what is not known yet is left out', t => {
	for (const id of pageIds) {
		t.is(examplesOf(id, noFacts).length, id === 'scanning' ? 1 : 0);
	}
});

test('the name of a process cannot give orders to the terminal', t => {
	const [first] = examplesOf('listening', {local: {...quietMachine, listening: [{address: '::', port: toPort(80), holder: {kind: 'process', name: 'a\u001B[31mb\n'}}]}});
	t.is(first, 'Here a\\x1b[31mb\\x0a listens on 80, on every interface.');
});

test('of what the scan found the gravest is named, as a guess, and from where it is reached', t => {
	const found = (address: string): readonly string[] => examplesOf('exposure', {registry, scan: scanRecord({hosts: [{target: 'a', address}], probed: [{80: verdicts.open, 6379: verdicts.open, 23: verdicts.closed}]})});
	t.is(found('127.0.0.1')[0], 'The last scan found 6379 open on 127.0.0.1. If that is Redis / Valkey, as is usual, the risk there is low.');
	t.is(found('192.0.2.7')[0], 'The last scan found 6379 open on 192.0.2.7. If that is Redis / Valkey, as is usual, the risk there is high.');
});

test('a host that accepts everything has no risk of a service', t => {
	const all = Object.fromEntries(Array.from({length: 200}, (_, index) => [6300 + index, verdicts.open]));
	t.deepEqual(examplesOf('exposure', {registry, scan: scanRecord({probed: [all]})}), examplesOf('exposure', {registry}));
});

test('the last scan is told in numbers, and with a port of each state', t => {
	t.deepEqual(examplesOf('scanning', {scan: lastScan}), [
		'The last scan, of example.test: 2 open, 1 closed, 1 filtered, 1 unknown.',
		'22 of 2001:db8::7 is open: accepted a connection after 0.08 ms.',
		'81 of 2001:db8::7 is closed: refused after 0.05 ms.',
		'443 of 2001:db8::7 is filtered: no answer.',
		'8080 of 2001:db8::7 is unknown: this machine ran out of descriptors.',
	]);
});
