import test from 'ava';
import {readAddress} from '../../source/scan/address.ts';
import {vantageOf} from '../../source/scan/vantage.ts';

const table = [
	['127.0.0.1', 'loopback'],
	['127.255.0.3', 'loopback'],
	['::1', 'loopback'],
	['::ffff:127.0.0.1', 'loopback'],
	['0.0.0.0', 'loopback'],
	['::', 'loopback'],
	['10.1.2.3', 'lan'],
	['172.16.0.1', 'lan'],
	['192.168.1.1', 'lan'],
	['169.254.1.1', 'lan'],
	['fd00::1', 'lan'],
	['fe80::1%eth0', 'lan'],
	['fe80::1%eth0.100', 'lan'],
	['172.32.0.1', 'internet'],
	['192.0.2.1', 'internet'],
	['8.8.8.8', 'internet'],
	['2001:db8::1', 'internet'],
] as const;

for (const [address, vantage] of table) {
	test(`${address} is reached from: ${vantage}`, t => {
		t.is(vantageOf(readAddress(address)!), vantage);
	});
}

test('any zone will do', t => {
	t.is(vantageOf({text: 'fe80::1%br-0a1b2c.100', family: 6, isLoopback: false}), 'lan');
});
