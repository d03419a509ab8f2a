import {printable} from './printable.ts';

export type Cell = string | number | boolean | null;

/** One record of RFC 4180: cells that hold a comma, a quote or a line end are quoted. What a terminal would obey is made visible first, line ends too; null is the empty cell. */
export const formatCsvRecord = (cells: readonly Cell[]): string => `${cells.map(cell => {
	const text = cell === null ? '' : printable(String(cell));
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}).join(',')}\r\n`;
