import dns from 'node:dns';
import {networkInterfaces} from 'node:os';
import {quoteTyped} from '../port/quote.ts';
import {blockOfAddress, isLinkLocal, needsZone, zoneOf, type AddressBlock} from '../scan/address-block.ts';
import {readAddress, type Address} from '../scan/address.ts';
import {createBlockLookup, subtractBlocks} from '../scan/block-set.ts';
import type {Host} from '../scan/event.ts';
import type {RequestProblem} from '../scan/scan-request.ts';
import {isLocalhostName, type Target} from '../scan/target.ts';

/** Where to scan: hosts that are listed one by one, and blocks of addresses, apart from each other and from the hosts. `unresolved` says of each name that leads nowhere why, beside others that do. */
export type ResolvedTargets =
	| {readonly ok: true; readonly hosts: readonly Host[]; readonly blocks: readonly AddressBlock[]; readonly unresolved?: readonly string[]}
	| {readonly ok: false; readonly problem: RequestProblem};

/** What names are resolved with. */
export type Resolver = {
	/** All literal addresses of a host name, in the resolver's order. Rejects with an error that has a `code`. */
	readonly lookup: (hostName: string) => Promise<readonly string[]>;
	/** The literal addresses of this machine. */
	readonly localAddresses: () => readonly string[];
	/** The interfaces of this machine that a zone may name, by name and by number. */
	readonly zones: () => ReadonlyArray<{readonly name: string; readonly number: number}>;
};

const systemResolver: Resolver = {
	async lookup(hostName) {
		const found = await dns.promises.lookup(hostName, {all: true, verbatim: true});
		return found.map(({address}) => address);
	},
	localAddresses: () => Object.values(networkInterfaces()).flatMap(entries => entries ?? []).map(({address}) => address),
	zones: () => Object.entries(networkInterfaces()).flatMap(([name, entries]) => {
		const entry = entries?.find(({address}) => address.startsWith('fe80:'));
		return entry?.family === 'IPv6' ? [{name, number: entry.scopeid}] : [];
	}),
};

/** So many hosts are listed one by one, in the order they were given; of more, those given by address are blocks of one. */
const mostListed = 1024;

/** Names looked up at once: the system's resolver answers four at a time. */
const lookupsAtOnce = 32;

const quote = (typed: string): string => quoteTyped(typed, 60);

type Family = Address['family'];

const problem = (kind: RequestProblem['kind'], message: string): {readonly ok: false; readonly problem: RequestProblem} => ({ok: false, problem: {kind, message}});

const hostsAt = (hosts: readonly Host[]): ResolvedTargets => ({ok: true, hosts, blocks: []});

/** What is wrong with the zone of an address; undefined where nothing is. */
const zoneProblem = (typed: string, address: Address, zones: ReturnType<Resolver['zones']>): string | undefined => {
	const zone = zoneOf(address);
	const names = zones.map(({name}) => name).join(', ');
	const present = names === '' ? 'this machine has none with a link-local address' : `this machine has ${names}`;
	if (needsZone(address)) {
		return `${quote(typed)} is link-local: say on which interface, such as ${address.text}%${zones[0]?.name ?? 'eth0'}; ${present}.`;
	}

	return zones.some(({name, number}) => zone === name || zone === String(number))
		? undefined
		: `${quote(typed)} names the interface ${quote(zone)}, which cannot be used: ${present}.`;
};

/** Checks that a literal target can be dialled, and is of the family asked for. */
const checkLiteral = (typed: string, first: Address, family: Family | undefined, {zones}: Resolver): RequestProblem | undefined => {
	if (family !== undefined && first.family !== family) {
		return {kind: 'target', message: `${quote(typed)} is an IPv${first.family} address, and -${family} asks for IPv${family} only.`};
	}

	const message = isLinkLocal(first) ? zoneProblem(typed, first, zones()) : undefined;
	return message === undefined ? undefined : {kind: 'target', message};
};

