/** Rounds of the Feistel network: four make it as good as random to whoever does not know the keys (Luby and Rackoff, 1988). */
const rounds = 4;

/** The finishing steps of SplitMix64: each bit of the answer depends on each of the value. */
const mix = (value: bigint): bigint => {
	let mixed = BigInt.asUintN(64, value + 0x9E_37_79_B9_7F_4A_7C_15n);
	mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xBF_58_47_6D_1C_E4_E5_B9n);
	mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94_D0_49_BB_13_31_11_EBn);
	return mixed ^ (mixed >> 31n);
};

/**
A random order of the numbers from 0 to `size` − 1 that needs no room, however many there are.

A Feistel network permutes the numbers of an even count of bits; a number that falls outside is permuted again until it falls inside, which takes fewer than four goes on average.

@param seed - The same seed gives the same order.
@returns What number stands at a place.
*/
export const createPermutation = (size: bigint, seed: number): ((place: bigint) => bigint) => {
	const halfBits = BigInt(Math.max(1, Math.ceil((size - 1n).toString(2).length / 2)));
	const mask = (1n << halfBits) - 1n;
	const keys = Array.from({length: rounds}, (_, round) => mix((BigInt(seed) << 8n) | BigInt(round)));

	const permute = (value: bigint): bigint => {
		let left = value >> halfBits;
		let right = value & mask;
		for (const key of keys) {
			[left, right] = [right, left ^ (mix(right ^ key) & mask)];
		}

		return (left << halfBits) | right;
	};

	return place => {
		let value = permute(place);
		while (value >= size) {
			value = permute(value);
		}

		return value;
	};
};
