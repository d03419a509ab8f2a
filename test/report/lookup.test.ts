import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {createRegistry} from '../../source/registry/create-registry.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {formatLookupText, lookupDocument} from '../../source/report/lookup.ts';

const registry = createRegistry({
	origin: 'IANA registry of a test',
	registrations: [
		{first: toPort(80), last: toPort(80), entry: {name: 'http', aliases: ['www'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}},
		{first: toPort(6667), last: toPort(6667), entry: {name: 'ircu', aliases: [], transports: ['tcp'], status: 'assigned', description: 'IRCU'}},
		{first: toPort(6667), last: toPort(6667), entry: {name: null, aliases: [], transports: ['udp'], status: 'reserved', description: 'Reserved'}},
	],
	commonUses: [
		{port: toPort(5173), use: {software: 'Vite', transports: ['tcp'], category: 'web-dev', note: 'npm run dev', relation: 'unassigned', source: 'a page'}},
	],
	exposures: [
		{port: toPort(6667), exposure: {
			service: 'IRC', transports: ['tcp'], encrypted: 'cleartext', concern: 'passwords in cleartext', safer: 'TLS on 6697',
			severity: {internet: 'low', lan: 'info', loopback: null}, references: 'CVE-2010-2075', knownExploited: [], basis: 'own judgement', confidence: 'high', source: '',
		}},
	],
	topPorts: [toPort(80)],
	portsBlockedByBrowsers: [toPort(6667)],
});

const ports = (...numbers: number[]) => numbers.map(number => toPort(number));

test('the document has the shape that is promised', t => {
	t.deepEqual(lookupDocument(registry, ports(80)) as unknown, {
		portui: 1,
		kind: 'lookup',
		origin: 'IANA registry of a test',
		ports: [{
			port: 80,
			range: 'well-known',
			entries: [{name: 'http', aliases: ['www'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}],
			commonly: [],
			exposure: [],
			blockedByBrowsers: false,
		}],
	});
});

test('the document of no ports is still a document', t => {
	t.deepEqual(lookupDocument(registry, []) as unknown, {portui: 1, kind: 'lookup', origin: 'IANA registry of a test', ports: []});
});

test('one port is told in full, each part with its source', t => {
	t.is(formatLookupText(registry, ports(6667)), [
		'6667/tcp  ircu — IRCU',
		'',
		'Range     Registered (1024–49151)',
		'          User Ports, assigned by IANA on request. Any program may listen on one, and many use one that is assigned to another.',
		'IANA      ircu  tcp  IRCU',
		'          Reserved  udp',
		'Exposure  a guess from the port number, not an observation',
		'          IRC  tcp  not encrypted',
		'            risk: low from the internet, info from the LAN',
		'            concern: passwords in cleartext',
		'            safer: TLS on 6697',
		'            advisories: CVE-2010-2075',
		'            judged by: own judgement, confidence high',
		'Browsers  refuse to connect to this port (Fetch standard, "bad port")',
		'',
		'Sources: RFC 6335 (range); IANA registry of a test (IANA)',
		'',
	].join('\n'));
});

const headlines: ReadonlyArray<readonly [number, string]> = [
	[5432, '5432/tcp  postgresql — PostgreSQL Database'],
	[80, '80/tcp  http — World Wide Web HTTP'],
	[6443, '6443/tcp  sun-sr-https — Service Registry Default HTTPS Domain; commonly Kubernetes API server'],
	[5173, '5173/tcp  Unassigned; commonly Vite dev server'],
	[999, '999/tcp  garcon'],
	[0, '0/tcp  Reserved'],
	[60_001, '60001  Dynamic: never assigned (RFC 6335)'],
];

for (const [port, headline] of headlines) {
	test(`the first line of ${port}`, async t => {
		t.is(formatLookupText(await loadRegistry(), ports(port)).split('\n')[0], headline);
	});
}

test('many ports are a line each', t => {
	t.is(formatLookupText(registry, ports(80, 5173, 6667, 65_535)), [
		'   80  http  tcp udp  World Wide Web HTTP',
		' 5173  -     -        Unassigned; commonly Vite',
		' 6667  ircu  tcp      IRCU',
		'65535  -     -        Dynamic: never assigned (RFC 6335)',
		'',
	].join('\n'));
});

test('no ports are no text', t => {
	t.is(formatLookupText(registry, []), '');
});

test('no line of any port ends in blanks or is empty of facts', async t => {
	const full = await loadRegistry();
	const every = full.search('');
	t.notRegex(formatLookupText(full, every), /[ \t]$/m);
	for (const port of full.topPorts) {
		const text = formatLookupText(full, [port]);
		if (/[ \t]$|undefined|null/m.test(text) || !text.endsWith('\n')) {
			t.fail(`port ${port}`);
		}
	}
});
