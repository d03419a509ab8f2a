import {portCount, type Port} from '../port/port.ts';
import type {RegistryTables} from './registry-tables.ts';
import {bitsOf} from './transport-bits.ts';

/**
The lower-cased texts of every port that has a record or a known use, a row a port, lowest port first.

Each text is a list of phrases with a line end before and after each, so that "is exactly" and "starts with" are plain substring questions: `\nhttp\n`, `\nhttp`. Columns, not an object a row: some 7,000 rows are read on every keystroke.
*/
export type Haystack = {
	readonly ports: readonly Port[];
	readonly hasRow: (port: number) => boolean;
	readonly names: readonly string[];
	readonly aliases: readonly string[];
	/** Software that is commonly there, and the services whose exposure is known. */
	readonly software: readonly string[];
	/** Descriptions, notes and categories. */
	readonly texts: readonly string[];
	/** The transports of any record or use. */
	readonly transportBits: Uint8Array;
	/** The transports IANA assigned. */
	readonly assignedBits: Uint8Array;
};

/** No row: no table is as long as this. */
const absent = 0xFF_FF;

const numberRows = ({registrations, commonUses, exposures}: RegistryTables): {readonly ports: readonly Port[]; readonly rowOf: Uint16Array} => {
	const rowOf = new Uint16Array(portCount).fill(absent);
	for (const {first, last} of registrations) {
		rowOf.fill(0, first, last + 1);
	}

	for (const {port} of [...commonUses, ...exposures]) {
		rowOf[port] = 0;
	}

	const ports: Port[] = [];
	for (let port = 0; port < portCount; port++) {
		if (rowOf[port] !== absent) {
			rowOf[port] = ports.length;
			ports.push(port as Port);
		}
	}

	return {ports, rowOf};
};

/** Adds a lower-cased phrase to a list of phrases, once. */
const withPhrase = (list: string, phrase: string): string => {
	if (phrase === '') {
		return list;
	}

	if (list === '') {
		return `\n${phrase}\n`;
	}

	return list.includes(`\n${phrase}\n`) ? list : `${list}${phrase}\n`;
};

export const createHaystack = (tables: RegistryTables): Haystack => {
	const {ports, rowOf} = numberRows(tables);
	const emptyColumn = (): string[] => ports.map(() => '');
	const names = emptyColumn();
	const aliases = emptyColumn();
	const software = emptyColumn();
	const texts = emptyColumn();
	const transportBits = new Uint8Array(ports.length);
	const assignedBits = new Uint8Array(ports.length);

	for (const {first, last, entry} of tables.registrations) {
		const bits = bitsOf(entry.transports);
		const name = entry.name?.toLowerCase() ?? '';
		const description = entry.description.toLowerCase();
		for (let port: number = first; port <= last; port++) {
			const row = rowOf[port]!;
			names[row] = withPhrase(names[row]!, name);
			texts[row] = withPhrase(texts[row]!, description);
			for (const alias of entry.aliases) {
				aliases[row] = withPhrase(aliases[row]!, alias.toLowerCase());
			}

			transportBits[row]! |= bits;
			assignedBits[row]! |= entry.status === 'assigned' ? bits : 0;
		}
	}

	for (const {port, use} of tables.commonUses) {
		const row = rowOf[port]!;
		software[row] = withPhrase(software[row]!, use.software.toLowerCase());
		texts[row] = withPhrase(withPhrase(texts[row]!, use.note.toLowerCase()), use.category);
		transportBits[row]! |= bitsOf(use.transports);
	}

	for (const {port, exposure} of tables.exposures) {
		const row = rowOf[port]!;
		software[row] = withPhrase(software[row]!, exposure.service.toLowerCase());
		transportBits[row]! |= bitsOf(exposure.transports);
	}

	return {ports, hasRow: port => rowOf[port] !== absent, names, aliases, software, texts, transportBits, assignedBits};
};
