/** What a spreadsheet would take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
const formulaStart = /^[=+\-@\t\r]/;

const formatCell = (cell: string): string => {
	const defused = formulaStart.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
};

/**
Writes a table as CSV (RFC 4180): a header, lines that end in CR LF, quotes where a cell needs them.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
*/
export const formatCsv = (header: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
	[header, ...rows].map(row => `${row.map(cell => formatCell(cell)).join(',')}\r\n`).join('');
