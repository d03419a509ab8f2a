import fc from 'fast-check';
import test from 'ava';
import stringWidth from 'string-width';
import {cutText, fitText, widthOf, wrapText} from '../../source/ui/fit-text.ts';

const family = '👨‍👩‍👧';

const widths: ReadonlyArray<readonly [text: string, width: number]> = [
	['', 0],
	['ssh', 3],
	['bücher', 6],
	['u\u0308', 1],
	['日本', 4],
	['한국', 4],
	['😀', 2],
	[family, 2],
	['🇩🇪', 2],
	['…', 1],
	['↑↓←→', 4],
	['┏━┓▕█▌▏', 7],
	['●open', 5],
	['▾ Well-known 0–1023', 19],
	['◽', 2],
	['\u200B', 0],
];

for (const [text, width] of widths) {
	test(`${JSON.stringify(text)} takes ${width} columns`, t => {
		t.is(widthOf(text), width);
	});
}

test('no character is measured otherwise than the terminal measures it', t => {
	for (let code = 0x20; code < 0x1_00_00; code++) {
		const character = String.fromCodePoint(code);
		if (widthOf(character) !== stringWidth(character)) {
			t.fail(`U+${code.toString(16)}: ${widthOf(character)}, not ${stringWidth(character)}`);
		}
	}

	t.pass();
});

const cuts: ReadonlyArray<readonly [text: string, width: number, cut: string]> = [
	['postgresql', 10, 'postgresql'],
	['postgresql', 11, 'postgresql'],
	['postgresql', 9, 'postgres…'],
	['postgresql', 2, 'p…'],
	['postgresql', 1, '…'],
	['postgresql', 0, ''],
	['postgresql', -3, ''],
	['', 5, ''],
	['日本語', 6, '日本語'],
	['日本語', 5, '日本…'],
	['日本語', 4, '日…'],
	['日本語', 3, '日…'],
	['日本語', 2, '…'],
	['a日本', 4, 'a日…'],
	['u\u0308u\u0308u\u0308', 3, 'u\u0308u\u0308u\u0308'],
	['u\u0308u\u0308u\u0308', 2, 'u\u0308…'],
	[`${family}${family}`, 3, `${family}…`],
	[`${family}${family}`, 2, '…'],
	['🇩🇪🇫🇷', 3, '🇩🇪…'],
];

for (const [text, width, cut] of cuts) {
	test(`${JSON.stringify(text)} cut to ${width} columns is ${JSON.stringify(cut)}`, t => {
		t.is(cutText(text, width), cut);
	});
}

const fits: ReadonlyArray<readonly [text: string, width: number, align: 'start' | 'end', fitted: string]> = [
	['22', 5, 'start', '22   '],
	['22', 5, 'end', '   22'],
	['postgresql', 5, 'start', 'post…'],
	['postgresql', 5, 'end', 'post…'],
	['日本語', 4, 'start', '日… '],
	['日本語', 4, 'end', ' 日…'],
	['', 3, 'start', '   '],
	['x', 0, 'start', ''],
];

for (const [text, width, align, fitted] of fits) {
	test(`${JSON.stringify(text)} in ${width} columns, at the ${align}, is ${JSON.stringify(fitted)}`, t => {
		t.is(fitText(text, width, align), fitted);
	});
}

/** Words of many scripts, as registries and hosts have them; control characters are dealt with before. */
const anyText = fc.oneof(
	fc.string({unit: 'grapheme', maxLength: 40}),
	fc.string({unit: fc.constantFrom('a', 'b', ' ', '-', 'é', 'u\u0308', '日', '한', '😀', family, '🇩🇪', '●', '…', 'ก', 'ی'), maxLength: 40}),
);
const anyWidth = fc.integer({min: 0, max: 60});

test('cut text is at most as wide as asked, fitted text exactly', t => {
	fc.assert(fc.property(anyText, anyWidth, fc.constantFrom('start' as const, 'end' as const), (text, width, align) => {
		t.true(stringWidth(cutText(text, width)) <= width);
		t.is(stringWidth(fitText(text, width, align)), width);
	}), {numRuns: 300});
});

test('what fits is not touched, and what is cut says so', t => {
	fc.assert(fc.property(anyText, anyWidth, (text, width) => {
		const cut = cutText(text, width);
		if (stringWidth(text) <= width) {
			t.is(cut, width === 0 ? '' : text);
		} else if (width > 0) {
			t.true(cut.endsWith('…') && text.startsWith(cut.slice(0, -1)));
		}
	}), {numRuns: 300});
});

const wraps: ReadonlyArray<readonly [text: string, width: number, lines: readonly string[]]> = [
	['', 10, []],
	['   ', 10, []],
	['one', 10, ['one']],
	['one two three', 8, ['one two', 'three']],
	['one two three', 7, ['one two', 'three']],
	['one two three', 6, ['one', 'two', 'three']],
	['one  two\n\tthree', 20, ['one two three']],
	['Kubernetes', 4, ['Kube', 'rnet', 'es']],
	['a Kubernetes b', 4, ['a', 'Kube', 'rnet', 'es b']],
	['日本語', 4, ['日本', '語']],
	['日本語', 3, ['日', '本', '語']],
	['日本', 1, ['日', '本']],
	['exactly', 7, ['exactly']],
];

for (const [text, width, lines] of wraps) {
	test(`${JSON.stringify(text)} in lines of ${width} columns: ${JSON.stringify(lines)}`, t => {
		t.deepEqual(wrapText(text, width), lines);
	});
}

test('lines are no wider than asked, and nothing but blanks is lost', t => {
	fc.assert(fc.property(anyText, fc.integer({min: 2, max: 60}), (text, width) => {
		const lines = wrapText(text, width);
		t.true(lines.every(line => stringWidth(line) <= width), JSON.stringify(lines));
		t.is(lines.join('').replaceAll(/\s+/g, ''), text.replaceAll(/\s+/g, ''));
	}), {numRuns: 300});
});

test('a width of none comes to an end', t => {
	t.deepEqual(wrapText('ab', 0), ['a', 'b']);
});
