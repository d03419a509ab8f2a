import {interval, type PortInterval} from '../port/port-range.ts';
import {lastPort, portCount, transports, type Port, type Transport} from '../port/port.ts';
import {createHaystack} from './haystack.ts';
import {matchOf, numberPrefixes, ranks} from './match.ts';
import type {RegistryTables} from './registry-tables.ts';
import {bitOf, type TransportBits} from './transport-bits.ts';

/** What is read of a query: more than any name or sentence of the registry, and little enough that a pasted file costs nothing. */
const longestQuery = 200;
const mostWords = 16;

type Query =
	| {readonly kind: 'everything'}
	| {readonly kind: 'range'; readonly first: number; readonly last: number}
	| {readonly kind: 'number'; readonly digits: string}
	| {readonly kind: 'transport'; readonly bits: TransportBits}
	| {readonly kind: 'words'; readonly words: readonly string[]; readonly bits: TransportBits};

/** Where the ports without any record lie, by the word of their status. */
const statusRanges: ReadonlyMap<string, PortInterval> = new Map([
	['unassigned', interval(0, 49_151)],
	['dynamic', interval(49_152, lastPort)],
]);

const isTransport = (word: string): word is Transport => (transports as readonly string[]).includes(word);

const parseQuery = (text: string): Query => {
	const short = text.slice(0, longestQuery).trim().toLowerCase();
	if (short === '') {
		return {kind: 'everything'};
	}

	if (/^\d+$/.test(short)) {
		return {kind: 'number', digits: short};
	}

	const range = /^(\d+)\s*[-–]\s*(\d+)$/.exec(short);
	if (range && Number(range[1]) <= Number(range[2])) {
		return {kind: 'range', first: Number(range[1]), last: Number(range[2])};
	}

	const all = [...new Set(short.split(/\s+/))].slice(0, mostWords);
	const words = all.filter(word => !isTransport(word));
	let bits = 0;
	for (const word of all) {
		bits |= isTransport(word) ? bitOf(word) : 0;
	}

	return words.length === 0 ? {kind: 'transport', bits} : {kind: 'words', words, bits};
};

const portsWhere = (isWanted: (port: number) => boolean): readonly Port[] => {
	const found: Port[] = [];
	for (let port = 0; port < portCount; port++) {
		if (isWanted(port)) {
			found.push(port as Port);
		}
	}

	return found;
};

/**
Makes the search of a registry.

A row is a port that has a record or a known use. Rows are matched by their texts and sorted by one number each: how well they match, then the curated order, then assigned before the rest, then the port. The other ports, some 58,000, all read the same: they answer to a number, a range, or the word for their status, after the rows.
*/
export const createSearch = (tables: RegistryTables): ((query: string) => readonly Port[]) => {
	const haystack = createHaystack(tables);
	const everyPort = portsWhere(() => true);
	const curatedRanks = new Uint16Array(portCount).fill(tables.topPorts.length);
	for (const [rank, port] of tables.topPorts.entries()) {
		curatedRanks[port] = rank;
	}

	const sortKey = (match: number, port: number, isAssigned: boolean): number =>
		(((ranks.best - match) * portCount + curatedRanks[port]!) * 2 + (isAssigned ? 0 : 1)) * portCount + port;

	const rankedRows = (words: readonly string[], bits: TransportBits): Port[] => {
		const keys: number[] = [];
		for (let row = 0; row < haystack.ports.length; row++) {
			if ((haystack.transportBits[row]! & bits) !== bits) {
				continue;
			}

			const match = matchOf(haystack, row, words);
			if (match > 0) {
				keys.push(sortKey(match, haystack.ports[row]!, haystack.assignedBits[row]! !== 0));
			}
		}

		return Array.from(Float64Array.from(keys).sort(), key => key % portCount as Port);
	};

	/** Ports without a row by the word for their status; built when that word is first searched. */
	const plainPorts = new Map<string, readonly Port[]>();
	const plainPortsOf = (status: string): readonly Port[] => {
		const range = statusRanges.get(status)!;
		const ports = plainPorts.get(status) ?? everyPort.slice(range.first, range.last + 1).filter(port => !haystack.hasRow(port));
		plainPorts.set(status, ports);
		return ports;
	};

	const searchWords = (words: readonly string[], bits: TransportBits): readonly Port[] => {
		const status = words.find(word => statusRanges.has(word));
		if (status === undefined || bits !== 0) {
			return rankedRows(words, bits);
		}

		const others = words.filter(word => word !== status);
		const plain = plainPortsOf(status);
		const wanted = others.length === 0 ? plain : plain.filter(port => others.every(word => String(port).startsWith(word)));
		return rankedRows(words, bits).concat(wanted);
	};

	const searchNumber = (digits: string): readonly Port[] => {
		const byNumber = numberPrefixes(digits);
		const seen = new Set(byNumber);
		return [...byNumber, ...rankedRows([digits], 0).filter(port => !seen.has(port))];
	};

	return text => {
		const query = parseQuery(text);
		switch (query.kind) {
			case 'everything': {
				return everyPort;
			}

			case 'range': {
				return everyPort.slice(query.first, Math.min(query.last, lastPort) + 1);
			}

			case 'number': {
				return searchNumber(query.digits);
			}

			case 'transport': {
				return haystack.ports.filter((_, row) => (haystack.assignedBits[row]! & query.bits) === query.bits);
			}

			case 'words': {
				return searchWords(query.words, query.bits);
			}
		}
	};
};
