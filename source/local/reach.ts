import ipaddr from 'ipaddr.js';
import type {Port} from '../port/port.ts';
import type {LocalSocket} from './local-socket.ts';

/** What a connect from this machine to one of its own addresses found. `state` and `reason` are the words of a scan. */
export type ReachAt = {readonly address: string; readonly state: 'open' | 'closed' | 'filtered' | 'unknown'; readonly reason: string};

/** What was found at an address and port; undefined where it was not tried. */
export type Probed = (address: string, port: Port) => ReachAt | undefined;

const withoutZone = (address: string): string => address.replace(/%.*$/, '');

/** The IPv4 address that an IPv6 one stands for (`::ffff:127.0.0.1`), else the address itself. */
const plain = (address: string): string => {
	const bare = withoutZone(address);
	return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
};

const isIpv6 = (address: string): boolean => address.includes(':');

/** Whether an address is this machine's loopback. */
export const isLoopbackAddress = (address: string): boolean => {
	const bare = withoutZone(address);
	return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback';
};

/**
The addresses of this machine at which a listener would answer if nothing filtered.

One bound to `::` may take IPv4 too: it is tried there unless an IPv4 socket has the port, which would answer in its place.
*/
const addressesFor = (socket: LocalSocket, sockets: readonly LocalSocket[], ownAddresses: readonly string[]): readonly string[] => {
	if (socket.scope !== 'every-interface') {
		// A loopback address is this machine's though no interface names it (all of 127.0.0.0/8 is); any other may be bound and be another machine's.
		const bound = plain(socket.address);
		const own = ownAddresses.filter(address => plain(address) === bound);
		return own.length > 0 ? own : (isLoopbackAddress(bound) ? [bound] : []);
	}

	const isTakenOverIpv4 = sockets.some(({transport, state, family, port}) => transport === socket.transport && state === 'listening' && family === 4 && port === socket.port);
	return ownAddresses.filter(address => (isIpv6(address) ? socket.family === 6 : socket.family === 4 || !isTakenOverIpv4));
};

/** What is to be tried to learn where listeners answer: addresses of this machine alone. */
export const reachTargets = (sockets: readonly LocalSocket[], ownAddresses: readonly string[]): {readonly addresses: readonly string[]; readonly ports: readonly Port[]} => {
	const listening = sockets.filter(({transport, state}) => transport === 'tcp' && state === 'listening');
	return {
		addresses: [...new Set(listening.flatMap(socket => addressesFor(socket, sockets, ownAddresses)))],
		ports: [...new Set(listening.map(({port}) => port))],
	};
};

/** Where a TCP listener answered and where it did not; undefined for any other socket. */
export const reachOf = (socket: LocalSocket, sockets: readonly LocalSocket[], ownAddresses: readonly string[], probed: Probed): readonly ReachAt[] | undefined => {
	if (socket.transport !== 'tcp' || socket.state !== 'listening') {
		return undefined;
	}

	return addressesFor(socket, sockets, ownAddresses).map(address => probed(address, socket.port)).filter(found => found !== undefined);
};
