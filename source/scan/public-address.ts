import {blockOfAddress, numberOf, parseBlock, zoneOf, type AddressBlock} from './address-block.ts';
import {subtractBlocks} from './block-set.ts';
import type {HostList} from './host-sequence.ts';

/**
Addresses that do not lead to a stranger's machine on the internet, from the registries of special-purpose addresses (RFC 6890): this machine's own, private and shared ones, link-local, documentation, benchmarking, and those no host has.

What only leads elsewhere (6to4, Teredo, NAT64) is public, like the address behind it.
*/
const notPublic: readonly AddressBlock[] = [
	'0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3',
	'::/128', '::1/128', '100::/64', '2001:2::/48', '2001:db8::/32', '3fff::/20', 'fc00::/7', 'fe80::/10', 'ff00::/8',
].map(text => {
	const block = parseBlock(text);
	if (block?.ok !== true) {
		throw new Error(`${text} is no block`);
	}

	return block.value;
});

/** A block with a zone is link-local, unless someone wrote a zone that means nothing. */
const withoutZone = (block: AddressBlock): AddressBlock =>
	zoneOf(block.first) === '' ? block : {...block, first: {...block.first, text: block.first.text.replace(/%.*$/, '')}, last: {...block.last, text: block.last.text.replace(/%.*$/, '')}};

/** Tells of a list the first public address, with what was typed for it; undefined when there is none. */
export const findPublic = ({hosts, blocks = []}: HostList): string | undefined => {
	const all = [...hosts.map(({target, address}) => blockOfAddress(target, address)), ...blocks];
	const [found] = subtractBlocks(all.map(block => withoutZone(block)), notPublic);
	if (found === undefined) {
		return undefined;
	}

	const {target, first, last} = found;
	const addresses = numberOf(first) === numberOf(last) ? first.text : `${first.text} and others`;
	return target === first.text ? target : `${target} (${addresses})`;
};
