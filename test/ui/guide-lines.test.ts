import fc from 'fast-check';
import test from 'ava';
import {examples, item, paragraph, type Block, type Page} from '../../source/guide/page.ts';
import {pageLink, plainTextOf, portLink, rich, type RichText} from '../../source/guide/rich-text.ts';
import {wrapText} from '../../source/ui/fit-text.ts';
import {placePage, type GuideLine} from '../../source/ui/guide-lines.ts';

const pageOf = (...blocks: readonly Block[]): Page => ({id: 'port', title: 'A page', blocks});
const textOf = (line: GuideLine): string => line.map(({text}) => text).join('');

/** The lines of a page with links between underscores. */
const marked = (page: Page, width: number): readonly string[] => placePage(page, width).lines.map(line => line.map(({text, kind}) => (kind === 'link' ? `_${text}_` : text)).join(''));

test('paragraphs have a blank line between them, items and examples stand together', t => {
	t.deepEqual(marked(pageOf(paragraph(rich`One`), item(rich`a`), item(rich`b`, '2'), ...examples([rich`x`, rich`y`]), paragraph(rich`Two`)), 20), ['One', '', '· a', '2 b', '', '◆ x', '◆ y', '', 'Two']);
});

test('what does not fit the line of an item goes on below its text', t => {
	t.deepEqual(marked(pageOf(item(rich`one two three`)), 9), ['· one two', '  three']);
});

test('a link keeps its punctuation outside, and may go over two lines', t => {
	t.deepEqual(marked(pageOf(paragraph(rich`See (${pageLink('ranges')}), ${portLink(80)}.`)), 12), ['See (_The_', '_three_', '_ranges_), _80_.']);
	t.deepEqual(marked(pageOf(paragraph(rich`${portLink(1)} ${portLink(2)}`)), 12), ['_1_ _2_']);
});

test('a link is placed on the lines it stands on', t => {
	const {links} = placePage(pageOf(paragraph(rich`See (${pageLink('ranges')}), ${portLink(80)}.`)), 12);
	t.deepEqual(links.map(({id, firstLine, lastLine}) => [id, firstLine, lastLine]), [['ranges.1', 0, 2], ['80.1', 2, 2]]);
});

test('lines are never wider than reads well', t => {
	const {lines} = placePage(pageOf(paragraph([Array.from({length: 100}, () => 'word').join(' ')])), 200);
	t.true(lines.every(line => textOf(line).length <= 76));
});

const anyPart = fc.oneof(fc.string({unit: fc.constantFrom('a', 'b', ' ', '日', '…', '.')}), fc.nat(65_535).map(port => portLink(port)));

test('links change nothing about how a text is broken', t => {
	fc.assert(fc.property(fc.array(anyPart, {maxLength: 12}), fc.integer({min: 2, max: 40}), (parts, width) => {
		const text: RichText = parts;
		const {lines, links} = placePage(pageOf(paragraph(text)), width);
		t.deepEqual(lines.map(line => textOf(line)), [...wrapText(plainTextOf(text), width)]);
		const wanted = parts.filter(part => typeof part !== 'string').map(part => part.text);
		t.deepEqual(links.map(({id}) => lines.flat().filter(({linkId}) => linkId === id).map(each => each.text).join('')), wanted);
	}));
});
