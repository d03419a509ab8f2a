import {interval, type PortInterval} from '../../port/port-range.ts';
import {lastPort, portCount, toPort, type Port} from '../../port/port.ts';
import type {State} from '../../store/state.ts';
import {computeLayout, innerRows} from '../layout.ts';

/** How the ports are laid out: rows of cells, a row beginning where the one before ends. */
export type MapGeometry = {
	/** How many neighbouring ports a cell stands for. */
	readonly portsPerCell: number;
	readonly cellsPerRow: number;
	readonly rowCount: number;
	readonly cellCount: number;
	/** Cells from one mark of the ruler to the next; undefined where there is no room for a ruler. */
	readonly ruler: number | undefined;
};

/** Columns before a row for its first port: five digits and a blank. */
export const labelWidth = 6;

/** Lines below the picture: what the cell in hand holds, and the legend. */
export const linesBelow = 2;

/** Panes with fewer rows than this have no ruler: a row of ports is worth more. */
const rulerFrom = 10;

/** The least distance between two marks of the ruler, in cells: room for `+10000` and a gap. */
const leastRuler = 10;

/** Numbers of ports a cell may stand for: those that people count by, close enough together to leave little of a pane empty. */
const cellSizes: readonly number[] = [1, 2, 4, 5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 125, 150, 200, 250, 300, 400, 500, 600, 800, 1000, 1500, 2000, 2500, 5000, 10_000];

/** Every row begins at a multiple of this, so that one sees where 8080 must be. */
const roundPorts = 100;

/** A row may be so much shorter than the pane allows for the sake of a rounder number of ports. */
const leastFilled = 0.85;

const greatestCommonDivisor = (one: number, other: number): number => (other === 0 ? one : greatestCommonDivisor(other, one % other));

/** The fewest cells of this size that hold a round number of ports. */
const roundCells = (portsPerCell: number, round: number): number => round / greatestCommonDivisor(round, portsPerCell);

/** The cells of a row: as many as fit, fewer where that makes a row of whole thousands or five hundreds and all ports still fit. */
const cellsInRow = (portsPerCell: number, columns: number, rows: number): number => {
	const widest = Math.floor(columns / roundCells(portsPerCell, roundPorts)) * roundCells(portsPerCell, roundPorts);
	for (const round of [1000, 500]) {
		const rounder = Math.floor(widest / roundCells(portsPerCell, round)) * roundCells(portsPerCell, round);
		if (rounder >= leastFilled * widest && rounder * portsPerCell * rows >= portCount) {
			return rounder;
		}
	}

	return widest;
};

/**
Decides how 65,536 ports become a picture of at most so many columns and rows.

Ports run along the rows like text, and not along a curve that would keep neighbours closer together (Hilbert, Z-order): a person looks for 8080, and finds it by the number a row begins with and the ruler, in decimal numbers. For the same reason a cell is a run of neighbouring ports, eight dots of braille, and not eight dots of four rows of ports: what the cursor is on can be said as `8070–8099`.

Braille and not half-blocks: eight dots a cell instead of two, and no background colour, which would look different on every terminal's palette.

@param width - Columns inside the frame of the pane.
@param height - Rows inside the frame of the pane.
*/
export const computeMapGeometry = (width: number, height: number): MapGeometry => {
	const hasRuler = height >= rulerFrom;
	const columns = Math.max(1, width - labelWidth);
	const rows = Math.max(1, height - linesBelow - (hasRuler ? 1 : 0));
	// The last size of all fits no screen, but the smallest pane the layout makes has room for one that is much smaller.
	const portsPerCell = cellSizes.find(size => cellsInRow(size, columns, rows) * size * rows >= portCount) ?? Math.ceil(portCount / columns / rows);
	const cellsPerRow = cellsInRow(portsPerCell, columns, rows) || columns;
	const marked = roundCells(portsPerCell, roundPorts);
	return {
		portsPerCell,
		cellsPerRow,
		rowCount: Math.ceil(portCount / (cellsPerRow * portsPerCell)),
		cellCount: Math.ceil(portCount / portsPerCell),
		ruler: hasRuler ? Math.ceil(leastRuler / marked) * marked : undefined,
	};
};

/** The cell a port is in, counted along the rows. */
export const cellOf = ({portsPerCell}: MapGeometry, port: Port): number => Math.floor(port / portsPerCell);

/** The ports of a cell; the last one may have fewer than the others. */
export const portsOfCell = ({portsPerCell}: MapGeometry, cell: number): PortInterval =>
	interval(cell * portsPerCell, Math.min(lastPort, (cell + 1) * portsPerCell - 1));

/** The first port of a row. */
export const firstOfRow = ({portsPerCell, cellsPerRow}: MapGeometry, row: number): Port => toPort(row * cellsPerRow * portsPerCell);

/** The cell so many columns and rows away. To the side it goes on along the rows, as the ports do; over an edge it does not go. */
export const cellBeside = ({cellsPerRow, cellCount, rowCount}: MapGeometry, cell: number, columns: number, rows: number): number => {
	const column = cell % cellsPerRow;
	const row = Math.min(rowCount - 1, Math.max(0, Math.floor(cell / cellsPerRow) + rows));
	return Math.min(cellCount - 1, Math.max(0, row * cellsPerRow + column + columns));
};

/** The geometry of the map that a state shows; undefined where the map is not on the screen. */
export const mapGeometryOf = ({size: {columns, rows}, view, focus, isZoomed, scan}: State): MapGeometry | undefined => {
	const {map} = computeLayout(columns, rows, isZoomed ? focus : undefined, scan !== undefined, view).panes;
	return map && computeMapGeometry(map.width - 2, innerRows(map));
};
