import {CsvError, parse} from 'csv-parse/sync';
import {quoteTyped} from '../port/quote.ts';
import {isPort, lastPort, toPort, transports, type Port, type Transport} from '../port/port.ts';

/** A file of facts: its name as the reader knows it, and its text. */
export type SourceFile = {readonly name: string; readonly text: string};

/** The place a fact comes from, for the sentence that rejects it. */
export type Place = {readonly file: string; readonly line: number; readonly column?: string};

/** A fact that cannot be right. Its message is one sentence that names the file, the line and, where it is one cell, the column. */
export class SourceError extends Error {
	override name = 'SourceError';
}

export const reject = ({file, line, column}: Place, problem: string): never => {
	throw new SourceError(`${file}, line ${line}${column === undefined ? '' : `, column ${column}`}: ${problem}`);
};

export const quote = (text: string): string => quoteTyped(text, 60);

/**
Control, format (bidi among them), private and unassigned characters, and surrogates without their half.

Texts of the registry go to terminals as they are, so none of these may pass.
*/
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/u;

/**
A text from outside on one line: every run of white space, line ends and tabs among it, becomes one space.

@throws SourceError when a character in it does not print.
*/
export const readText = (text: string, place: Place): string => {
	const line = text.replaceAll(/\s+/gu, ' ').trim();
	const found = unprintable.exec(line);
	if (found) {
		const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
		return reject(place, `${quote(line.replaceAll(new RegExp(unprintable, 'gu'), '?'))} holds the character U+${code}, which does not print.`);
	}

	return line;
};

export type Row<Column extends string> = Place & {readonly cells: Readonly<Record<Column, string>>};

type CsvRecord = {readonly record: readonly string[]; readonly info: {readonly lines: number}};

const csvOptions = {bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true} as const;

const csvProblems: Readonly<Record<string, string>> = {
	CSV_QUOTE_NOT_CLOSED: 'a quotation mark opens a cell that never ends',
	CSV_INVALID_CLOSING_QUOTE: 'more text follows the quotation mark that ends a cell',
	INVALID_OPENING_QUOTE: 'there is a quotation mark within a cell that did not begin with one',
};

/** The line in which the record begins that is never ended; csv-parse tells the last line of the file. */
const findOpenRecord = (text: string): number => {
	let lines = 0;
	try {
		parse(text, {...csvOptions, onRecord(record: string[], {lines: endedAt}) {
			lines = endedAt;
			return record;
		}});
	} catch {
		// Known: it is why the line is looked for.
	}

	return lines + 1;
};

/** The names of the columns, for the sentence about what comes after them; none where not even they can be read. */
const readColumnNames = (text: string): readonly string[] => {
	try {
		return (parse(text, {...csvOptions, to: 1}) as unknown as readonly CsvRecord[])[0]?.record ?? [];
	} catch {
		return [];
	}
};

const parseRecords = (file: SourceFile): readonly CsvRecord[] => {
	try {
		return parse(file.text, csvOptions) as unknown as readonly CsvRecord[];
	} catch (error) {
		if (!(error instanceof CsvError)) {
			throw error;
		}

		// csv-parse tells where: https://csv.js.org/parse/errors/
		const {lines, column} = error as {readonly lines?: unknown; readonly column?: unknown};
		const name = typeof column === 'number' && lines !== 1 ? readColumnNames(file.text)[column] : undefined;
		const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? findOpenRecord(file.text) : (typeof lines === 'number' ? lines : 1);
		const place = {file: file.name, line, ...(name === undefined ? {} : {column: /^[\w ]+$/.test(name) ? name : quote(name)})};
		return reject(place, `this is not CSV: ${csvProblems[error.code] ?? error.code}.`);
	}
};

const countMatches = (cells: readonly string[], pattern: RegExp): number => cells.reduce((sum, cell) => sum + (cell.match(pattern)?.length ?? 0), 0);

