import {distance} from 'fastest-levenshtein';
import type {Port} from '../port/port.ts';
import type {RegistryTables} from './registry-tables.ts';

/** Which ports a name stands for, and which name was meant by a mistyped one. */
export type NameIndex = {
	readonly portsNamed: (name: string) => readonly Port[];
	readonly nearestName: (name: string) => string | undefined;
};

/** The longest name looked for: service names have at most 15 characters (RFC 6335, section 5.1), old ones a few more. */
const longestName = 64;

/** Two neighbouring letters the wrong way round are two slips, so a word of five letters is allowed two; a shorter one would turn into another word. */
const slipsAllowed = (word: string): number => {
	if (word.length < 5) {
		return 1;
	}

	return word.length < 9 ? 2 : 3;
};

const byName = ({registrations}: RegistryTables): ReadonlyMap<string, {readonly name: string; readonly ports: readonly Port[]}> => {
	const found = new Map<string, {name: string; ports: Port[]}>();
	for (const {first, last, entry} of registrations) {
		if (entry.name === null) {
			continue;
		}

		for (const name of [entry.name, ...entry.aliases]) {
			const key = name.toLowerCase();
			const known = found.get(key) ?? {name, ports: []};
			found.set(key, known);
			for (let port: number = first; port <= last; port++) {
				known.ports.push(port as Port);
			}
		}
	}

	for (const known of found.values()) {
		known.ports = [...new Set(known.ports)].sort((a, b) => a - b);
	}

	return found;
};

/** Indexes names and aliases, letter case aside. The index is built when it is first asked. */
export const createNameIndex = (tables: RegistryTables): NameIndex => {
	let built: ReturnType<typeof byName> | undefined;
	const index = (): ReturnType<typeof byName> => (built ??= byName(tables));

	return {
		portsNamed: name => index().get(name.toLowerCase())?.ports ?? [],
		nearestName(mistyped) {
			const word = mistyped.trim().toLowerCase();
			if (word === '' || word.length > longestName) {
				return undefined;
			}

			const curatedRanks = new Map(tables.topPorts.map((port, rank) => [port, rank]));
			let nearest: string | undefined;
			let nearestDistance = slipsAllowed(word);
			let nearestRank = Infinity;
			for (const [key, {name, ports}] of index()) {
				if (Math.abs(key.length - word.length) > nearestDistance) {
					continue;
				}

				const slips = distance(key, word);
				// Among names equally near the one that is met most is the likelier wish.
				const rank = Math.min(tables.topPorts.length, ...ports.map(port => curatedRanks.get(port) ?? Infinity));
				if (slips < nearestDistance || (slips === nearestDistance && rank < nearestRank)) {
					nearest = name;
					nearestDistance = slips;
					nearestRank = rank;
				}
			}

			return nearest;
		},
	};
};
