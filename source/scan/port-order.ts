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

/** The orders of one set of ports, one for each host. */
export type PortOrders = {
	/** All ports, each once. */
	readonly whole: (random: Random) => Uint16Array;
	/** So many ports to begin with, or all where there are fewer. */
	readonly start: (count: number, random: Random) => readonly Port[];
};

/**
The orders in which ports are probed: those people care about first, in their order, then the rest at random.

Random, because an ordered burst loses the same ports at every retry of a policed path.

@param first - Ports to begin with, most worthwhile first; those outside the set are left out.
*/
export const createPortOrders = (ports: PortSet, first: readonly Port[]): PortOrders => {
	const all = new Set<number>(portsOf(ports));
	const leading = first.filter(port => all.delete(port));
	const rest = Uint16Array.from(all);
	return {
		whole(random) {
			const order = new Uint16Array(ports.size);
			order.set(leading);
			order.set(rest, leading.length);
			shuffle(order.subarray(leading.length), random);
			return order;
		},
		start(count, random) {
			const chosen = new Set<number>(leading.slice(0, count));
			const most = Math.min(count, ports.size);
			while (chosen.size < most) {
				chosen.add(rest[Math.floor(random() * rest.length)]!);
			}

			return [...chosen] as readonly number[] as readonly Port[];
		},
	};
};

/** The order in which the ports of one host are probed: see `createPortOrders`. */
export const orderPorts = (ports: PortSet, first: readonly Port[], random: Random): Uint16Array => createPortOrders(ports, first).whole(random);
