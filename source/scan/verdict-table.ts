import {lastPort, type Port} from '../port/port.ts';
import {interval} from '../port/port-range.ts';
import {createPortPlaces, portSetOf, type PortPlaces} from '../port/port-set.ts';
import {portStates, reasonOf, rttOf, type PortState, type Verdict} from './verdict.ts';

/** The last verdict of each port of one host, in columns: 65,536 verdicts take half a megabyte, not ten. A host without any takes no room. */
export type VerdictTable = {
	readonly counts: Readonly<Record<PortState, number>>;
	/** Takes a verdict in; an earlier one of the same port is replaced. A port that was not asked for is none of its business. @returns The state the port had before, if any. */
	readonly set: (port: Port, verdict: Verdict) => PortState | undefined;
	readonly get: (port: Port) => Verdict | undefined;
	readonly stateOf: (port: Port) => PortState | undefined;
	/** Whether the port is among those that may get a verdict. */
	readonly asks: (port: Port) => boolean;
	/** How many ports have a reason, and the most tries that any verdict with it took. */
	readonly tallyOf: (reason: string) => {readonly count: number; readonly mostTries: number};
	/** Raises the number that stands for each port with a verdict to the one of its state, where that is higher. One pass: the port map asks 15 times a second. */
	readonly raise: (numbers: Uint8Array, numberOf: Readonly<Record<PortState, number>>) => void;
	/** The ports in any of these states, lowest first. */
	readonly portsIn: (states: readonly PortState[]) => readonly Port[];
};

/** The places of every port, made when first needed: whoever loads this file need not scan. */
let everyPort: PortPlaces | undefined;
const placesOfEveryPort = (): PortPlaces => everyPort ??= createPortPlaces(portSetOf([interval(0, lastPort)]));

/** The columns of a table; zero in `states` stands for no verdict, else one more than the index in `portStates`. */
const createColumns = (count: number) => ({
	states: new Uint8Array(count),
	reasonIndexes: new Uint8Array(count),
	tries: new Uint8Array(count),
	/** Not a number where there is none. */
	rttMs: new Float32Array(count),
});

/** @param places - Of the ports that may get a verdict; shared by the tables of a scan. */
export const createVerdictTable = (places: PortPlaces = placesOfEveryPort()): VerdictTable => {
	const counts: Record<PortState, number> = {open: 0, closed: 0, filtered: 0, unknown: 0};
	const reasons: string[] = [];
	const tallies: Array<{count: number; mostTries: number}> = [];
	let columns: ReturnType<typeof createColumns> | undefined;

	const indexOfReason = (reason: string): number => {
		const known = reasons.indexOf(reason);
		if (known !== -1) {
			return known;
		}

		tallies.push({count: 0, mostTries: 0});
		return reasons.push(reason) - 1;
	};

	const stateOf = (port: Port): PortState | undefined => {
		const place = places.placeOf(port);
		return place === undefined || columns === undefined ? undefined : portStates[columns.states[place]! - 1];
	};

	return {
		counts,
		set(port, verdict) {
			const place = places.placeOf(port);
			if (place === undefined) {
				return undefined;
			}

			const before = stateOf(port);
			if (before !== undefined) {
				counts[before]--;
				tallies[columns!.reasonIndexes[place]!]!.count--;
			}

			columns ??= createColumns(places.count);
			counts[verdict.state]++;
			columns.states[place] = portStates.indexOf(verdict.state) + 1;
			const reasonIndex = indexOfReason(reasonOf(verdict));
			const tally = tallies[reasonIndex]!;
			tally.count++;
			tally.mostTries = Math.max(tally.mostTries, verdict.tries);
			columns.reasonIndexes[place] = reasonIndex;
			columns.tries[place] = verdict.tries;
			columns.rttMs[place] = rttOf(verdict) ?? Number.NaN;
			return before;
		},
		get(port) {
			const state = stateOf(port);
			if (state === undefined) {
				return undefined;
			}

			const place = places.placeOf(port)!;
			const {reasonIndexes, tries, rttMs} = columns!;
			const rtt = rttMs[place]!;
			const shared = {state, ...(Number.isNaN(rtt) ? {} : {rttMs: rtt}), tries: tries[place]!};
			const reason = reasons[reasonIndexes[place]!]!;
			switch (state) {
				case 'open': {
					return shared as Verdict;
				}

				case 'closed':
				case 'filtered':
				case 'unknown': {
					return {...shared, reason} as Verdict;
				}
			}
		},
		stateOf,
		asks: port => places.placeOf(port) !== undefined,
		tallyOf: reason => tallies[reasons.indexOf(reason)] ?? {count: 0, mostTries: 0},
		raise(numbers, numberOf) {
			const byState = [0, ...portStates.map(state => numberOf[state])];
			const {states = new Uint8Array()} = columns ?? {};
			for (let place = 0; place < states.length; place++) {
				const port = places.portAt(place);
				numbers[port] = Math.max(numbers[port]!, byState[states[place]!]!);
			}
		},
		portsIn(wanted) {
			const isWanted = portStates.map(state => wanted.includes(state));
			const ports: Port[] = [];
			for (const [place, state] of columns?.states.entries() ?? []) {
				if (state !== 0 && isWanted[state - 1]) {
					ports.push(places.portAt(place));
				}
			}

			return ports;
		},
	};
};
