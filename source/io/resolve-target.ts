import dns from 'node:dns';
import {networkInterfaces} from 'node:os';
import {quoteTyped} from '../port/quote.ts';
import {readAddress, type Address} from '../scan/address.ts';
import type {Host} from '../scan/event.ts';
import type {RequestProblem} from '../scan/scan-request.ts';
import {isLocalhostName, type Target} from '../scan/target.ts';

export type ResolvedTargets = {readonly ok: true; readonly hosts: readonly Host[]} | {readonly ok: false; readonly problem: RequestProblem};

/** What names are resolved with. */
export type Resolver = {
	/** All literal addresses of a host name, in the resolver's order. Rejects with an error that has a `code`. */
	readonly lookup: (hostName: string) => Promise<readonly string[]>;
	/** The literal addresses of this machine. */
	readonly localAddresses: () => readonly string[];
};

const systemResolver: Resolver = {
	async lookup(hostName) {
		const found = await dns.promises.lookup(hostName, {all: true, verbatim: true});
		return found.map(({address}) => address);
	},
	localAddresses: () => Object.values(networkInterfaces()).flatMap(entries => entries ?? []).map(({address}) => address),
};

const quote = (typed: string): string => quoteTyped(typed, 60);

type Family = Address['family'];

const problem = (kind: RequestProblem['kind'], message: string): {readonly ok: false; readonly problem: RequestProblem} => ({ok: false, problem: {kind, message}});

const hostsAt = (hosts: readonly Host[]): ResolvedTargets => ({ok: true, hosts});

/** A link-local address means another machine on every interface (RFC 4007), so without its zone it cannot be dialled. */
const needsZone = ({text, family}: Address): boolean => family === 6 && /^fe[89ab]/i.test(text) && !text.includes('%');

const resolveAddress = (typed: string, address: Address, family: Family | undefined): ResolvedTargets => {
	if (family !== undefined && address.family !== family) {
		return problem('target', `${quote(typed)} is an IPv${address.family} address, and -${family} asks for IPv${family} only.`);
	}

	if (needsZone(address)) {
		return problem('target', `${quote(typed)} is a link-local address: say by which interface, such as ${address.text}%eth0.`);
	}

	return hostsAt([{target: typed, address, note: null}]);
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

	const addresses = found.map(text => readAddress(text)).filter(address => address !== undefined && !needsZone(address)) as Address[];
	const address = addresses.find(each => family === undefined || each.family === family);
	if (address !== undefined) {
		const others = [...new Set(addresses.map(({text}) => text))].filter(text => text !== address.text);
		return hostsAt([{target: typed, address, note: others.length === 0 ? null : `also at ${others.join(', ')}`}]);
	}

	return addresses.length === 0 || family === undefined
		? problem('resolve', lookupSentence(typed, 'ENOTFOUND'))
		: problem('resolve', `${quote(typed)} has no IPv${family} address, only ${addresses.map(({text}) => text).join(', ')}.`);
};

/**
Turns targets into addresses to dial. Each name is looked up once; `localhost` is not looked up, and means both loopback addresses.

@param family - Only addresses of this family.
@returns The hosts in the order of the targets, each address once, or the problem of the first target that has one. Never rejects for what a name server says.
*/
export const resolveTargets = async (targets: readonly Target[], family?: Family, {lookup, localAddresses}: Resolver = systemResolver): Promise<ResolvedTargets> => {
	const local = new Set(localAddresses());
	const answers = await Promise.all(targets.map(async target => {
		if (target.kind === 'address') {
			return resolveAddress(target.text, target.address, family);
		}

		return isLocalhostName(target.hostName)
			? resolveLocalhost(target.text, family, local)
			: resolveName(target.text, target.hostName, family, lookup);
	}));

	const hosts = new Map<string, Host>();
	for (const answer of answers) {
		if (!answer.ok) {
			return answer;
		}

		for (const host of answer.hosts) {
			if (!hosts.has(host.address.text)) {
				hosts.set(host.address.text, host);
			}
		}
	}

	return hostsAt([...hosts.values()]);
};
