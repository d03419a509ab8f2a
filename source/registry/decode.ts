import {toPort, type Port} from '../port/port.ts';
import type {Confidence, Encryption, PortStatus, Relation, Severity} from './registry.ts';
import type {RegistryTables, RegistryText} from './registry-tables.ts';
import {transportsOf} from './transport-bits.ts';

const none: readonly never[] = [];

const wordsOf = (text: string): readonly string[] => (text === '' ? none : text.split(' '));

const portOf = (text: string): Port => toPort(Number(text));

const severityOf = (text: string): Severity | null => (text === '' ? null : text as Severity);

/**
Decodes the records of a table one after another.

It splits once a column, not once a record: that is half the time of loading.

@param decode - Takes what reads a cell of the record at hand.
*/
const recordsOf = <Value>(text: string, decode: (cell: (column: number) => string) => Value): readonly Value[] => {
	if (text === '') {
		return none;
	}

	const columns = text.split('\t').map(column => column.split('\n'));
	const values: Value[] = [];
	let row = 0;
	const cell = (column: number): string => columns[column]![row]!;
	for (; row < columns[0]!.length; row++) {
		values.push(decode(cell));
	}

	return values;
};

/**
Reads the text that `encodeRegistry` wrote.

The text was checked when it was built, so its words are taken as they are; only a number that is no port is caught.

@throws RangeError when a port is not a port: the text is not ours.
*/
export const decodeRegistry = (text: RegistryText): RegistryTables => ({
	origin: text.origin,
	date: text.date === '' ? undefined : text.date,
	registrations: recordsOf(text.registrations, cell => ({
		first: portOf(cell(0)),
		last: portOf(cell(1) === '' ? cell(0) : cell(1)),
		entry: {
			name: cell(4) === '' ? null : cell(4),
			aliases: wordsOf(cell(5)),
			transports: transportsOf(Number(cell(2))),
			status: cell(3) as PortStatus,
			description: cell(6),
		},
	})),
	purposes: recordsOf(text.purposes, cell => ({port: portOf(cell(0)), purpose: {transports: transportsOf(Number(cell(1))), text: cell(2)}})),
	commonUses: recordsOf(text.commonUses, cell => ({
		port: portOf(cell(0)),
		use: {
			software: cell(2),
			transports: transportsOf(Number(cell(1))),
			category: cell(3),
			note: cell(4),
			relation: cell(5) as Relation,
			source: cell(6),
		},
	})),
	exposures: recordsOf(text.exposures, cell => ({
		port: portOf(cell(0)),
		exposure: {
			service: cell(2),
			transports: transportsOf(Number(cell(1))),
			encrypted: cell(3) as Encryption,
			concern: cell(4),
			safer: cell(5),
			severity: {
				internet: severityOf(cell(6)),
				lan: severityOf(cell(7)),
				loopback: severityOf(cell(8)),
			},
			references: cell(9),
			knownExploited: wordsOf(cell(10)),
			basis: cell(11),
			confidence: cell(12) as Confidence,
			source: cell(13),
		},
	})),
	topPorts: wordsOf(text.topPorts).map(word => portOf(word)),
	portsBlockedByBrowsers: wordsOf(text.portsBlockedByBrowsers).map(word => portOf(word)),
	clientRanges: recordsOf(text.clientRanges, cell => ({first: portOf(cell(0)), last: portOf(cell(1)), system: cell(2), readWith: cell(3), source: cell(4)})),
});
