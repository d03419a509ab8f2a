import test from 'ava';
import fc from 'fast-check';
import {checkValue, formatSize, parseSize} from '../../source/config/check-value.ts';
import {mergeConfig, noConfig, readEnvironment, valueForFlag} from '../../source/config/config.ts';
import {parseConfig} from '../../source/config/parse-config.ts';
import {settings, variableOf, type Setting, type SettingName} from '../../source/config/settings.ts';

const table = settings as ReadonlyArray<Setting & {readonly name: SettingName}>;

/** Texts of files, and what is told of them. */
const wrong: ReadonlyArray<readonly [text: string, message: string]> = [
	['[scan]\nratee = 5\n', 'f:2:1: "scan.ratee" is no setting; did you mean rate in [scan]?'],
	['rate = 5', 'f:1:1: "rate" is no setting; did you mean rate in [scan]?'],
	['[scam]\nrate = 1', 'f:1:2: "scam" is no table; did you mean [scan]?'],
	['[elsewhere]\nx = 1', 'f:1:2: "elsewhere" is no setting: the tables are [scan], [history] and [screen], and portui config lists what they hold.'],
	['[scan]\r\n\r\nrate = "x"\r\n', 'f:3:8: scan.rate takes a whole number from 1 to 1000000, not "x".'],
	['[scan]\n  rate = 0', 'f:2:10: scan.rate takes a whole number from 1 to 1000000, not 0.'],
	['[scan]\nrate = 1.5', 'f:2:8: scan.rate takes a whole number from 1 to 1000000, not 1.5.'],
	['[scan]\nthorough = "yes"', 'f:2:12: scan.thorough takes true or false, not "yes".'],
	['[scan]\ntimeout = 1979-05-27', 'f:2:11: scan.timeout takes a time from 1 to 600000 milliseconds, such as 500 or "2s", not a date.'],
	['[scan]\nshow = ["open", "opn"]', 'f:2:8: scan.show takes a list of open, closed, filtered and unknown, not "opn".'],
	['[scan]\nports = "90-80"', 'f:2:9: scan.ports takes ports: "90-80" runs backwards: write 80-90.'],
	['scan = 5', 'f:1:1: "scan" is a table: write [scan], and its settings below.'],
	['[[scan]]\nrate = 1', 'f:1:3: "scan" is a table: write [scan], and its settings below.'],
	['[scan.rate]\nx = 1', 'f:1:2: scan.rate is a setting, and no table: write rate = 1000 below [scan].'],
	['[scan]\nrate = 1\nrate = 2', 'f:3:1: this is not TOML: Defining a key multiple times is invalid.'],
	['[scan]\nrate = ', 'f:2:8: this is not TOML: Unspecified values are invalid.'],
	[`a = ${'['.repeat(100_000)}`, 'f:1:1005: there are more than 1000 brackets, and no config has so many.'],
	[`a = "${'x'.repeat(900_000)}"`, 'f: a text or a number in it is too long to be read.'],
];

for (const [text, message] of wrong) {
	test(`told: ${JSON.stringify(text.slice(0, 40))}`, t => {
		t.deepEqual(parseConfig(text, 'f'), {ok: false, message});
	});
}

test('a setting may be written in a table, with dots, and within braces', t => {
	for (const text of ['[scan]\nrate = 7', 'scan.rate = 7', 'scan = {rate = 7}', '[scan]\n"rate" = 7']) {
		const config = parseConfig(text, 'f');
		t.is(config.ok ? config.value.get('scan.rate')?.value : undefined, 7, text);
	}
});

test('a value knows where it was written', t => {
	const config = parseConfig('\n[history]\n  bytes = "1.5GB"', 'f');
	t.deepEqual(config.ok ? config.value.get('history.bytes') : undefined, {value: 1_500_000_000, origin: {from: 'file', place: 'f:3:3'}});
});

test('no text makes it throw, and what is rejected is one line', t => {
	const pieces = fc.array(fc.oneof(fc.constantFrom('[', ']', '[[', '{', '}', '=', '.', ',', '"', '\'', '"""', '\n', '\r', ' ', '#', '\\', '\\u', 'scan', 'rate', 'history', 'true', 'inf', '1_0', '0x', '1979-05-27T', '\u0000', '\u202E'), fc.string({unit: 'binary', maxLength: 8})), {maxLength: 40});
	fc.assert(fc.property(pieces, list => {
		const config = parseConfig(list.join(''), 'f');
		t.true(config.ok || /^f:\d+:\d+: \P{Cc}+$/u.test(config.message), config.ok ? '' : config.message);
	}), {numRuns: 500});
});

