import {portRanges} from '../../port/port-range.ts';
import {portCount, type Port} from '../../port/port.ts';
import {severities, type Registry} from '../../registry/registry.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import {portStates, type PortState} from '../../scan/verdict.ts';
import {listeningPortsOf, type MapColoring} from '../../store/map-coloring.ts';
import type {State} from '../../store/state.ts';
import {kindNamed, kindOfStatus} from './kinds.ts';

/** The kind of every port, as its place in `kindsOf`. */
export type PortKinds = Readonly<Uint8Array>;

/** What the colours of the map are made of. */
export type MapFacts = {
	readonly registry: Registry | undefined;
	readonly record: ScanRecord | undefined;
	readonly results: readonly Port[] | undefined;
	readonly listening: ReadonlySet<Port>;
};

export const mapFactsOf = (state: State): MapFacts =>
	({registry: state.registry, record: state.scan?.record, results: state.find.results, listening: listeningPortsOf(state)});

/** Keeps what was made of an object as long as the object is there. */
const remembered = <Key extends object, Value>(make: (key: Key) => Value): ((key: Key) => Value) => {
	const made = new WeakMap<Key, Value>();
	return key => {
		const known = made.get(key);
		if (known !== undefined) {
			return known;
		}

		const value = make(key);
		made.set(key, value);
		return value;
	};
};

/** One look at every port of the registry answers both questions: some 20 ms the first time the map is shown, and nothing after that. */
const readRegistry = remembered((registry: Registry): Readonly<Record<'assignment' | 'exposure', PortKinds>> => {
	const assignment = new Uint8Array(portCount);
	const exposure = new Uint8Array(portCount);
	for (let port = 0; port < portCount; port++) {
		const facts = registry.lookup(port as Port);
		assignment[port] = kindOfStatus[facts.entries[0]!.status];
		for (const {severity: {internet}} of facts.exposure) {
			exposure[port] = Math.max(exposure[port]!, internet === null ? 0 : 1 + severities.indexOf(internet));
		}
	}

	return {assignment, exposure};
});

const markPorts = (kinds: Uint8Array, ports: Iterable<Port>, kind: number): Uint8Array => {
	for (const port of ports) {
		kinds[port] = Math.max(kinds[port]!, kind);
	}

	return kinds;
};

const readResults = remembered((results: readonly Port[]): PortKinds => markPorts(new Uint8Array(portCount), results, kindNamed('found', 'found')));

const rangesByPort = remembered((ranges: typeof portRanges): PortKinds => {
	const kinds = new Uint8Array(portCount);
	for (const {first, last, id} of ranges) {
		kinds.fill(kindNamed('range', id), first, last + 1);
	}

	return kinds;
});

const kindOfState = Object.fromEntries(portStates.map(state => [state, kindNamed('scan', state)])) as Record<PortState, number>;

/** Over all hosts of the scan: open on any of them is open. */
const readScan = (record: ScanRecord | undefined, listening: ReadonlySet<Port>): PortKinds => {
	const kinds = markPorts(new Uint8Array(portCount), listening, kindNamed('scan', 'listening here'));
	for (const {verdicts} of record?.hosts ?? []) {
		verdicts.raise(kinds, kindOfState);
	}

	return kinds;
};

type ScanKinds = {readonly revision: number; readonly listening: ReadonlySet<Port>; readonly kinds: PortKinds};
const scanKinds = new WeakMap<object, ScanKinds>();

/** A record changes in place, so what was made of it holds for one revision. */
const rememberScan = ({record, listening}: MapFacts): PortKinds => {
	const key = record ?? listening;
	const revision = record?.revision ?? 0;
	const known = scanKinds.get(key);
	if (known?.revision === revision && known.listening === listening) {
		return known.kinds;
	}

	const kinds = readScan(record, listening);
	scanKinds.set(key, {revision, listening, kinds});
	return kinds;
};

/**
The kind of every port in a colouring: the same array as long as nothing has changed.

@returns Undefined while what it is made of is not there: the registry takes a moment to load.
*/
export const kindsOfPorts = (coloring: MapColoring, facts: MapFacts): PortKinds | undefined => {
	const {registry, results} = facts;
	switch (coloring) {
		case 'range': {
			return rangesByPort(portRanges);
		}

		case 'assignment':
		case 'exposure': {
			return registry && readRegistry(registry)[coloring];
		}

		case 'scan': {
			return rememberScan(facts);
		}

		case 'found': {
			return results && readResults(results);
		}
	}
};
