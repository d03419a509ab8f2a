import test from 'ava';
import {portCount, toPort, type Transport} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();
const lookup = (port: number) => registry.lookup(toPort(port));

/** What must be said of the ports that people ask most: the name, who uses it (null where nobody is on record), the gravest view from the internet. */
const asked: ReadonlyArray<readonly [port: number, name: string | null, use: RegExp | null, relation: string, severity: string]> = [
	[21, 'ftp', /vsftpd/, 'same', 'medium'],
	[22, 'ssh', /OpenSSH/, 'same', 'low'],
	[23, 'telnet', /telnetd/, 'same', 'medium'],
	[25, 'smtp', /Postfix/, 'same', 'info'],
	[53, 'domain', /BIND/, 'same', 'medium'],
	[80, 'http', /nginx/, 'same', 'info'],
	[110, 'pop3', /Dovecot/, 'same', 'medium'],
	[135, 'epmap', /Windows RPC/, 'same', 'high'],
	[139, 'netbios-ssn', /Samba/, 'same', 'high'],
	[143, 'imap', /Dovecot/, 'same', 'medium'],
	[443, 'https', /nginx/, 'same', 'info'],
	[445, 'microsoft-ds', /SMB/, 'same', 'high'],
	[465, 'submissions', /Postfix/, 'same', 'low'],
	[587, 'submission', /Postfix/, 'same', 'low'],
	[993, 'imaps', /Dovecot/, 'same', 'low'],
	[995, 'pop3s', /Dovecot/, 'same', 'low'],
	[1433, 'ms-sql-s', /SQL Server/, 'same', 'high'],
	[1521, 'ncube-lm', /Oracle/, 'other', 'high'],
	[2049, 'nfs', /NFS/, 'same', 'high'],
	[2375, 'docker', /Docker/, 'same', 'critical'],
	[3000, 'hbci', /Next\.js/, 'other', 'medium'],
	[3306, 'mysql', /MySQL/, 'same', 'high'],
	[3389, 'ms-wbt-server', /Remote Desktop/, 'same', 'high'],
	[5000, 'commplex-main', /Flask/, 'other', 'medium'],
	[5173, null, /Vite/, 'unassigned', 'medium'],
	[5432, 'postgresql', /PostgreSQL/, 'same', 'high'],
	[5900, 'rfb', /VNC/, 'same', 'high'],
	[6379, 'redis', /Redis/, 'same', 'high'],
	[6443, 'sun-sr-https', /Kubernetes API/, 'other', 'high'],
	[8080, 'http-alt', /HTTP alternate/, 'same', 'low'],
	[8443, 'pcsync-https', /HTTPS alternate/, 'other', 'low'],
	[9200, 'wap-wsp', /Elasticsearch/, 'other', 'high'],
	[27_017, 'mongodb', /MongoDB/, 'same', 'high'],
	[51_820, null, /WireGuard/, 'dynamic', 'info'],
];

for (const [port, name, use, relation, severity] of asked) {
	test(`${port} is answered in full`, t => {
		const {entries, purposes, commonly, exposure} = lookup(port);
		t.is(entries[0]!.name, name);
		t.true(purposes.length > 0);
		t.regex(commonly[0]?.software ?? '', use ?? /^$/);
		t.is(commonly[0]?.relation, relation as never);
		t.true(exposure.some(({severity: {internet}}) => internet === severity));
	});
}

