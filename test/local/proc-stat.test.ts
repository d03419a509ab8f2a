import test from 'ava';
import fc from 'fast-check';
import {hasEnded, parseBootTime, parseClockTicks, parseProcStat, startOf} from '../../source/local/proc-stat.ts';

const after = (state = 'S', parent = 1, start = 4_711) => `${state} ${parent} 812 812 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 1 0 ${start} 1000 200 18446744073709551615 1 1\n`;

const names = ['node', 'a b', 'a) S 9 9 (b', '(sd-pam)', ')', '', 'two\nlines', '\u001B[31mred', ') S 1 1', 'é'];

for (const name of names) {
	test(`a process named ${JSON.stringify(name)}`, t => {
		t.deepEqual(parseProcStat(`812 (${name}) ${after()}`), {pid: 812, name, state: 'S', parentPid: 1, startTicks: '4711', image: undefined});
	});
}

for (const text of ['', '812', '812 (node)', '812 (node) S 1', 'x (node) ' + after(), '812 node ' + after(), '812 (node) ' + after('?'), '812 (node) S x' + after().slice(3)]) {
	test(`${JSON.stringify(text.slice(0, 20))} is no process`, t => {
		t.is(parseProcStat(text), undefined);
	});
}

test('any name of any characters comes back', t => {
	fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 15}), fc.nat(), fc.nat(), (name, parent, start) => {
		const stat = parseProcStat(`7 (${name}) ${after('R', parent, start)}`);
		return stat?.name === name && stat.parentPid === parent && stat.startTicks === String(start);
	}));
	t.pass();
});

test('no text breaks it', t => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), text => {
		parseProcStat(text);
		parseBootTime(text);
	}));
	t.pass();
});

const withPlaces = (name: string, stack: string, from: string, to: string): string => `812 (${name}) S 1 ${'0 '.repeat(17)}4711 1000 200 1 1 1 ${stack} ${'0 '.repeat(19)}${from} ${to} 8 9 0\n`;

test('another program, or arguments elsewhere, is another image', t => {
	const images = [['node', '5', '6', '7'], ['perl', '5', '6', '7'], ['node', '4', '6', '7'], ['node', '5', '4', '7'], ['node', '5', '6', '8']] as const;
	const seen = images.map(([name, stack, from, to]) => parseProcStat(withPlaces(name, stack, from, to))?.image);
	t.is(new Set(seen).size, images.length);
	t.false(seen.includes(undefined));
	t.is(parseProcStat(withPlaces('node', '5', '6', '7'))?.image, seen[0]);
});

test('where the kernel hides the places, no image can be told', t => {
	t.is(parseProcStat(withPlaces('node', '0', '0', '0'))?.image, undefined);
});

test('a zombie has ended', t => {
	t.deepEqual(['R', 'S', 'D', 'T', 't', 'I', 'Z', 'X', 'x'].filter(state => hasEnded({state})), ['Z', 'X', 'x']);
});

test('the start is reckoned from that of the machine', t => {
	const bootSeconds = parseBootTime('cpu  1 2 3\nintr 5\nbtime 1770000000\nprocesses 3\n');
	t.is(bootSeconds, 1_770_000_000);
	t.is(startOf({startTicks: '250'}, bootSeconds, 100), '2026-02-02T02:40:02.500Z');
	t.is(startOf({startTicks: '250'}, undefined, 100), null);
	t.is(startOf({startTicks: '9'.repeat(30)}, bootSeconds, 100), null);
	t.is(parseBootTime('cpu 1\n'), undefined);
});

const auxv = (wordBytes: 4 | 8, isLittleEndian: boolean, pairs: ReadonlyArray<readonly [number, number]>): Uint8Array => {
	const bytes = new Uint8Array(pairs.length * 2 * wordBytes);
	const view = new DataView(bytes.buffer);
	for (const [index, value] of pairs.flat().entries()) {
		if (wordBytes === 8) {
			view.setBigUint64(index * 8, BigInt(value), isLittleEndian);
		} else {
			view.setUint32(index * 4, value, isLittleEndian);
		}
	}

	return bytes;
};

for (const wordBytes of [4, 8] as const) {
	for (const isLittleEndian of [true, false]) {
		test(`clock ticks of a machine of ${wordBytes * 8} bits, ${isLittleEndian ? 'little' : 'big'}-endian`, t => {
			const read = (pairs: ReadonlyArray<readonly [number, number]>) => parseClockTicks(auxv(wordBytes, isLittleEndian, pairs), {wordBytes, isLittleEndian});
			t.is(read([[33, 1], [17, 1024], [0, 0]]), 1024);
			t.is(read([[33, 1], [0, 0], [17, 1024]]), 100);
			t.is(read([[17, 0]]), 100);
			t.is(read([]), 100);
		});
	}
}
