import {vantages} from './registry.ts';
import type {Registration, RegistryTables, RegistryText} from './registry-tables.ts';
import {bitsOf} from './transport-bits.ts';

const columnsOf = (records: ReadonlyArray<ReadonlyArray<string | number>>): string =>
	(records[0] ?? []).map((_, column) => records.map(record => record[column]!).join('\n')).join('\t');

/** Writes the one table that IANA's registry alone makes. */
export const encodeRegistrations = (registrations: readonly Registration[]): string => columnsOf(registrations.map(({first, last, entry}) => [
	first,
	last === first ? '' : last,
	bitsOf(entry.transports),
	entry.status,
	entry.name ?? '',
	entry.aliases.join(' '),
	entry.description,
]));

/**
Writes the tables as the text that `decodeRegistry` reads.

@param tables - Texts without tabs and line ends, names without spaces: whoever reads the sources sees to that.
*/
export const encodeRegistry = (tables: RegistryTables): RegistryText => ({
	origin: tables.origin,
	date: tables.date ?? '',
	registrations: encodeRegistrations(tables.registrations),
	purposes: columnsOf(tables.purposes.map(({port, purpose}) => [port, bitsOf(purpose.transports), purpose.text])),
	commonUses: columnsOf(tables.commonUses.map(({port, use}) => [
		port,
		bitsOf(use.transports),
		use.software,
		use.category,
		use.note,
		use.relation,
		use.source,
	])),
	exposures: columnsOf(tables.exposures.map(({port, exposure}) => [
		port,
		bitsOf(exposure.transports),
		exposure.service,
		exposure.encrypted,
		exposure.concern,
		exposure.safer,
		...vantages.map(vantage => exposure.severity[vantage] ?? ''),
		exposure.references,
		exposure.knownExploited.join(' '),
		exposure.basis,
		exposure.confidence,
		exposure.source,
	])),
	topPorts: tables.topPorts.join(' '),
	portsBlockedByBrowsers: tables.portsBlockedByBrowsers.join(' '),
	clientRanges: columnsOf(tables.clientRanges.map(({first, last, system, readWith, source}) => [first, last, system, readWith, source])),
});
