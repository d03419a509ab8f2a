import {lastPort, portCount, toPort, type Port} from './port.ts';
import {sizeOf, type PortInterval} from './port-range.ts';

/** A set of ports, kept as sorted intervals that neither touch nor overlap. */
export type PortSet = {readonly intervals: readonly PortInterval[]; readonly size: number};

export const emptyPortSet: PortSet = {intervals: [], size: 0};

const fromMembership = (isMember: Uint8Array): PortSet => {
	const intervals: PortInterval[] = [];
	let first = isMember.indexOf(1);
	while (first !== -1) {
		const end = isMember.indexOf(0, first);
		const last = end === -1 ? lastPort : end - 1;
		intervals.push({first: toPort(first), last: toPort(last)});
		first = end === -1 ? -1 : isMember.indexOf(1, end);
	}

	return {intervals, size: intervals.reduce((sum, each) => sum + sizeOf(each), 0)};
};

/** The set of all ports in `included`, without those in `excluded`. Intervals may come in any order and overlap. */
export const portSetOf = (included: Iterable<PortInterval>, excluded: Iterable<PortInterval> = []): PortSet => {
	const isMember = new Uint8Array(portCount);
	for (const {first, last} of included) {
		isMember.fill(1, first, last + 1);
	}

	for (const {first, last} of excluded) {
		isMember.fill(0, first, last + 1);
	}

	return fromMembership(isMember);
};

/** The set of single ports. */
export const portSetOfPorts = (ports: Iterable<Port>): PortSet => portSetOf(Array.from(ports, port => ({first: port, last: port})));

/** The ports of a set, lowest first. */
export function * portsOf({intervals}: PortSet): Generator<Port> {
	for (const {first, last} of intervals) {
		for (let port: number = first; port <= last; port++) {
			yield port as Port;
		}
	}
}

/** Writes a set the shortest way `parsePortSet` reads: `22,80-90`. */
export const formatPortSet = ({intervals}: PortSet): string =>
	intervals.map(({first, last}) => (first === last ? String(first) : `${first}-${last}`)).join(',');

/** Reads what `formatPortSet` writes. For text of a person use `parsePortSet`. */
export const readPortSet = (text: string): PortSet => portSetOf(text.split(',').filter(item => item !== '').map(item => {
	const [first, last = first] = item.split('-').map(Number);
	return {first: toPort(first!), last: toPort(last!)};
}));

/** The place of each port in a set, lowest first: for columns that have room for the ports of the set alone. */
export type PortPlaces = {
	readonly count: number;
	/** Undefined for a port outside the set. */
	readonly placeOf: (port: Port) => number | undefined;
	readonly portAt: (place: number) => Port;
};

export const createPortPlaces = (ports: PortSet): PortPlaces => {
	const listed = Uint16Array.from(portsOf(ports));
	/** One more than the place; zero for none. */
	const places = new Uint32Array(ports.size === 0 ? 0 : listed.at(-1)! + 1);
	for (const [place, port] of listed.entries()) {
		places[port] = place + 1;
	}

	return {
		count: ports.size,
		placeOf(port) {
			const place = places[port] ?? 0;
			return place === 0 ? undefined : place - 1;
		},
		portAt: place => listed[place] as Port,
	};
};
