import {parsePortSet} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {portsOf} from '../port/port-set.ts';
import {transports, type Port, type Transport} from '../port/port.ts';
import {narrowFacts} from './narrow-facts.ts';
import type {PortFacts, Registry} from './registry.ts';

/** A port that is to be told of; with a transport (`53/udp`) only what holds on that one. */
export type AskedPort = {readonly port: Port; readonly transport: Transport | undefined};

export type Finding = {
	readonly asked: readonly AskedPort[];
	/** How many of them, the first, were asked for one by one; the others were found by words, best first. */
	readonly namedCount: number;
	/** What was searched instead of words that nothing matches. */
	readonly corrected: string | undefined;
	/** Words that nothing matches, beside ports that were asked for. */
	readonly unmatched: string | undefined;
	/** Whether no port has all the words, and each was searched by itself. */
	readonly isEachApart: boolean;
};

/** What can only be meant as ports, so that a slip in it is an error and not a search. */
const isNumeric = (word: string): boolean => /^[\d\s,!–-]*$/.test(word);

const overTransport = new RegExp(`^(.+)/(${transports.join('|')})$`, 'i');

/** `53/udp` as its ports and its transport. */
const splitTransport = (word: string): {readonly list: string; readonly transport: Transport | undefined} => {
	const [, list = word, name] = overTransport.exec(word) ?? [];
	return {list, transport: transports.find(transport => transport === name?.toLowerCase())};
};

const askFor = (ports: Iterable<Port>, transport?: Transport): readonly AskedPort[] => Array.from(ports, port => ({port, transport}));

const withoutRepeats = (asked: readonly AskedPort[]): readonly AskedPort[] =>
	[...new Map(asked.map(each => [`${each.port}/${each.transport ?? ''}`, each])).values()];

/** Reads words as lists of ports, one after the other. */
const parseLists = (words: readonly string[], registry: Registry): Parsed<readonly AskedPort[]> => {
	const asked: AskedPort[] = [];
	for (const word of words) {
		const {list, transport} = splitTransport(word);
		const set = parsePortSet(list, registry);
		if (!set.ok) {
			return set;
		}

		asked.push(...askFor(portsOf(set.value), transport));
	}

	return parsed(withoutRepeats(asked));
};

const search = (text: string, registry: Registry): Finding =>
	({asked: askFor(registry.search(text)), namedCount: 0, corrected: registry.correct(text), unmatched: undefined, isEachApart: false});

/** Ports beside words that nothing has together: the ports, and what the words find without them. */
const findApart = (words: readonly string[], registry: Registry): Finding | undefined => {
	const numbers = words.filter(word => isNumeric(splitTransport(word).list));
	const named = numbers.length === 0 ? undefined : parseLists(numbers, registry);
	if (!named?.ok) {
		return undefined;
	}

	const text = words.filter(word => !numbers.includes(word)).join(' ');
	const found = search(text, registry);
	const others = found.asked.filter(({port}) => !named.value.some(each => each.port === port));
	return {...found, asked: [...named.value, ...others], namedCount: named.value.length, unmatched: found.asked.length === 0 ? text : undefined};
};

/** So many ports of each word are told where the words are searched one by one. */
const mostOfEach = 8;

/** Words that no port has together, each by itself: `docker grafana` are two questions. Undefined where one of them finds nothing either. */
const findEach = (words: readonly string[], registry: Registry): Finding | undefined => {
	const each = words.map(word => search(word, registry));
	return words.length > 1 && each.every(({asked, corrected}) => asked.length > 0 && corrected === undefined)
		? {asked: withoutRepeats(each.flatMap(({asked}) => asked.slice(0, mostOfEach))), namedCount: 0, corrected: undefined, unmatched: undefined, isEachApart: true}
		: undefined;
};

/**
Finds the ports that the words of a command line ask for: lists of ports, each over a transport if it says so, or what all the words together match.

@returns The ports, or one sentence where what can only be ports is none.
*/
export const findPorts = (words: readonly string[], registry: Registry): Parsed<Finding> => {
	// What is to be left out is taken from all the words, so they are one list: `80-90 !85` as `80-90,!85`.
	const asked = parseLists(words.some(word => word.startsWith('!')) ? [words.join(',')] : words, registry);
	if (asked.ok) {
		return parsed({asked: asked.value, namedCount: asked.value.length, corrected: undefined, unmatched: undefined, isEachApart: false});
	}

	if (words.every(word => isNumeric(splitTransport(word).list))) {
		return rejected(asked.message);
	}

	const found = search(words.join(' '), registry);
	if (found.asked.length > 0 && found.corrected === undefined) {
		return parsed(found);
	}

	return parsed(findApart(words, registry) ?? (found.asked.length > 0 ? found : findEach(words, registry) ?? found));
};

/** What is known of the ports that are asked for, on the transport that is asked for. */
export const factsOfAsked = (asked: readonly AskedPort[], registry: Registry): readonly PortFacts[] => asked.map(({port, transport}) =>
	(transport === undefined ? registry.lookup(port) : narrowFacts(registry.lookup(port), transport)));
