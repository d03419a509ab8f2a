import {domainToASCII} from 'node:url';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {parseBlock, type AddressBlock} from './address-block.ts';
import {readAddress, type Address} from './address.ts';

/** What to scan, as it was typed: a literal address, a block of them, or a name that is still to be resolved. */
export type Target =
	| {readonly kind: 'address'; readonly text: string; readonly address: Address}
	| {readonly kind: 'block'; readonly text: string; readonly block: AddressBlock}
	| {readonly kind: 'name'; readonly text: string; readonly hostName: string};

/** Longest host name, in characters of its ASCII form (RFC 1035, section 2.3.4). */
const longestName = 253;

const label = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/;

const isHostName = (name: string): boolean => {
	const withoutRoot = name.replace(/\.$/, '');
	const labels = withoutRoot.split('.');
	return withoutRoot.length <= longestName && labels.every(each => label.test(each)) && !/^\d+$/.test(labels.at(-1)!);
};

const quote = (text: string): string => quoteTyped(text, 60);
const unquoted = (text: string): string => quote(text).slice(1, -1);

/**
Parses one target: a name, an IPv4 or an IPv6 address (brackets allowed), or a block of addresses (see `parseBlock`).

@returns The target, or one sentence that says how to write it. Never throws.
*/
export const parseTarget = (text: string): Parsed<Target> => {
	const typed = text.trim();
	if (typed === '') {
		return rejected('The target is empty: write a host name or an IP address, such as localhost.');
	}

	const bare = /^\[(.*)]$/.exec(typed)?.[1] ?? typed;
	const address = readAddress(bare);
	if (address) {
		return parsed({kind: 'address', text: typed, address});
	}

	const url = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*]|[^/?#:]*)/i.exec(typed);
	if (url) {
		return rejected(`${quote(typed)} is a URL, not a host: write ${unquoted(url[1]!) || 'the host name alone'}.`);
	}

	const withPort = /^(\[[^\]]+]|[^:\s]+):(\d+)$/.exec(typed);
	if (withPort) {
		return rejected(`${quote(typed)} has a port in it: write the host as ${unquoted(withPort[1]!)} and the port as -p ${withPort[2]}.`);
	}

	const block = parseBlock(typed);
	if (block !== undefined) {
		return block.ok ? parsed({kind: 'block', text: typed, block: block.value}) : block;
	}

	if (/^[\d.]+$/.test(typed)) {
		return rejected(`${quote(typed)} is not an IPv4 address: write four numbers from 0 to 255, such as 192.0.2.1.`);
	}

	// `domainToASCII` reads the host of a URL: it drops tabs and all from a slash on, and decodes percents.
	const hostName = /[\s/\\?#%@:]/.test(typed) ? '' : domainToASCII(typed).toLowerCase();
	if (hostName === '' || !isHostName(hostName)) {
		return rejected(`${quote(typed)} is not a host name or an IP address: write one such as localhost, example.com, 192.0.2.1 or 2001:db8::1.`);
	}

	return parsed({kind: 'name', text: typed, hostName});
};

/** Whether a name means this machine's loopback whatever a resolver says (RFC 6761, section 6.3). */
export const isLocalhostName = (hostName: string): boolean => /^(?:.+\.)?localhost\.?$/.test(hostName);
