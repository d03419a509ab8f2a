import {createPortPlaces, type PortSet} from '../port/port-set.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {StateCounts} from '../scan/scan-record.ts';
import {portStates, type PortState} from '../scan/verdict.ts';

/** Counts the verdicts of a scan as they come: a byte a port of each host whose turn is not over. */
export type CountTally = {
	readonly take: (event: ScanEvent) => void;
	readonly counts: () => StateCounts;
};

/** Makes a tally of the verdicts for these ports. A later verdict replaces an earlier one. */
export const createCountTally = (ports: PortSet): CountTally => {
	const places = createPortPlaces(ports);
	const counts: Record<PortState, number> = {open: 0, closed: 0, filtered: 0, unknown: 0};
	/** By host: the place of a port's state among the states and one more; 0 where there is none. */
	const hosts = new Map<number, Uint8Array>();
	return {
		take(event) {
			if (event.kind === 'host') {
				// Nothing more is told of it.
				hosts.delete(event.host);
				return;
			}

			const place = event.kind === 'probed' ? places.placeOf(event.port) : undefined;
			if (event.kind !== 'probed' || place === undefined || place < 0) {
				return;
			}

			const states = hosts.get(event.host) ?? new Uint8Array(ports.size);
			hosts.set(event.host, states);
			const before = portStates[states[place]! - 1];
			if (before !== undefined) {
				counts[before]--;
			}

			states[place] = portStates.indexOf(event.verdict.state) + 1;
			counts[event.verdict.state]++;
		},
		counts: () => ({...counts}),
	};
};
