import test from 'ava';
import {resolveTargets, type Resolver} from '../../source/io/resolve-target.ts';
import {parseTarget, type Target} from '../../source/scan/target.ts';

const targetsOf = (...texts: readonly string[]): Target[] => texts.map(text => {
	const target = parseTarget(text);
	if (!target.ok) {
		throw new Error(target.message);
	}

	return target.value;
});

const bothLoopbacks = ['127.0.0.1', '::1'];

/** A resolver that knows these names; a name with an error code fails with it. */
const resolver = (names: Readonly<Record<string, readonly string[] | string>> = {}, localAddresses: readonly string[] = bothLoopbacks): Resolver => ({
	async lookup(hostName) {
		const known = names[hostName] ?? 'ENOTFOUND';
		if (typeof known === 'string') {
			throw Object.assign(new Error('look-up failed'), {code: known});
		}

		return known;
	},
	localAddresses: () => localAddresses,
	zones: () => [{name: 'eth0', number: 2}, {name: 'wlan0', number: 3}],
});

const example = {'example.com': ['192.0.2.7', '2001:db8::1', '192.0.2.8', '192.0.2.7']};

type Row = {
	readonly title: string;
	readonly targets: readonly string[];
	readonly family?: 4 | 6;
	readonly resolver?: Resolver;
	readonly expected: ReadonlyArray<readonly [target: string, address: string, note: string | null]>;
};

const found: readonly Row[] = [
	{title: 'a literal address is itself', targets: ['192.0.2.1', '[2001:db8::5]'], expected: [['192.0.2.1', '192.0.2.1', null], ['[2001:db8::5]', '2001:db8::5', null]]},
	{title: 'localhost is both loopbacks', targets: ['localhost'], expected: [['localhost', '127.0.0.1', null], ['localhost', '::1', null]]},
	{title: 'a name under localhost is loopback too', targets: ['app.localhost'], expected: [['app.localhost', '127.0.0.1', null], ['app.localhost', '::1', null]]},
	{title: 'localhost by family', targets: ['localhost'], family: 6, expected: [['localhost', '::1', null]]},
	{title: 'a machine without ::1 says so', targets: ['localhost'], resolver: resolver({}, ['127.0.0.1']), expected: [['localhost', '127.0.0.1', 'this machine has no ::1']]},
	{title: 'a machine without 127.0.0.1', targets: ['localhost'], resolver: resolver({}, ['::1']), expected: [['localhost', '::1', null]]},
	{title: 'all addresses of a name, each once', targets: ['example.com'], resolver: resolver(example), expected: [['example.com', '192.0.2.7', null], ['example.com', '2001:db8::1', null], ['example.com', '192.0.2.8', null]]},
	{title: 'a name by family, and a note of its other addresses', targets: ['example.com'], family: 6, resolver: resolver(example), expected: [['example.com', '2001:db8::1', 'also at 192.0.2.7, 192.0.2.8']]},
	{title: 'a name with one address has no note', targets: ['one.example'], resolver: resolver({'one.example': ['192.0.2.1']}), expected: [['one.example', '192.0.2.1', null]]},
	{title: 'a link-local address without its zone is passed over', targets: ['x.example'], resolver: resolver({'x.example': ['fe80::1', '192.0.2.1']}), expected: [['x.example', '192.0.2.1', null]]},
	{title: 'the same address twice is one host', targets: ['localhost', '127.0.0.1', '::1'], expected: [['localhost', '127.0.0.1', null], ['localhost', '::1', null]]},
	{title: 'an address in two spellings is one host', targets: ['2001:db8::1', '2001:DB8:0::1'], expected: [['2001:db8::1', '2001:db8::1', null]]},
	{title: 'a link-local address with its zone', targets: ['fe80::1%eth0'], expected: [['fe80::1%eth0', 'fe80::1%eth0', null]]},
	{title: 'a zone by its number', targets: ['fe80::1%3'], expected: [['fe80::1%3', 'fe80::1%3', null]]},
];

