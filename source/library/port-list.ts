import type {Parsed} from '../port/parsed.ts';
import {parsePortSet, type PortVocabulary} from '../port/parse-port-set.ts';
import {formatPortSet, portSetOfPorts, portsOf, type PortSet} from '../port/port-set.ts';
import {isPort, lastPort, type Port} from '../port/port.ts';
import {rejected, parsed} from '../port/parsed.ts';
import {PortuiError} from './portui-error.ts';

/** A set of ports, lowest first. */
export type Ports = Iterable<number> & {
	/** How many there are. */
	readonly size: number;
	readonly has: (port: number) => boolean;
	/** The shortest way to write them: `22,80-90`. `parsePorts` reads it back. */
	readonly toString: () => string;
};

export const createPorts = (set: PortSet): Ports => Object.freeze({
	size: set.size,
	has: (port: number): boolean => set.intervals.some(({first, last}) => port >= first && port <= last && isPort(port)),
	toString: () => formatPortSet(set),
	[Symbol.iterator]: () => portsOf(set),
});

/** Reads ports as they may be given to the library: a list as people type it, or numbers. */
export const readPorts = (ports: string | Iterable<number>, vocabulary: PortVocabulary): Parsed<PortSet> => {
	if (typeof ports === 'string') {
		return parsePortSet(ports, vocabulary);
	}

	const numbers: Port[] = [];
	for (const port of ports) {
		if (!isPort(port)) {
			return rejected(`${String(port)} is not a port: ports are whole numbers from 0 to ${lastPort}.`);
		}

		numbers.push(port);
	}

	// Of none it says what it says of an empty list.
	return numbers.length === 0 ? parsePortSet('', vocabulary) : parsed(portSetOfPorts(numbers));
};

/** The value of a result, or its sentence thrown. */
export const portsOrThrow = (result: Parsed<PortSet>): PortSet => {
	if (!result.ok) {
		throw new PortuiError('ERR_INVALID_PORTS', result.message);
	}

	return result.value;
};
