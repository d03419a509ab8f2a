import fc from 'fast-check';
import test from 'ava';
import {parseDynamicPort, parsePortPair, parseReservedPorts, standingOf} from '../../source/local/client-range.ts';
import {interval} from '../../source/port/port-range.ts';
import {toPort} from '../../source/port/port.ts';

const pairs: ReadonlyArray<readonly [text: string, range: readonly [number, number] | undefined]> = [
	['32768\t60999\n', [32_768, 60_999]],
	['49152\n65535\n', [49_152, 65_535]],
	[' 1 1 ', [1, 1]],
	['', undefined],
	['32768\n', undefined],
	['60999 32768', undefined],
	['32768 70000', undefined],
	['32768 60999 1', undefined],
	['a b', undefined],
];

for (const [text, range] of pairs) {
	test(`a pair of ports in ${JSON.stringify(text)}`, t => {
		t.deepEqual(parsePortPair(text), range && interval(...range));
	});
}

const reserved: ReadonlyArray<readonly [text: string, ranges: ReadonlyArray<readonly [number, number]>]> = [
	['\n', []],
	['8080\n', [[8080, 8080]]],
	['8080,9148-9150\n', [[8080, 8080], [9148, 9150]]],
	['8080,what,9150-9148,70000', [[8080, 8080]]],
];

for (const [text, ranges] of reserved) {
	test(`reserved ports in ${JSON.stringify(text)}`, t => {
		t.deepEqual(parseReservedPorts(text), ranges.map(([first, last]) => interval(first, last)));
	});
}

const english = '\r\nProtocol tcp Dynamic Port Range\r\n---------------------------------\r\nStart Port      : 49152\r\nNumber of Ports : 16384\r\n\r\n';

const answers: ReadonlyArray<readonly [text: string, range: readonly [number, number] | undefined]> = [
	[english, [49_152, 65_535]],
	['\nDynamischer Portbereich des Protokolls tcp\n-----\nStartport             : 1024\nAnzahl von Ports      : 64511\n', [1024, 65_534]],
	['Start Port      : 49152\nNumber of Ports : 0\n', undefined],
	['Start Port      : 49152\nNumber of Ports : 60000\n', undefined],
	['Start Port      : 49152\n', undefined],
	['The command was not found.', undefined],
];

for (const [text, range] of answers) {
	test(`the answer of netsh: ${JSON.stringify(text.trim().slice(-40))}`, t => {
		t.deepEqual(parseDynamicPort(text), range && interval(...range));
	});
}

test('no text makes a parser throw or a range that is none', t => {
	const text = fc.oneof(fc.string(), fc.string({unit: fc.constantFrom(...'0123456789-,: \n\t')}));
	fc.assert(fc.property(text, value => {
		for (const range of [parsePortPair(value), parseDynamicPort(value), ...parseReservedPorts(value)]) {
			t.true(range === undefined || (range.first >= 0 && range.first <= range.last && range.last <= 65_535));
		}
	}), {numRuns: 500, seed: 1});
});

test('a port is in the range, kept back from it or outside', t => {
	const range = {...interval(32_768, 60_999), reserved: [interval(40_000, 40_001)], readFrom: ''};
	t.deepEqual([32_767, 32_768, 40_000, 40_002, 60_999, 61_000].map(port => standingOf(range, toPort(port))), ['outside', 'inside', 'reserved', 'inside', 'inside', 'outside']);
});
