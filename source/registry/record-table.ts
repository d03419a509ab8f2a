import {toPort, type Port, type Transport} from '../port/port.ts';
import {statusOfLine} from './line-status.ts';
import type {RegistryRecord} from './registry-record.ts';
import {bitsOf, transportsOf} from './transport-bits.ts';

/** The fields of a record that are texts, in the order they are written. */
const textFields = ['description', 'assignee', 'contact', 'registered', 'modified', 'reference', 'serviceCode', 'unauthorizedUse', 'notes'] as const;

/** Writes records as the text `createRecordTable` reads: a line each, tabs between its fields. Lowest first port first. */
export const encodeRecords = (records: readonly RegistryRecord[]): string =>
	records.map(record => [record.first, record.last, bitsOf(record.transports), record.name ?? '', ...textFields.map(field => record[field])].join('\t')).join('\n');

const decodeRecord = (line: string): RegistryRecord => {
	const [first, last, bits, name, ...texts] = line.split('\t') as [string, string, string, string, ...string[]];
	return {
		first: toPort(Number(first)),
		last: toPort(Number(last)),
		name: name === '' ? null : name,
		transports: transportsOf(Number(bits)),
		...Object.fromEntries(textFields.map((field, index) => [field, texts[index]!])) as Record<(typeof textFields)[number], string>,
	};
};

/** Takes the transports that others hold from a record that only says "unassigned"; undefined when none are left. */
const withoutTransports = (record: RegistryRecord, taken: ReadonlySet<Transport>): RegistryRecord | undefined => {
	const transports = record.transports.filter(transport => !taken.has(transport));
	return transports.length === 0 ? undefined : {...record, transports};
};

const isUnassigned = ({name, description}: RegistryRecord): boolean => name === null && statusOfLine(name, description) === 'unassigned';

/** What IANA has of each port, decoded when it is asked for. */
export type RecordTable = {
	/** The records that hold for a port, in the registry's order. What is assigned or reserved wins over an "unassigned" that also covers the port. */
	readonly recordsOf: (port: Port) => readonly RegistryRecord[];
};

/**
Makes the table of the text that `encodeRecords` wrote.

Nothing is read before the first question, and then only where each line begins: of some 7,500 records a person looks at a few.
*/
export const createRecordTable = (readText: () => string): RecordTable => {
	let lines: readonly string[] | undefined;
	let firsts = new Uint16Array();
	let lasts = new Uint16Array();
	/** The greatest last port of all lines up to each. */
	let reaches = new Uint16Array();

	const load = (): readonly string[] => {
		const text = readText();
		const loaded = text === '' ? [] : text.split('\n');
		firsts = new Uint16Array(loaded.length);
		lasts = new Uint16Array(loaded.length);
		reaches = new Uint16Array(loaded.length);
		let reach = 0;
		for (const [index, line] of loaded.entries()) {
			firsts[index] = Number.parseInt(line, 10);
			lasts[index] = Number.parseInt(line.slice(line.indexOf('\t') + 1), 10);
			reach = Math.max(reach, lasts[index]!);
			reaches[index] = reach;
		}

		return loaded;
	};

	/** How many lines begin at the port or before it. */
	const countUpTo = (port: Port): number => {
		let low = 0;
		let high = firsts.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (firsts[middle]! <= port) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low;
	};

	return {
		recordsOf(port) {
			lines ??= load();
			const found: RegistryRecord[] = [];
			for (let index = countUpTo(port) - 1; index >= 0 && reaches[index]! >= port; index--) {
				if (lasts[index]! >= port) {
					found.unshift(decodeRecord(lines[index]!));
				}
			}

			const taken = new Set(found.filter(record => !isUnassigned(record)).flatMap(({transports}) => transports));
			return taken.size === 0 ? found : found.flatMap(record => (isUnassigned(record) ? withoutTransports(record, taken) ?? [] : record));
		},
	};
};