for (const {title, targets, family, resolver: given = resolver(), expected} of found) {
	test(title, async t => {
		const resolved = await resolveTargets(targetsOf(...targets), {family}, given);
		t.true(resolved.ok);
		if (resolved.ok) {
			t.deepEqual(resolved.hosts.map(({target, address, note}) => [target, address.text, note] as const), expected);
		}
	});
}

type Problem = readonly [target: string, family: 4 | 6 | undefined, given: Resolver, kind: string, message: string];

const problems: readonly Problem[] = [
	['nope.invalid', undefined, resolver(), 'resolve', '"nope.invalid" does not resolve: no address found (ENOTFOUND). Check the spelling, or give an IP address.'],
	['slow.example', undefined, resolver({'slow.example': 'EAI_AGAIN'}), 'resolve', '"slow.example" could not be looked up: no name server answers (EAI_AGAIN). Check the network connection, or give an IP address.'],
	['odd.example', undefined, resolver({'odd.example': 'EAI_FAIL'}), 'resolve', '"odd.example" could not be looked up (EAI_FAIL). Give an IP address instead.'],
	['empty.example', undefined, resolver({'empty.example': []}), 'resolve', '"empty.example" does not resolve: no address found (ENOTFOUND). Check the spelling, or give an IP address.'],
	['four.example', 6, resolver({'four.example': ['192.0.2.1']}), 'resolve', '"four.example" has no IPv6 address, only 192.0.2.1.'],
	['localhost', 6, resolver({}, ['127.0.0.1']), 'resolve', '"localhost" has no address to scan: this machine has no ::1.'],
	['localhost', undefined, resolver({}, []), 'resolve', '"localhost" has no address to scan: this machine has neither 127.0.0.1 nor ::1.'],
	['127.0.0.1', 6, resolver(), 'target', '"127.0.0.1" is an IPv4 address, and -6 asks for IPv6 only.'],
	['::1', 4, resolver(), 'target', '"::1" is an IPv6 address, and -4 asks for IPv4 only.'],
	['fe80::1', undefined, resolver(), 'target', '"fe80::1" is link-local: say on which interface, such as fe80::1%eth0; this machine has eth0, wlan0.'],
	['fe80::1%eth9', undefined, resolver(), 'target', '"fe80::1%eth9" names the interface "eth9", which cannot be used: this machine has eth0, wlan0.'],
	['fe80::/126', undefined, resolver(), 'target', '"fe80::/126" is link-local: say on which interface, such as fe80::%eth0; this machine has eth0, wlan0.'],
	['fe80::1', undefined, {...resolver(), zones: () => []}, 'target', '"fe80::1" is link-local: say on which interface, such as fe80::1%eth0; this machine has none with a link-local address.'],
	['10.0.0.0/8', 6, resolver(), 'target', '"10.0.0.0/8" is an IPv4 address, and -6 asks for IPv6 only.'],
];

for (const [target, family, given, kind, message] of problems) {
	test(`a sentence: ${message}`, async t => {
		t.deepEqual(await resolveTargets(targetsOf('127.0.0.1', target).slice(1), {family}, given), {ok: false, problem: {kind: kind as 'target', message}});
	});
}

test('a name is looked up once, and a literal address and localhost never', async t => {
	const asked: string[] = [];
	await resolveTargets(targetsOf('example.com', '192.0.2.1', 'localhost'), {}, {
		...resolver(),
		async lookup(hostName) {
			asked.push(hostName);
			return ['192.0.2.7'];
		},
	});
	t.deepEqual(asked, ['example.com']);
});

test('where no name resolves, each is told', async t => {
	const resolved = await resolveTargets(targetsOf('a.invalid', 'b.invalid'), {}, resolver());
	t.deepEqual(resolved.ok ? [] : resolved.problem.message.split('\n').map(line => line.slice(0, 26)), ['"a.invalid" does not resolv', '"b.invalid" does not resolv'].map(line => line.slice(0, 26)));
});

