import {portCount, type Port} from '../port/port.ts';
import {portStates, reasonOf, type PortState, type Verdict} from './verdict.ts';

/** The last verdict of each port of one host, in columns: 65,536 verdicts take half a megabyte, not ten. */
export type VerdictTable = {
	readonly counts: Readonly<Record<PortState, number>>;
	/** Takes a verdict in; an earlier one of the same port is replaced. @returns The state the port had before, if any. */
	readonly set: (port: Port, verdict: Verdict) => PortState | undefined;
	readonly get: (port: Port) => Verdict | undefined;
	readonly stateOf: (port: Port) => PortState | undefined;
	/** Raises the number that stands for each port with a verdict to the one of its state, where that is higher. One pass: the port map asks 15 times a second. */
	readonly raise: (numbers: Uint8Array, numberOf: Readonly<Record<PortState, number>>) => void;
	/** The ports in any of these states, lowest first. */
	readonly portsIn: (states: readonly PortState[]) => readonly Port[];
};

export const createVerdictTable = (): VerdictTable => {
	const counts: Record<PortState, number> = {open: 0, closed: 0, filtered: 0, unknown: 0};
	/** Zero for no verdict, else one more than the index in `portStates`. */
	const states = new Uint8Array(portCount);
	const reasons: string[] = [];
	const reasonIndexes = new Uint8Array(portCount);
	const tries = new Uint8Array(portCount);
	const rttMs = new Float32Array(portCount);

	const indexOfReason = (reason: string): number => {
		const known = reasons.indexOf(reason);
		return known === -1 ? reasons.push(reason) - 1 : known;
	};

	const stateOf = (port: Port): PortState | undefined => portStates[states[port]! - 1];

	return {
		counts,
		set(port, verdict) {
			const before = stateOf(port);
			if (before !== undefined) {
				counts[before]--;
			}

			counts[verdict.state]++;
			states[port] = portStates.indexOf(verdict.state) + 1;
			reasonIndexes[port] = indexOfReason(reasonOf(verdict));
			tries[port] = verdict.tries;
			rttMs[port] = 'rttMs' in verdict ? verdict.rttMs : 0;
			return before;
		},
		get(port) {
			const state = stateOf(port);
			if (state === undefined) {
				return undefined;
			}

			const shared = {state, tries: tries[port]!};
			const reason = reasons[reasonIndexes[port]!]!;
			switch (state) {
				case 'open': {
					return {...shared, rttMs: rttMs[port]!} as Verdict;
				}

				case 'closed': {
					return {...shared, reason, rttMs: rttMs[port]!} as Verdict;
				}

				case 'filtered':
				case 'unknown': {
					return {...shared, reason} as Verdict;
				}
			}
		},
		stateOf,
		raise(numbers, numberOf) {
			const byState = [0, ...portStates.map(state => numberOf[state])];
			for (let port = 0; port < portCount; port++) {
				numbers[port] = Math.max(numbers[port]!, byState[states[port]!]!);
			}
		},
		portsIn(wanted) {
			const isWanted = portStates.map(state => wanted.includes(state));
			const ports: Port[] = [];
			for (const [port, state] of states.entries()) {
				if (state !== 0 && isWanted[state - 1]) {
					ports.push(port as Port);
				}
			}

			return ports;
		},
	};
};
