import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort, type Port} from '../../source/port/port.ts';
import {interval, type PortInterval} from '../../source/port/port-range.ts';
import {emptyPortSet, formatPortSet, portSetOf, portSetOfPorts, portsOf, type PortSet} from '../../source/port/port-set.ts';
import {parsePortSet} from '../../source/port/parse-port-set.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';

/** Mostly short and close together, so that they touch and overlap; some at the very ends. */
const anyInterval: fc.Arbitrary<PortInterval> = fc
	.tuple(fc.oneof(fc.integer({min: 0, max: 60}), fc.integer({min: 65_480, max: lastPort}), fc.integer({min: 0, max: lastPort})), fc.integer({min: 0, max: 12}))
	.map(([first, more]) => interval(first, Math.min(lastPort, first + more)));
const intervals = fc.array(anyInterval, {maxLength: 12});

const modelOf = (included: readonly PortInterval[], excluded: readonly PortInterval[] = []): readonly number[] => {
	const model = new Set<number>();
	for (const {first, last} of included) {
		for (let port: number = first; port <= last; port++) {
			model.add(port);
		}
	}

	for (const {first, last} of excluded) {
		for (let port: number = first; port <= last; port++) {
			model.delete(port);
		}
	}

	return [...model].sort((one, other) => one - other);
};

test('a set holds what a plain Set would hold, lowest first', t => {
	fc.assert(fc.property(intervals, intervals, (included, excluded) => {
		const ports = portSetOf(included, excluded);
		const model = modelOf(included, excluded);
		t.deepEqual([...portsOf(ports)] as number[], [...model]);
		t.is(ports.size, model.length);
	}));
});

test('intervals are sorted and neither touch nor overlap', t => {
	fc.assert(fc.property(intervals, intervals, (included, excluded) => {
		let before = -2;
		for (const {first, last} of portSetOf(included, excluded).intervals) {
			t.true(first > before + 1 && last >= first);
			before = last;
		}
	}));
});

test('a set of single ports is the set of those ports', t => {
	fc.assert(fc.property(fc.array(fc.integer({min: 0, max: lastPort}).map(port => toPort(port)), {maxLength: 40}), ports => {
		t.deepEqual([...portsOf(portSetOfPorts(ports))], [...new Set(ports)].sort((one, other) => one - other));
	}));
});

test('what formatPortSet writes, parsePortSet reads back', t => {
	const registry = createFakeRegistry();
	fc.assert(fc.property(fc.array(anyInterval, {minLength: 1, maxLength: 12}), included => {
		const ports = portSetOf(included);
		t.deepEqual(parsePortSet(formatPortSet(ports), registry), {ok: true, value: ports});
	}));
});

const written: ReadonlyArray<readonly [situation: string, PortSet, string]> = [
	['nothing', emptyPortSet, ''],
	['one port', portSetOfPorts([toPort(0)]), '0'],
	['two neighbours', portSetOfPorts([81, 80].map(port => toPort(port))), '80-81'],
	['ports apart', portSetOfPorts([443, 22, 80].map(port => toPort(port))), '22,80,443'],
	['all ports', portSetOf([interval(0, lastPort)]), '0-65535'],
	['overlapping intervals', portSetOf([interval(10, 20), interval(15, 30)]), '10-30'],
	['touching intervals', portSetOf([interval(10, 20), interval(21, 30)]), '10-30'],
	['a port taken out of the middle', portSetOf([interval(0, lastPort)], [interval(25, 25)]), '0-24,26-65535'],
	['both ends taken away', portSetOf([interval(0, lastPort)], [interval(0, 0), interval(lastPort, lastPort)]), '1-65534'],
	['everything taken away', portSetOf([interval(5, 9)], [interval(0, lastPort)]), ''],
];

for (const [situation, ports, text] of written) {
	test(`${situation} is written ${JSON.stringify(text)}`, t => {
		t.is(formatPortSet(ports), text);
	});
}

test('the ports of a set are made one by one, so that the first is there at once', t => {
	const first: Port[] = [];
	for (const port of portsOf(portSetOf([interval(0, lastPort)]))) {
		first.push(port);
		if (first.length === 3) {
			break;
		}
	}

	t.deepEqual(first as number[], [0, 1, 2]);
});
