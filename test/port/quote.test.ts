import fc from 'fast-check';
import test from 'ava';
import {quoteTyped} from '../../source/port/quote.ts';

const quoted: ReadonlyArray<readonly [string, string]> = [
	['http', '"http"'],
	['', '""'],
	['1234567890', '"1234567890"'],
	['12345678901', '"123456789…"'],
	['a "b"', String.raw`"a \"b\""`],
	['a\nb', String.raw`"a\nb"`],
	['\u001B[31m', String.raw`"\u001b[31m"`],
	['\u007F', String.raw`"\u007f"`],
	['\u009B31m', String.raw`"\u009b31m"`],
	['\u202Eevil', String.raw`"\u202eevil"`],
	['\u{E0041}', String.raw`"\udb40\udc41"`],
	['bücher', '"bücher"'],
	['日本', '"日本"'],
	['😀'.repeat(10), `"${'😀'.repeat(10)}"`],
	['😀'.repeat(11), `"${'😀'.repeat(9)}…"`],
];

for (const [text, shown] of quoted) {
	test(`${[...text].length} characters are quoted as ${shown}`, t => {
		t.is(quoteTyped(text, 10), shown);
	});
}

test('what is quoted whole is read back by JSON', t => {
	fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 10}), text => {
		t.is(JSON.parse(quoteTyped(text, 20)), text);
	}));
});

test('a quote is short however long the text is', t => {
	fc.assert(fc.property(fc.string({unit: 'binary', minLength: 11, maxLength: 200}), text => {
		t.true([...(JSON.parse(quoteTyped(text, 10)) as string)].length <= 10);
	}));
});
