import {portRanges} from '../port/port-range.ts';
import {portCount, transports, type Transport} from '../port/port.ts';
import type {FilterKey} from './parse-query.ts';
import {severities, statuses} from './registry.ts';
import type {RegistryTables} from './registry-tables.ts';

/** A set of ports, 1 for each that is in it. Bytes, as some sets are asked of all ports on every keystroke. */
export type PortMask = Uint8Array;

/** Other words for the ranges: RFC 6335, section 6, has "System", "User" and "Dynamic Ports", the last also called "Private". */
const rangeSynonyms: ReadonlyMap<string, string> = new Map([
	['system', 'well-known'],
	['user', 'registered'],
	['dynamic', 'ephemeral'],
	['private', 'ephemeral'],
]);

export type PortFilter = {
	/** The words that a key takes. */
	readonly valuesOf: (key: FilterKey) => readonly string[];
	/** The ports that have any of the values, as typed: a word that is known means itself, another all words it begins. */
	readonly portsWith: (key: FilterKey, typed: readonly string[]) => PortMask;
	/** The place of each port's status in `statuses`. A port has one: its first entry's, so one assigned on any transport is `assigned`. */
	readonly statusOf: Uint8Array;
};

/** How a system is asked for: `windows` for Windows Vista and later. */
const systemWord = (system: string): string => system.split(' ')[0]!.toLowerCase();

const readStatuses = ({registrations}: RegistryTables): Uint8Array => {
	const [, , ephemeral] = portRanges;
	const statusOf = new Uint8Array(portCount).fill(statuses.indexOf('unassigned'));
	statusOf.fill(statuses.indexOf('dynamic'), ephemeral.first, ephemeral.last + 1);
	for (const {first, last, entry} of registrations) {
		const status = statuses.indexOf(entry.status);
		for (let port: number = first; port <= last; port++) {
			statusOf[port] = Math.min(statusOf[port]!, status);
		}
	}

	return statusOf;
};

/** The known words that are meant: the word itself, or those that begin with an unfinished one. */
export const meantBy = (typed: string, known: readonly string[]): readonly string[] =>
	known.includes(typed) ? [typed] : known.filter(word => word.startsWith(typed));

/**
Makes what answers the filters of a query.

- `risk` is the severity seen from the internet, that or a graver one: `risk:medium` is also what is high and critical. `any` is every judgement, `info` too.
- `category` is that of any known use, the likeliest or not.
- `client` is the default client range of an operating system; what this machine's own is, the registry does not know.
- `transport` is what IANA assigned or software uses, not what is only reserved.
*/
export const createPortFilter = (tables: RegistryTables): PortFilter => {
	const statusOf = readStatuses(tables);
	const values: Readonly<Record<FilterKey, readonly string[]>> = {
		risk: ['any', ...severities],
		category: [...new Set(tables.commonUses.map(({use}) => use.category))].sort(),
		range: [...portRanges.map(({id}) => id), ...rangeSynonyms.keys()],
		transport: transports,
		status: statuses,
		client: tables.clientRanges.map(({system}) => systemWord(system)),
	};

	const fillers: Readonly<Record<FilterKey, (mask: PortMask, wanted: readonly string[]) => void>> = {
		risk(mask, wanted) {
			const least = Math.min(...wanted.map(word => (word === 'any' ? 0 : severities.findIndex(severity => severity === word))));
			for (const {port, exposure: {severity: {internet}}} of tables.exposures) {
				mask[port]! |= internet !== null && severities.indexOf(internet) >= least ? 1 : 0;
			}
		},
		category(mask, wanted) {
			for (const {port, use} of tables.commonUses) {
				mask[port]! |= wanted.includes(use.category) ? 1 : 0;
			}
		},
		range(mask, wanted) {
			const ids = wanted.map(word => rangeSynonyms.get(word) ?? word);
			for (const {id, first, last} of portRanges) {
				if (ids.includes(id)) {
					mask.fill(1, first, last + 1);
				}
			}
		},
		transport(mask, wanted) {
			const isWanted = (on: readonly Transport[]): boolean => on.some(transport => wanted.includes(transport));
			for (const {first, last, entry} of tables.registrations) {
				if (entry.status === 'assigned' && isWanted(entry.transports)) {
					mask.fill(1, first, last + 1);
				}
			}

			for (const {port, use} of tables.commonUses) {
				mask[port]! |= isWanted(use.transports) ? 1 : 0;
			}

			for (const {port, exposure} of tables.exposures) {
				mask[port]! |= isWanted(exposure.transports) ? 1 : 0;
			}
		},
		client(mask, wanted) {
			for (const {system, first, last} of tables.clientRanges) {
				if (wanted.includes(systemWord(system))) {
					mask.fill(1, first, last + 1);
				}
			}
		},
		status(mask, wanted) {
			const isWanted = statuses.map(status => wanted.includes(status));
			for (let port = 0; port < portCount; port++) {
				mask[port] = isWanted[statusOf[port]!] ? 1 : 0;
			}
		},
	};

	return {
		valuesOf: key => values[key],
		portsWith(key, typed) {
			const mask = new Uint8Array(portCount);
			const wanted = typed.flatMap(word => meantBy(word, values[key]));
			if (wanted.length > 0) {
				fillers[key](mask, wanted);
			}

			return mask;
		},
		statusOf,
	};
};
