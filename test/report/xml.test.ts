import {XMLParser} from 'fast-xml-parser';
import fc from 'fast-check';
import {SaxesParser} from 'saxes';
import test from 'ava';
import {formatElement, visibleInXml} from '../../source/report/xml.ts';

const table: ReadonlyArray<readonly [text: string, written: string]> = [
	['', ''],
	['a & b', 'a &amp; b'],
	['<&>"\'', '&lt;&amp;&gt;&quot;\''],
	[']]>', ']]&gt;'],
	['--', '--'],
	['line\nnext\ttab', 'line\\x0anext\\x09tab'],
	['\0\u001B[31m\u009B', '\\x00\\x1b[31m\\x9b'],
	['\uFFFE\uFFFF\uD800', '\\ufffe\\uffff\\ud800'],
	['\u202Eevil', '\\u202eevil'],
	['日本 🚀', '日本 🚀'],
];

for (const [text, written] of table) {
	test(`${JSON.stringify(text)} is written as ${written}`, t => {
		t.is(formatElement('a', {b: text}), `<a b="${written}"/>`);
	});
}

test('attributes that are undefined are left out, and content has an end', t => {
	t.is(formatElement('a', {b: undefined, c: 1}, formatElement('d', {})), '<a c="1"><d/></a>');
	t.is(formatElement('a', {}, ''), '<a></a>');
});

const anyText = fc.oneof(
	fc.string({unit: 'binary'}),
	fc.array(fc.integer({min: 0, max: 0xFF_FF}), {maxLength: 20}).map(units => String.fromCharCode(...units)),
	fc.constantFrom('&lt;', '&#0;', '&#x1b;', '<!--', '-->', '<![CDATA[', '&a;', '\r\n', '\u0085', '\u2028', '\uFEFF'),
);

test('any text comes back from a strict parser and from a lenient one as it was shown', t => {
	const lenient = new XMLParser({ignoreAttributes: false, attributeNamePrefix: '', parseAttributeValue: false, trimValues: false});
	fc.assert(fc.property(anyText, text => {
		const document = `<?xml version="1.0" encoding="UTF-8"?>\n${formatElement('root', {value: text}, '')}`;
		const strict = new SaxesParser();
		const values: unknown[] = [];
		strict.on('opentag', ({attributes}) => values.push(attributes['value']));
		strict.write(document).close();
		t.deepEqual(values, [visibleInXml(text)]);
		t.is((lenient.parse(document) as {root: {value: string}}).root.value, visibleInXml(text));
	}), {numRuns: 1000});
});
