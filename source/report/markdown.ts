import {printable} from './printable.ts';

/** Characters that Markdown would read as markup inside a cell. */
const markup = /[\\`*_{}[\]<>|#~]/g;

/** Outside text as a cell of a table: on one line, and shown as it is. */
export const markdownText = (text: string): string => printable(text).replaceAll(markup, String.raw`\$&`);

/** A table as GitHub reads it. @param rows - Cells that are Markdown already. */
export const formatMarkdownTable = (header: readonly string[], rows: ReadonlyArray<readonly string[]>): string =>
	[header, header.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('');
