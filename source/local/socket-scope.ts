import ipaddr from 'ipaddr.js';
import type {Vantage} from '../registry/registry.ts';
import type {SocketScope} from './local-socket.ts';

/** Ranges that no router of the internet forwards to: private and shared addresses (RFC 1918, RFC 6598, RFC 4193), and what stays on the link (RFC 3927, RFC 4291). */
const privateRanges: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'uniqueLocal', 'linkLocal', 'broadcast']);

/** Multicast that stays on the link or the site: 224.0.0.0/24, 239.0.0.0/8 (RFC 5771, RFC 2365), ff01:: to ff05:: (RFC 7346). */
const nearMulticast = /^(?:224\.0\.0\.|239\.|ff[\da-f][1-5]:)/;

/**
Tells from the address a socket is bound to who can reach it.

An IPv4 address written as IPv6 (`::ffff:127.0.0.1`) is that IPv4 address. What is no known private range counts as public, which is the careful answer.

@param address - A literal address, with or without a zone; `*` is every interface.
*/
export const scopeOf = (address: string): SocketScope => {
	if (address === '*') {
		return 'every-interface';
	}

	const bare = address.replace(/%.*$/, '');
	if (!ipaddr.isValid(bare)) {
		return 'public';
	}

	const literal = ipaddr.process(bare);
	const range = literal.range();
	if (range === 'unspecified') {
		return 'every-interface';
	}

	if (range === 'loopback') {
		return 'loopback';
	}

	return privateRanges.has(range) || (range === 'multicast' && nearMulticast.test(literal.toString())) ? 'private' : 'public';
};

/** From where a socket of that scope can be reached at worst: every interface counts as the internet, if nothing in between filters. */
export const vantageOfScope = (scope: SocketScope): Vantage => (scope === 'loopback' ? 'loopback' : (scope === 'private' ? 'lan' : 'internet'));
