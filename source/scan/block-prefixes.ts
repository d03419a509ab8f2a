import {endAt, numberOf, zoneOf, type AddressBlock} from './address-block.ts';

const bitsOf = {4: 32n, 6: 128n} as const;

/** How many bits of a number are zero at its end, at most `most`. */
const trailingZeros = (value: bigint, most: bigint): bigint => {
	let count = 0n;
	while (count < most && ((value >> count) & 1n) === 0n) {
		count++;
	}

	return count;
};

/** A block as the fewest prefixes (RFC 4632), which every scanner reads: `192.0.2.0/25`. Those of one address are written without a length. */
export const prefixesOf = (block: AddressBlock): readonly string[] => {
	const {first: {family}} = block;
	const zone = zoneOf(block.first);
	const bits = bitsOf[family];
	const last = numberOf(block.last);
	const prefixes: string[] = [];
	let value = numberOf(block.first);
	// Each step at least doubles or halves the size, so there are at most twice as many as an address has bits.
	while (value <= last) {
		let free = trailingZeros(value, bits);
		while (value + (1n << free) - 1n > last) {
			free--;
		}

		prefixes.push(`${endAt(family, value, zone).text}${free === 0n ? '' : `/${bits - free}`}`);
		value += 1n << free;
	}

	return prefixes;
};
