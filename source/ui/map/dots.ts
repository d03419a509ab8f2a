import {sizeOf, type PortInterval} from '../../port/port-range.ts';
import type {PortKinds} from './kinds-of-ports.ts';

/** The dots of a braille character down its left column, then down its right one: ports run from left to right. */
const dotBits = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];
const dotCount = dotBits.length;
const brailleStart = 0x28_00;
const allDots = String.fromCodePoint(brailleStart + 0xFF);

/** The step of a scale for a share above 0, from 1: the lowest is for the smallest, so that a single port is never invisible. */
export const stepOf = (stepCount: number, count: number, of: number): number => Math.ceil((count * stepCount) / of);

/** How many of some ports are of a kind. */
export const countKind = (kinds: PortKinds, kind: number, {first, last}: PortInterval): number => {
	let count = 0;
	for (let port: number = first; port <= last; port++) {
		count += kinds[port] === kind ? 1 : 0;
	}

	return count;
};

/** How many ports of a kind each dot stands for, in the order of `dotBits`. */
const countByDot = (kinds: PortKinds, kind: number, {first, last}: PortInterval, portsPerCell: number): readonly number[] => {
	const counts = [0, 0, 0, 0, 0, 0, 0, 0];
	for (let port: number = first; port <= last; port++) {
		counts[Math.floor(((port - first) * dotCount) / portsPerCell)]! += kinds[port] === kind ? 1 : 0;
	}

	return counts;
};

/** The dots that stand for most ports, so many of them, but none that stands for none. */
const fullestDots = (counts: readonly number[], lit: number): number => {
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

	return bits;
};

/** Every dot is a port, or several dots are: those of the ports of a kind. */
const dotsOfPorts = (kinds: PortKinds, kind: number, {first, last}: PortInterval, portsPerCell: number): number => {
	let bits = 0;
	for (let dot = 0; dot < dotCount; dot++) {
		const port = first + Math.floor((dot * portsPerCell) / dotCount);
		bits |= port <= last && kinds[port] === kind ? dotBits[dot]! : 0;
	}

	return bits;
};

/**
Draws which ports of a cell are of a kind as a braille character.

With up to eight ports a cell the dots are the ports. With more there are as many dots as the ports of the kind have a share in the cell, where most of them are: so both how dense they are and where they are is seen.
*/
export const drawDots = (kinds: PortKinds, kind: number, ports: PortInterval, portsPerCell: number): string => {
	const count = countKind(kinds, kind, ports);
	if (count === portsPerCell && count === sizeOf(ports)) {
		return allDots;
	}

	const bits = portsPerCell <= dotCount
		? dotsOfPorts(kinds, kind, ports, portsPerCell)
		: fullestDots(countByDot(kinds, kind, ports, portsPerCell), stepOf(dotCount, count, portsPerCell));
	return String.fromCodePoint(brailleStart + bits);
};
