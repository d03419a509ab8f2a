import ipaddr from 'ipaddr.js';
import type {Vantage} from '../registry/registry.ts';
import type {Address} from './address.ts';

/**
Where a listener at an address can be reached from, as far as the address alone tells.

An unspecified address (`0.0.0.0`, `::`) is dialled as loopback. Private, unique local and link-local addresses (RFC 1918, RFC 4193, RFC 3927, RFC 4291) are the LAN; every other one is the internet, which is the careful answer: a router may forward to it.
*/
export const vantageOf = ({text}: Address): Vantage => {
	// `process` unwraps an IPv4 address that is written as IPv6 (`::ffff:127.0.0.1`); of zones it knows but a few.
	const range = ipaddr.process(text.replace(/%.*$/, '')).range();
	switch (range) {
		case 'loopback':
		case 'unspecified': {
			return 'loopback';
		}

		case 'private':
		case 'uniqueLocal':
		case 'linkLocal': {
			return 'lan';
		}

		default: {
			return 'internet';
		}
	}
};
