import type {Port} from '../port/port.ts';
import type {ScanEvent} from './event.ts';
import {rttOf, type Verdict} from './verdict.ts';

/**
A run of `probed` events as columns, so that a thousand of them cross to another thread as five buffers instead of a thousand objects.

`state` indexes `states`, which lists each state with its reason once.
*/
export type PackedProbes = {
	readonly kind: 'packed';
	readonly states: ReadonlyArray<{readonly state: Verdict['state']; readonly reason: string}>;
	readonly host: Uint32Array<ArrayBuffer>;
	readonly port: Uint16Array<ArrayBuffer>;
	readonly state: Uint8Array<ArrayBuffer>;
	readonly tries: Uint8Array<ArrayBuffer>;
	/** Milliseconds; not a number where there is no round-trip time. */
	readonly rttMs: Float32Array<ArrayBuffer>;
};

/** Runs this short cost less as they are: those of hosts with few ports. */
const shortestPacked = 8;

export type PackedEvent = PackedProbes | ScanEvent;

type Probed = Extract<ScanEvent, {kind: 'probed'}>;

const packRun = (run: readonly Probed[]): PackedProbes => {
	const states: Array<{state: Verdict['state']; reason: string}> = [];
	const stateNumbers = new Map<string, number>();
	const packed: PackedProbes = {
		kind: 'packed',
		states,
		host: new Uint32Array(run.length),
		port: new Uint16Array(run.length),
		state: new Uint8Array(run.length),
		tries: new Uint8Array(run.length),
		rttMs: new Float32Array(run.length),
	};

	for (const [index, {host, port, verdict}] of run.entries()) {
		const reason = verdict.state === 'open' ? '' : verdict.reason;
		const key = `${verdict.state} ${reason}`;
		let number = stateNumbers.get(key);
		if (number === undefined) {
			number = states.push({state: verdict.state, reason}) - 1;
			stateNumbers.set(key, number);
		}

		packed.host[index] = host;
		packed.port[index] = port;
		packed.state[index] = number;
		packed.tries[index] = verdict.tries;
		packed.rttMs[index] = rttOf(verdict) ?? Number.NaN;
	}

	return packed;
};

/** Packs events in their order; neighbouring `probed` events become one packed run, unless they are few. */
export const packEvents = (events: readonly ScanEvent[]): PackedEvent[] => {
	const packed: PackedEvent[] = [];
	let run: Probed[] = [];
	const flush = (): void => {
		if (run.length < shortestPacked) {
			packed.push(...run);
		} else {
			packed.push(packRun(run));
		}

		run = [];
	};

	for (const event of events) {
		if (event.kind === 'probed') {
			run.push(event);
		} else {
			flush();
			packed.push(event);
		}
	}

	flush();
	return packed;
};

/** The buffers of packed events, to hand over instead of copying. */
export const buffersOf = (events: readonly PackedEvent[]): ArrayBuffer[] =>
	events.flatMap(event => (event.kind === 'packed' ? [event.host.buffer, event.port.buffer, event.state.buffer, event.tries.buffer, event.rttMs.buffer] : []));

const unpackRun = ({states, host, port, state, tries, rttMs}: PackedProbes): ScanEvent[] =>
	Array.from(port, (number, index) => {
		const known = states[state[index]!]!;
		const verdict = {
			state: known.state,
			...(known.state === 'open' ? {} : {reason: known.reason}),
			...(Number.isNaN(rttMs[index]!) ? {} : {rttMs: rttMs[index]!}),
			tries: tries[index]!,
		} as Verdict;
		return {kind: 'probed', host: host[index]!, port: number as Port, verdict};
	});

/** Undoes `packEvents`. Round-trip times come back with the precision of a 32-bit float, some seven digits. */
export const unpackEvents = (events: readonly PackedEvent[]): ScanEvent[] => events.flatMap(event => (event.kind === 'packed' ? unpackRun(event) : [event]));
