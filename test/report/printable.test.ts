import test from 'ava';
import fc from 'fast-check';
import {formatJson, printable} from '../../source/report/printable.ts';

const table: ReadonlyArray<readonly [string, string]> = [
	['plain text, äöü 漢字 👩‍💻', 'plain text, äöü 漢字 👩‍💻'],
	['\u001B[31mred', '\\x1b[31mred'],
	['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
	['\u009B2J', '\\x9b2J'],
	['\u007F', '\\x7f'],
	['evil\u202Etxt.exe', 'evil\\u202etxt.exe'],
	['zero\u200Bwidth', 'zero\\u200bwidth'],
	['line\u2028end', 'line\\u2028end'],
	['tag\u{E0041}', 'tag\\u{e0041}'],
	['half \uD83D', 'half \\ud83d'],
];

for (const [text, expected] of table) {
	test(`printable text: ${expected}`, t => {
		t.is(printable(text), expected);
	});
}

const anyText = fc.string({unit: 'binary', maxLength: 60});
const obeyed = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/;

test('printable never lets a control character through, and changes nothing twice', t => {
	fc.assert(fc.property(anyText, text => {
		const shown = printable(text);
		return !obeyed.test(shown) && printable(shown) === shown && !/\p{Cs}/u.test(shown);
	}), {numRuns: 2000});
	t.pass();
});

test('JSON is safe on a terminal and comes back whole', t => {
	fc.assert(fc.property(anyText, text => {
		const json = formatJson({text});
		return !obeyed.test(json.replaceAll('\n', '')) && (JSON.parse(json) as {text: string}).text === text;
	}), {numRuns: 2000});
	t.pass();
});
