import fc from 'fast-check';
import test from 'ava';
import {parseBlock, type AddressBlock} from '../../source/scan/address-block.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {Host} from '../../source/scan/event.ts';
import {countHosts, createHostSequence, type HostList} from '../../source/scan/host-sequence.ts';
import {createPermutation} from '../../source/scan/permutation.ts';

const blockOf = (text: string): AddressBlock => {
	const block = parseBlock(text);
	if (block?.ok !== true) {
		throw new Error(text);
	}

	return block.value;
};

const listed: readonly Host[] = ['::1', '127.0.0.1'].map(text => ({target: 'localhost', address: readAddress(text)!, note: null}));

const take = (list: HostList, seed: number, most: number): readonly Host[] => {
	const sequence = createHostSequence(list, seed);
	const hosts: Host[] = [];
	for (let host = sequence.next(); host !== undefined && hosts.length < most; host = sequence.next()) {
		hosts.push(host);
	}

	return hosts;
};

test('a permutation has each number once, and the same seed gives the same', t => {
	fc.assert(fc.property(fc.bigInt({min: 1n, max: 700n}), fc.integer({min: 0, max: 0xFF_FF_FF_FF}), (size, seed) => {
		const permutation = createPermutation(size, seed);
		const numbers = Array.from({length: Number(size)}, (_, place) => permutation.at(BigInt(place)));
		t.is(new Set(numbers).size, Number(size));
		t.true(numbers.every(number => number >= 0n && number < size));
		t.deepEqual(numbers.map(number => permutation.placeOf(number)), numbers.map((_, place) => BigInt(place)));
		t.is(createPermutation(size, seed).at(size - 1n), numbers.at(-1)!);
	}));
});

test('an order is no run of neighbours, and another seed gives another', t => {
	const permutation = createPermutation(65_536n, 7);
	const numbers = Array.from({length: 1000}, (_, place) => permutation.at(BigInt(place)));
	const neighbours = numbers.filter((number, index) => index > 0 && (number - numbers[index - 1]!) ** 2n === 1n);
	t.true(neighbours.length < 5);
	t.true(new Set(numbers.map(number => number >> 12n)).size === 16, 'all parts of the network come up early');
	const other = createPermutation(65_536n, 8);
	t.true(numbers.filter((number, place) => other.at(BigInt(place)) === number).length < 5);
});

test('the listed hosts come first, in their order, then each address of the blocks once', t => {
	const list = {hosts: listed, blocks: [blockOf('10.0.0.0/28'), blockOf('2001:db8::/125'), blockOf('10.0.1.7-9')]};
	t.is(countHosts(list), 29n);
	const hosts = take(list, 3, 100);
	t.deepEqual(hosts.slice(0, 2), listed);
	t.is(new Set(hosts.map(({address}) => address.text)).size, 29);
	t.is(hosts.filter(({target}) => target === '10.0.1.7-9').length, 3);
	t.deepEqual(take(list, 3, 100), hosts);
	t.notDeepEqual(take(list, 4, 100), hosts);
});

test('a sequence knows its end', t => {
	const sequence = createHostSequence({hosts: listed.slice(0, 1), blocks: [blockOf('10.0.0.1-1')]}, 1);
	t.false(sequence.isAtEnd);
	sequence.next();
	t.false(sequence.isAtEnd);
	t.is(sequence.next()?.address.text, '10.0.0.1');
	t.true(sequence.isAtEnd);
	t.is(sequence.next(), undefined);
});

test('of a /8 and a /64 hosts come one by one, without any being made before', t => {
	const list = {hosts: [], blocks: [blockOf('10.0.0.0/8'), blockOf('2001:db8::/64')]};
	t.is(countHosts(list), 2n ** 24n + 2n ** 64n);
	const hosts = take(list, 5, 500);
	t.is(new Set(hosts.map(({address}) => address.text)).size, 500);
	t.true(hosts.every(({address}) => address.text.startsWith('2001:db8:') || address.text.startsWith('10.')));
});

test('the number of a host is found by its address, whatever its zone', t => {
	const list = {hosts: [...listed, {target: 'printer', address: readAddress('fe80::1%eth0')!, note: null}], blocks: [blockOf('10.0.0.0/28'), blockOf('2001:db8::/125'), blockOf('10.0.1.7-9')]};
	const sequence = createHostSequence(list, 3);
	for (let number = 0; number < 30; number++) {
		t.is(sequence.numberOf(sequence.at(number)!.address), number);
	}

	t.is(sequence.numberOf(readAddress('fe80::1')!), 2);
	t.is(sequence.numberOf(readAddress('10.0.1.10')!), undefined);
	t.is(sequence.numberOf(readAddress('::7')!), undefined);
});
