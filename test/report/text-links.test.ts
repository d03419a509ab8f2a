import test from 'ava';
import fc from 'fast-check';
import {linksIn, plainLink, terminalLink, withLinks} from '../../source/report/text-links.ts';

const texts: ReadonlyArray<readonly [text: string, links: ReadonlyArray<readonly [string, string]>]> = [
	['[RFC959]', [['RFC959', 'https://www.rfc-editor.org/rfc/rfc959']]],
	['[RFC6335][RFC9000, Section 5.1]', [['RFC6335', 'https://www.rfc-editor.org/rfc/rfc6335'], ['RFC9000', 'https://www.rfc-editor.org/rfc/rfc9000']]],
	['(see RFC 2782 for details)', [['RFC 2782', 'https://www.rfc-editor.org/rfc/rfc2782']]],
	['[RFC0768]', [['RFC0768', 'https://www.rfc-editor.org/rfc/rfc768']]],
	['[RFC-ietf-ntp-roughtime-19]', [['RFC-ietf-ntp-roughtime-19', 'https://datatracker.ietf.org/doc/draft-ietf-ntp-roughtime/']]],
	['[draft-herbert-gue-02]', [['draft-herbert-gue-02', 'https://datatracker.ietf.org/doc/draft-herbert-gue/']]],
	['[https://xahau.network]', [['https://xahau.network', 'https://xahau.network']]],
	['See http://example.com/a?b=c#d. And more', [['http://example.com/a?b=c#d', 'http://example.com/a?b=c#d']]],
	['[ISO/IEC 13818-6 MPEG-2 DSM-CC] [n/a] [3GPP TS 29.641]', []],
	['RFC, XRFC123, RFC000, javascript:alert(1), file:///etc', []],
];

for (const [text, links] of texts) {
	test(`links in ${text}`, t => {
		t.deepEqual(linksIn(text).map(link => [link.text, link.url]), links.map(link => [...link]));
		t.is(withLinks(text, plainLink), text);
	});
}

test('a link for a terminal is the text between two sequences', t => {
	t.is(withLinks('[RFC959]', terminalLink), '[\u001B]8;;https://www.rfc-editor.org/rfc/rfc959\u001B\\RFC959\u001B]8;;\u001B\\]');
});

test('an address holds nothing that would end its sequence', t => {
	fc.assert(fc.property(fc.string({unit: 'binary'}), fc.constantFrom('https://x', 'RFC', '[draft-a-b', ''), (text, start) =>
		linksIn(start + text).every(({url}) => /^https?:\/\/[!-~]+$/.test(url))));
	t.pass();
});