const resolveLocalhost = (typed: string, family: Family | undefined, localAddresses: ReadonlySet<string>): ResolvedTargets => {
	const present = ['127.0.0.1', '::1'].filter(text => localAddresses.has(text));
	const hosts: Host[] = [];
	for (const text of present) {
		const address = readAddress(text)!;
		if (family === undefined || address.family === family) {
			const isAlone = present.length === 1 && address.family === 4;
			hosts.push({target: typed, address, note: isAlone ? 'this machine has no ::1' : null});
		}
	}

	if (hosts.length > 0) {
		return hostsAt(hosts);
	}

	const missing = family === undefined ? 'neither 127.0.0.1 nor ::1' : `no ${family === 4 ? '127.0.0.1' : '::1'}`;
	return problem('resolve', `${quote(typed)} has no address to scan: this machine has ${missing}.`);
};

const lookupSentence = (typed: string, code: string): string => {
	const name = quote(typed);
	switch (code) {
		case 'ENOTFOUND':
		case 'ENODATA': {
			return `${name} does not resolve: no address found (${code}). Check the spelling, or give an IP address.`;
		}

		case 'EAI_AGAIN':
		case 'ETIMEOUT':
		case 'ECONNREFUSED': {
			return `${name} could not be looked up: no name server answers (${code}). Check the network connection, or give an IP address.`;
		}

		default: {
			return `${name} could not be looked up (${code}). Give an IP address instead.`;
		}
	}
};

const resolveName = async (typed: string, hostName: string, family: Family | undefined, lookup: Resolver['lookup']): Promise<ResolvedTargets> => {
	let found: readonly string[];
	try {
		found = await lookup(hostName);
	} catch (error) {
		return problem('resolve', lookupSentence(typed, (error as NodeJS.ErrnoException).code ?? 'UNKNOWN'));
	}

	const all = [...new Set(found)].map(text => readAddress(text)).filter(address => address !== undefined && !needsZone(address)) as Address[];
	const wanted = all.filter(each => family === undefined || each.family === family);
	if (wanted.length > 0) {
		const others = all.filter(each => !wanted.includes(each)).map(({text}) => text);
		return hostsAt(wanted.map(address => ({target: typed, address, note: others.length === 0 ? null : `also at ${others.join(', ')}`})));
	}

	return all.length === 0 || family === undefined
		? problem('resolve', lookupSentence(typed, 'ENOTFOUND'))
		: problem('resolve', `${quote(typed)} has no IPv${family} address, only ${all.map(({text}) => text).join(', ')}.`);
};

const resolveOne = async (target: Target, family: Family | undefined, resolver: Resolver, local: ReadonlySet<string>): Promise<ResolvedTargets> => {
	if (target.kind === 'name') {
		return isLocalhostName(target.hostName)
			? resolveLocalhost(target.text, family, local)
			: resolveName(target.text, target.hostName, family, resolver.lookup);
	}

	const wrong = checkLiteral(target.text, target.kind === 'address' ? target.address : target.block.first, family, resolver);
	if (wrong !== undefined) {
		return {ok: false, problem: wrong};
	}

	return target.kind === 'address' ? hostsAt([{target: target.text, address: target.address, note: null}]) : {ok: true, hosts: [], blocks: [target.block]};
};

/** Names that are told of one by one; a file may hold thousands that lead nowhere. */
const mostUnresolvedTold = 10;

/** A sentence for each name that leads nowhere, as many as are told. */
const describeUnresolved = (problems: readonly RequestProblem[]): readonly string[] => {
	const more = problems.length - mostUnresolvedTold;
	return [...problems.slice(0, mostUnresolvedTold).map(({message}) => message), ...(more > 0 ? [`${more} more ${more === 1 ? 'name does' : 'names do'} not resolve.`] : [])];
};

