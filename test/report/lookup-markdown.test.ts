import test from 'ava';
import {formatLookupMarkdown} from '../../source/report/lookup-markdown.ts';
import {factsOf, lookupContext} from '../helpers/lookup-registry.ts';

test('one port is a section', t => {
	const lines = formatLookupMarkdown(factsOf(6667), lookupContext).split('\n');
	t.deepEqual(lines.slice(0, 10), [
		'## 6667/tcp ircu',
		'',
		'IRC: chat clients connect to a server here',
		'',
		'- **Range:**',
		'  - Registered (1024–49151)',
		'    - User Ports, assigned by IANA on request. Any program may listen on one, and many use one that is assigned to another.',
		'- **IANA:**',
		'  - ircu, tcp, assigned',
		'  - Reserved, udp',
	]);
	t.true(lines.includes('- **Browsers:** Refuse to connect to it (a "bad port" of the Fetch standard).'));
});

test('many ports are a table', t => {
	t.is(formatLookupMarkdown(factsOf(80, 5173), lookupContext), [
		'| Port | Name | Over | For |',
		'| --- | --- | --- | --- |',
		'| 80 | http | tcp udp | HTTP: web pages |',
		'| 5173 | \\- | tcp | commonly Vite |',
		'',
	].join('\n'));
});

test('no ports are no text', t => {
	t.is(formatLookupMarkdown([], lookupContext), '');
});
