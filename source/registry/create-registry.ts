import {contains, rangeOf} from '../port/port-range.ts';
import {portCount, transports, type Port} from '../port/port.ts';
import {createNameIndex} from './names.ts';
import {statuses, type CommonUse, type Exposure, type PortFacts, type Purpose, type Registry, type RegistryEntry} from './registry.ts';
import type {RecordTable} from './record-table.ts';
import type {Registration, RegistryTables} from './registry-tables.ts';
import {createSearch, type Search} from './search.ts';

/** What is said of a port that no record names. IANA lists such ports only as ranges, so no transport is claimed. */
const withoutRecord: Readonly<Record<'unassigned' | 'dynamic', readonly RegistryEntry[]>> = {
	unassigned: [{name: null, aliases: [], transports: [], status: 'unassigned', description: 'Unassigned'}],
	dynamic: [{name: null, aliases: [], transports: [], status: 'dynamic', description: 'Dynamic: never assigned (RFC 6335)'}],
};

const compareEntries = (a: RegistryEntry, b: RegistryEntry): number =>
	statuses.indexOf(a.status) - statuses.indexOf(b.status)
	|| transports.indexOf(a.transports[0]!) - transports.indexOf(b.transports[0]!)
	|| (a.name ?? '').localeCompare(b.name ?? '', 'en');

/** The registrations of each port as linked lists in flat arrays: two small arrays, where a list a port would be thousands. */
const createPortIndex = (registrations: readonly Registration[]): ((port: Port) => readonly RegistryEntry[]) => {
	const end = -1;
	const heads = new Int32Array(portCount).fill(end);
	const entries: RegistryEntry[] = [];
	const nexts: number[] = [];
	for (const {first, last, entry} of registrations) {
		for (let port: number = first; port <= last; port++) {
			nexts.push(heads[port]!);
			heads[port] = entries.push(entry) - 1;
		}
	}

	return port => {
		const found: RegistryEntry[] = [];
		for (let at = heads[port]!; at !== end; at = nexts[at]!) {
			found.push(entries[at]!);
		}

		return found.sort(compareEntries);
	};
};

const groupByPort = <Row extends {readonly port: Port}, Fact>(rows: readonly Row[], factOf: (row: Row) => Fact): ReadonlyMap<Port, readonly Fact[]> => {
	const groups = new Map<Port, Fact[]>();
	for (const row of rows) {
		const group = groups.get(row.port);
		if (group) {
			group.push(factOf(row));
		} else {
			groups.set(row.port, [factOf(row)]);
		}
	}

	return groups;
};

/** Adds IANA's records, which are decoded when they are first looked at: lists of ports never do. */
const withRecords = (facts: PortFacts, {recordsOf}: RecordTable): PortFacts => {
	let decoded: PortFacts['records'];
	return {
		...facts,
		get records() {
			decoded ??= recordsOf(facts.port);
			return decoded;
		},
	};
};

/** Makes the registry of its tables. What only search needs is built on the first search. */
export const createRegistry = (tables: RegistryTables): Registry => {
	const {registrations, topPorts, origin, date, clientRanges, records} = tables;
	const registered = createPortIndex(registrations);
	const purposes = groupByPort(tables.purposes, (row): Purpose => row.purpose);
	const commonUses = groupByPort(tables.commonUses, (row): CommonUse => row.use);
	const exposures = groupByPort(tables.exposures, (row): Exposure => row.exposure);
	const blocked = new Set(tables.portsBlockedByBrowsers);
	const {portsNamed, nearestName} = createNameIndex(tables);
	let built: Search | undefined;
	const searchOf = (): Search => (built ??= createSearch(tables));
	let nameCount: number | undefined;

	const entriesOf = (port: Port): readonly RegistryEntry[] => {
		const entries = registered(port);
		return entries.length === 0 ? withoutRecord[rangeOf(port).id === 'ephemeral' ? 'dynamic' : 'unassigned'] : entries;
	};

	return {
		get nameCount() {
			nameCount ??= new Set(registrations.map(({entry}) => entry.name?.toLowerCase()).filter(name => name !== undefined)).size;
			return nameCount;
		},
		origin,
		date,
		topPorts,
		clientRanges,
		lookup(port) {
			const facts: PortFacts = {
				port,
				entries: entriesOf(port),
				purposes: purposes.get(port) ?? [],
				commonly: commonUses.get(port) ?? [],
				exposure: exposures.get(port) ?? [],
				isBlockedByBrowsers: blocked.has(port),
				clientRanges: clientRanges.filter(range => contains(range, port)),
			};
			return records === undefined ? facts : withRecords(facts, records);
		},
		portsNamed,
		nearestName,
		search: query => searchOf().search(query),
		correct: query => searchOf().correct(query),
		findUnknownFilter: query => searchOf().findUnknownFilter(query),
		listFilters: () => searchOf().listFilters(),
		prepareSearch: () => searchOf().prepareSearch(),
	};
};
