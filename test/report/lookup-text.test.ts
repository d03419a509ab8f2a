import stringWidth from 'string-width';
import test from 'ava';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {formatLookupText} from '../../source/report/lookup-text.ts';
import {factsOf, lookupContext} from '../helpers/lookup-registry.ts';

const widths = {detail: 80, list: undefined};

test('one port is told in full, each part with its source', t => {
	t.is(formatLookupText(factsOf(6667), lookupContext, widths), [
		'6667/tcp  ircu — IRC: chat clients connect to a server here',
		'',
		'Range     Registered (1024–49151)',
		'            User Ports, assigned by IANA on request. Any program may listen on',
		'              one, and many use one that is assigned to another.',
		'IANA      ircu, tcp, assigned',
		'          Reserved, udp',
		'Risk      A guess from the port number about the usual service, not an',
		'            observation: nothing was probed.',
		'          IRC, tcp, not encrypted',
		'            risk: low from the internet; info (little to fear) from the LAN',
		'            concern: passwords in cleartext',
		'            safer: TLS on 6697',
		'            advisories: CVE-2010-2075',
		'            judged by: portui\'s own judgement, confidence high',
		'Browsers  Refuse to connect to it (a "bad port" of the Fetch standard).',
		'Clients   Not among the ports this machine gives to clients (32768–60999, read',
		'            from the system).',
		'          In the default client range of OpenBSD (1024–49151).',
		'Sources   RFC 6335 (range); IANA registry of a test (IANA); portui\'s own tables',
		'            (first line, commonly); those named above (risk); Fetch standard',
		'            (browsers)',
		'',
	].join('\n'));
});

test('a purpose for each transport is told beside the first line', t => {
	const lines = formatLookupText(factsOf(80), lookupContext, widths).split('\n');
	t.is(lines[0], '80/tcp  http — HTTP: web pages');
	t.deepEqual(lines.slice(2, 4), ['Purpose   tcp: HTTP: web pages', '          udp: Nothing | much']);
});

test('many ports are a line each, and go on under their words in a terminal', t => {
	t.is(formatLookupText(factsOf(80, 5173, 6667, 65_535), lookupContext, widths), [
		'   80  http  tcp udp  HTTP: web pages',
		' 5173  -     tcp      commonly Vite',
		' 6667  ircu  tcp      IRC: chat clients connect to a server here',
		'65535  -     -        Dynamic: never assigned (RFC 6335)',
		'',
	].join('\n'));
	t.is(formatLookupText(factsOf(80, 6667), lookupContext, {detail: 80, list: 48}), [
		'  80  http  tcp udp  HTTP: web pages',
		'6667  ircu  tcp      IRC: chat clients connect',
		'                     to a server here',
		'',
	].join('\n'));
	t.is(formatLookupText(factsOf(80, 6667), lookupContext, {detail: 80, list: 40}), [
		'  80  http  tcp udp',
		'      HTTP: web pages',
		'6667  ircu  tcp',
		'      IRC: chat clients connect to a',
		'      server here',
		'',
	].join('\n'));
});

test('no ports are no text', t => {
	t.is(formatLookupText([], lookupContext, widths), '');
});

test('no line of any port ends in blanks, lacks a fact or is wider than asked, but for an address', async t => {
	const registry = await loadRegistry();
	const context = {...lookupContext, origin: registry.origin};
	t.notRegex(formatLookupText(registry.search('').map(port => registry.lookup(port)), context, widths), /[ \t]$/m);
	for (const port of registry.topPorts) {
		const text = formatLookupText([registry.lookup(port)], context, widths);
		const isWide = text.split('\n').some(line => stringWidth(line) > 80 && !/^ +\S+$/.test(line));
		if (isWide || /[ \t]$|undefined|null/m.test(text) || !text.endsWith('\n')) {
			t.fail(`port ${port}: ${text}`);
		}
	}
});
