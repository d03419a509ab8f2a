import {isPort, toPort, type Port, type Transport} from '../../source/port/port.ts';
import type {CommonUse, Exposure, PortFacts, Registry, RegistryEntry} from '../../source/registry/registry.ts';

/** What a fake registry knows of one port. */
export type FakePort = {
	readonly name: string;
	readonly description?: string;
	readonly transports?: readonly Transport[];
	readonly commonly?: readonly CommonUse[];
	readonly exposure?: readonly Exposure[];
};

/** A handful of ports that everybody knows, and two that share a name. */
export const wellKnownPorts: Readonly<Record<number, FakePort>> = {
	22: {name: 'ssh', description: 'Secure Shell'},
	80: {name: 'http', description: 'World Wide Web HTTP', transports: ['tcp', 'udp']},
	443: {name: 'https', description: 'HTTP over TLS'},
	5432: {name: 'postgresql', description: 'PostgreSQL Database'},
	8080: {name: 'http', description: 'HTTP Alternate'},
};

const nobody: RegistryEntry = {name: null, aliases: [], transports: [], status: 'unassigned', description: 'Unassigned'};

const entryOf = ({name, description = '', transports = ['tcp']}: FakePort): RegistryEntry => ({name, aliases: [], transports, status: 'assigned', description});

/** A registry of a few ports. Its search finds numbers by their beginning, names and descriptions by a part of them; whole matches first. */
export const createFakeRegistry = (ports: Readonly<Record<number, FakePort>> = wellKnownPorts): Registry => {
	const known = Object.entries(ports).map(([number, port]) => ({port: toPort(Number(number)), ...port}));
	const rankOf = (port: Port, name: string, description: string, query: string): number => {
		if (String(port) === query || name === query) {
			return 2;
		}

		return String(port).startsWith(query) || `${name} ${description.toLowerCase()}`.includes(query) ? 1 : 0;
	};

	return {
		nameCount: new Set(known.map(({name}) => name)).size,
		origin: 'a fake registry',
		date: '2026-01-31',
		clientRanges: [],
		topPorts: [80, 22, 443].map(port => toPort(port)),
		lookup(port): PortFacts {
			const fake = ports[port];
			return {port, entries: [fake === undefined ? nobody : entryOf(fake)], purposes: [], commonly: fake?.commonly ?? [], exposure: fake?.exposure ?? [], isBlockedByBrowsers: false, clientRanges: []};
		},
		portsNamed: name => known.filter(each => each.name === name.toLowerCase()).map(({port}) => port),
		nearestName: name => (name === 'htpp' ? 'http' : undefined),
		correct: () => undefined,
	findUnknownFilter: () => undefined,
	listFilters: () => [],
		prepareSearch() {},
		search(typed) {
			const query = typed.trim().toLowerCase();
			const ranked = known.map(({port, name, description = ''}) => ({port, rank: rankOf(port, name, description, query)}));
			// A number that nobody registered is a port all the same.
			const number = /^\d+$/.test(query) ? Number(query) : -1;
			const bare = isPort(number) && ports[number] === undefined ? [number] : [];
			return [...bare, ...ranked.filter(({rank}) => rank > 0).sort((one, other) => other.rank - one.rank || one.port - other.port).map(({port}) => port)];
		},
	};
};
