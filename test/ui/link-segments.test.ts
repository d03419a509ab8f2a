import test from 'ava';
import {linksIn} from '../../source/report/text-links.ts';
import {linkSegments} from '../../source/ui/link-segments.ts';

const rows: ReadonlyArray<readonly [line: string, text: string, linked: readonly string[]]> = [
	['reference: [RFC959][RFC4217]', 'reference: [RFC959][RFC4217]', ['RFC959', 'RFC4217']],
	['no link', 'no link', []],
	['see https://example.com/a', 'see https://example.com/a', ['https://example.com/a']],
	['see https://exam', 'see https://example.com/a', []],
	['RFC9590', 'RFC959 RFC9590', ['RFC9590']],
];

for (const [line, text, linked] of rows) {
	test(`${line}, of ${text}`, t => {
		const segments = linkSegments(line, linksIn(text));
		t.is(segments.map(segment => segment.text).join(''), line);
		t.deepEqual(segments.filter(({link}) => link !== undefined).map(segment => segment.text), [...linked]);
	});
}

test('without links a line is as it is', t => {
	t.deepEqual(linkSegments(' RFC959', []) as unknown, [{text: ' RFC959'}]);
});