/** A right value of each kind, as the file and as a variable says it. */
const written = ({accepts}: Setting): fc.Arbitrary<{readonly file: string; readonly variable: string}> => {
	const listed = (items: readonly string[]): {readonly file: string; readonly variable: string} => ({file: JSON.stringify(items), variable: items.join(',')});
	switch (accepts.kind) {
		case 'switch': {
			return fc.boolean().map(value => ({file: String(value), variable: String(value)}));
		}

		case 'number': {
			return fc.integer({min: accepts.least, max: accepts.most}).map(value => ({file: String(value), variable: String(value)}));
		}

		case 'time': {
			return fc.integer({min: accepts.least, max: accepts.most}).map(value => ({file: `"${value}ms"`, variable: `${value}ms`}));
		}

		case 'size': {
			return fc.integer({min: accepts.least, max: accepts.most}).map(value => ({file: String(value), variable: formatSize(value)}));
		}

		case 'choice': {
			return fc.constantFrom(...accepts.words).map(word => ({file: `'${word}'`, variable: word}));
		}

		case 'states': {
			return fc.subarray([...accepts.words], {minLength: 1}).map(listed);
		}

		case 'ports': {
			return fc.integer({min: 0, max: 65_535}).map(port => ({file: `"${port},http"`, variable: `${port},http`}));
		}

		case 'hosts': {
			return fc.array(fc.ipV4(), {minLength: 1, maxLength: 4}).map(listed);
		}
	}
};

const fileOf = ({name}: Setting, value: string): string => `[${name.split('.')[0]}]\n${name.split('.')[1]} = ${value}\n`;

for (const setting of table) {
	test(`${setting.name}: file and environment mean the same, and the environment wins`, t => {
		fc.assert(fc.property(written(setting), written(setting), (one, other) => {
			const [inFile, inOther] = [one, other].map(({file}) => parseConfig(fileOf(setting, file), 'f'));
			const environment = readEnvironment({[variableOf(setting)]: other.variable});
			if (!inFile!.ok || !inOther!.ok || !environment.ok) {
				t.fail(JSON.stringify([inFile, environment]));
				return;
			}

			const value = environment.value.get(setting.name)!.value;
			t.deepEqual(value, inOther!.value.get(setting.name)!.value);
			const merged = mergeConfig(inFile!.value, environment.value).get(setting.name)!.value;
			t.deepEqual(merged, setting.name === 'scan.exclude' ? [...inFile!.value.get(setting.name)!.value as string[], ...value as string[]] : value);
			t.deepEqual(mergeConfig(inFile!.value, noConfig), inFile!.value);
		}), {numRuns: 30});
	});
}

test('a variable set to nothing is not set', t => {
	t.deepEqual(readEnvironment({PORTUI_SCAN_RATE: '', NO_COLOR: '', PORTUI_NO_HISTORY: ''}), {ok: true, value: new Map()});
});

test('a wrong variable is named', t => {
	t.deepEqual(readEnvironment({PORTUI_SCAN_RATE: 'fast'}), {ok: false, message: 'PORTUI_SCAN_RATE takes a whole number from 1 to 1000000, not "fast".'});
});

test('NO_COLOR and PORTUI_NO_HISTORY win over the variables of the settings', t => {
	const config = readEnvironment({NO_COLOR: '1', PORTUI_SCREEN_COLOR: 'true', PORTUI_NO_HISTORY: '1', PORTUI_HISTORY_KEEP: 'true'});
	t.deepEqual(config.ok ? ['color', 'history'].map(flag => valueForFlag(config.value, flag)) : [], [false, false]);
});

test('sizes', t => {
	for (const [text, bytes] of [['500', 500], ['200MB', 200e6], ['1.5 gb', 1.5e9], ['3kB', 3000], ['x', undefined], ['-1MB', undefined], ['', undefined], ['1PB', undefined]] as const) {
		t.is(parseSize(text), bytes, text);
	}

	fc.assert(fc.property(fc.integer({min: 0, max: 1e12}), bytes => {
		t.is(parseSize(formatSize(bytes)), bytes);
	}));
});

test('any value is taken or rejected in a sentence', t => {
	fc.assert(fc.property(fc.constantFrom(...table), fc.oneof(fc.string({unit: 'binary'}), fc.double(), fc.boolean(), fc.array(fc.string()), fc.array(fc.double())), (setting, value) => {
		const checked = checkValue(setting, value);
		t.true(checked.ok || /^takes \P{Cc}+[.?]$/u.test(checked.message), checked.ok ? '' : checked.message);
	}));
});