/** Ports drawn at random (Python's Random(2026): ten of all, twenty of those with a record), as IANA's registry has them. */
const drawn: ReadonlyArray<readonly [port: number, ...registered: string[]]> = [
	[332], [10_580], [13_452], [15_613], [29_266], [31_448], [41_875], [55_130], [57_815], [64_343],
	[119, 'nntp/tcp', 'nntp/udp'],
	[750, 'rfile/tcp', 'kerberos-iv/udp'],
	[1140, 'autonoc/tcp', 'autonoc/udp'],
	[1244, 'isbconference1/tcp', 'isbconference1/udp'],
	[2065, 'dlsrpn/tcp', 'dlsrpn/udp'],
	[2407, 'orion/tcp', 'orion/udp'],
	[2702, 'sms-xfer/tcp', 'sms-xfer/udp'],
	[2924, 'precise-vip/tcp', 'precise-vip/udp'],
	[3201, 'cpq-tasksmart/tcp', 'cpq-tasksmart/udp'],
	[3274, 'ordinox-server/tcp', 'ordinox-server/udp'],
	[3438, 'spiral-admin/tcp', 'spiral-admin/udp'],
	[3610, 'echonet/tcp', 'echonet/udp'],
	[4042, 'ldxp/tcp', 'ldxp/udp'],
	[4401, 'ds-srvr/tcp', 'ds-srvr/udp'],
	[4804, 'aja-ntv4-disc/udp'],
	[7560, 'sncp/tcp', 'sncp/udp'],
	[9089, 'sqlexec-ssl/tcp', 'sqlexec-ssl/udp'],
	[9279, 'pegasus-ctl/tcp', 'pegasus-ctl/udp'],
	[16_021, 'jwpc-bin/tcp'],
	[25_004, 'icl-twobase5/tcp', 'icl-twobase5/udp'],
];

test('ports drawn at random are what IANA says', t => {
	for (const [port, ...registered] of drawn) {
		t.deepEqual(lookup(port).entries.filter(({name}) => name !== null).flatMap(({name, transports}) => transports.map(transport => `${name}/${transport}`)), registered, String(port));
	}
});

