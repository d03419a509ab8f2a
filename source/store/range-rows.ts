import type {Port} from '../port/port.ts';
import {lastPort} from '../port/port.ts';
import {blocksOf, contains, interval, portRanges, type PortInterval, type PortRangeId} from '../port/port-range.ts';

/** A row of the ranges pane: all ports, one of the three ranges, or a block of an unfolded one. */
export type RangeRow = PortInterval & {
	readonly id: string;
	readonly title: string;
	readonly kind: 'all' | 'range' | 'block';
	/** The range a block belongs to; its own id for a range. */
	readonly range: PortRangeId | undefined;
	readonly isUnfolded: boolean;
};

/** Writes an interval for reading: `0–99`. */
export const formatInterval = ({first, last}: PortInterval): string => (first === last ? String(first) : `${first}–${last}`);

const allPorts: RangeRow = {...interval(0, lastPort), id: 'all', title: 'All ports', kind: 'all', range: undefined, isUnfolded: false};

/** The rows of the ranges pane, with the blocks of the unfolded ranges. */
export const rangeRows = (unfolded: ReadonlySet<PortRangeId>): readonly RangeRow[] => {
	const rows: RangeRow[] = [allPorts];
	for (const range of portRanges) {
		const {id, title, first, last} = range;
		const isUnfolded = unfolded.has(id);
		rows.push({first, last, id, title, kind: 'range', range: id, isUnfolded});
		if (isUnfolded) {
			for (const block of blocksOf(range)) {
				rows.push({...block, id: `${id}:${block.first}`, title: formatInterval(block), kind: 'block', range: id, isUnfolded: false});
			}
		}
	}

	return rows;
};

/** The narrowest row that shows a port: its block where its range is unfolded, else its range. */
export const rowOfPort = (rows: readonly RangeRow[], port: Port): RangeRow => rows.findLast(row => row.kind !== 'all' && contains(row, port))!;

/** The first port of the block before or after the one a port lies in; at either end, that end's block itself. */
export const neighbouringBlock = (port: Port, step: -1 | 1): Port => {
	const blocks = portRanges.flatMap(range => blocksOf(range));
	const index = blocks.findIndex(block => contains(block, port));
	return blocks[Math.min(blocks.length - 1, Math.max(0, index + step))]!.first;
};
