import fc from 'fast-check';
import test from 'ava';
import {addressAt, type AddressBlock} from '../../source/scan/address-block.ts';
import {packBlocks, unpackBlocks} from '../../source/scan/packed-blocks.ts';

const anyBlock = fc.record({
	family: fc.constantFrom(4 as const, 6 as const),
	first: fc.integer({min: 0, max: 2 ** 30}),
	length: fc.integer({min: 0, max: 3}),
	zone: fc.constantFrom('', 'eth0.1'),
	target: fc.constantFrom('10.0.0.0/8', 'a.example', 'fe80::1-fe80::9%eth0.1', undefined),
}).map(({family, first, length, zone, target}): AddressBlock => {
	const start = addressAt(family, BigInt(first), family === 6 ? zone : '');
	return {target: target ?? start.text, first: start, last: addressAt(family, BigInt(first + length), family === 6 ? zone : '')};
});

test('blocks come back as they went', t => {
	fc.assert(fc.property(fc.array(anyBlock, {maxLength: 20}), blocks => {
		t.deepEqual(unpackBlocks(packBlocks(blocks)), blocks);
	}));
});
