import {toPort, type Port} from './port.ts';

/** A run of neighbouring ports, both ends included. */
export type PortInterval = {readonly first: Port; readonly last: Port};

export const interval = (first: number, last: number): PortInterval => ({first: toPort(first), last: toPort(last)});

export const sizeOf = ({first, last}: PortInterval): number => last - first + 1;

export const contains = ({first, last}: PortInterval, port: Port): boolean => port >= first && port <= last;

export type PortRangeId = 'well-known' | 'registered' | 'ephemeral';

/** One of the three ranges of RFC 6335, section 6. */
export type PortRange = PortInterval & {
	readonly id: PortRangeId;
	readonly title: string;
	readonly description: string;
};

/**
The three ranges of RFC 6335, section 6, lowest first.

The RFC calls them System, User and Dynamic Ports. Which ports an operating system really hands to clients is another matter: see `data/ephemeral.csv`.
*/
export const portRanges: readonly [PortRange, PortRange, PortRange] = [
	{
		...interval(0, 1023),
		id: 'well-known',
		title: 'Well-known',
		description: 'System Ports, assigned by IANA with the strictest review. On most Unix systems a program needs a privilege to listen on one.',
	},
	{
		...interval(1024, 49_151),
		id: 'registered',
		title: 'Registered',
		description: 'User Ports, assigned by IANA on request. Any program may listen on one, and many use one that is assigned to another.',
	},
	{
		...interval(49_152, 65_535),
		id: 'ephemeral',
		title: 'Ephemeral',
		description: 'Dynamic Ports, also called private: never assigned. For short-lived use, such as the client end of a connection.',
	},
];

/** The range a port lies in. */
export const rangeOf = (port: Port): PortRange => portRanges.find(range => contains(range, port))!;

/** How many ports a block spans: small where ports are dense with names, so that a block stays worth reading. */
const blockSizes: Readonly<Record<PortRangeId, number>> = {'well-known': 100, registered: 1000, ephemeral: 1000};

/**
The blocks a range unfolds into: runs that start at round numbers, cut at the ends of the range.

@example The last block of the registered range is 49000–49151.
*/
export const blocksOf = (range: PortRange): readonly PortInterval[] => {
	const size = blockSizes[range.id];
	const blocks: PortInterval[] = [];
	let first: number = range.first;
	while (first <= range.last) {
		const last = Math.min(range.last, (Math.floor(first / size) + 1) * size - 1);
		blocks.push(interval(first, last));
		first = last + 1;
	}

	return blocks;
};
