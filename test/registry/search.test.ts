import fc from 'fast-check';
import test from 'ava';
import {isPort, portCount, toPort} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();
const search = (query: string): readonly number[] => registry.search(query);

const firsts: ReadonlyArray<readonly [string, ...number[]]> = [
	['http', 80, 8080],
	['HTTP', 80],
	['  http ', 80],
	['www', 80],
	['https', 443, 8443],
	['postg', 5432],
	['postgres', 5432],
	['postgresql', 5432],
	['redis', 6379],
	['valkey', 6379],
	['ssh', 22],
	['x11', 6000],
	['mysql', 3306],
	['mariadb', 3306],
	['mssql', 1433],
	['microsoft sql', 1433],
	['oracle', 1521],
	['mongodb', 27_017],
	['cassandra', 9042],
	['elasticsearch', 9200, 9300],
	['memcached', 11_211],
	['neo4j', 7474, 7687],
	['etcd', 2379, 2380],
	['vite', 5173],
	['angular', 4200],
	['django', 8000],
	['flask', 5000],
	['storybook', 6006],
	['jupyter', 8888],
	['ollama', 11_434],
	['docker', 2375, 2376],
	['docker registry', 5000],
	['kubernetes', 6443],
	['kubelet', 10_250],
	['dns', 53],
	['name server', 53],
	['dhcp', 67, 68],
	['time', 37],
	['ntp', 123],
	['mail', 25],
	['smtp', 25],
	['imap', 143, 993],
	['pop3', 110, 995],
	['ftp', 21],
	['file transfer', 21],
	['tftp', 69],
	['telnet', 23],
	['ldap', 389, 636],
	['kerberos', 88],
	['snmp', 161],
	['syslog', 514],
	['mqtt', 1883, 8883],
	['kafka', 9092],
	['rabbitmq', 5672, 15_672],
	['minecraft', 25_565],
	['plex', 32_400],
	['home assistant', 8123],
	['printer', 515],
	['vnc', 5900],
	['rdp', 3389],
	['remote desktop', 3389],
	['desktop remote', 3389],
	['smb', 445],
	['nfs', 2049],
	['rsync', 873],
	['git', 9418],
	['svn', 3690],
	['grafana', 3000],
	['prometheus', 9090],
	['node', 3000],
	['jenkins', 8080],
	['consul', 8500],
	['vault', 8200],
	['squid', 3128],
	['socks', 1080],
	['openvpn', 1194],
	['wireguard', 51_820],
	['wireguard udp', 51_820],
	['sip', 5060],
	['irc', 6667],
	['bitcoin', 8332, 8333],
	['web', 443, 80],
	['database', 3306, 5432],
	['80 http', 80],
	['80/tcp', 80],
	['22', 22],
	['0080', 80],
	['0', 0],
	['65535', 65_535],
];

for (const [query, ...ports] of firsts) {
	test(`${JSON.stringify(query)} finds ${ports.join(', ')} first`, t => {
		t.deepEqual(search(query).slice(0, ports.length), ports);
	});
}

/** Ports that are among so many first. */
const within: ReadonlyArray<readonly [query: string, first: number, ...ports: number[]]> = [
	['dev server', 10, 3000, 4200, 5000, 5173],
	['web dev', 6, 3000, 4200, 5000, 5173, 8000],
	['dev web', 6, 3000, 4200, 5000, 5173, 8000],
	['web-dev', 6, 3000, 4200, 5000, 5173, 8000],
	['web server', 4, 80, 443, 8080, 8443],
	['vpn', 10, 1194, 1701, 1723, 51_820],
	['message queue', 10, 1883, 5672, 9092, 61_616],
	['game', 15, 25_565, 27_036],
	['database', 12, 1433, 1521, 3306, 5432, 6379, 9200, 11_211, 27_017],
	['proxy', 5, 1080, 3128],
	['ai', 8, 8888, 11_434],
	['tls', 12, 443, 993, 995, 636],
	['encrypted', 5, 22, 443],
	['cleartext', 10, 23, 80],
	['mail', 12, 25, 587, 993, 1025, 8025],
	['email', 7, 25, 110, 143, 465, 587, 993, 995],
	['printer', 5, 515, 631, 9100],
	['printing', 3, 515, 631, 9100],
	['camera', 3, 554, 8554],
	['remote', 5, 3389, 5900],
	['monitoring', 12, 9090, 3001],
];

for (const [query, first, ...ports] of within) {
	test(`${JSON.stringify(query)} has ${ports.join(', ')} among the first ${first}`, t => {
		const found = search(query).slice(0, first);
		t.deepEqual(ports.filter(port => !found.includes(port)), [], found.join(' '));
	});
}

