import test from 'ava';
import fc from 'fast-check';
import {scopeOf, vantageOfScope} from '../../source/local/socket-scope.ts';

const scopes: Readonly<Record<string, readonly string[]>> = {
	loopback: ['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1'],
	private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.5', '100.64.0.1', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'fd00::1', '::ffff:10.0.0.1', '255.255.255.255', '224.0.0.251', '239.255.255.250', 'ff02::fb'],
	public: ['8.8.8.8', '172.32.0.1', '192.0.2.1', '2001:db8::1', '2a00:1450::1', '::ffff:8.8.8.8', '233.252.0.1', 'ff0e::1', 'nonsense', ''],
	'every-interface': ['0.0.0.0', '::', '*', '::ffff:0.0.0.0'],
};

for (const [scope, addresses] of Object.entries(scopes)) {
	for (const address of addresses) {
		test(`${JSON.stringify(address)} is ${scope}`, t => {
			t.is(scopeOf(address) as string, scope);
		});
	}
}

test('every text has a scope', t => {
	fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary'}), fc.ipV4(), fc.ipV6()), text => typeof scopeOf(text) === 'string'));
	t.pass();
});

test('every interface counts as the internet', t => {
	t.deepEqual((['loopback', 'private', 'public', 'every-interface'] as const).map(scope => vantageOfScope(scope)), ['loopback', 'lan', 'internet', 'internet']);
});
