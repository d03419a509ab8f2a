import {transports, type Transport} from '../port/port.ts';

/** A set of transports as bits: 1 is tcp, 2 udp, 4 sctp, 8 dccp. */
export type TransportBits = number;

export const bitOf = (transport: Transport): TransportBits => 1 << transports.indexOf(transport);

export const bitsOf = (members: Iterable<Transport>): TransportBits => {
	let bits = 0;
	for (const transport of members) {
		bits |= bitOf(transport);
	}

	return bits;
};

const lists: ReadonlyArray<readonly Transport[]> = Array.from({length: 1 << transports.length}, (_, bits) => transports.filter(transport => (bits & bitOf(transport)) !== 0));

/** The members in the order of `transports`. The sixteen lists are shared, so thousands of entries hold no list of their own. */
export const transportsOf = (bits: TransportBits): readonly Transport[] => lists[bits]!;
