import ipaddr from 'ipaddr.js';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {readAddress, type Address} from './address.ts';

/** A run of neighbouring addresses, both ends included, of one family and one zone. */
export type AddressBlock = {
	/** What was typed for it. */
	readonly target: string;
	readonly first: Address;
	readonly last: Address;
};

const bitsOf: Readonly<Record<Address['family'], number>> = {4: 32, 6: 128};

/** The zone of an address (RFC 4007, section 11), which names an interface; empty where it has none. */
export const zoneOf = ({text}: Address): string => /%(.*)$/.exec(text)?.[1] ?? '';

/** Whether an address is of fe80::/10 (RFC 4291, section 2.5.6). Those of IPv4 have no zone, and the system picks the interface. */
export const isLinkLocal = ({text, family}: Address): boolean => family === 6 && /^fe[89ab]/i.test(text);

/** A link-local address means another machine on every interface (RFC 4007), so without its zone it cannot be dialled. */
export const needsZone = (address: Address): boolean => isLinkLocal(address) && !address.text.includes('%');

/** An address as the number it is: 32 bits of IPv4, 128 of IPv6. */
export const numberOf = ({text, family}: Address): bigint =>
	family === 4
		? ipaddr.IPv4.parse(text).octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n)
		: ipaddr.IPv6.parse(text.replace(/%.*$/, '')).parts.reduce((sum, part) => sum * 65_536n + BigInt(part), 0n);

const textOfIpv6 = (value: bigint, zone: string): string => {
	const parts = Array.from({length: 8}, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xFF_FFn));
	return new ipaddr.IPv6(parts).toString() + (zone === '' ? '' : `%${zone}`);
};

/** Undoes `numberOf`. A number of IPv6 that stands for an IPv4 address (`::ffff:192.0.2.1`) gives that one, as everywhere. */
export const addressAt = (family: Address['family'], value: bigint, zone = ''): Address => {
	if (family === 4) {
		const number = Number(value);
		const first = Math.floor(number / 2 ** 24);
		return {text: `${first}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`, family, isLoopback: first === 127};
	}

	return readAddress(textOfIpv6(value, zone))!;
};

/** The end of a block. Unlike an address to dial it stays IPv6, also where it stands for one of IPv4: `::/80` ends there, and begins elsewhere. */
export const endAt = (family: Address['family'], value: bigint, zone: string): Address =>
	family === 4 ? addressAt(family, value) : {text: textOfIpv6(value, zone), family, isLoopback: value === 1n};

/** How many addresses a block has. */
export const sizeOfBlock = ({first, last}: AddressBlock): bigint => numberOf(last) - numberOf(first) + 1n;

export const blockOfAddress = (target: string, address: Address): AddressBlock => ({target, first: address, last: address});

const quote = (text: string): string => quoteTyped(text, 60);

const howToWrite = 'write 192.0.2.0/24, 192.0.2.1-20 or 192.0.2.1-192.0.2.20';

const unbracketed = (text: string): string => /^\[(.*)]$/.exec(text)?.[1] ?? text;

/** The block of all addresses that begin like this one (RFC 4632, section 3.1). What the address has beyond its prefix is left out. */
const prefixBlock = (target: string, address: Address, prefix: number): AddressBlock => {
	const size = 1n << BigInt(bitsOf[address.family] - prefix);
	const first = numberOf(address) / size * size;
	const zone = zoneOf(address);
	return {target, first: endAt(address.family, first, zone), last: endAt(address.family, first + size - 1n, zone)};
};

const parsePrefix = (typed: string): Parsed<AddressBlock> | undefined => {
	const [, left = '', length = ''] = /^(.*)\/(\d{1,4})$/.exec(typed) ?? [];
	const address = readAddress(unbracketed(left));
	if (address === undefined) {
		return /^[\d.]+$/.test(left) || /^[\da-f.:]*:[\da-f.:]*$/i.test(left) ? rejected(`${quote(typed)} is not a block of addresses: ${howToWrite}.`) : undefined;
	}

	// An IPv4 address that was written as IPv6 has the prefix of one.
	const prefix = Number(length) - (address.family === 4 && left.includes(':') ? 96 : 0);
	return prefix < 0 || prefix > bitsOf[address.family]
		? rejected(`${quote(typed)} is not a block of addresses: the prefix of IPv${address.family} goes from 0 to ${bitsOf[address.family]}.`)
		: parsed(prefixBlock(typed, address, prefix));
};

const lastOf = (first: Address, right: string): Address | undefined =>
	first.family === 4 && /^\d{1,3}$/.test(right) ? readAddress(first.text.replace(/\d+$/, right)) : readAddress(unbracketed(right));

const parseRange = (typed: string): Parsed<AddressBlock> | undefined => {
	const [, left = '', right = ''] = /^([^-]+)-(.*)$/.exec(typed) ?? [];
	const first = readAddress(unbracketed(left));
	if (first === undefined || (first.family === 4 && /[^\d.:]/.test(right) && readAddress(unbracketed(right)) === undefined)) {
		// `10.0.0.1-a` may be a host's name.
		return undefined;
	}

	const last = lastOf(first, right);
	if (last === undefined) {
		return rejected(`${quote(typed)} is not a range of addresses: ${howToWrite}.`);
	}

	// A zone is read to the end of the text, so one zone for both stands there.
	if (first.family !== last.family || (zoneOf(first) !== '' && zoneOf(first) !== zoneOf(last))) {
		return rejected(`${quote(typed)} is not a range of addresses: both ends must be of one family and one zone.`);
	}

	return numberOf(last) < numberOf(first)
		? rejected(`${quote(typed)} runs backwards: write the lower address first.`)
		: parsed({target: typed, first: endAt(first.family, numberOf(first), zoneOf(last)), last});
};

/**
Parses a block of addresses: a prefix (`10.0.0.0/8`, `2001:db8::/64`), a range of the last octet (`10.0.0.1-20`) or one with two ends (`10.0.0.1-10.0.1.20`).

@returns Undefined when the text does not look like one.
*/
export const parseBlock = (typed: string): Parsed<AddressBlock> | undefined => {
	if (/^\d+(?:\.(?:\d+|\*)){3}$/.test(typed) && typed.includes('*')) {
		const stars = typed.split('*').length - 1;
		return rejected(typed.endsWith('.*'.repeat(stars))
			? `${quote(typed)} has a star in it: write ${typed.replaceAll('*', '0')}/${32 - 8 * stars}.`
			: `${quote(typed)} has a star in it: ${howToWrite}.`);
	}

	return typed.includes('/') ? parsePrefix(typed) : parseRange(typed);
};