/** What the first page of a web search knew of the ports above and the tables lacked, each with its source: docs/registry-review.md. */
const learnt: ReadonlyArray<readonly [port: number, transport: Transport, software: RegExp, relation: string, note: RegExp]> = [
	[21, 'tcp', /vsftpd/, 'same', /20 \(active.*passive/],
	[25, 'tcp', /Postfix/, 'same', /block it outwards/],
	[119, 'tcp', /INN/, 'same', /563.*STARTTLS/],
	[135, 'tcp', /RPC/, 'same', /dynamic.*WMI/],
	[139, 'tcp', /NetBIOS/, 'same', /137.*138/],
	[445, 'tcp', /SMB/, 'same', /Windows 2000.*Active Directory/],
	[465, 'tcp', /Postfix/, 'same', /1997.*1998.*587.*2018/],
	[587, 'tcp', /Postfix/, 'same', /seldom block/],
	[750, 'udp', /Kerberos 4/, 'same', /88/],
	[750, 'tcp', /Kerberos 4/, 'other', /88/],
	[1433, 'tcp', /SQL Server/, 'same', /1434\/udp/],
	[2049, 'tcp', /NFS/, 'same', /NFSv4.*111/],
	[2065, 'tcp', /DLSw/, 'same', /2067/],
	[3200, 'tcp', /SAP/, 'other', /32NN/],
	[3201, 'tcp', /SAP/, 'other', /32NN/],
	[3306, 'tcp', /MySQL/, 'same', /Percona.*Aurora/],
	[3389, 'tcp', /xrdp/, 'same', /^$/],
	[3610, 'udp', /ECHONET Lite/, 'same', /224\.0\.23\.0/],
	[4401, 'tcp', /Asigra/, 'same', /4403/],
	[5173, 'tcp', /Vite/, 'unassigned', /next free port.*strictPort/],
	[5900, 'tcp', /macOS/, 'same', /3283/],
	[6379, 'tcp', /Redis/, 'same', /MERZ/],
	[8080, 'tcp', /Spring Boot/, 'same', /server\.port/],
	[8080, 'tcp', /GlassFish/, 'same', /4848/],
	[8080, 'tcp', /Oracle Database XE/, 'same', /1521/],
	[9200, 'tcp', /Elasticsearch/, 'other', /9300/],
	[16_021, 'tcp', /FileMaker/, 'same', /no need to open/],
	[27_017, 'tcp', /MongoDB/, 'same', /127\.0\.0\.1/],
	[51_820, 'udp', /WireGuard/, 'dynamic', /never over TCP/],
];

for (const [port, transport, software, relation, note] of learnt) {
	test(`${port}/${transport} says what a web search says of ${software.source}`, t => {
		const use = lookup(port).commonly.find(each => software.test(each.software) && each.transports.includes(transport))!;
		t.is(use.relation, relation as never);
		t.regex(use.note, note);
		t.not(use.source, '');
	});
}

test('what was learnt of ports drawn at random is told in the first line', t => {
	for (const port of [119, 750, 2065, 3201, 3438, 3610, 4401, 9089, 16_021]) {
		t.true(lookup(port).purposes.length > 0, String(port));
	}
});

test('a port of which nobody knows a use says nothing but what IANA says', t => {
	for (const port of [1140, 1244, 2407, 2702, 2924, 3274, 4042, 4804, 7560, 9279, 25_004]) {
		const {commonly, purposes} = lookup(port);
		t.deepEqual({commonly, purposes}, {commonly: [], purposes: []}, String(port));
	}
});

test('names that people know come first, the other stays', t => {
	const firsts: ReadonlyArray<readonly [number, Transport, string, string]> = [
		[42, 'tcp', 'nameserver', 'name'],
		[113, 'tcp', 'ident', 'auth'],
		[465, 'tcp', 'submissions', 'urd'],
		[512, 'udp', 'biff', 'comsat'],
		[1701, 'udp', 'l2tp', 'l2f'],
		[2049, 'tcp', 'nfs', 'shilp'],
		[9100, 'tcp', 'pdl-datastream', 'hp-pdl-datastr'],
	];
	for (const [port, transport, name, other] of firsts) {
		const entry = lookup(port).entries.find(({transports}) => transports.includes(transport));
		t.is(entry?.name, name);
		t.deepEqual(entry?.aliases, [other]);
	}
});

test('a purpose is of a service that is registered or in use on that transport', t => {
	const wrong: string[] = [];
	let count = 0;
	for (let port = 1; port < portCount; port++) {
		const {purposes, entries, commonly} = lookup(port);
		count += purposes.length === 0 ? 0 : 1;
		for (const {transports, text} of purposes) {
			const known = [...entries.filter(({status}) => status === 'assigned'), ...commonly].flatMap(each => each.transports);
			if (!transports.every(transport => known.includes(transport))) {
				wrong.push(`${port}: ${text}`);
			}
		}
	}

	t.deepEqual(wrong, []);
	t.true(count >= 200);
});

/** Services whose exposure is well established: none may be without a judgement. */
const risky: ReadonlyArray<readonly [Transport, ...number[]]> = [
	['tcp', 21, 23, 111, 135, 139, 445, 502, 512, 513, 514, 873, 1433, 1521, 1880, 1883, 2049, 2375, 2379, 2380, 3260, 3306, 3389, 4444, 5432, 5555, 5601, 5672, 5900, 5901, 5984, 5985, 5986, 6000, 6379, 6443, 7001, 7077, 7199, 7681, 8001, 8009, 8086, 8500, 8888, 9000, 9042, 9092, 9200, 9222, 9229, 9300, 10_000, 10_250, 11_211, 15_672, 26_379, 27_017, 28_015, 61_616],
	['udp', 53, 69, 123, 137, 161, 389, 500, 514, 623, 1434, 1701, 1812, 1900, 5060, 5353, 5355, 11_211],
];

test('services that are well known to be risky have a judgement', t => {
	for (const [transport, ...ports] of risky) {
		t.deepEqual(ports.filter(port => !lookup(port).exposure.some(({transports}) => transports.includes(transport))), []);
	}
});

test('each judgement says from where, by whom and what to do', t => {
	for (let port = 0; port < portCount; port++) {
		for (const {severity, basis, source, safer, service} of lookup(port).exposure) {
			const isJudged = severity.internet !== null && severity.lan !== null;
			const isSourced = basis === 'own judgement' || source.startsWith('https://');
			if (!isJudged || !isSourced || (safer === '' && service !== 'WireGuard')) {
				t.fail(`${port} ${service}`);
			}
		}
	}

	t.pass();
});

test('the default client ranges are those of each system', t => {
	const systems = (port: number) => lookup(port).clientRanges.map(({system}) => system);
	t.deepEqual(systems(22), []);
	t.deepEqual(systems(8080), ['OpenBSD']);
	t.deepEqual(systems(40_000), ['Linux', 'FreeBSD', 'OpenBSD', 'Solaris']);
	t.deepEqual(systems(60_999), ['Linux', 'Windows Vista and later', 'macOS', 'FreeBSD', 'Solaris']);
	t.deepEqual(systems(61_000), ['Windows Vista and later', 'macOS', 'FreeBSD', 'Solaris']);
	t.is(registry.clientRanges.length, 6);
});