/**
Resolves all targets, some at a time. Literal ones, of which a file may hold a million, cost no promise each.

@param passesOver - Whether a name that does not resolve is passed over, as long as anything is left.
*/
const resolveAll = async (targets: readonly Target[], family: Family | undefined, resolver: Resolver, passesOver: boolean): Promise<ResolvedTargets> => {
	const local = new Set(resolver.localAddresses());
	const hosts: Host[] = [];
	const blocks: AddressBlock[] = [];
	const unresolved: RequestProblem[] = [];
	for (let start = 0; start < targets.length; start += lookupsAtOnce) {
		for (const answer of await Promise.all(targets.slice(start, start + lookupsAtOnce).map(async target => resolveOne(target, family, resolver, local)))) {
			if (!answer.ok && (!passesOver || answer.problem.kind !== 'resolve')) {
				return answer;
			}

			if (!answer.ok) {
				unresolved.push(answer.problem);
				continue;
			}

			blocks.push(...answer.blocks);
			for (const host of answer.hosts) {
				if (hosts.length < mostListed) {
					hosts.push(host);
				} else {
					blocks.push(blockOfAddress(host.target, host.address));
				}
			}
		}
	}

	const told = describeUnresolved(unresolved);
	return unresolved.length > 0 && hosts.length === 0 && blocks.length === 0 ? problem('resolve', told.join('\n')) : {ok: true, hosts, blocks, ...(told.length > 0 && {unresolved: told})};
};

export type ResolveOptions = {
	/** Only addresses of this family. */
	readonly family?: Family | undefined;
	/** What is not to be scanned, whatever the targets say. */
	readonly exclude?: readonly Target[] | undefined;
};

/** An exclusion is of any family, none is passed over, and a link-local one without a zone holds on every interface. */
const resolveExclusions = async (exclude: readonly Target[], resolver: Resolver): Promise<ResolvedTargets> => {
	const literal = exclude.flatMap(target => (target.kind === 'name' ? [] : [target.kind === 'block' ? target.block : blockOfAddress(target.text, target.address)]));
	const named = await resolveAll(exclude.filter(({kind}) => kind === 'name'), undefined, resolver, false);
	return named.ok ? {ok: true, hosts: [], blocks: [...literal, ...named.blocks, ...named.hosts.map(({target, address}) => blockOfAddress(target, address))]} : named;
};

/**
Turns targets into addresses to dial. Each name is looked up once and stands for all of its addresses; `localhost` is not looked up, and means both loopback addresses.

A name that leads nowhere is passed over, and told, as long as any other target is left. An excluded one is not: nobody could tell what must not be scanned.

@returns The hosts in the order of the targets and the blocks, each address once, or the problem of the first target that cannot be passed over. Never rejects for what a name server says.
*/
export const resolveTargets = async (targets: readonly Target[], {family, exclude = []}: ResolveOptions = {}, resolver: Resolver = systemResolver): Promise<ResolvedTargets> => {
	const [resolved, excluded] = await Promise.all([resolveAll(targets, family, resolver, true), resolveExclusions(exclude, resolver)]);
	if (!resolved.ok || !excluded.ok) {
		return resolved.ok ? excluded : resolved;
	}

	const isExcluded = createBlockLookup(excluded.blocks);
	const hosts = new Map<string, Host>();
	for (const host of resolved.hosts) {
		if (!hosts.has(host.address.text) && !isExcluded(host.address)) {
			hosts.set(host.address.text, host);
		}
	}

	const listed = [...hosts.values()].map(({target, address}) => blockOfAddress(target, address));
	const blocks = subtractBlocks(resolved.blocks, [...excluded.blocks, ...listed]);
	return hosts.size === 0 && blocks.length === 0
		? problem('target', 'Nothing is left to scan: every address asked for is taken away by --exclude, or by scan.exclude of the config.')
		: {ok: true, hosts: [...hosts.values()], blocks, ...(resolved.unresolved && {unresolved: resolved.unresolved})};
};
