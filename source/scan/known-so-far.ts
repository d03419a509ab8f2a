import type {Port} from '../port/port.ts';
import type {PortSet} from '../port/port-set.ts';

/** A run of host numbers, both ends included. */
export type HostRun = {readonly first: number; readonly last: number};

/** What is known of a host whose turn had come, and was not over. */
export type KnownHost = {
	readonly number: number;
	/** Ports whose verdict stands: nothing more is told of them. */
	readonly ports: PortSet;
	/** Some of them that answered. They are asked once more, so that it is known what an answer of this host looks like while others are silent. */
	readonly witnesses: readonly Port[];
};

/** What an earlier run of the same plan has found out, so that only the rest is asked. */
export type KnownSoFar = {
	/** Hosts of which nothing more is asked, lowest numbers first. */
	readonly over: readonly HostRun[];
	readonly hosts: readonly KnownHost[];
};

/** The ports of a host that are left to ask, in their order, its witnesses before them; none at all where nothing is left. */
export const orderOfRest = (whole: Uint16Array, {ports, witnesses}: Pick<KnownHost, 'ports' | 'witnesses'>, alsoKnown: readonly Port[]): Uint16Array => {
	const isKnown = new Uint8Array(65_536);
	for (const {first, last} of ports.intervals) {
		isKnown.fill(1, first, last + 1);
	}

	for (const port of alsoKnown) {
		isKnown[port] = 1;
	}

	const rest = whole.filter(port => isKnown[port] === 0);
	return rest.length === 0 ? rest : Uint16Array.from([...witnesses.filter(port => !alsoKnown.includes(port)), ...rest]);
};
