import type {PortInterval} from '../port/port-range.ts';
import type {ClientRange, PortFacts} from '../registry/registry.ts';
import {standingOf, type ClientRangeStanding, type OwnClientRange} from '../local/client-range.ts';

const formatRange = ({first, last}: PortInterval): string => `${first}–${last}`;

const standingWords: Readonly<Record<ClientRangeStanding, (range: string) => string>> = {
	inside: range => `A program on this machine may be given it for its own end of a connection (${range}, read from the system).`,
	reserved: range => `This machine keeps it back from the ports it gives to clients (${range}, read from the system).`,
	outside: range => `Not among the ports this machine gives to clients (${range}, read from the system).`,
};

/** Systems with the same range are named together: `Windows and macOS (49152–65535)`. */
const formatDefaults = (ranges: readonly ClientRange[]): string => {
	const systems = new Map<string, string[]>();
	for (const range of ranges) {
		systems.set(formatRange(range), [...(systems.get(formatRange(range)) ?? []), range.system]);
	}

	return [...systems].map(([range, names]) => `${names.join(', ')} (${range})`).join('; ');
};

/**
Whether clients are given the port: on this machine as it was read, and by default elsewhere.

@param own - Undefined where it could not be read.
*/
export const clientRangeWords = ({port, clientRanges}: PortFacts, own: OwnClientRange | undefined): readonly string[] => [
	own === undefined ? 'Which ports this machine gives to clients could not be read.' : standingWords[standingOf(own, port)](formatRange(own)),
	clientRanges.length === 0 ? 'In no system\'s default client range that is known here.' : `In the default client range of ${formatDefaults(clientRanges)}.`,
];
