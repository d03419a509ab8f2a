import {portRanges} from '../port/port-range.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {portCount, transports, type Port, type Transport} from '../port/port.ts';
import {joinIanaRecords, type KnownNames, type PlacedRecord} from './join-iana-records.ts';
import {lostCharacter, readOutsideCell} from './read-outside-cell.ts';
import type {RegistryRecord} from './registry-record.ts';
import type {Registration} from './registry-tables.ts';
import {quote, readOneOf, readPort, readRows, readServiceName, reject, SourceError, type Place, type Row} from './source-rows.ts';

/** IANA's columns: https://www.iana.org/assignments/service-names-port-numbers */
export const ianaColumns = [
	'Service Name', 'Port Number', 'Transport Protocol', 'Description', 'Assignee', 'Contact', 'Registration Date', 'Modification Date', 'Reference',
	'Service Code', 'Unauthorized Use Reported', 'Assignment Notes',
] as const;
type IanaRow = Row<(typeof ianaColumns)[number]>;

/** A file as it came. */
export type SourceBytes = {readonly name: string; readonly bytes: Uint8Array};

/** What IANA's file says, read and checked. */
export type ImportedRegistry = {
	/** As the rest of the program has them: names joined, transports joined. */
	readonly registrations: readonly Registration[];
	/** In IANA's words, lowest first port first. */
	readonly records: readonly RegistryRecord[];
	/** How many records the file has, those without a port too. */
	readonly recordCount: number;
	readonly recordWithPortCount: number;
	/** The newest date of a registration or modification, as IANA writes it; undefined where there is none. */
	readonly newestDate: string | undefined;
};

const readInterval = (text: string, place: Place): {readonly first: Port; readonly last: Port} => {
	const [from = '', to, ...more] = text.split('-');
	if (more.length > 0) {
		return reject(place, `${quote(text)} is neither a port nor a range.`);
	}

	const first = readPort(from, place);
	const last = to === undefined ? first : readPort(to, place);
	return first > last ? reject(place, `the range ${quote(text)} runs backwards.`) : {first, last};
};

/** IANA writes `2013-05-28`, and where it knows no day `2002-09`. */
const readDate = (text: string, place: Place): string => {
	const [whole, , month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text) ?? [];
	const isDate = whole !== undefined && Number(month) >= 1 && Number(month) <= 12 && (day === undefined || (Number(day) >= 1 && Number(day) <= 31));
	return text === '' || isDate ? text : reject(place, `${quote(text)} is not a date such as 2013-05-28.`);
};

const readTransport = (text: string, place: Place): readonly Transport[] => (text === '' ? transports : [readOneOf(text, transports, 'transport', place)]);

const readRecord = ({cells, file, line}: IanaRow): PlacedRecord | undefined => {
	const at = (column: (typeof ianaColumns)[number]): Place => ({file, line, column});
	const name = readServiceName(cells['Service Name'], at('Service Name'));
	const over = readTransport(cells['Transport Protocol'], at('Transport Protocol'));
	const registered = readDate(cells['Registration Date'], at('Registration Date'));
	const modified = readDate(cells['Modification Date'], at('Modification Date'));
	if (cells['Port Number'] === '') {
		return name === '' ? reject(at('Service Name'), 'there is neither a name nor a port.') : undefined;
	}

	return {
		line,
		isForEveryTransport: cells['Transport Protocol'] === '',
		record: {
			...readInterval(cells['Port Number'], at('Port Number')),
			name: name === '' ? null : name,
			transports: over,
			description: cells.Description,
			assignee: cells.Assignee,
			contact: cells.Contact,
			registered,
			modified,
			reference: cells.Reference,
			serviceCode: cells['Service Code'],
			unauthorizedUse: cells['Unauthorized Use Reported'],
			notes: cells['Assignment Notes'],
		},
	};
};

/** The last port that IANA says something of: those after it are never assigned. */
const lastCovered = portRanges[1].last;

/** IANA lists every port up to the last it assigns, if only as unassigned. So a file that was cut short between two lines is found out. */
const checkIsWhole = (placed: readonly PlacedRecord[], place: Place): void => {
	const isCovered = new Uint8Array(portCount);
	for (const {record: {first, last}} of placed) {
		isCovered.fill(1, first, last + 1);
	}

	const missing = isCovered.indexOf(0);
	if (missing !== -1 && missing <= lastCovered) {
		reject(place, `the file ends, and nothing in it is about port ${missing}: it is not IANA's whole registry, which lists every port up to ${lastCovered}.`);
	}
};

/** So many names without a port stood in IANA's registry on 2026-08-17, all of them after the last port. They become more, and hardly ever fewer. */
const knownWithoutPort = 1070;

/** A file with fewer was cut short between two lines after the last port: nothing else in it tells. */
const fewestWithoutPort = Math.floor(knownWithoutPort * 0.95);

const checkHasEnd = (withoutPort: number, fewest: number, place: Place): void => {
	if (withoutPort < fewest) {
		reject(place, `the file ends with ${withoutPort} names without a port, and IANA's whole registry has at least ${fewest}: it seems cut short.`);
	}
};

const decode = ({name, bytes}: SourceBytes): {readonly text: string; readonly isDamaged: boolean} => {
	// What is wrong is found at its place later: the strict decoder does not tell where.
	const text = new TextDecoder().decode(bytes);
	let isDamaged = false;
	try {
		new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		isDamaged = true;
	}

	const top: Place = {file: name, line: 1};
	const [firstLine = ''] = text.split(/[\r\n]/, 1);
	if (isDamaged && firstLine.includes(lostCharacter)) {
		reject(top, 'there are bytes that are not UTF-8.');
	}

	if (/^\s*</.test(firstLine)) {
		reject(top, 'this is a web page, not CSV. Does this network ask to sign in?');
	}

	return {text, isDamaged};
};

/**
Reads IANA's registry of service names and ports.

@param namesOf - Of several records for one port, IANA does not say which name is preferred. Those that are not known follow in the order of the file.
@param fewest - How many names without a port a whole file has at least: fewer for a file that is not the whole registry.
@returns One sentence that names the file, the line and the column that cannot be right, if any: a file is taken whole or not at all. Never throws for what a file says.
*/
export const importIana = (source: SourceBytes, namesOf: KnownNames, fewest = fewestWithoutPort): Parsed<ImportedRegistry> => {
	try {
		const {text, isDamaged} = decode(source);
		const rows = readRows({name: source.name, text}, ianaColumns, {readCell: (cell, place) => readOutsideCell(cell, place, isDamaged), hasMoreColumns: true});
		const last: Place = {file: source.name, line: rows.at(-1)?.line ?? 1};
		if (isDamaged) {
			reject(last, 'there are bytes that are not UTF-8 in one of the columns.');
		}

		const placed = rows.map(row => readRecord(row)).filter(each => each !== undefined);
		checkIsWhole(placed, last);
		checkHasEnd(rows.length - placed.length, fewest, last);
		const dates = rows.flatMap(({cells}) => [cells['Registration Date'], cells['Modification Date']]).sort();
		return parsed({
			...joinIanaRecords(placed, source.name, namesOf),
			recordCount: rows.length,
			recordWithPortCount: placed.length,
			newestDate: dates.at(-1) === '' ? undefined : dates.at(-1),
		});
	} catch (error) {
		if (error instanceof SourceError) {
			return rejected(error.message);
		}

		throw error;
	}
};
