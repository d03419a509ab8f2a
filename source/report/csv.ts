import {printable} from './printable.ts';

export type Cell = string | number | boolean | null;

/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const formulaStart = /^[=+\-@]/;

/** What a terminal would obey is made visible first, line ends too. A number is one, whatever its sign. */
const formatCell = (cell: Cell): string => {
	const text = cell === null ? '' : printable(String(cell));
	const defused = typeof cell === 'string' && formulaStart.test(text) ? `'${text}` : text;
	return /[",]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
};

/**
Writes a table as CSV (RFC 4180): a header, lines that end in CR LF, quotes where a cell needs them; null is the empty cell.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
*/
export const formatCsv = (header: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string =>
	[header, ...rows].map(row => `${row.map(cell => formatCell(cell)).join(',')}\r\n`).join('');
