import fc from 'fast-check';
import test from 'ava';
import {isPort, portCount, toPort} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();
const search = (query: string): readonly number[] => registry.search(query);

const firsts: ReadonlyArray<readonly [string, ...number[]]> = [
	['http', 80],
	['HTTP', 80],
	['  http ', 80],
	['www', 80],
	['https', 443],
	['postgres', 5432],
	['redis', 6379],
	['ssh', 22],
	['x11', 6000],
	['mysql', 3306],
	['vite', 5173],
	['docker', 2375, 2376],
	['dns', 53],
	['dhcp', 67, 68],
	['mongodb', 27_017],
	['kubernetes', 6443],
	['rdp', 3389],
	['smb', 445],
	['smtp', 25],
	['remote desktop', 3389],
	['desktop remote', 3389],
	['microsoft sql', 1433],
	['80 http', 80],
	['wireguard udp', 51_820],
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
	fc.array(fc.constantFrom('tcp', 'udp', 'http', '80', '8000-', 'unassigned', 'dynamic', '\u0000', '(', '\\', '[', 's', '__proto__'), {maxLength: 20}).map(words => words.join(' ')),
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
