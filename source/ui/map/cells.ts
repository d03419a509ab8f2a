import {sizeOf, type PortInterval} from '../../port/port-range.ts';
import {portCount, type Port} from '../../port/port.ts';
import type {Segment} from '../components/line.tsx';
import type {Role} from '../theme.ts';
import {countKind, drawDots, stepOf} from './dots.ts';
import {portsOfCell, type MapGeometry} from './geometry.ts';
import type {Kind} from './kinds.ts';
import type {PortKinds} from './kinds-of-ports.ts';

/** Light ones: a firewalled host is filtered nearly all over, and must not be a wall of colour that hides the few ports that are open. */
const shades = ['-', '=', '░'];

/** What a kind looks like in the legend. */
export const legendSign = ({sign}: Kind): string => (sign === 'dots' ? '⣿' : sign === 'shades' ? shades.at(-1)! : sign.character === ' ' ? 'blank' : sign.character);

/** The kind that decides of some ports: the one that tells most. */
export const tellingKind = (kinds: PortKinds, {first, last}: PortInterval): number => {
	let telling = 0;
	for (let port: number = first; port <= last; port++) {
		telling = Math.max(telling, kinds[port]!);
	}

	return telling;
};

/** How many ports are of each kind, by its place in the table. */
export const countKinds = (kinds: PortKinds, table: readonly Kind[], {first, last}: PortInterval): readonly number[] => {
	const counts = table.map(() => 0);
	for (let port: number = first; port <= last; port++) {
		counts[kinds[port]!]!++;
	}

	return counts;
};

/** Draws a cell in one character and one role. */
export const drawCell = (kinds: PortKinds, table: readonly Kind[], geometry: MapGeometry, cell: number): {readonly character: string; readonly role: Role} => {
	const ports = portsOfCell(geometry, cell);
	const kind = tellingKind(kinds, ports);
	const {sign, role} = table[kind]!;
	if (typeof sign === 'object') {
		return {character: sign.character, role};
	}

	return {character: sign === 'dots' ? drawDots(kinds, kind, ports, geometry.portsPerCell) : shades[stepOf(shades.length, countKind(kinds, kind, ports), sizeOf(ports)) - 1]!, role};
};

/** Draws a row of cells; neighbours of the same role are one segment, since every change of colour costs. The cell in hand is inverse. */
export const drawRow = (kinds: PortKinds, table: readonly Kind[], geometry: MapGeometry, row: number, cellInHand?: number): readonly Segment[] => {
	const segments: Array<{text: string; role: Role}> = [];
	const start = row * geometry.cellsPerRow;
	for (let cell = start; cell < Math.min(geometry.cellCount, start + geometry.cellsPerRow); cell++) {
		const drawn = drawCell(kinds, table, geometry, cell);
		const last = segments.at(-1);
		// A blank has no colour: it goes with whatever is before it, but for the inverse.
		const role = cell === cellInHand ? 'selected' : drawn.character === ' ' && last !== undefined && last.role !== 'selected' ? last.role : drawn.role;
		if (last?.role === role) {
			last.text += drawn.character;
		} else {
			segments.push({text: drawn.character, role});
		}
	}

	return segments;
};

/** The port to take in hand on a cell: the first of those that tell most, where they are worth going to; else the first of all. */
export const portToTake = (kinds: PortKinds, table: readonly Kind[], ports: PortInterval): Port => {
	const kind = tellingKind(kinds, ports);
	return table[kind]!.isNotable ? kinds.indexOf(kind, ports.first) as Port : ports.first;
};

/** The next notable port after another, or the last one before it; round the end of all ports. Undefined where there is none. */
export const nextNotable = (kinds: PortKinds, table: readonly Kind[], from: Port, step: 1 | -1): Port | undefined => {
	for (let distance = 1; distance <= portCount; distance++) {
		const port = (from + step * distance + portCount) % portCount;
		if (table[kinds[port]!]!.isNotable) {
			return port as Port;
		}
	}

	return undefined;
};
