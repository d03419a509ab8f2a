import fc from 'fast-check';
import test from 'ava';
import {lastPort, toPort} from '../../source/port/port.ts';
import {interval, portRanges, type PortInterval} from '../../source/port/port-range.ts';
import {formatPortSet, portSetOf} from '../../source/port/port-set.ts';
import {parsePortSet, type PortVocabulary} from '../../source/port/parse-port-set.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';

const vocabulary: PortVocabulary = createFakeRegistry();

const read = (text: string): string => {
	const ports = parsePortSet(text, vocabulary);
	return ports.ok ? formatPortSet(ports.value) : ports.message;
};

const accepted: ReadonlyArray<readonly [string, string]> = [
	['22', '22'],
	['0', '0'],
	['65535', '65535'],
	['0022', '22'],
	['22,80,443', '22,80,443'],
	['443,22,80', '22,80,443'],
	['80,80', '80'],
	['80-90', '80-90'],
	['80-80', '80'],
	['80 - 90', '80-90'],
	['80–90', '80-90'],
	['80,81,82', '80-82'],
	['-1023', '0-1023'],
	['49152-', '49152-65535'],
	['80-', '80-65535'],
	[' 22 , 80 ', '22,80'],
	['\t22\n', '22'],
	['http', '80,8080'],
	['HTTP', '80,8080'],
	['http,!8080', '80'],
	['well-known', '0-1023'],
	['registered', '1024-49151'],
	['ephemeral', '49152-65535'],
	['Well-Known', '0-1023'],
	['well-known,registered,ephemeral', '0-65535'],
	['all', '0-65535'],
	['ALL', '0-65535'],
	['top1', '80'],
	['top2', '22,80'],
	['top-2', '22,80'],
	['top100', '22,80,443'],
	['top99999999999999999999', '22,80,443'],
	['!25', '0-24,26-65535'],
	['!25,!26', '0-24,27-65535'],
	['! 25', '0-24,26-65535'],
	['all,!25', '0-24,26-65535'],
	['!25,all', '0-24,26-65535'],
	['20-30,!22-28,25', '20-21,29-30'],
	['all,!1-65535', '0'],
];

for (const [text, ports] of accepted) {
	test(`${JSON.stringify(text)} is ${ports}`, t => {
		t.is(read(text), ports);
	});
}

const empty = 'The list of ports is empty: write ports like 22,80-90, a name like http, or all.';
const outOfRange = (text: string): string => `Port ${text} is out of range: ports go from 0 to 65535.`;
const noRange = (text: string): string => `${JSON.stringify(text)} is not a range of ports: write it like 80-90, -1023 or 49152-.`;
const noPort = (text: string): string => `${JSON.stringify(text)} is not a port: write a whole number from 0 to 65535, without points or spaces.`;
const noService = (text: string): string => `No service is named ${JSON.stringify(text)}: write a port number, a range like 80-90, or a name like http.`;

const rejected: ReadonlyArray<readonly [string, string]> = [
	['', empty],
	[' ', empty],
	['\n\t', empty],
	[',', empty],
	[',,', empty],
	['!', empty],
	['!,!', empty],
	['80,,90', 'There is an empty item in "80,,90": write one port, range or name between commas.'],
	['80,', 'There is an empty item in "80,": write one port, range or name between commas.'],
	['80,!', 'There is an empty item in "80,!": write one port, range or name between commas.'],
	['90-80', '"90-80" runs backwards: write 80-90.'],
	['65536', outOfRange('65536')],
	['99999999999999999999', outOfRange('99999999999999999999')],
	['1'.repeat(400), outOfRange('1'.repeat(20))],
	['80-65536', outOfRange('65536')],
	['65536-65537', outOfRange('65536')],
	['-', noRange('-')],
	['–', noRange('–')],
	['--', noService('--')],
	['80-90-100', noService('80-90-100')],
	['80--90', noService('80--90')],
	['!!25', noService('!25')],
	['1.5', noPort('1.5')],
	['1,5.5', noPort('5.5')],
	['+80', noPort('+80')],
	['1_000', noPort('1_000')],
	['0x50', noService('0x50')],
	['８０', noService('８０')],
	['٨٠', noService('٨٠')],
	['80;90', noService('80;90')],
	['80 443', '"80 443" is not one port, range or name: put commas between them.'],
	['80 - 90', '80-90'],
	['top0', '"top0" asks for no port: write top1 to top3.'],
	['top', noService('top')],
	['htpp', 'No service is named "htpp"; did you mean http?'],
	['HTPP', 'No service is named "HTPP"; did you mean http?'],
	['__proto__', noService('__proto__')],
	['constructor', noService('constructor')],
	['22,!22', 'Nothing is left of "22,!22": every port in it is taken away again.'],
	['!all', 'Nothing is left of "!all": every port in it is taken away again.'],
	['x'.repeat(50), `No service is named "${'x'.repeat(39)}…": write a port number, a range like 80-90, or a name like http.`],
];

