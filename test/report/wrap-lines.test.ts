import fc from 'fast-check';
import stringWidth from 'string-width';
import test from 'ava';
import {wrapLines} from '../../source/report/wrap-lines.ts';

const texts: ReadonlyArray<readonly [text: string, width: number, indent: number, lines: readonly string[]]> = [
	['', 10, 0, ['']],
	['one', 10, 0, ['one']],
	['one two three', 8, 0, ['one two', 'three']],
	['one two three', 8, 2, ['one two', '  three']],
	['one  two', 80, 0, ['one two']],
	['see https://example.org/a/long/one now', 10, 0, ['see', 'https://example.org/a/long/one', 'now']],
	['日本 日本', 5, 0, ['日本', '日本']],
];

for (const [text, width, indent, lines] of texts) {
	test(`wraps ${JSON.stringify(text)} to ${width}, set in by ${indent}`, t => {
		t.deepEqual(wrapLines(text, width, indent), lines);
	});
}

test('every word is kept, in order, and only a word alone is wider than asked', t => {
	fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({min: 1, max: 20}), (words, width) => {
		const lines = wrapLines(words.join(' '), width);
		t.deepEqual(lines.join(' ').split(' ').filter(word => word !== ''), words);
		t.true(lines.every(line => stringWidth(line) <= width || !line.includes(' ')));
	}), {numRuns: 200, seed: 1});
});
