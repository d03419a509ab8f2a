import {isIP} from 'node:net';
import fc from 'fast-check';
import test from 'ava';
import {formatEndpoint, readAddress} from '../../source/scan/address.ts';

const addresses: ReadonlyArray<readonly [typed: string, text: string, family: 4 | 6]> = [
	['192.0.2.1', '192.0.2.1', 4],
	['0.0.0.0', '0.0.0.0', 4],
	['255.255.255.255', '255.255.255.255', 4],
	['2001:db8::1', '2001:db8::1', 6],
	['2001:DB8::1', '2001:db8::1', 6],
	['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1', 6],
	['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', 6],
	['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', 6],
	['::', '::', 6],
	['::1:22', '::1:22', 6],
	['::ffff:1.2.3.4', '1.2.3.4', 4],
	['64:ff9b::192.0.2.33', '64:ff9b::c000:221', 6],
	['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304', 6],
	['::1.2.3.4', '::102:304', 6],
	['fe80::1%eth0', 'fe80::1%eth0', 6],
	['FE80::1%Eth0', 'fe80::1%Eth0', 6],
	['fe80::1%3', 'fe80::1%3', 6],
	['fe80::1%eth0.100', 'fe80::1%eth0.100', 6],
	['fe80::1%br-0a1b2c', 'fe80::1%br-0a1b2c', 6],
	['::1.2.3.4%eth0', '::102:304%eth0', 6],
];

for (const [typed, text, family] of addresses) {
	test(`${typed} is dialled as ${text}`, t => {
		t.deepEqual(readAddress(typed), {text, family, isLoopback: false});
	});
}

const loopbacks: ReadonlyArray<readonly [typed: string, text: string]> = [
	['127.0.0.1', '127.0.0.1'],
	['127.255.255.255', '127.255.255.255'],
	['::1', '::1'],
	['0:0:0:0:0:0:0:1', '::1'],
	['::ffff:127.0.0.1', '127.0.0.1'],
];

for (const [typed, text] of loopbacks) {
	test(`${typed} is loopback`, t => {
		t.like(readAddress(typed), {text, isLoopback: true});
	});
}

const noAddresses: ReadonlyArray<readonly [string, string]> = [
	['', 'nothing'],
	['localhost', 'a name'],
	['127.1', 'a short form'],
	['2130706433', 'a bare number'],
	['0177.0.0.1', 'octal, to some'],
	['01.2.3.4', 'a leading zero'],
	['0x7f.0.0.1', 'hexadecimal'],
	['256.1.1.1', 'a part over 255'],
	['1.2.3', 'three parts'],
	['1.2.3.4.5', 'five parts'],
	['1.2.3.4.', 'a trailing dot'],
	[' 1.2.3.4', 'a blank before'],
	['1.2.3.4\n', 'a line end after'],
	['1.2.3.4%eth0', 'a zone on IPv4'],
	['[::1]', 'brackets'],
	['1::2::3', 'two gaps'],
	[':::', 'three colons'],
	['12345::', 'a group of five digits'],
	['1:2:3:4:5:6:7:8:9', 'nine groups'],
	['1:2:3:4:5:6:7:1.2.3.4', 'an IPv4 end after seven groups'],
	['::ffff:300.1.1.1', 'an IPv4 end over 255'],
	['::ffff:010.0.0.1', 'an IPv4 end in octal, to some'],
	['::ffff:0x7f.0.0.1', 'an IPv4 end in hexadecimal'],
	['fe80::1%', 'an empty zone'],
	['fe80::1%a b', 'a zone with a blank'],
	['fe80::1%a%b', 'two zones'],
	['fe80::1%\u001B[31m', 'a zone that colours the terminal'],
];

for (const [typed, situation] of noAddresses) {
	test(`${JSON.stringify(typed)} is no address: ${situation}`, t => {
		t.is(readAddress(typed), undefined);
	});
}

const almostAddresses = fc.oneof(
	fc.ipV4(),
	fc.ipV4Extended(),
	fc.ipV6(),
	fc.tuple(fc.ipV6(), fc.constantFrom('%eth0', '%', '%a.b', '%-', '%a b')).map(parts => parts.join('')),
	fc.string({unit: fc.constantFrom(...'01259af:::...%x'), maxLength: 20}),
);

test('what the system takes for an address is one, and nothing else', t => {
	fc.assert(fc.property(almostAddresses, text => {
		t.is(readAddress(text)?.family ?? 0, isIP(text), text);
	}), {numRuns: 1000});
});

test('IPv6 is read as the URL standard reads it', t => {
	fc.assert(fc.property(fc.ipV6(), text => {
		t.is(`[${readAddress(text)!.text}]`, new URL(`http://[${text}]`).hostname);
	}), {numRuns: 500});
});

test('the canonical text is read as itself', t => {
	fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), text => {
		const address = readAddress(text)!;
		t.deepEqual(readAddress(address.text), address);
	}));
});

const endpoints: ReadonlyArray<readonly [string, number, string]> = [
	['127.0.0.1', 22, '127.0.0.1:22'],
	['::1', 22, '[::1]:22'],
	['fe80::1%eth0', 0, '[fe80::1%eth0]:0'],
	['::ffff:1.2.3.4', 65_535, '1.2.3.4:65535'],
];

for (const [typed, port, endpoint] of endpoints) {
	test(`port ${port} of ${typed} is written ${endpoint}`, t => {
		t.is(formatEndpoint(readAddress(typed)!, port), endpoint);
	});
}
