import fc from 'fast-check';
import test from 'ava';
import {numberOf} from '../../source/scan/address-block.ts';
import {isLocalhostName, parseTarget} from '../../source/scan/target.ts';

const long = `${'a'.repeat(49)}.`.repeat(5);

const names: ReadonlyArray<readonly [typed: string, hostName: string]> = [
	['localhost', 'localhost'],
	['LOCALHOST', 'localhost'],
	['localhost.', 'localhost.'],
	['example.com', 'example.com'],
	['Example.COM', 'example.com'],
	['example.com.', 'example.com.'],
	['  example.com\n', 'example.com'],
	['bücher.example', 'xn--bcher-kva.example'],
	['BÜCHER.example', 'xn--bcher-kva.example'],
	['xn--bcher-kva.example', 'xn--bcher-kva.example'],
	['日本.example', 'xn--wgv71a.example'],
	['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
	['_srv._tcp.example', '_srv._tcp.example'],
	['build_host', 'build_host'],
	['123.example', '123.example'],
	['1-2', '1-2'],
	['a', 'a'],
	[`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
	[`${long}abc`, `${long}abc`],
	[`${long}abc.`, `${long}abc.`],
];

for (const [typed, hostName] of names) {
	test(`${JSON.stringify(typed.slice(0, 60))} (${typed.length}) is a name to resolve`, t => {
		t.deepEqual(parseTarget(typed), {ok: true, value: {kind: 'name', text: typed.trim(), hostName}});
	});
}

const addresses: ReadonlyArray<readonly [typed: string, address: string]> = [
	['127.0.0.1', '127.0.0.1'],
	[' 127.0.0.1 ', '127.0.0.1'],
	['[127.0.0.1]', '127.0.0.1'],
	['::1', '::1'],
	['[::1]', '::1'],
	['2001:DB8::1', '2001:db8::1'],
	['[fe80::1%eth0]', 'fe80::1%eth0'],
	['::ffff:1.2.3.4', '1.2.3.4'],
	['::1:22', '::1:22'],
];

for (const [typed, address] of addresses) {
	test(`${JSON.stringify(typed)} is an address`, t => {
		const target = parseTarget(typed);
		t.true(target.ok && target.value.kind === 'address');
		t.like(target, {value: {text: typed.trim(), address: {text: address}}});
	});
}

const empty = 'The target is empty: write a host name or an IP address, such as localhost.';
const url = (text: string, host: string): string => `"${text}" is a URL, not a host: write ${host}.`;
const withPort = (text: string, host: string, port: string): string => `"${text}" has a port in it: write the host as ${host} and the port as -p ${port}.`;
const badIpv4 = (text: string): string => `"${text}" is not an IPv4 address: write four numbers from 0 to 255, such as 192.0.2.1.`;
const noHost = (text: string): string => `${JSON.stringify(text)} is not a host name or an IP address: write one such as localhost, example.com, 192.0.2.1 or 2001:db8::1.`;

const rejected: ReadonlyArray<readonly [string, string]> = [
	['', empty],
	[' \t', empty],
	['http://example.com', url('http://example.com', 'example.com')],
	['HTTPS://user:word@example.com:8443/x?y#z', url('HTTPS://user:word@example.com:8443/x?y#z', 'example.com')],
	['http://[::1]:80/', url('http://[::1]:80/', '[::1]')],
	['ssh://host', url('ssh://host', 'host')],
	['http://', url('http://', 'the host name alone')],
	['example.com:80', withPort('example.com:80', 'example.com', '80')],
	['127.0.0.1:22', withPort('127.0.0.1:22', '127.0.0.1', '22')],
	['[::1]:22', withPort('[::1]:22', '[::1]', '22')],
	['a\u009B:1', String.raw`"a\u009b:1" has a port in it: write the host as a\u009b and the port as -p 1.`],
	['http://a\u202Eb', String.raw`"http://a\u202eb" is a URL, not a host: write a\u202eb.`],
	['300.1.1.1', badIpv4('300.1.1.1')],
	['127.1', badIpv4('127.1')],
	['1', badIpv4('1')],
	['0177.0.0.1', badIpv4('0177.0.0.1')],
	['1.2.3.4.5', badIpv4('1.2.3.4.5')],
	['0x7f.0.0.1', noHost('0x7f.0.0.1')],
	['0x7f000001', noHost('0x7f000001')],
	['１２７.0.0.1', noHost('１２７.0.0.1')],
	['example.123', noHost('example.123')],
	['example.com/24', noHost('example.com/24')],
	['example.com/path', noHost('example.com/path')],
	['example.com?x', noHost('example.com?x')],
	['example.com#x', noHost('example.com#x')],
	['example.com\\x', noHost('example.com\\x')],
	['exa\tmple.com', noHost('exa\tmple.com')],
	['exa\nmple.com', noHost('exa\nmple.com')],
	['%6Cocalhost', noHost('%6Cocalhost')],
	['user@example.com', noHost('user@example.com')],
	['two words', noHost('two words')],
	['example.com:', noHost('example.com:')],
	[':80', noHost(':80')],
	['a..b', noHost('a..b')],
	['.a', noHost('.a')],
	['-a', noHost('-a')],
	['a-', noHost('a-')],
	['*', noHost('*')],
	['[example.com]', noHost('[example.com]')],
	['[]', noHost('[]')],
	['\u0000', noHost('\u0000')],
	[`${'a'.repeat(64)}.example`, noHost(`${'a'.repeat(59)}…`)],
	[`${long}abcd`, noHost(`${long.slice(0, 59)}…`)],
];

for (const [typed, message] of rejected) {
	test(`${typed.length} characters get a sentence: ${message.slice(0, 90)}`, t => {
		t.deepEqual(parseTarget(typed), {ok: false, message});
	});
}

const almostTargets = fc.oneof(
	fc.string({unit: 'binary', maxLength: 60}),
	fc.string({unit: fc.constantFrom(...'ab1.:/[]%@-_*ü é\t\u202E\u009B'), maxLength: 20}),
	fc.domain(),
	fc.webUrl(),
	fc.ipV6(),
);

test('any text is a target that can be dialled or resolved, or one sentence without control characters', t => {
	fc.assert(fc.property(almostTargets, text => {
		const target = parseTarget(text);
		if (!target.ok) {
			t.regex(target.message, /^[A-Z"][^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*\.$/u);
		} else if (target.value.kind === 'block') {
			t.true(numberOf(target.value.block.first) <= numberOf(target.value.block.last));
		} else if (target.value.kind === 'name') {
			t.regex(target.value.hostName, /^[a-z\d_-]{1,63}(?:\.[a-z\d_-]{1,63})*\.?$/);
			t.true(target.value.hostName.length <= 254);
		}
	}), {numRuns: 500});
});

test('a domain is a name, whatever its letters', t => {
	fc.assert(fc.property(fc.domain(), domain => {
		t.like(parseTarget(domain.toUpperCase()), {ok: true, value: {kind: 'name', hostName: domain.toLowerCase()}});
	}));
});

const localNames: ReadonlyArray<readonly [string, boolean]> = [
	['localhost', true],
	['localhost.', true],
	['printer.localhost', true],
	['a.b.localhost.', true],
	['localhost.example', false],
	['notlocalhost', false],
	['.localhost', false],
	['localhost..', false],
];

for (const [name, isLocal] of localNames) {
	test(`${name} is ${isLocal ? '' : 'not '}this machine whatever a resolver says`, t => {
		t.is(isLocalhostName(name), isLocal);
	});
}