test('a name that does not resolve is passed over and told, and the others are scanned', async t => {
	const resolved = await resolveTargets(targetsOf('a.invalid', 'localhost', '10.0.0.0/30', 'b.invalid'), {}, resolver());
	t.like(resolved, {ok: true, unresolved: ['a.invalid', 'b.invalid'].map(name => `"${name}" does not resolve: no address found (ENOTFOUND). Check the spelling, or give an IP address.`)});
	t.true(resolved.ok && resolved.hosts.length === 2 && resolved.blocks.length === 1);
	const many = await resolveTargets(targetsOf('192.0.2.1', ...Array.from({length: 25}, (_, number) => `x${number}.invalid`)), {}, resolver());
	t.is(many.ok ? many.unresolved?.length : 0, 11);
	t.is(many.ok ? many.unresolved?.at(-1) : '', '15 more names do not resolve.');
});

test('a target that is wrong in itself is not passed over, nor a name to exclude', async t => {
	t.like(await resolveTargets(targetsOf('127.0.0.1', 'fe80::1'), {}, resolver()), {ok: false, problem: {kind: 'target'}});
	t.like(await resolveTargets(targetsOf('127.0.0.1'), {exclude: targetsOf('a.invalid')}, resolver()), {ok: false, problem: {kind: 'resolve'}});
});

test('this machine answers for localhost without a name server', async t => {
	const resolved = await resolveTargets(targetsOf('localhost'));
	t.true(resolved.ok && resolved.hosts.every(({address}) => address.isLoopback) && resolved.hosts.length > 0);
});

const resolvedTexts = async (targets: readonly string[], exclude: readonly string[] = [], given = resolver(example)): Promise<unknown> => {
	const resolved = await resolveTargets(targetsOf(...targets), {exclude: targetsOf(...exclude)}, given);
	return resolved.ok
		? {hosts: resolved.hosts.map(({address}) => address.text), blocks: resolved.blocks.map(({target, first, last}) => [target, first.text, last.text])}
		: resolved.problem.message;
};

test('a block stays a block, without the hosts that are listed beside it', async t => {
	t.deepEqual(await resolvedTexts(['10.0.0.0/8', '10.0.0.1', '2001:db8::/64']), {
		hosts: ['10.0.0.1'],
		blocks: [['10.0.0.0/8', '10.0.0.0', '10.0.0.0'], ['10.0.0.0/8', '10.0.0.2', '10.255.255.255'], ['2001:db8::/64', '2001:db8::', '2001:db8::ffff:ffff:ffff:ffff']],
	});
});

test('addresses, blocks and all addresses of a name can be left out', async t => {
	t.deepEqual(await resolvedTexts(['192.0.2.0/28', '192.0.2.20', 'localhost'], ['192.0.2.0-6', 'example.com', '192.0.2.20', '127.0.0.0/8']), {
		hosts: ['::1'],
		blocks: [['192.0.2.0/28', '192.0.2.9', '192.0.2.15']],
	});
	t.is(await resolvedTexts(['192.0.2.7', '192.0.2.8/32'], ['192.0.2.0/24']), 'Nothing is left to scan: every address asked for is taken away by --exclude, or by scan.exclude of the config.');
	t.regex(String(await resolvedTexts(['192.0.2.7'], ['nope.invalid'])), /^"nope\.invalid" does not resolve/);
});

test('of very many addresses the first are listed in their order, and the rest are blocks', async t => {
	const texts = Array.from({length: 1500}, (_, index) => `10.0.${Math.floor(index / 250)}.${index % 250}`);
	const {hosts, blocks} = await resolvedTexts(texts) as {hosts: readonly string[]; blocks: readonly unknown[]};
	t.deepEqual(hosts, texts.slice(0, 1024));
	t.is(blocks.length, 1500 - 1024);
});
