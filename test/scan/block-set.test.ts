import fc from 'fast-check';
import test from 'ava';
import {addressAt, blockOfAddress, numberOf, sizeOfBlock, zoneOf, type AddressBlock} from '../../source/scan/address-block.ts';
import {createBlockLookup, subtractBlocks} from '../../source/scan/block-set.ts';
import {readAddress} from '../../source/scan/address.ts';

const base = {4: 0x0A_00_00_00n, 6: 0xFE_80n << 112n} as const;

/** Blocks of a small network, so that they meet often. */
const anyBlock = fc.record({
	family: fc.constantFrom(4 as const, 6 as const),
	zone: fc.constantFrom('', 'a', 'b'),
	first: fc.integer({min: 0, max: 40}),
	length: fc.integer({min: 1, max: 12}),
}).map(({family, zone: drawn, first, length}): AddressBlock => {
	const zone = family === 6 ? drawn : '';
	return {
		target: `${family}%${zone}:${first}+${length}`,
		first: addressAt(family, base[family] + BigInt(first), zone),
		last: addressAt(family, base[family] + BigInt(first + length - 1), zone),
	};
});

const addressesOf = (block: AddressBlock): readonly string[] =>
	Array.from({length: Number(sizeOfBlock(block))}, (_, index) => addressAt(block.first.family, numberOf(block.first) + BigInt(index), zoneOf(block.first)).text);

test('what is left is what brute force leaves, each address once, under what was typed for it', t => {
	fc.assert(fc.property(fc.array(anyBlock, {maxLength: 8}), fc.array(anyBlock, {maxLength: 6}), (included, excluded) => {
		const taken = new Set(excluded.flatMap(block => addressesOf(block)));
		const expected = new Set(included.flatMap(block => addressesOf(block)).filter(text => !taken.has(text) && !taken.has(text.replace(/%.*$/, ''))));
		const left = subtractBlocks(included, excluded);
		const found = left.flatMap(block => addressesOf(block));
		t.is(new Set(found).size, found.length);
		t.deepEqual([...found].sort(), [...expected].sort());
		for (const block of left) {
			const from = included.find(({target}) => target === block.target)!;
			t.true(addressesOf(block).every(text => addressesOf(from).includes(text)));
		}

		const isExcluded = createBlockLookup(excluded);
		for (const text of included.flatMap(block => addressesOf(block))) {
			t.is(isExcluded(readAddress(text)!), !expected.has(text));
		}
	}));
});

test('a hole in a large block costs two blocks, whatever its size', t => {
	const block = {target: '10.0.0.0/8', first: readAddress('10.0.0.0')!, last: readAddress('10.255.255.255')!};
	t.deepEqual(subtractBlocks([block], [blockOfAddress('', readAddress('10.9.9.9')!)]).map(({first, last}) => `${first.text}-${last.text}`), ['10.0.0.0-10.9.9.8', '10.9.9.10-10.255.255.255']);
});