for (const [text, message] of rejected) {
	test(`a sentence for ${JSON.stringify(text.slice(0, 60))}: ${message}`, t => {
		t.is(read(text), message);
	});
}

test('a list of 100 kB is read', t => {
	const text = Array.from({length: 17_000}, (_, index) => String(10_000 + index * 3)).join(',');
	t.true(text.length > 100_000);
	const ports = parsePortSet(text, vocabulary);
	t.is(ports.ok ? ports.value.size : ports.message, 17_000);
});

test('a list of 100 kB with a mistake at its end gets a short sentence', t => {
	t.is(read(`${'80,'.repeat(34_000)}90-80`), '"90-80" runs backwards: write 80-90.');
	t.true(read(`${'80,'.repeat(34_000)},`).length < 200);
	t.true(read('!'.repeat(100_000) + 'x').length < 200);
});

test('what a terminal would obey is not repeated to it', t => {
	for (const code of [0x00, 0x1B, 0x7F, 0x9B, 0x20_2E, 0x20_28, 0xFE_FF]) {
		t.notRegex(read(`x${String.fromCodePoint(code)}[31m`), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, code.toString(16));
	}
});

const anyPort = fc.integer({min: 0, max: lastPort});

/** One item as it is typed, and what it stands for. */
const anyItem: fc.Arbitrary<readonly [string, readonly PortInterval[]]> = fc.oneof(
	anyPort.map(port => [String(port), [interval(port, port)]] as const),
	fc.tuple(anyPort, anyPort, fc.constantFrom('-', ' - ', '–')).map(([one, other, dash]) => {
		const [first, last] = [Math.min(one, other), Math.max(one, other)];
		return [`${first}${dash}${last}`, [interval(first, last)]] as const;
	}),
	anyPort.map(port => [`-${port}`, [interval(0, port)]] as const),
	anyPort.map(port => [`${port}-`, [interval(port, lastPort)]] as const),
	fc.constantFrom(...portRanges).map(range => [range.id.toUpperCase(), [interval(range.first, range.last)]] as const),
	fc.constant(['http', [interval(80, 80), interval(8080, 8080)]] as const),
);

test('a list means its items together, without those taken away', t => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), anyItem), {minLength: 1, maxLength: 8}), items => {
		const text = items.map(([isExcluded, [typed]]) => (isExcluded ? `!${typed}` : typed)).join(', ');
		const included = items.filter(([isExcluded]) => !isExcluded).flatMap(([, [, intervals]]) => intervals);
		const excluded = items.filter(([isExcluded]) => isExcluded).flatMap(([, [, intervals]]) => intervals);
		const expected = portSetOf(included.length === 0 ? [interval(0, lastPort)] : included, excluded);
		const ports = parsePortSet(text, vocabulary);
		t.is(ports.ok, expected.size > 0);
		if (ports.ok) {
			t.deepEqual(ports.value, expected);
		}
	}));
});

const almostPorts = fc.string({unit: fc.constantFrom(...'0123456789,,--!–. ahltop'), maxLength: 20});

for (const [what, texts] of [['anything', fc.string({unit: 'binary', maxLength: 80})], ['what looks like ports', almostPorts]] as const) {
	test(`${what} is a set that is not empty, or one sentence without control characters`, t => {
		fc.assert(fc.property(texts, text => {
			const ports = parsePortSet(text, vocabulary);
			if (ports.ok) {
				t.true(ports.value.size > 0);
			} else {
				t.regex(ports.message, /^[A-Z"][^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*[.?]$/u);
			}
		}), {numRuns: 500});
	});
}

test('a name may stand for port 0', t => {
	const ports = parsePortSet('zero', {...vocabulary, portsNamed: () => [toPort(0)]});
	t.deepEqual(ports, {ok: true, value: portSetOf([interval(0, 0)])});
});