test('cleartext and encrypted are what the exposure says', t => {
	for (const port of search('cleartext')) {
		const {exposure, commonly} = registry.lookup(toPort(port));
		t.true(exposure.some(({encrypted}) => encrypted === 'cleartext') || commonly.some(({note}) => note.includes('cleartext')), String(port));
	}

	const encrypted = search('encrypted');
	for (let port = 0; port < portCount; port++) {
		if (registry.lookup(toPort(port)).exposure.some(each => each.encrypted === 'tls' || each.encrypted === 'encrypted') && !encrypted.includes(port)) {
			t.fail(String(port));
		}
	}
});

test('filters narrow what words rank', t => {
	t.deepEqual(search('redis category:database'), search('redis').filter(port => registry.lookup(toPort(port)).commonly.some(({category}) => category === 'database')));
	t.is(search('category:web-dev server')[0], search('server category:web-dev')[0]);
	t.deepEqual(search('http !80').slice(0, 3), [8080, 443, 8443]);
	t.false(search('http !tls').includes(443));
	t.deepEqual(search('5 !range:registered !range:well-known').slice(0, 2), [50_000, 50_001]);
	t.deepEqual(search('5174 range:registered'), [5174]);
	t.deepEqual(search('5174 range:well-known'), []);
});

const mistyped: ReadonlyArray<readonly [query: string, corrected: string, first: number]> = [
	['postgers', 'postgres', 5432],
	['redsi', 'redis', 6379],
	['kuberntes', 'kubernetes', 6443],
	['kubernt', 'kubernetes', 6443],
	['elasticsaerch', 'elasticsearch', 9200],
	['htpp', 'http', 80],
	['promethues', 'prometheus', 9090],
	['rabitmq', 'rabbitmq', 5672],
	['mincraft server', 'minecraft server', 25_565],
	['postgers databse', 'postgres database', 5432],
	['databases', 'database', 3306],
	['webdev', 'web-dev', 8000],
	['rsik:hihg', 'risk:high', 102],
	['category:databse', 'category:database', 1433],
	['transport:sctpp', 'sctp', 9],
	['redsi !udp tcp', 'redis !udp tcp', 6379],
];

for (const [query, corrected, first] of mistyped) {
	test(`${JSON.stringify(query)} is taken for ${corrected}`, t => {
		t.is(registry.correct(query), corrected);
		t.deepEqual(search(query), search(corrected));
		t.is(search(query)[0], first);
	});
}

const uncorrected = ['', 'http', 'postgre', 'postgresql minecraft', 'zzqqxxyyzz', 'k8s', 'foobar', '99999', '8100-8000', 'risk:purple', 'qqqa qqqb qqqc qqqd', '!redsi', 'redsi category:vpn', 'x'.repeat(100_000)];

for (const query of uncorrected) {
	test(`${JSON.stringify(query.slice(0, 30))} is taken as it is`, t => {
		t.is(registry.correct(query), undefined);
	});
}

test('an empty query is every port in order', t => {
	for (const query of ['', '  ', '\t\n']) {
		t.is(search(query).length, portCount);
		t.is(search(query)[portCount - 1], portCount - 1);
	}
});

test('digits find the port, then the ports that start with them, then texts', t => {
	t.deepEqual(search('654').slice(0, 11), [654, 6540, 6541, 6542, 6543, 6544, 6545, 6546, 6547, 6548, 6549]);
	t.deepEqual(search('6553').slice(0, 7), [6553, 65_530, 65_531, 65_532, 65_533, 65_534, 65_535]);
	t.deepEqual(search('60870'), [60_870, 2404, 19_998], 'IEC 60870-5-104, and its secure variant');
	t.deepEqual(search('99999999999999999999'), []);
});

const ranges: ReadonlyArray<readonly [string, number, number, number]> = [
	['8000-8100', 101, 8000, 8100],
	['8000 – 8100', 101, 8000, 8100],
	['22-22', 1, 22, 22],
	['65530-99999', 6, 65_530, 65_535],
];

for (const [query, count, first, last] of ranges) {
	test(`${query} is a range`, t => {
		const ports = search(query);
		t.is(ports.length, count);
		t.is(ports[0], first);
		t.is(ports.at(-1), last);
	});
}

test('a range that runs backwards or lies beyond the last port finds nothing', t => {
	t.deepEqual(search('8100-8000'), []);
	t.deepEqual(search('70000-80000'), []);
});

test('a transport alone is the ports registered on it, in order', t => {
	const ports = search('sctp');
	t.true(ports.length > 50);
	t.deepEqual(ports, ports.toSorted((a, b) => a - b));
	t.true(ports.every(port => registry.lookup(toPort(port)).entries.some(({status, transports}) => status === 'assigned' && transports.includes('sctp'))));
});

test('a transport with other words narrows them', t => {
	t.true(search('irc').includes(6667));
	t.true(search('irc tcp').includes(6667));
	t.false(search('syncthing tcp').includes(21_027));
	t.true(search('syncthing udp').includes(21_027));
});

