import {addressAt, numberOf, sizeOfBlock, zoneOf, type AddressBlock} from './address-block.ts';
import type {Address} from './address.ts';
import type {Host} from './event.ts';
import {createPermutation} from './permutation.ts';

/** What a scan is to visit: hosts that are listed one by one, and blocks whose hosts are made when their turn comes. */
export type HostList = {
	readonly hosts: readonly Host[];
	/** Apart from each other and from the listed hosts, so that no address comes twice. */
	readonly blocks?: readonly AddressBlock[] | undefined;
};

/** Hosts one after the other, each made when it is asked for. */
export type HostSequence = {
	/** The next host; undefined after the last one. */
	readonly next: () => Host | undefined;
	readonly isAtEnd: boolean;
	/** The host of a number, counted from 0 in this order, whether its turn has come or not; undefined where there is none. */
	readonly at: (number: number) => Host | undefined;
	/** The number of the host with this address; undefined where there is none. Of zones nothing is looked at: other programs do not tell them. */
	readonly numberOf: (address: Address) => number | undefined;
};

const withoutZone = ({text}: Address): string => text.replace(/%.*$/, '');

/** How many hosts a list has. */
export const countHosts = ({hosts, blocks = []}: HostList): bigint => blocks.reduce((sum, block) => sum + sizeOfBlock(block), BigInt(hosts.length));

/**
The hosts of a list: the listed ones in their order, then those of all blocks in a random one.

Random, so that no part of a network gets all the probes at once, and so that what was found of a large network when it is stopped is a fair sample of it.
*/
export const createHostSequence = ({hosts, blocks = []}: HostList, seed: number): HostSequence => {
	/** Place of each block's first address among all of them. */
	const places: bigint[] = [];
	let total = 0n;
	for (const block of blocks) {
		places.push(total);
		total += sizeOfBlock(block);
	}

	const permutation = createPermutation(total, seed);
	let listed = 0;
	let place = 0n;

	/** Of each listed host, by its address; made when it is asked for. */
	let listedNumbers: Map<string, number> | undefined;

	const hostAt = (number: bigint): Host => {
		let low = 0;
		let high = places.length - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (places[middle]! <= number) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}

		const {target, first} = blocks[low]!;
		return {target, address: addressAt(first.family, numberOf(first) + number - places[low]!, zoneOf(first)), note: null};
	};

	return {
		next() {
			if (listed < hosts.length) {
				return hosts[listed++];
			}

			return place < total ? hostAt(permutation.at(place++)) : undefined;
		},
		at(number) {
			const inBlocks = BigInt(number - hosts.length);
			return number < hosts.length ? hosts[number] : (inBlocks < total ? hostAt(permutation.at(inBlocks)) : undefined);
		},
		numberOf(address) {
			listedNumbers ??= new Map(hosts.map((host, number) => [withoutZone(host.address), number]));
			const number = listedNumbers.get(withoutZone(address));
			if (number !== undefined) {
				return number;
			}

			const value = numberOf(address);
			const index = blocks.findIndex(({first, last}) => first.family === address.family && numberOf(first) <= value && value <= numberOf(last));
			return index === -1 ? undefined : hosts.length + Number(permutation.placeOf(places[index]! + value - numberOf(blocks[index]!.first)));
		},
		get isAtEnd() {
			return listed === hosts.length && place === total;
		},
	};
};
