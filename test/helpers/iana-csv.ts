import {ianaColumns} from '../../source/registry/import-iana.ts';

/** The header of IANA's file. */
export const ianaHeader = ianaColumns.join(',');

/** The rows of a registry that are left when the ports of some others are taken away: whatever is not assigned is listed as that. */
export const unassignedRows = (...taken: ReadonlyArray<readonly [first: number, last: number]>): readonly string[] => {
	const rows: string[] = [];
	let first = 0;
	for (const [from, to] of [...taken].sort((a, b) => a[0] - b[0])) {
		if (from > first) {
			rows.push(`,${first}-${from - 1},,Unassigned,,,,,,,,`);
		}

		first = Math.max(first, to + 1);
	}

	return first > 49_151 ? rows : [...rows, `,${first}-49151,,Unassigned,,,,,,,,`];
};

/** The ports that a row is about; none for a row that names none. */
const portsOf = (row: string): ReadonlyArray<readonly [number, number]> => {
	const [, first, last] = /^[^,]*,(\d+)(?:-(\d+))?,/.exec(row) ?? [];
	return first === undefined ? [] : [[Number(first), Number(last ?? first)]];
};

/** A whole registry of a few rows, which come first; lines end as IANA's do. */
export const ianaCsv = (...rows: readonly string[]): string => [ianaHeader, ...rows, ...unassignedRows(...rows.flatMap(row => portsOf(row))), ''].join('\r\n');

/** Rows of names without a port, as many stand at the end of IANA's file. */
export const portlessRows = (count: number): readonly string[] => Array.from({length: count}, (_, index) => `portless-${index},,tcp,,,,,,,,,`);
