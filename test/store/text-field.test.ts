import fc from 'fast-check';
import test from 'ava';
import {editText, longestText, textField, type TextEdit, type TextField} from '../../source/store/text-field.ts';

/** A field as it is drawn: `|` is the cursor. */
const drawn = ({text, cursor}: TextField): string => {
	const characters = [...text];
	return [...characters.slice(0, cursor), '|', ...characters.slice(cursor)].join('');
};

const fieldOf = (drawing: string): TextField => {
	const [before = '', after = ''] = drawing.split('|');
	return {text: before + after, cursor: [...before].length};
};

const insert = (text: string): TextEdit => ({kind: 'insert', text});

const edits: ReadonlyArray<readonly [situation: string, before: string, edit: TextEdit, after: string]> = [
	['typing at the end', 'ab|', insert('c'), 'abc|'],
	['typing in the middle', 'a|c', insert('b'), 'ab|c'],
	['typing at the start', '|bc', insert('a'), 'a|bc'],
	['typing an emoji', 'a|', insert('😀'), 'a😀|'],
	['typing what is combined', 'e|', insert('\u0301'), 'e\u0301|'],
	['pasting a word', 'a|d', insert('bc'), 'abc|d'],
	['pasting lines makes one line', '|', insert('10.0.0.1\r\n10.0.0.2\n'), '10.0.0.1 10.0.0.2 |'],
	['pasting tabs makes blanks', '|', insert('a\t\tb'), 'a b|'],
	['pasting other line ends', '|', insert('a\u2028b\u2029c\u0085d'), 'a b c d|'],
	['pasting an escape sequence', '|', insert('\u001B[31mred'), ' [31mred|'],
	['pasting what turns text around', '|', insert('a\u202Eb'), 'a b|'],
	['pasting nothing', 'a|b', insert(''), 'a|b'],
	['deleting back', 'ab|c', {kind: 'delete-back'}, 'a|c'],
	['deleting back at the start', '|abc', {kind: 'delete-back'}, '|abc'],
	['deleting an emoji back', 'a😀|', {kind: 'delete-back'}, 'a|'],
	['deleting forward', 'a|bc', {kind: 'delete-forward'}, 'a|c'],
	['deleting forward at the end', 'abc|', {kind: 'delete-forward'}, 'abc|'],
	['deleting an emoji forward', '|😀a', {kind: 'delete-forward'}, '|a'],
	['deleting a word', 'one two|', {kind: 'delete-word'}, 'one |'],
	['deleting a word and the blanks after it', 'one two  |', {kind: 'delete-word'}, 'one |'],
	['deleting an item of a list', '22,80|', {kind: 'delete-word'}, '22,|'],
	['deleting an item and its comma', '22,80,|', {kind: 'delete-word'}, '22,|'],
	['deleting a word in the middle', 'one two| three', {kind: 'delete-word'}, 'one | three'],
	['deleting the only word', 'one|', {kind: 'delete-word'}, '|'],
	['deleting a word at the start', '|one', {kind: 'delete-word'}, '|one'],
	['deleting all', 'one| two', {kind: 'delete-all'}, '|'],
	['going left', 'ab|c', {kind: 'left'}, 'a|bc'],
	['going left over an emoji', '😀|', {kind: 'left'}, '|😀'],
	['going left at the start', '|abc', {kind: 'left'}, '|abc'],
	['going right', 'a|bc', {kind: 'right'}, 'ab|c'],
	['going right at the end', 'abc|', {kind: 'right'}, 'abc|'],
	['going to the start', 'ab|c', {kind: 'start'}, '|abc'],
	['going to the end', 'a|😀c', {kind: 'end'}, 'a😀c|'],
];

for (const [situation, before, edit, after] of edits) {
	test(`${situation}: ${before} becomes ${after}`, t => {
		t.is(drawn(editText(fieldOf(before), edit)), after);
	});
}

test('a field begins with the cursor after its text', t => {
	t.is(drawn(textField('top1000')), 'top1000|');
	t.is(drawn(textField('日本😀')), '日本😀|');
});

test('a paste is cut at the longest text, and nothing that was there is lost', t => {
	const full = editText(fieldOf('start|end'), insert('x'.repeat(5000)));
	t.is(full.text.length, longestText);
	t.true(full.text.startsWith('startx') && full.text.endsWith('xend'));
	t.is(full.cursor, longestText - 3);
	t.deepEqual(editText(full, insert('y')), full);
});

test('a paste of emoji is not cut in the middle of one', t => {
	const {text, cursor} = editText(textField('a'), insert('😀'.repeat(3000)));
	t.is(cursor, longestText);
	t.is([...text].length, longestText);
	t.true(text.endsWith('😀'));
});

const anyEdit: fc.Arbitrary<TextEdit> = fc.oneof(
	fc.string({unit: 'binary', maxLength: 20}).map(text => insert(text)),
	fc.string({unit: 'grapheme', maxLength: 10}).map(text => insert(text)),
	fc.constantFrom<TextEdit>(...(['delete-back', 'delete-forward', 'delete-word', 'delete-all', 'left', 'right', 'start', 'end'] as const).map(kind => ({kind}))),
);

test('whatever is done, the cursor is in the text, and the text is one line', t => {
	fc.assert(fc.property(fc.array(anyEdit, {maxLength: 40}), all => {
		let field = textField('');
		for (const edit of all) {
			field = editText(field, edit);
			t.true(Number.isInteger(field.cursor) && field.cursor >= 0 && field.cursor <= [...field.text].length);
			t.notRegex(field.text, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
		}
	}));
});

test('what is typed can be taken back a character at a time', t => {
	fc.assert(fc.property(fc.string({unit: fc.constantFrom('a', ' ', ',', 'é', '😀', '日'), maxLength: 20}), typed => {
		let field = editText(fieldOf('x|y'), insert(typed));
		for (let left = [...typed].length; left > 0; left--) {
			field = editText(field, {kind: 'delete-back'});
		}

		t.is(drawn(field), 'x|y');
	}));
});
