import stringWidth from 'string-width';

/** A column of a text table: its cells are text that is safe to show. */
export type TextColumn<Row> = {
	readonly title: string;
	readonly cell: (row: Row) => string;
	readonly isNumber?: true;
	/** Columns of lower rank are kept before those of higher rank where the terminal is narrow. */
	readonly rank: number;
	/** The fewest columns it may be cut to; one that may not be cut has none. */
	readonly least?: number;
	/** The most columns it takes of a terminal. */
	readonly most?: number;
};

const gap = '  ';

/** A cell with the columns it takes, which are told once: a table of 1,000 rows has some ten thousand cells. */
type Cell = {readonly text: string; readonly width: number};

const measure = (text: string): Cell => ({text, width: stringWidth(text)});

const pad = ({text, width: used}: Cell, width: number, isNumber: boolean): string => {
	const blanks = ' '.repeat(Math.max(0, width - used));
	return isNumber ? blanks + text : text + blanks;
};

/** Made when it is first needed: making it takes 10 ms, and most texts are plain. */
let segmenter: Intl.Segmenter | undefined;

/** Cuts a text to so many columns of a terminal, the last of them `…`. */
export const cutToWidth = (text: string, width: number): string => {
	if (stringWidth(text) <= width) {
		return text;
	}

	let cut = '';
	let used = 0;
	for (const {segment} of (segmenter ??= new Intl.Segmenter()).segment(text)) {
		used += stringWidth(segment);
		if (used > width - 1) {
			break;
		}

		cut += segment;
	}

	return `${cut.trimEnd()}…`;
};

/**
Lays rows out in columns, titles first.

@param width - Of the terminal: columns that do not fit are left out or cut, the least important first. Undefined shows all of everything.
@returns A line a row, without trailing blanks.
*/
export const formatColumns = <Row>(columns: ReadonlyArray<TextColumn<Row>>, rows: readonly Row[], width: number | undefined): readonly string[] => {
	const cells = new Map(columns.map(column => [column, rows.map(row => measure(column.cell(row)))] as const));
	const naturalWidth = (column: TextColumn<Row>): number => {
		const longest = cells.get(column)!.reduce((most, cell) => Math.max(most, cell.width), stringWidth(column.title));
		return width === undefined ? longest : Math.min(longest, column.most ?? longest);
	};
	const widths = new Map<TextColumn<Row>, number>();
	let left = width ?? Number.POSITIVE_INFINITY;
	for (const column of columns.toSorted((one, other) => one.rank - other.rank)) {
		// A column without a cell to show says nothing.
		if (cells.get(column)!.every(({text}) => text === '')) {
			continue;
		}

		const room = left - (widths.size === 0 ? 0 : gap.length);
		const natural = naturalWidth(column);
		const given = natural <= room ? natural : (column.least !== undefined && room >= column.least ? room : undefined);
		if (given !== undefined) {
			widths.set(column, given);
			left = room - given;
		}
	}

	const shown = columns.filter(column => widths.has(column)).map(column => ({column, width: widths.get(column)!, columnCells: cells.get(column)!}));
	const format = (cell: Cell, width: number, {isNumber}: TextColumn<Row>): string => pad(cell.width <= width ? cell : measure(cutToWidth(cell.text, width)), width, isNumber === true);
	return [
		shown.map(({column, width}) => format(measure(column.title), width, column)).join(gap).trimEnd(),
		...rows.map((_, index) => shown.map(({column, width, columnCells}) => format(columnCells[index]!, width, column)).join(gap).trimEnd()),
	];
};
