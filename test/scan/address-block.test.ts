import fc from 'fast-check';
import test from 'ava';
import {addressAt, numberOf, parseBlock, sizeOfBlock, zoneOf} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import {parseTarget} from '../../source/scan/target.ts';

const blocks: ReadonlyArray<readonly [typed: string, first: string, last: string]> = [
	['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
	['10.1.2.3/8', '10.0.0.0', '10.255.255.255'],
	['192.0.2.77/32', '192.0.2.77', '192.0.2.77'],
	['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
	['[192.0.2.0]/30', '192.0.2.0', '192.0.2.3'],
	['2001:db8::/64', '2001:db8::', '2001:db8::ffff:ffff:ffff:ffff'],
	['2001:DB8::9/127', '2001:db8::8', '2001:db8::9'],
	['[2001:db8::]/126', '2001:db8::', '2001:db8::3'],
	['fe80::1%eth0/126', 'fe80::%eth0', 'fe80::3%eth0'],
	['::ffff:192.0.2.0/120', '192.0.2.0', '192.0.2.255'],
	['10.0.0.1-20', '10.0.0.1', '10.0.0.20'],
	['10.0.0.7-7', '10.0.0.7', '10.0.0.7'],
	['10.0.0.250-10.0.1.5', '10.0.0.250', '10.0.1.5'],
	['2001:db8::1-2001:db8::ff', '2001:db8::1', '2001:db8::ff'],
	['[2001:db8::1]-[2001:db8::2]', '2001:db8::1', '2001:db8::2'],
	['fe80::1%eth0-fe80::5%eth0', 'fe80::1%eth0', 'fe80::5%eth0'],
	['fe80::1-fe80::5%eth0', 'fe80::1%eth0', 'fe80::5%eth0'],
];

for (const [typed, first, last] of blocks) {
	test(`${typed} goes from ${first} to ${last}`, t => {
		t.like(parseTarget(typed), {ok: true, value: {kind: 'block', text: typed, block: {target: typed, first: {text: first}, last: {text: last}}}});
	});
}

const howToWrite = 'write 192.0.2.0/24, 192.0.2.1-20 or 192.0.2.1-192.0.2.20';

const mistakes: ReadonlyArray<readonly [typed: string, sentence: string]> = [
	['10.0.0.0/33', '"10.0.0.0/33" is not a block of addresses: the prefix of IPv4 goes from 0 to 32.'],
	['2001:db8::/129', '"2001:db8::/129" is not a block of addresses: the prefix of IPv6 goes from 0 to 128.'],
	['::ffff:192.0.2.0/95', '"::ffff:192.0.2.0/95" is not a block of addresses: the prefix of IPv4 goes from 0 to 32.'],
	['300.0.0.0/8', `"300.0.0.0/8" is not a block of addresses: ${howToWrite}.`],
	['10.0/8', `"10.0/8" is not a block of addresses: ${howToWrite}.`],
	['2001:db8:::/64', `"2001:db8:::/64" is not a block of addresses: ${howToWrite}.`],
	['10.0.0.1-256', `"10.0.0.1-256" is not a range of addresses: ${howToWrite}.`],
	['10.0.0.1-', `"10.0.0.1-" is not a range of addresses: ${howToWrite}.`],
	['10.0.0.1-10.0.0', `"10.0.0.1-10.0.0" is not a range of addresses: ${howToWrite}.`],
	['2001:db8::1-ff', `"2001:db8::1-ff" is not a range of addresses: ${howToWrite}.`],
	['10.0.0.20-1', '"10.0.0.20-1" runs backwards: write the lower address first.'],
	['10.0.0.1-2001:db8::1', '"10.0.0.1-2001:db8::1" is not a range of addresses: both ends must be of one family and one zone.'],
	['fe80::1%eth0-fe80::5%eth1', '"fe80::1%eth0-fe80::5%eth1" is not a range of addresses: both ends must be of one family and one zone.'],
	['10.0.0.*', '"10.0.0.*" has a star in it: write 10.0.0.0/24.'],
	['10.0.*.*', '"10.0.*.*" has a star in it: write 10.0.0.0/16.'],
	['10.*.0.1', `"10.*.0.1" has a star in it: ${howToWrite}.`],
];

for (const [typed, message] of mistakes) {
	test(`a sentence: ${message}`, t => {
		t.deepEqual(parseTarget(typed), {ok: false, message});
	});
}

for (const typed of ['10.0.0.1-a', '1-2', 'a-b.example', 'example.com/24', '10.0.0.1/x', '']) {
	test(`${JSON.stringify(typed)} does not look like a block`, t => {
		t.is(parseBlock(typed), undefined);
	});
}

const anyIpv4 = fc.bigInt({min: 0n, max: 2n ** 32n - 1n});
const anyIpv6 = fc.bigInt({min: 0n, max: 2n ** 128n - 1n}).filter(value => value >> 32n !== 0xFF_FFn);

test('an address is its number and the number is the address, in both families', t => {
	fc.assert(fc.property(anyIpv4, anyIpv6, (small, large) => {
		t.is(numberOf(addressAt(4, small)), small);
		t.is(numberOf(addressAt(6, large)), large);
		t.deepEqual(readAddress(addressAt(4, small).text), addressAt(4, small));
		t.deepEqual(readAddress(addressAt(6, large).text), addressAt(6, large));
		t.is(zoneOf(addressAt(6, large, 'eth0')), 'eth0');
	}));
});

test('a prefix holds the address it was written with, starts at a multiple of its size, and has a power of two', t => {
	fc.assert(fc.property(anyIpv4, fc.integer({min: 0, max: 32}), anyIpv6, fc.integer({min: 34, max: 128}), (small, shortPrefix, large, longPrefix) => {
		for (const [family, value, prefix, bits] of [[4, small, shortPrefix, 32], [6, large, longPrefix, 128]] as const) {
			const block = parseBlock(`${addressAt(family, value).text}/${prefix}`);
			t.true(block?.ok);
			if (block?.ok) {
				const size = sizeOfBlock(block.value);
				t.is(size, 2n ** BigInt(bits - prefix));
				t.is(numberOf(block.value.first) % size, 0n);
				t.true(numberOf(block.value.first) <= value && value <= numberOf(block.value.last));
			}
		}
	}));
});

test('a block that ends among the addresses that stand for IPv4 is as large as its prefix says', t => {
	for (const [text, size] of [['::/80', 2n ** 48n], ['::fffe:0:0/95', 2n ** 33n], ['::/0', 2n ** 128n]] as const) {
		const block = parseBlock(text);
		t.is(block?.ok === true ? sizeOfBlock(block.value) : undefined, size, text);
	}
});

test('a range from one address to another has both ends, or a sentence when it runs backwards', t => {
	fc.assert(fc.property(anyIpv4, anyIpv4, (one, other) => {
		const block = parseBlock(`${addressAt(4, one).text}-${addressAt(4, other).text}`);
		t.is(block?.ok, one <= other);
		if (block?.ok) {
			t.deepEqual([numberOf(block.value.first), numberOf(block.value.last)], [one, other]);
		}
	}));
});
