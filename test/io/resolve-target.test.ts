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
	{title: 'the first address of a name, and a note of the others', targets: ['example.com'], resolver: resolver(example), expected: [['example.com', '192.0.2.7', 'also at 2001:db8::1, 192.0.2.8']]},
	{title: 'a name by family', targets: ['example.com'], family: 6, resolver: resolver(example), expected: [['example.com', '2001:db8::1', 'also at 192.0.2.7, 192.0.2.8']]},
	{title: 'a name with one address has no note', targets: ['one.example'], resolver: resolver({'one.example': ['192.0.2.1']}), expected: [['one.example', '192.0.2.1', null]]},
	{title: 'a link-local address without its zone is passed over', targets: ['x.example'], resolver: resolver({'x.example': ['fe80::1', '192.0.2.1']}), expected: [['x.example', '192.0.2.1', null]]},
	{title: 'the same address twice is one host', targets: ['localhost', '127.0.0.1', '::1'], expected: [['localhost', '127.0.0.1', null], ['localhost', '::1', null]]},
	{title: 'an address in two spellings is one host', targets: ['2001:db8::1', '2001:DB8:0::1'], expected: [['2001:db8::1', '2001:db8::1', null]]},
	{title: 'a link-local address with its zone', targets: ['fe80::1%eth0'], expected: [['fe80::1%eth0', 'fe80::1%eth0', null]]},
];

for (const {title, targets, family, resolver: given = resolver(), expected} of found) {
	test(title, async t => {
		const resolved = await resolveTargets(targetsOf(...targets), family, given);
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
	['fe80::1', undefined, resolver(), 'target', '"fe80::1" is a link-local address: say by which interface, such as fe80::1%eth0.'],
];

for (const [target, family, given, kind, message] of problems) {
	test(`a sentence: ${message}`, async t => {
		t.deepEqual(await resolveTargets(targetsOf('127.0.0.1', target).slice(1), family, given), {ok: false, problem: {kind: kind as 'target', message}});
	});
}

test('a name is looked up once, and a literal address and localhost never', async t => {
	const asked: string[] = [];
	const {localAddresses} = resolver();
	await resolveTargets(targetsOf('example.com', '192.0.2.1', 'localhost'), undefined, {
		async lookup(hostName) {
			asked.push(hostName);
			return ['192.0.2.7'];
		},
		localAddresses,
	});
	t.deepEqual(asked, ['example.com']);
});

test('the problem of the first target that has one is told', async t => {
	const resolved = await resolveTargets(targetsOf('a.invalid', 'b.invalid'), undefined, resolver());
	t.true(!resolved.ok && resolved.problem.message.startsWith('"a.invalid"'));
});

test('this machine answers for localhost without a name server', async t => {
	const resolved = await resolveTargets(targetsOf('localhost'));
	t.true(resolved.ok && resolved.hosts.every(({address}) => address.isLoopback) && resolved.hosts.length > 0);
});
