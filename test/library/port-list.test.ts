import fc from 'fast-check';
import test from 'ava';
import {createPorts, portsOrThrow, readPorts} from '../../source/library/port-list.ts';
import {PortuiError} from '../../source/library/portui-error.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';

const vocabulary = createFakeRegistry();
const read = (ports: string | Iterable<number>) => createPorts(portsOrThrow(readPorts(ports, vocabulary)));

test('numbers come back as a set: each once, lowest first, written the shortest way that is read back', t => {
	fc.assert(fc.property(fc.array(fc.integer({min: 0, max: 65_535}), {minLength: 1, maxLength: 50}), numbers => {
		const ports = read(numbers);
		const expected = [...new Set(numbers)].sort((one, other) => one - other);
		t.deepEqual([...ports], expected);
		t.is(ports.size, expected.length);
		t.true(numbers.every(port => ports.has(port)));
		t.deepEqual([...read(ports.toString())], expected);
		t.deepEqual([...read(ports)], expected);
	}), {numRuns: 200, seed: 1});
});

test('what is no port is in no set', t => {
	const ports = read('all');
	for (const port of [-1, 65_536, 1.5, Number.NaN, Infinity]) {
		t.false(ports.has(port));
	}

	t.true(Object.isFrozen(ports));
});

const wrong: ReadonlyArray<readonly [ports: string | Iterable<number>, sentence: RegExp]> = [
	['90-80', /^"90-80" runs backwards: write 80-90\.$/],
	['', /^The list of ports is empty/],
	[[], /^The list of ports is empty/],
	[[80, 65_536], /^65536 is not a port: ports are whole numbers from 0 to 65535\.$/],
	[[1.5], /^1\.5 is not a port/],
	[['80'] as never, /^80 is not a port/],
];

for (const [ports, message] of wrong) {
	test(`${JSON.stringify(ports)} is thrown back in a sentence`, t => {
		t.throws(() => read(ports), {instanceOf: PortuiError, code: 'ERR_INVALID_PORTS', message});
	});
}
