import test from 'ava';
import {parseBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import {findPublic} from '../../source/scan/public-address.ts';

const publicIn = (...texts: readonly string[]): string | undefined => {
	const hosts = texts.filter(text => !/[/-]/.test(text)).map(text => ({target: text, address: readAddress(text)!, note: null}));
	const blocks = texts.filter(text => /[/-]/.test(text)).map(text => {
		const block = parseBlock(text);
		if (block?.ok !== true) {
			throw new Error(text);
		}

		return block.value;
	});
	return findPublic({hosts, blocks});
};

const near = [
	'127.0.0.1', '127.255.255.255', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.1.1', '100.64.0.1', '100.127.255.255', '192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1',
	'224.0.0.1', '240.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1%eth0', 'fd00::1', 'fc00::1', '2001:db8::1', '3fff::1', 'ff02::1', '::ffff:10.0.0.1',
	'10.0.0.0/8', '127.0.0.0/8', 'fe80::1%eth0/64', 'fd00::/8', '192.168.0.0-192.168.255.255',
];

for (const text of near) {
	test(`${text} is not public`, t => {
		t.is(publicIn(text), undefined);
	});
}

const far: ReadonlyArray<readonly [string, string]> = [
	['8.8.8.8', '8.8.8.8'],
	['1.1.1.1', '1.1.1.1'],
	['9.255.255.255', '9.255.255.255'],
	['11.0.0.0', '11.0.0.0'],
	['172.15.255.255', '172.15.255.255'],
	['172.32.0.0', '172.32.0.0'],
	['100.63.255.255', '100.63.255.255'],
	['100.128.0.0', '100.128.0.0'],
	['223.255.255.255', '223.255.255.255'],
	['2606:4700::1111', '2606:4700::1111'],
	['2002:7f00:1::', '2002:7f00:1::'],
	['64:ff9b::7f00:1', '64:ff9b::7f00:1'],
	['::2', '::2'],
	['::ffff:8.8.8.8', '::ffff:8.8.8.8 (8.8.8.8)'],
	['10.0.0.0/7', '10.0.0.0/7 (11.0.0.0 and others)'],
	['192.168.255.255-192.169.0.0', '192.168.255.255-192.169.0.0 (192.169.0.0)'],
	['0.0.0.0/0', '0.0.0.0/0 (1.0.0.0 and others)'],
	['::/0', '::/0 (::2 and others)'],
];

for (const [text, expected] of far) {
	test(`${text} is public`, t => {
		t.is(publicIn('127.0.0.1', '10.0.0.0/8', text), expected);
	});
}

test('a name is told with its address', t => {
	t.is(findPublic({hosts: [{target: 'example.com', address: readAddress('93.184.215.14')!, note: null}]}), 'example.com (93.184.215.14)');
});
