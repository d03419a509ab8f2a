import {isPort, type Port} from '../port/port.ts';
import {contains, interval, type PortInterval} from '../port/port-range.ts';

/** The ports that this machine hands to clients, as its own settings say. */
export type OwnClientRange = PortInterval & {
	/** Ports in the range that are never handed out (Linux, `ip_local_reserved_ports`). */
	readonly reserved: readonly PortInterval[];
	/** The file or command that said so, for the reader. */
	readonly readFrom: string;
};

/** How a port stands to this machine's client range. */
export type ClientRangeStanding = 'inside' | 'reserved' | 'outside';

export const standingOf = (range: OwnClientRange, port: Port): ClientRangeStanding => {
	if (!contains(range, port)) {
		return 'outside';
	}

	return range.reserved.some(each => contains(each, port)) ? 'reserved' : 'inside';
};

/** An interval of two numbers; undefined where one is no port or the range runs backwards, as no system sets it. */
const intervalOf = (first: number, last: number): PortInterval | undefined =>
	(isPort(first) && isPort(last) && first <= last ? interval(first, last) : undefined);

/** Parses a first and a last port with white space between: `/proc/sys/net/ipv4/ip_local_port_range`, or what `sysctl -n` prints of two settings, a line each. */
export const parsePortPair = (text: string): PortInterval | undefined => {
	const [, first, last] = /^\s*(\d{1,5})\s+(\d{1,5})\s*$/.exec(text) ?? [];
	return intervalOf(Number(first), Number(last));
};

/** Parses `/proc/sys/net/ipv4/ip_local_reserved_ports`: `8080,9148-9150`, or an empty line. What cannot be read is left out. */
export const parseReservedPorts = (text: string): readonly PortInterval[] => text.trim().split(',').flatMap(item => {
	const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(item.trim()) ?? [];
	return intervalOf(Number(first), Number(last)) ?? [];
});

/**
Parses `netsh int ipv4 show dynamicport tcp`: the first port and how many there are.

Its words are in the language of the system, so only the two numbers count, in the order they stand: both follow a colon.
*/
export const parseDynamicPort = (text: string): PortInterval | undefined => {
	const [first, count] = [...text.matchAll(/:\s*(\d{1,5})\s*$/gm)].map(([, digits]) => Number(digits));
	return first === undefined || count === undefined || count === 0 ? undefined : intervalOf(first, first + count - 1);
};
