import {Text} from 'ink';
import {memo, type PropsWithChildren, type ReactNode} from 'react';
import {cutText, widthOf} from '../fit-text.ts';
import {Table} from './ink-table.ts';
import {useTheme} from './theme-context.ts';

export type FactTableProps = {
	readonly columns: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
	/** Columns of the screen the whole table may take; the widest column gives way. */
	readonly width: number;
};

/** Lines and blanks that a table of so many columns adds to its cells: a line and two blanks a column, and the last line. */
const frameWidth = (columnCount: number): number => 3 * columnCount + 1;

const contentWidths = (columns: readonly string[], rows: FactTableProps['rows']): number[] =>
	columns.map((column, index) => Math.max(column.length, ...rows.map(row => widthOf(row[index] ?? ''))));

const sum = (widths: readonly number[]): number => widths.reduce((total, each) => total + each, 0);

/** How wide a table is that cuts nothing. */
export const wholeWidth = (columns: readonly string[], rows: FactTableProps['rows']): number => sum(contentWidths(columns, rows)) + frameWidth(columns.length);

/** The widths that show most: as wide as the content, less what the widest columns must give up. */
const columnWidths = (columns: readonly string[], rows: FactTableProps['rows'], width: number): readonly number[] => {
	const widths = contentWidths(columns, rows);
	for (let excess = wholeWidth(columns, rows) - width; excess > 0; excess--) {
		widths[widths.indexOf(Math.max(...widths))]!--;
	}

	return widths;
};

/**
A table to be read at leisure, drawn by `ink-table`. For a list that moves use rows of `Line`: a table costs some four times as much a frame.

`ink-table` measures with `.length`, so cells are cut to fit before, and only text of one column a character lines up.
*/
export const FactTable = memo(({columns, rows, width}: FactTableProps): ReactNode => {
	const theme = useTheme();
	const widths = columnWidths(columns, rows, width);
	const data = rows.map(row => Object.fromEntries(columns.map((column, index) => [column, cutText(row[index] ?? '', widths[index]!)])));
	const plain = ({children}: PropsWithChildren): ReactNode => <Text>{children}</Text>;
	const faint = ({children}: PropsWithChildren): ReactNode => <Text {...theme.border}>{children}</Text>;
	const strong = ({children}: PropsWithChildren): ReactNode => <Text {...theme.heading}>{children}</Text>;
	return <Table data={data} columns={columns} cell={plain} header={strong} skeleton={faint}/>;
}, (before, after) => before.width === after.width && before.rows === after.rows);
