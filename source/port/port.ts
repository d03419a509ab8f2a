/** A TCP or UDP port number: an integer from 0 to 65535 (RFC 9293, section 3.1: 16 bits). */
export type Port = number & {readonly brand: 'Port'};

/** The transports IANA registers ports for, in the order they are shown. */
export const transports = ['tcp', 'udp', 'sctp', 'dccp'] as const;
export type Transport = (typeof transports)[number];

export const lastPort = 65_535 as Port;

/** How many ports there are: 65,536, port 0 counted. */
export const portCount = lastPort + 1;

export const isPort = (value: number): value is Port => Number.isInteger(value) && value >= 0 && value <= lastPort;

/**
Turns a number that is known to be a port into a `Port`.

For numbers that a person typed use `parsePortSet`, which answers with a sentence.

@throws RangeError when the number is not a port: a bug of the caller.
*/
export const toPort = (value: number): Port => {
	if (!isPort(value)) {
		throw new RangeError(`${value} is not a port (0–${lastPort})`);
	}

	return value;
};
