import {memo, useMemo, type ReactNode} from 'react';
import type {PortFacts} from '../../registry/registry.ts';
import {FactTable, wholeWidth} from './fact-table.tsx';

export type EntryTableProps = {
	readonly facts: PortFacts;
	/** Columns of the screen it may take. */
	readonly width: number;
	/** Shown instead where a table would cut its cells: lines say more then. */
	readonly children: ReactNode;
};

const columns = ['NAME', 'ALSO NAMED', 'OVER', 'STATUS', 'REGISTERED FOR'];

/** Panes narrower than this have no room to compare entries side by side, even where the cells would fit. */
const tableFrom = 60;

/** IANA's entries of a port as a table, where it is whole. */
export const EntryTable = memo(({facts, width, children}: EntryTableProps): ReactNode => {
	const rows = useMemo(() => facts.entries.map(({name, aliases, transports, status, description}) =>
		[name ?? '—', aliases.join(' ') || '—', transports.join(' ') || '—', status, description]), [facts]);
	return width >= Math.max(tableFrom, wholeWidth(columns, rows)) ? <FactTable columns={columns} rows={rows} width={width}/> : children;
});
