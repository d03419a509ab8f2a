import fc from 'fast-check';
import test from 'ava';
import {walkXml, type XmlEnd} from '../../../source/report/reading/walk-xml.ts';

/** The elements that are told, `/name` for an end, and how the document ended. */
const walk = (text: string): {readonly told: readonly string[]; readonly end: XmlEnd} => {
	const told: string[] = [];
	const end = walkXml(text, {
		open(name, attributes, path) {
			told.push([...path, name].join('>') + Object.entries(attributes).map(([key, value]) => ` ${key}=${value}`).join(''));
		},
		close(name) {
			told.push(`/${name}`);
		},
	});
	return {told, end};
};

const whole: XmlEnd = {kind: 'whole', hasMore: false};
const laughs = `<?xml version="1.0"?>\n<!DOCTYPE a [\n<!ENTITY l0 "ha">\n${Array.from({length: 40}, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`).join('\n')}\n]>\n<a b="&l40;"/>`;

const table: ReadonlyArray<readonly [title: string, text: string, end: XmlEnd, told?: readonly string[]]> = [
	['a whole document', '<a b="1"><c/>text<!-- d --></a>', whole, ['a b=1', 'a>c', '/c', '/a']],
	['the entities of XML', '<a b="&lt;&amp;&quot;&#45;&#x1F680;"/>', whole, ['a b=<&"-🚀', '/a']],
	['a declaration, a document type, an instruction', '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE a>\n<?xml-stylesheet href="x"?>\n<!-- c --><a/>', whole, ['a', '/a']],
	['a byte order mark, blank lines and zeros around it', '\uFEFF\n\n<?xml version="1.0"?><a/>\n\0\0\0', whole, ['a', '/a']],
	['text after the root element', '<a/><b/>', {kind: 'whole', hasMore: true}, ['a', '/a']],
	['no text', '', {kind: 'torn', place: {line: 1, column: 1}}, []],
	['an end within a tag', '<a>\n<b c="1"', {kind: 'torn', place: {line: 2, column: 9}}, ['a']],
	['an end within an element', '<a><b/>', {kind: 'torn', place: {line: 1, column: 8}}, ['a', 'a>b', '/b']],
	['an end in zeros', `<a><b/>${'\0'.repeat(5000)}`, {kind: 'torn', place: {line: 1, column: 8}}, ['a', 'a>b', '/b']],
	['no XML', 'hello', {kind: 'damaged', place: {line: 1, column: 6}, problem: 'text data outside of root node'}, []],
	['an end of another element', '<a>\n  <b></c></a>', {kind: 'damaged', place: {line: 2, column: 9}, problem: 'unexpected close tag'}],
	['an attribute without quotes', '<a b=1/>', {kind: 'damaged', place: {line: 1, column: 6}, problem: 'unquoted attribute value'}],
	['the same attribute twice', '<a b="1" b="2"/>', {kind: 'damaged', place: {line: 1, column: 16}, problem: 'duplicate attribute: b'}],
	['a control character', '<a b="\u0001"/>', {kind: 'damaged', place: {line: 1, column: 7}, problem: 'disallowed character'}],
	['an entity of the document', '<!DOCTYPE a [<!ENTITY e "x">]><a>\n<b c="&e;"/></a>', {kind: 'damaged', place: {line: 2, column: 9}, problem: 'undefined entity'}, ['a']],
	['a file as an entity', '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a b="&e;"/>', {kind: 'damaged', place: {line: 1, column: 63}, problem: 'undefined entity'}, []],
	['entities within entities', laughs, {kind: 'damaged', place: {line: 45, column: 11}, problem: 'undefined entity'}, []],
	['a member of objects as an entity', '<a b="&constructor;"/>', {kind: 'damaged', place: {line: 1, column: 19}, problem: 'undefined entity'}, []],
	['elements nested too deep', '<a>'.repeat(5000), {kind: 'damaged', place: {line: 1, column: 303}, problem: 'elements are nested more than 100 deep'}],
	['too many attributes', `<a ${Array.from({length: 101}, (_, index) => `a${index}=""`).join(' ')}/>`, {kind: 'damaged', place: {line: 1, column: 700}, problem: 'an element has more than 100 attributes'}, []],
];

for (const [title, text, end, told] of table) {
	test(`${title}: ${end.kind}`, t => {
		const walked = walk(text);
		t.deepEqual(walked.end, end);
		if (told !== undefined) {
			t.deepEqual(walked.told, told);
		}
	});
}

test('what is too long is not held', t => {
	for (const text of [`<a><!--${' -'.repeat(12_000_000)}`, `<!DOCTYPE a [${'<!ENTITY a "b">'.repeat(1_200_000)}`, `<a b="${'x'.repeat(17_000_000)}`]) {
		const {end} = walk(text);
		t.is(end.kind, 'damaged');
		t.is((end as {problem: string}).problem, 'something in it is longer than 16,000,000 characters');
	}

	t.is(walk(`<a>${'<b/>'.repeat(5_000_000)}</a>`).end.kind, 'whole');
});

test('in a long document places and ends are right', t => {
	const long = `<a>\n${'<b c="&amp;🚀"/>\n'.repeat(200_000)}`;
	t.deepEqual(walk(`${long}<d></e>`).end, {kind: 'damaged', place: {line: 200_002, column: 7}, problem: 'unexpected close tag'});
	t.deepEqual(walk(`${long}</a>\n`).end, whole);
	t.deepEqual(walk(`${long}</a>\n!`).end, {kind: 'whole', hasMore: true});
	t.deepEqual(walk(`${long}<d`).end, {kind: 'torn', place: {line: 200_002, column: 3}});
	t.is(walk(`${long}</a>`).told.length, 400_002);
});

test('attributes are no members of objects', t => {
	walkXml('<a __proto__="1" constructor="2"/>', {
		open(_, attributes) {
			t.deepEqual(Object.entries(attributes), [['__proto__', '1'], ['constructor', '2']]);
			t.is(attributes['toString'], undefined);
		},
		close() {},
	});
});

test('what a visitor throws is thrown', t => {
	const failure = new RangeError('of the visitor');
	t.throws(() => walkXml('<a/>', {
		open() {
			throw failure;
		},
		close() {},
	}), {is: failure});
});

test('cut anywhere, a document is torn, and what was told is the beginning of it', t => {
	const text = '<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n<?p i?>\n<a b="&lt;1&#x1F680;"><!-- c --><c d=\'2\'>t&amp;t<![CDATA[x]]></c>\r\n</a>';
	const all = walk(text).told;
	for (let length = 0; length < text.length; length++) {
		const {end, told} = walk(text.slice(0, length));
		t.is(end.kind, 'torn', text.slice(0, length));
		t.deepEqual(told, all.slice(0, told.length));
	}
});

test('any text has an end', t => {
	const piece = fc.oneof(fc.string({unit: 'binary', maxLength: 5}), fc.constantFrom('<a>', '</a>', '<a', ' b="', '"', '/>', '<!DOCTYPE', '[', ']', '>', '<!ENTITY', '&', ';', '<![CDATA[', ']]>', '<!--', '-->', '<?xml', '?>', '\0', '\uD800', '\uFEFF', '\r\n'));
	fc.assert(fc.property(fc.array(piece, {maxLength: 30}), pieces => {
		t.true(['whole', 'torn', 'damaged'].includes(walk(pieces.join('')).end.kind));
	}), {numRuns: 2000});
});
