import type {PortInterval} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import type {RecordTable} from './record-table.ts';
import type {ClientRange, CommonUse, Exposure, Purpose, RegistryEntry} from './registry.ts';

/** One registration and the run of ports it holds for. */
export type Registration = PortInterval & {readonly entry: RegistryEntry};

/** The facts a registry is made of, read and checked. */
export type RegistryTables = {
	readonly origin: string;
	/** As ISO 8601, to the day or the month; absent where nothing tells. */
	readonly date?: string | undefined;
	/** By first port, lowest first. */
	readonly registrations: readonly Registration[];
	readonly purposes: ReadonlyArray<{readonly port: Port; readonly purpose: Purpose}>;
	readonly commonUses: ReadonlyArray<{readonly port: Port; readonly use: CommonUse}>;
	readonly exposures: ReadonlyArray<{readonly port: Port; readonly exposure: Exposure}>;
	/** Most worthwhile first, none twice. */
	readonly topPorts: readonly Port[];
	readonly portsBlockedByBrowsers: readonly Port[];
	readonly clientRanges: readonly ClientRange[];
	/** IANA's own records, where `portui update` fetched them. */
	readonly records?: RecordTable;
};

/**
The same facts as text, the way they are shipped: a table is its columns with tabs between, a column its cells with line ends between.

One string a table costs next to nothing to load: the engine reads it as a single constant, where an object literal of the same facts is parsed property by property.
*/
export type RegistryText = {
	readonly origin: string;
	readonly date: string;
	readonly registrations: string;
	readonly purposes: string;
	readonly commonUses: string;
	readonly exposures: string;
	readonly topPorts: string;
	readonly portsBlockedByBrowsers: string;
	readonly clientRanges: string;
};
