import test from 'ava';
import {joinRich, pageLink, plainTextOf, portLink, rich} from '../../source/guide/rich-text.ts';
import {linksOf, paragraph} from '../../source/guide/page.ts';
import {toPort} from '../../source/port/port.ts';

test('links, numbers and texts stand where they were put', t => {
	const text = rich`${portLink(22)} or ${2} of ${'many'}, see ${pageLink('ranges')}.`;
	t.is(plainTextOf(text), '22 or 2 of many, see The three ranges.');
	t.deepEqual(text[0], {text: '22', target: {kind: 'port', port: toPort(22)}});
});

test('a text with links can be put into another', t => {
	t.deepEqual(rich`(${rich`a ${portLink(1)}`})`, ['(', 'a ', portLink(1), ')']);
});

test('nothing in a text is taken for a link', t => {
	t.deepEqual(rich`${'[22] _x_ {80}'}`, ['[22] _x_ {80}']);
});

const joins: ReadonlyArray<readonly [count: number, joined: string]> = [[0, ''], [1, '1'], [2, '1 and 2'], [3, '1, 2 and 3']];

for (const [count, joined] of joins) {
	test(`${count} joined: ${JSON.stringify(joined)}`, t => {
		t.is(plainTextOf(joinRich(Array.from({length: count}, (_, index) => [portLink(index + 1)]), ', ', ' and ')), joined);
	});
}

test('a link is named for where it leads, and which of several that lead there', t => {
	const blocks = [paragraph(rich`${portLink(22)} ${portLink(80)} ${portLink(22)}`), paragraph(rich`${pageLink('names')}`)];
	t.deepEqual(linksOf({id: 'port', title: '', blocks}).map(({id}) => id), ['22.1', '80.1', '22.2', 'names.1']);
});
