/** Rounds of the Feistel network: four make it as good as random to whoever does not know the keys (Luby and Rackoff, 1988). */
const rounds = 4;

/** The finishing steps of SplitMix64: each bit of the answer depends on each of the value. */
const mix = (value: bigint): bigint => {
	let mixed = BigInt.asUintN(64, value + 0x9E_37_79_B9_7F_4A_7C_15n);
	mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xBF_58_47_6D_1C_E4_E5_B9n);
	mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94_D0_49_BB_13_31_11_EBn);
	return mixed ^ (mixed >> 31n);
};

/** A random order of the numbers from 0 to some size − 1. */
export type Permutation = {
	/** What number stands at a place. */
	readonly at: (place: bigint) => bigint;
	/** At what place a number stands. */
	readonly placeOf: (number: bigint) => bigint;
};

/**
A random order of the numbers from 0 to `size` − 1 that needs no room, however many there are.

A Feistel network permutes the numbers of an even count of bits; a number that falls outside is permuted again until it falls inside, which takes fewer than four goes on average. Run backwards, it tells where a number stands.

@param seed - The same seed gives the same order.
*/
export const createPermutation = (size: bigint, seed: number): Permutation => {
	const halfBits = BigInt(Math.max(1, Math.ceil((size - 1n).toString(2).length / 2)));
	const mask = (1n << halfBits) - 1n;
	const keys = Array.from({length: rounds}, (_, round) => mix((BigInt(seed) << 8n) | BigInt(round)));
	const backwardKeys = keys.toReversed();

	const permute = (value: bigint): bigint => {
		let left = value >> halfBits;
		let right = value & mask;
		for (const key of keys) {
			[left, right] = [right, left ^ (mix(right ^ key) & mask)];
		}

		return (left << halfBits) | right;
	};

	const unpermute = (value: bigint): bigint => {
		let left = value >> halfBits;
		let right = value & mask;
		for (const key of backwardKeys) {
			[left, right] = [right ^ (mix(left ^ key) & mask), left];
		}

		return (left << halfBits) | right;
	};

	const within = (value: bigint, step: (value: bigint) => bigint): bigint => {
		let stepped = step(value);
		while (stepped >= size) {
			stepped = step(stepped);
		}

		return stepped;
	};

	return {
		at: place => within(place, permute),
		placeOf: number => within(number, unpermute),
	};
};
