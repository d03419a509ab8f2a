import type {PortInterval} from '../../port/port-range.ts';
import {portCount, type Port} from '../../port/port.ts';
import type {Segment} from '../components/line.tsx';
import type {Role} from '../theme.ts';
import {portsOfCell, type MapGeometry} from './geometry.ts';
import type {Kind} from './kinds.ts';
import type {PortKinds} from './kinds-of-ports.ts';

/** The dots of a braille character down its left column, then down its right one: ports run from left to right. */
const dotBits = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];
const dotCount = dotBits.length;
const brailleStart = 0x28_00;

/** Light ones: a firewalled host is filtered nearly all over, and must not be a wall of colour that hides the few ports that are open. */
const shades = ['-', '=', '░'];

/** The step of a scale for a share above 0: the lowest is for the smallest, so that a single port is never invisible. */
const stepOf = (stepCount: number, count: number, of: number): number => Math.ceil((count * stepCount) / of);

/** How many ports of a kind each dot stands for, in the order of `dotBits`. Where a cell has fewer ports than dots, a port has several dots. */
const countByDot = (kinds: PortKinds, kind: number, {first, last}: PortInterval, portsPerCell: number): readonly number[] =>
	dotBits.map((_, dot) => {
		const start = first + Math.floor((dot * portsPerCell) / dotCount);
		const end = Math.max(start + 1, first + Math.floor(((dot + 1) * portsPerCell) / dotCount));
		let count = 0;
		for (let port = start; port < end && port <= last; port++) {
			count += kinds[port] === kind ? 1 : 0;
		}

		return count;
	});

/** As many dots as the ports of the kind have a share in the cell, where most of them are. With eight ports a cell, or fewer, these are the ports themselves. */
const drawDots = (counts: readonly number[], lit: number): string => {
	let bits = 0;
	for (let dot = 0; dot < lit; dot++) {
		let fullest = -1;
		for (let each = 0; each < dotCount; each++) {
			if (counts[each]! > 0 && (bits & dotBits[each]!) === 0 && (fullest === -1 || counts[each]! > counts[fullest]!)) {
				fullest = each;
			}
		}

		bits |= dotBits[fullest] ?? 0;
	}

	return String.fromCodePoint(brailleStart + bits);
};

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

	let count = 0;
	for (let port: number = ports.first; port <= ports.last; port++) {
		count += kinds[port] === kind ? 1 : 0;
	}

	const {portsPerCell} = geometry;
	if (sign === 'shades') {
		return {character: shades[stepOf(shades.length, count, ports.last - ports.first + 1) - 1]!, role};
	}

	const lit = portsPerCell <= dotCount ? dotCount : stepOf(dotCount, count, portsPerCell);
	return {character: drawDots(countByDot(kinds, kind, ports, portsPerCell), lit), role};
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
