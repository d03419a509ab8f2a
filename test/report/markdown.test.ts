import fc from 'fast-check';
import test from 'ava';
import {escapeMarkdown, formatMarkdownTable} from '../../source/report/markdown.ts';

const texts: ReadonlyArray<readonly [text: string, escaped: string]> = [
	['plain words', 'plain words'],
	['a|b', 'a\\|b'],
	['a_b*c`d', 'a\\_b\\*c\\`d'],
	['[x](javascript:y)', '\\[x\\](javascript:y)'],
	['<script>', '\\<script\\>'],
	['&lt;', '\\&lt;'],
	['\\|', '\\\\\\|'],
	['# no heading', '\\# no heading'],
	['- no list', '\\- no list'],
	['1. no list', '1\\. no list'],
	['80/tcp', '80/tcp'],
];

for (const [text, escaped] of texts) {
	test(`escapes ${text}`, t => {
		t.is(escapeMarkdown(text), escaped);
	});
}

test('no cell makes another column', t => {
	const cell = fc.string({unit: fc.constantFrom(...'ab|\\`- ')});
	fc.assert(fc.property(fc.tuple(cell, cell), row => {
		const [, , line] = formatMarkdownTable(['A', 'B'], [row]).split('\n');
		// A pipe is escaped where an odd number of backslashes is before it.
		t.is([...line!.matchAll(/(\\*)\|/g)].filter(([, slashes]) => slashes!.length % 2 === 0).length, 3);
	}), {numRuns: 300, seed: 1});
});
