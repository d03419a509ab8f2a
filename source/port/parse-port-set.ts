import {isPort, lastPort, toPort, type Port} from './port.ts';
import {interval, portRanges, type PortInterval} from './port-range.ts';
import {parsed, rejected, type Parsed} from './parsed.ts';
import {portSetOf, type PortSet} from './port-set.ts';
import {quoteTyped} from './quote.ts';

/** What the words in a list of ports stand for: the registry's names and the curated table. */
export type PortVocabulary = {
	/** Every port of that service name or alias; empty where there is none. */
	readonly portsNamed: (name: string) => readonly Port[];
	/** The name nearest to a mistyped one, for the sentence that rejects it. */
	readonly nearestName: (name: string) => string | undefined;
	/** The curated ports worth probing first, most worthwhile first: `top100` is the first hundred. */
	readonly topPorts: readonly Port[];
};

const number = /^\d+$/;
const numberRange = /^(\d*)\s*[-–]\s*(\d*)$/;
const top = /^top-?(\d+)$/;

const quote = (text: string): string => quoteTyped(text, 40);

const parsePort = (digits: string): Parsed<Port> => {
	const value = Number(digits);
	return isPort(value) ? parsed(value) : rejected(`Port ${digits.slice(0, 20)} is out of range: ports go from 0 to ${lastPort}.`);
};

const parseRange = (item: string, from: string, to: string): Parsed<readonly PortInterval[]> => {
	if (from === '' && to === '') {
		return rejected(`${quote(item)} is not a range of ports: write it like 80-90, -1023 or 49152-.`);
	}

	const first = parsePort(from === '' ? '0' : from);
	const last = parsePort(to === '' ? String(lastPort) : to);
	if (!first.ok) {
		return first;
	}

	if (!last.ok) {
		return last;
	}

	if (first.value > last.value) {
		return rejected(`${quote(item)} runs backwards: write ${last.value}-${first.value}.`);
	}

	return parsed([{first: first.value, last: last.value}]);
};

const parseTop = (item: string, count: number, {topPorts}: PortVocabulary): Parsed<readonly PortInterval[]> => {
	if (count === 0) {
		return rejected(`${quote(item)} asks for no port: write top1 to top${topPorts.length}.`);
	}

	return parsed(topPorts.slice(0, count).map(port => ({first: port, last: port})));
};

const parseBareItem = (item: string, vocabulary: PortVocabulary): Parsed<readonly PortInterval[]> => {
	if (number.test(item)) {
		const port = parsePort(item);
		return port.ok ? parsed([{first: port.value, last: port.value}]) : port;
	}

	const range = numberRange.exec(item);
	if (range) {
		return parseRange(item, range[1]!, range[2]!);
	}

	const word = item.toLowerCase();
	if (word === 'all') {
		return parsed([interval(0, lastPort)]);
	}

	const named = portRanges.find(({id}) => id === word);
	if (named) {
		return parsed([{first: named.first, last: named.last}]);
	}

	const ranked = top.exec(word);
	if (ranked) {
		return parseTop(item, Number(ranked[1]), vocabulary);
	}

	const ports = vocabulary.portsNamed(word);
	if (ports.length > 0) {
		return parsed(ports.map(port => ({first: toPort(port), last: toPort(port)})));
	}

	if (/^[-+]?[\d.,_]*\d$/.test(item)) {
		return rejected(`${quote(item)} is not a port: write a whole number from 0 to ${lastPort}, without points or spaces.`);
	}

	if (/\S\s+\S/.test(item)) {
		return rejected(`${quote(item)} is not one port, range or name: put commas between them.`);
	}

	const nearest = vocabulary.nearestName(word);
	const advice = nearest === undefined ? ': write a port number, a range like 80-90, or a name like http.' : `; did you mean ${nearest}?`;
	return rejected(`No service is named ${quote(item)}${advice}`);
};

const withTransport = /^(.+)\/(tcp|udp|sctp|dccp)$/i;

const parseItem = (item: string, vocabulary: PortVocabulary): Parsed<readonly PortInterval[]> => {
	const [, bare = item, transport = 'tcp'] = withTransport.exec(item) ?? [];
	return transport.toLowerCase() === 'tcp'
		? parseBareItem(bare.trim(), vocabulary)
		: rejected(`${quote(item)} is not a TCP port, and a list of ports is of TCP ports: leave out /${transport}.`);
};

/** An empty list is likelier a script's empty variable than a wish to scan nothing. */
const emptyList = 'The list of ports is empty: write ports like 22,80-90, a name like http, or all.';

/**
Parses a list of ports: `22`, `80-90`, `-1023`, `49152-`, `http` (every port of that name), `well-known`, `registered`, `ephemeral`, `all`, `top100`, any of them with `/tcp` behind it, commas between, `!` before an item to take it away.

A list that only takes away starts from all ports.

@param text - What was typed.
@param vocabulary - What names and `top…` stand for.
@returns The set, or one sentence that says which item is wrong and how to write it. Never throws.
*/
export const parsePortSet = (text: string, vocabulary: PortVocabulary): Parsed<PortSet> => {
	if (text.trim() === '') {
		return rejected(emptyList);
	}

	const included: PortInterval[] = [];
	const excluded: PortInterval[] = [];
	for (const raw of text.split(',')) {
		const isExcluded = raw.trim().startsWith('!');
		const item = isExcluded ? raw.trim().slice(1).trim() : raw.trim();
		if (item === '') {
			return rejected(text.replaceAll(/[\s,!]/g, '') === '' ? emptyList : `There is an empty item in ${quote(text)}: write one port, range or name between commas.`);
		}

		const intervals = parseItem(item, vocabulary);
		if (!intervals.ok) {
			return intervals;
		}

		(isExcluded ? excluded : included).push(...intervals.value);
	}

	const ports = portSetOf(included.length === 0 ? [interval(0, lastPort)] : included, excluded);
	return ports.size === 0 ? rejected(`Nothing is left of ${quote(text)}: every port in it is taken away again.`) : parsed(ports);
};
