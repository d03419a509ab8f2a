/** What would be read as markup within a line: emphasis, code, links, HTML, cells, entities, strike-through. */
const markup = /[\\`*_[\]<>|&~]/g;

/** What would be read as a block at the start of a line: a heading, a list, a quote, a rule. */
const blockStart = /^(?:[#+=-]|\d+(?=[.)]))/;

/** Escapes a text of one line so that Markdown shows it as it is. */
export const escapeMarkdown = (text: string): string => {
	const escaped = text.replaceAll(markup, character => `\\${character}`);
	return escaped.replace(blockStart, start => (/\d/.test(start) ? start : `\\${start}`)).replace(/^(\d+)([.)])/, '$1\\$2');
};

/** Writes a table as Markdown (GitHub's, and CommonMark with tables). */
export const formatMarkdownTable = (header: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
	const formatRow = (cells: readonly string[]): string => `| ${cells.map(cell => escapeMarkdown(cell)).join(' | ')} |\n`;
	return formatRow(header) + `|${header.map(() => ' --- |').join('')}\n` + rows.map(row => formatRow(row)).join('');
};
