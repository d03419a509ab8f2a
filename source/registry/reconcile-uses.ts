import {rangeOf} from '../port/port-range.ts';
import type {Port, Transport} from '../port/port.ts';
import type {CommonUse, PortStatus, RegistryEntry, Relation} from './registry.ts';
import type {Registration, RegistryTables} from './registry-tables.ts';

type PlacedUse = RegistryTables['commonUses'][number];

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether a registration is likely that of the software: either names the other. */
const isOf = ({software}: CommonUse, {name, aliases, description}: RegistryEntry): boolean => {
	const title = lettersOf(software);
	return [name ?? '', ...aliases].some(each => each.length > 2 && title.includes(lettersOf(each))) || lettersOf(description).includes(title);
};

/** What a use is to the registry; undefined where what is written of it still holds. */
const relationOf = (use: CommonUse, entries: readonly RegistryEntry[], port: Port): Relation | undefined => {
	const over = (transport: Transport): readonly RegistryEntry[] => entries.filter(({transports}) => transports.includes(transport));
	const statusOf = (transport: Transport): PortStatus => over(transport)[0]?.status ?? (rangeOf(port).id === 'ephemeral' ? 'dynamic' : 'unassigned');
	const status = statusOf(use.transports[0]!);
	const holds = status === 'assigned' ? use.relation === 'same' || use.relation === 'other' : use.relation === status;
	if (holds) {
		return undefined;
	}

	return status === 'assigned' ? (over(use.transports[0]!).some(entry => isOf(use, entry)) ? 'same' : 'other') : status;
};

/**
Corrects what the built-in uses say of IANA by a registry that is newer (or older) than the one they were written beside.

Whether a new registration is that very software's is told by its name and description.
*/
export const reconcileUses = (uses: readonly PlacedUse[], registrations: readonly Registration[]): readonly PlacedUse[] => {
	const used = new Set(uses.map(({port}) => port));
	const entriesOf = new Map<Port, RegistryEntry[]>();
	for (const {first, last, entry} of registrations) {
		for (let port: number = first; port <= last; port++) {
			if (used.has(port as Port)) {
				const entries = entriesOf.get(port as Port) ?? [];
				entries.push(entry);
				entriesOf.set(port as Port, entries);
			}
		}
	}

	return uses.map(placed => {
		const relation = relationOf(placed.use, entriesOf.get(placed.port) ?? [], placed.port);
		return relation === undefined ? placed : {port: placed.port, use: {...placed.use, relation}};
	});
};
