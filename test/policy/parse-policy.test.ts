import test from 'ava';
import fc from 'fast-check';
import {parsePolicy} from '../../source/policy/parse-policy.ts';
import {formatPortSet} from '../../source/port/port-set.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const registry = await loadRegistry();

const read = (text: string) => {
	const policy = parsePolicy(text, registry);
	return policy.ok ? policy.value.rules.map(({target, allow, require: required, severity, ports}) => ({target, allow: allow && formatPortSet(allow), require: formatPortSet(required), severity, size: ports.size})) : policy.message;
};

test('a policy says of each host what may be open, what must be, and how risky', t => {
	t.deepEqual(read(`
# Web servers
hosts:
  - host: [192.0.2.7, 192.0.2.8]
    ports: 1-1024
    allow: 22, http, 443
    require: [443, 9443]
    severity: Low
  - host: 10.0.0.0/24
    allow: none
`), [
		{target: '192.0.2.7', allow: '22,80,443,9443', require: '443,9443', severity: 'low', size: 1025},
		{target: '192.0.2.8', allow: '22,80,443,9443', require: '443,9443', severity: 'low', size: 1025},
		{target: '10.0.0.0/24', allow: '', require: '', severity: undefined, size: registry.topPorts.length},
	]);
});

test('what stands beside hosts holds for every host that does not say otherwise', t => {
	t.deepEqual(read('ports: 1-10\nseverity: high\nhosts:\n  - host: localhost\n  - {host: "::1", severity: info, ports: 7}\n'), [
		{target: 'localhost', allow: undefined, require: '', severity: 'high', size: 10},
		{target: '::1', allow: undefined, require: '', severity: 'info', size: 1},
	]);
});

test('aliases are followed', t => {
	t.deepEqual(read('hosts:\n  - &web {host: a.example, ports: 80, allow: 80}\n  - host: b.example\n    ports: 1\n    allow: &all [1, 2]\n  - {host: c.example, ports: 1, allow: *all}\n'), [
		{target: 'a.example', allow: '80', require: '', severity: undefined, size: 1},
		{target: 'b.example', allow: '1-2', require: '', severity: undefined, size: 2},
		{target: 'c.example', allow: '1-2', require: '', severity: undefined, size: 2},
	]);
});

const wrong: ReadonlyArray<readonly [text: string, message: RegExp]> = [
	['', /^line 1, column 1: A policy takes keys such as hosts, ports, allow/],
	['- a\n', /^line 1, column 1: A policy takes keys/],
	['hosts: 7\n', /^line 1, column 8: hosts takes a list/],
	['hosts: []\n', /^line 1, column 8: hosts takes a list/],
	['hosts:\n  - localhost\n', /^line 2, column 5: A host of the policy takes keys such as host, ports, allow/],
	['hosts:\n  - host: localhost\n', /^line 2, column 5: Nothing is asked of this host/],
	['hosts:\n  - allow: 22\n', /^line 2, column 5: This entry names no host/],
	['hosts:\n  - host: localhost\n    alow: 22\n', /^line 3, column 5: A host of the policy does not know "alow": it takes host, ports, allow, require, severity\.$/],
	['hosts:\n  - host: localhost\n    allow: 22,99999\n', /^line 3, column 12: allow: /],
	['hosts:\n  - host: localhost\n    allow:\n', /^line 3, column 5: allow has no value/],
	['hosts:\n  - host: localhost\n    allow: {a: 1}\n', /^line 3, column 12: allow takes a text, a number, or a list/],
	['hosts:\n  - host: localhost\n    severity: grave\n', /^line 3, column 15: severity takes info, low, medium, high, critical.*not "grave"/],
	['hosts:\n  - host: "http://x"\n    allow: none\n', /^line 2, column 11: "http:\/\/x" is a URL/],
	['hosts:\n  - host: a\n   allow: 22\n', /^line \d+, column \d+: this is no YAML: /],
	['hosts:\n  - host: a\n    allow: 22\n    allow: 23\n', /^line 4, column \d+: this is no YAML: .*unique/i],
	['hosts: *nothing\n', /^line 1, column \d+: /],
	['hosts:\n  - host: []\n    allow: 1\n', /^line 2, column 11: host names nothing/],
	['hosts:\n  - host: 10.0.0.1-999\n    allow: 1\n', /^line 2, column 11: /],
	[`hosts:\n  - host: [${'a, '.repeat(1001)}a]\n    allow: 1\n`, /^line 2, column 3: These are 1002 targets|^line \d+, column \d+: These are 1002 targets/],
	['x'.repeat(1_000_001), /^It has 1000001 characters/],
];

for (const [text, message] of wrong) {
	test(`wrong: ${JSON.stringify(text.slice(0, 60))}`, t => {
		t.regex(String(read(text)), message);
	});
}

test('nothing makes it throw, however deep, torn or full of aliases', t => {
	const whole = 'hosts:\n  - &a {host: localhost, allow: [1, 2], severity: low}\n  - <<: *a\n';
	for (let length = 0; length <= whole.length; length++) {
		t.notThrows(() => read(whole.slice(0, length)));
	}

	t.regex(String(read('['.repeat(100_000))), /^line 1, column \d+: /);
	t.regex(String(read(`hosts: ${'{a: '.repeat(20_000)}`)), /^line 1, column \d+: /);
	const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({length: 20}, (_, index) => `${'b'.repeat(index + 1)}: &b${index} [${`*${index === 0 ? 'a' : `b${index - 1}`},`.repeat(9)}]`).join('\n')}\n`;
	t.regex(String(read(bomb)), /^line \d+, column \d+: /);
	fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.array(fc.constantFrom('hosts', ':', '\n', '  ', '- ', 'host', 'allow', '22', '[', ']', '{', '}', '*a', '&a', '|', '"', '!!x', '%'), {maxLength: 40}).map(parts => parts.join(''))), text => {
		t.notThrows(() => read(text));
	}), {numRuns: 500});
});
