import type {Port} from '../port/port.ts';
import {portsOf, type PortSet} from '../port/port-set.ts';

/** A source of numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** Largest seed: seeds are 32-bit unsigned integers. */
export const largestSeed = 0xFF_FF_FF_FF;

/** A reproducible source of numbers: the same seed gives the same sequence (a Weyl sequence through a 32-bit mixing function). */
export const createRandom = (seed: number): Random => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x9E_37_79_B9) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21_F0_AA_AD);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x73_5A_2D_97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
};

const shuffle = (ports: Uint16Array, random: Random): void => {
	for (let index = ports.length - 1; index > 0; index--) {
		const other = Math.floor(random() * (index + 1));
		const port = ports[index]!;
		ports[index] = ports[other]!;
		ports[other] = port;
	}
};

/**
The order in which ports are probed: those people care about first, in their order, then the rest at random.

Random, because an ordered burst loses the same ports at every retry of a policed path.

@param first - Ports to begin with, most worthwhile first; those outside the set are left out.
*/
export const orderPorts = (ports: PortSet, first: readonly Port[], random: Random): Uint16Array => {
	const all = new Set<number>(portsOf(ports));
	const leading = first.filter(port => all.delete(port));
	const rest = Uint16Array.from(all);
	shuffle(rest, random);
	const order = new Uint16Array(ports.size);
	order.set(leading);
	order.set(rest, leading.length);
	return order;
};