test('all words must match', t => {
	t.deepEqual(search('postgresql minecraft'), []);
});

test('the word for a status finds the ports without any record too', t => {
	t.true(search('dynamic').includes(60_001));
	t.true(search('unassigned').includes(5174));
	t.false(search('unassigned').includes(60_001));
	t.true(search('reserved').includes(0));
	t.false(search('una').includes(5174), 'not while the word is being typed: 36,000 ports would hide what is meant');
});

test('a huge query is cut', t => {
	t.deepEqual(search('http ' + ' '.repeat(100_000) + 'nothing'), search('http'));
	t.deepEqual(search('x'.repeat(100_000)), []);
});

const anyQuery = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.stringMatching(/^[\da-z .–-]{0,12}$/),
	fc.array(fc.constantFrom('tcp', 'udp', 'http', '80', '8000-', 'unassigned', 'dynamic', '\u0000', '(', '\\', '[', 's', '__proto__', '!', '!5', 'risk:', '!risk:high', 'toString:', 'status:x', 'redsi', '8-1', '80/'), {maxLength: 20}).map(words => words.join(' ')),
);

test('any query is answered with ports, none twice', t => {
	fc.assert(fc.property(anyQuery, query => {
		const ports = search(query);
		return ports.every(port => isPort(port)) && new Set(ports).size === ports.length;
	}), {numRuns: 300, seed: 1});
	t.pass();
});

test('every name finds one of its ports', t => {
	const missed: string[] = [];
	for (let port = 0; port < portCount; port += 7) {
		for (const {name} of registry.lookup(toPort(port)).entries) {
			if (name !== null && !search(name).includes(port)) {
				missed.push(`${name} (${port})`);
			}
		}
	}

	t.deepEqual(missed, []);
});

const anyTerm = fc.oneof(
	fc.constantFrom(
		'http', 'server', 'data', 's', 'tls', 'cleartext', 'unassigned', 'dynamic', 'reserved', 'web', 'database', 'tcp', 'sctp', 'registered', 'foo:bar',
		'risk:high', 'risk:', 'category:database,web', 'category:', 'range:user', 'transport:udp', 'status:assigned', 'status:unassigned', 'status:nothing',
	),
	fc.tuple(fc.nat(70_000), fc.nat(70_000)).map(([first, last]) => `${first}-${last}`),
);
const anyTerms = fc.array(fc.oneof(anyTerm, anyTerm.map(term => `!${term}`), fc.nat(70_000).map(String)), {maxLength: 4}).map(terms => terms.join(' '));

test('a term more never finds a port more', t => {
	fc.assert(fc.property(anyTerms, anyTerm, fc.boolean(), (query, term, isExcluded) => {
		const all = new Set(search(query));
		return search(`${query} ${isExcluded ? '!' : ''}${term}`).every(port => all.has(port));
	}), {numRuns: 300, seed: 2});
	t.pass();
});

test('what a term finds and what it excludes are together everything, and nothing is in both', t => {
	fc.assert(fc.property(anyTerms, anyTerm, (query, term) => {
		const both = [...search(`${query} ${term}`), ...search(`${query} !${term}`)];
		t.deepEqual(both.toSorted((a, b) => a - b), search(query).toSorted((a, b) => a - b), `${query} ${term}`);
	}), {numRuns: 200, seed: 3});
});

test('an excluded number is that one port, not those that begin with it', t => {
	t.is(search('!80').length, portCount - 1);
	t.false(search('!80').includes(80));
	t.is(search('!99999').length, portCount);
});

test('the order of words does not change what is found, and asking again does not change the order', t => {
	fc.assert(fc.property(anyTerms, query => {
		const ports = search(query);
		t.deepEqual(search(query.split(' ').toReversed().join(' ')).toSorted((a, b) => a - b), ports.toSorted((a, b) => a - b));
		t.deepEqual(search(query), ports);
	}), {numRuns: 100, seed: 4});
});

test('without a word or a number ports are in order', t => {
	for (const query of ['risk:high', '!http', 'tcp !risk:', '!80', 'category:database 1-9000']) {
		t.deepEqual(search(query), search(query).toSorted((a, b) => a - b), query);
	}
});

test('filters and words find something at every keystroke on the way to them', t => {
	for (const query of ['risk:high', 'category:database', 'range:registered', 'transport:sctp', 'status:unassigned', '8000-8100', '80/tcp', 'postgresql', 'remote desktop', '!8000-8100']) {
		for (let length = 1; length <= query.length; length++) {
			t.true(search(query.slice(0, length)).length > 0, query.slice(0, length));
		}
	}
});

test('a name with a hyphen is not the word before it: kube is Kubernetes before kube-proxy', t => {
	for (const query of ['kube', 'kubern', 'kubernetes']) {
		t.is(registry.search(query)[0] as number, 6443, query);
	}

	t.is(registry.search('kube-proxy')[0] as number, 10_256);
});