/** The line each record begins in. csv-parse counts to where it ends, and within a cell the two characters of one line end as two. */
const findFirstLines = (records: readonly CsvRecord[]): readonly number[] => {
	let excess = 0;
	return records.map(({record, info}) => {
		const line = info.lines - excess - countMatches(record, /[\r\n]/g);
		excess += countMatches(record, /\r\n/g);
		return line;
	});
};

export type RowOptions = {
	/** Reads each cell. Default: `readText`. */
	readonly readCell?: (text: string, place: Place) => string;
	/** Whether columns that are not asked for may be there; they are left out. Default: no. */
	readonly hasMoreColumns?: boolean;
};

/**
Reads a CSV file whose first line names its columns.

@param columns - All columns, in any order.
@returns Its rows with their texts on one line each; `line` is where a row begins.
@throws SourceError when a column is missing, unknown or given twice, or a row has too many or too few cells.
*/
export const readRows = <Column extends string>(file: SourceFile, columns: readonly Column[], {readCell = readText, hasMoreColumns = false}: RowOptions = {}): ReadonlyArray<Row<Column>> => {
	const [header, ...records] = parseRecords(file);
	const top: Place = {file: file.name, line: 1};
	if (!header) {
		return reject(top, `the file is empty; its columns are ${columns.join(',')}.`);
	}

	const names = header.record;
	const missing = columns.filter(column => !names.includes(column));
	if (missing.length > 0) {
		return reject(top, `there is no column ${missing.join(', ')}.`);
	}

	const isKnown = (name: string): boolean => (columns as readonly string[]).includes(name);
	const unknown = names.filter((name, index) => (!isKnown(name) && !hasMoreColumns) || names.indexOf(name) !== index);
	if (unknown.length > 0) {
		return reject(top, `the column ${unknown.map(name => quote(name)).join(', ')} is unknown or given twice.`);
	}

	const firstLines = findFirstLines(records);
	return records.map(({record}, index) => {
		const place: Place = {file: file.name, line: firstLines[index]!};
		if (record.length !== names.length) {
			return reject(place, `the row has ${record.length} cells, but there are ${names.length} columns.`);
		}

		const cells = Object.fromEntries(columns.map(column => [column, readCell(record[names.indexOf(column)]!, {...place, column})])) as Record<Column, string>;
		return {...place, cells};
	});
};

export const readPort = (text: string, place: Place): Port => {
	const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
	return isPort(port) ? toPort(port) : reject(place, `${quote(text)} is not a port: ports go from 0 to ${lastPort}.`);
};

/** Reads transports with spaces between; `any` stands for every one. */
export const readTransports = (text: string, place: Place): readonly Transport[] => {
	if (text === 'any') {
		return transports;
	}

	const words = text.split(' ').map(word => readOneOf(word, transports, 'transport', place));
	return new Set(words).size === words.length ? words : reject(place, `${quote(text)} names a transport twice.`);
};

export const readOneOf = <Word extends string>(text: string, words: readonly Word[], what: string, place: Place): Word =>
	words.find(word => word === text) ?? reject(place, `${quote(text)} is not a ${what}: write one of ${words.join(', ')}.`);

export const readFilled = (text: string, what: string, place: Place): string =>
	(text === '' ? reject(place, `the ${what} is missing.`) : text);

/** Remembers where each key was given and rejects the second time. */
export const createOnce = (): ((key: string, what: string, place: Place) => void) => {
	const firstPlaces = new Map<string, Place>();
	return (key, what, place) => {
		const first = firstPlaces.get(key);
		if (first) {
			reject(place, `${what} is given twice, first in ${first.file === place.file ? '' : `${first.file}, `}line ${first.line}.`);
		}

		firstPlaces.set(key, place);
	};
};

/** @throws SourceError when there is white space in it: names are kept with spaces between. */
export const readServiceName = (text: string, place: Place): string =>
	(/\s/.test(text) ? reject(place, `the name ${quote(text)} has a space in it.`) : text);
