import {Box} from 'ink';
import {memo, useMemo, type ReactNode} from 'react';
import {interval} from '../../port/port-range.ts';
import {lastPort, type Port} from '../../port/port.ts';
import {formatCount} from '../../report/quantity.ts';
import type {MapColoring} from '../../store/map-coloring.ts';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {cutText, widthOf} from '../fit-text.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {countKinds, drawRow, legendSign} from '../map/cells.ts';
import {describeCell} from '../map/describe-cell.ts';
import {cellOf, computeMapGeometry, firstOfRow, labelWidth, linesBelow, portsOfCell, type MapGeometry} from '../map/geometry.ts';
import {kindsOf, type Kind} from '../map/kinds.ts';
import {kindsOfPorts, type MapFacts, type PortKinds} from '../map/kinds-of-ports.ts';

export type MapPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly port: Port;
	readonly coloring: MapColoring;
	/** The record of the scan in it changes in place, so `revision` stands for its content. */
	readonly facts: MapFacts;
	readonly revision: number;
};

const coloringTitles: Readonly<Record<MapColoring, string>> = {
	assignment: 'by assignment',
	range: 'by range',
	exposure: 'by risk of the usual service, from the internet',
	scan: 'by what the scan saw',
	found: 'by what was found',
};

const allPorts = interval(0, lastPort);

/** Distances from the start of a row, in ports. */
const drawRuler = ({portsPerCell, cellsPerRow}: MapGeometry, step: number): string => {
	const marks = Array.from({length: Math.floor((cellsPerRow - 1) / step) + 1}, (_, index) => `+${index * step * portsPerCell}`);
	return ' '.repeat(labelWidth) + marks.map(mark => mark.padEnd(step)).join('').trimEnd();
};

/** Each kind with its sign and how many ports are of it, what tells most first, as far as there is room. */
const drawLegend = (kinds: PortKinds, table: readonly Kind[], width: number): readonly Segment[] => {
	const counts = countKinds(kinds, table, allPorts);
	const segments: Segment[] = [];
	let used = 0;
	for (const [kind, each] of [...table.entries()].reverse()) {
		const sign = `${segments.length === 0 ? ' ' : '  '}${legendSign(each)}`;
		const words = ` ${each.word} ${formatCount(counts[kind]!)}`;
		used += widthOf(sign) + widthOf(words);
		// What is not there needs no explanation, but that nothing is open is news.
		if (counts[kind] === 0 && kind < table.length - 1) {
			used -= widthOf(sign) + widthOf(words);
			continue;
		}

		if (used > width) {
			break;
		}

		segments.push({text: sign, role: each.role}, {text: words});
	}

	return segments;
};

/** All ports as one picture, the port in hand marked. */
export const MapPane = memo(({rectangle, isInHand, port, coloring, facts}: MapPaneProps): ReactNode => {
	const width = rectangle.width - 2;
	const height = innerRows(rectangle);
	const geometry = useMemo(() => computeMapGeometry(width, height), [width, height]);
	const {portsPerCell, cellsPerRow, rowCount, ruler} = geometry;
	const kinds = kindsOfPorts(coloring, facts);
	const table = kindsOf[coloring];
	const rows = useMemo(() => (kinds === undefined ? [] : Array.from({length: rowCount}, (_, row): readonly Segment[] => [
		{text: `${String(firstOfRow(geometry, row)).padStart(labelWidth - 1)} `, role: 'faint'},
		...drawRow(kinds, table, geometry, row),
	])), [kinds, table, geometry]);
	const legend = useMemo(() => (kinds === undefined ? [] : drawLegend(kinds, table, width)), [kinds, table, width]);

	const cellInHand = cellOf(geometry, port);
	const rowInHand = Math.floor(cellInHand / cellsPerRow);
	const segmentsOf = (segments: readonly Segment[], row: number): readonly Segment[] =>
		(kinds === undefined || row !== rowInHand ? segments : [{...segments[0]!, role: 'strong'}, ...drawRow(kinds, table, geometry, row, cellInHand)]);

	const notes = [coloringTitles[coloring], portsPerCell === 1 ? '' : `${portsPerCell} ports a cell`];
	return (
		<Pane rectangle={rectangle} title='Map' notes={notes} isInHand={isInHand}>
			{kinds === undefined
				? <Line role='faint' segments={[{text: cutText(' Loading the registry …', width)}]}/>
				: <>
					{ruler !== undefined && <Line role='heading' segments={[{text: drawRuler(geometry, ruler)}]}/>}
					{rows.map((segments, row) => <Line key={row} segments={segmentsOf(segments, row)}/>)}
					<Box height={Math.max(0, height - rowCount - linesBelow - (ruler === undefined ? 0 : 1))}/>
					<Line segments={describeCell(portsOfCell(geometry, cellInHand), port, coloring, facts, width)}/>
					<Line segments={legend}/>
				</>}
		</Pane>
	);
});
