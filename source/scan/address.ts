import ipaddr from 'ipaddr.js';

/** A literal IP address, as it is dialled. */
export type Address = {
	/** Canonical text; a link-local IPv6 address keeps its zone: `fe80::1%eth0`. */
	readonly text: string;
	readonly family: 4 | 6;
	/** Whether it is this machine's loopback: 127.0.0.0/8 or ::1. */
	readonly isLoopback: boolean;
};

/** An IPv6 address and its zone (RFC 4007, section 11), which names an interface: `eth0.100`, `br-0a1b2c`, `3`. */
const zoned = /^([^%]*)(?:%([\da-z.:-]+))?$/i;

/** The four decimal parts that an IPv6 address may end in (RFC 4291, section 2.2.3), as two groups; other ends with dots stay as they are. */
const withoutDots = (text: string): string => text.replace(/[^:]*\.[^:]*$/, end => {
	if (!ipaddr.IPv4.isValidFourPartDecimal(end)) {
		return end;
	}

	const [first = 0, second = 0, third = 0, fourth = 0] = ipaddr.IPv4.parse(end).octets;
	return `${(first * 256 + second).toString(16)}:${(third * 256 + fourth).toString(16)}`;
});

/**
Reads a literal IPv4 (four decimal parts) or IPv6 address (RFC 4291, with an optional zone, RFC 4007).

The zone and an IPv4 end are read here: `ipaddr.js` knows few zones, takes octal and hexadecimal parts, and reads `::1.2.3.4` as `::ffff:1.2.3.4`, which is another host.

@returns Undefined when the text is not a literal address. Short forms such as `127.1` are not: tools disagree on what they mean.
*/
export const readAddress = (text: string): Address | undefined => {
	if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
		const address = ipaddr.IPv4.parse(text);
		return {text: address.toString(), family: 4, isLoopback: address.range() === 'loopback'};
	}

	const [, typed = '', zone] = zoned.exec(text) ?? [];
	const groups = withoutDots(typed);
	if (!groups.includes('.') && ipaddr.IPv6.isValid(groups)) {
		const address = ipaddr.IPv6.parse(groups);
		if (address.isIPv4MappedAddress()) {
			// The same host by its other name: a socket that dials it speaks IPv4 (RFC 4291, section 2.5.5.2).
			return readAddress(address.toIPv4Address().toString());
		}

		return {text: zone === undefined ? address.toString() : `${address.toString()}%${zone}`, family: 6, isLoopback: address.range() === 'loopback'};
	}

	return undefined;
};

/** Writes an address with a port: `127.0.0.1:22`, `[::1]:22` (RFC 3986, section 3.2.2). */
export const formatEndpoint = ({text, family}: Address, port: number): string => (family === 6 ? `[${text}]:${port}` : `${text}:${port}`);
