import fc from 'fast-check';
import test from 'ava';
import {findPorts} from '../../source/registry/find-ports.ts';
import {transports} from '../../source/port/port.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';

const registry = createFakeRegistry();

const asked: ReadonlyArray<readonly [words: readonly string[], asked: readonly string[], namedCount: number]> = [
	[['80'], ['80'], 1],
	[['80/tcp', '80/UDP', '80'], ['80/tcp', '80/udp', '80'], 3],
	[['80,443/tcp'], ['80/tcp', '443/tcp'], 2],
	[['80-81/sctp'], ['80/sctp', '81/sctp'], 2],
	[['http/udp'], ['80/udp', '8080/udp'], 2],
	[['ssh', '80'], ['22', '80'], 2],
	[['443', '444', 'secure'], ['443', '444', '22'], 2],
	[['secure shell'], ['22'], 0],
	[['secure', 'postgresql'], ['22', '5432'], 0],
];

for (const [words, ports, namedCount] of asked) {
	test(`${words.join(' ')} asks for ${ports.join(', ')}`, t => {
		const found = findPorts(words, registry);
		t.true(found.ok);
		t.deepEqual(found.ok && found.value.asked.map(({port, transport}) => (transport === undefined ? String(port) : `${port}/${transport}`)), [...ports]);
		t.is(found.ok && found.value.namedCount, namedCount);
	});
}

test('whatever is typed is answered or rejected in a sentence', t => {
	const word = fc.oneof(fc.string(), fc.string({unit: fc.constantFrom(...'0123456789-,!/tcpud ')}), fc.constantFrom('80/tcp', '70000/udp', 'http', '!22', '/', '//tcp'));
	fc.assert(fc.property(fc.array(word, {minLength: 1, maxLength: 4}), words => {
		const found = findPorts(words, registry);
		if (found.ok) {
			t.true(found.value.asked.every(({port, transport}) => port >= 0 && port <= 65_535 && (transport === undefined || transports.includes(transport))));
			t.is(new Set(found.value.asked.map(({port, transport}) => `${port}/${transport ?? ''}`)).size, found.value.asked.length);
		} else {
			t.regex(found.message, /^.+\.$|\?$/s);
		}
	}), {numRuns: 300, seed: 1});
});
