import ipaddr from 'ipaddr.js';

/** A literal IP address, as it is dialled. */
export type Address = {
	/** Canonical text; a link-local IPv6 address keeps its zone: `fe80::1%eth0`. */
	readonly text: string;
	readonly family: 4 | 6;
	/** Whether it is this machine's loopback: 127.0.0.0/8 or ::1. */
	readonly isLoopback: boolean;
};

/**
Reads a literal IPv4 (four decimal parts) or IPv6 address (RFC 4291, with an optional zone, RFC 4007).

@returns Undefined when the text is not a literal address. Short forms such as `127.1` are not: tools disagree on what they mean.
*/
export const readAddress = (text: string): Address | undefined => {
	if (ipaddr.IPv4.isValidFourPartDecimal(text)) {
		const address = ipaddr.IPv4.parse(text);
		return {text: address.toString(), family: 4, isLoopback: address.range() === 'loopback'};
	}

	if (ipaddr.IPv6.isValid(text)) {
		const address = ipaddr.IPv6.parse(text);
		return {text: address.toString(), family: 6, isLoopback: address.range() === 'loopback'};
	}

	return undefined;
};

/** Writes an address with a port: `127.0.0.1:22`, `[::1]:22` (RFC 3986, section 3.2.2). */
export const formatEndpoint = ({text, family}: Address, port: number): string => (family === 6 ? `[${text}]:${port}` : `${text}:${port}`);
