import {portCount, type Port} from '../port/port.ts';
import type {Encryption} from './registry.ts';
import type {RegistryTables} from './registry-tables.ts';

/**
The lower-cased texts of every port that has a record or a known use, a row a port, lowest port first.

Each text is a list of phrases with a line end before and after each, so that "is exactly" and "starts with" are plain substring questions: `\nhttp\n`, `\nhttp`. Columns, not an object a row: some 7,000 rows are read on every keystroke.
*/
export type Haystack = {
	readonly ports: readonly Port[];
	/** Undefined for a port of which nothing is known. */
	readonly rowOf: (port: Port) => number | undefined;
	readonly names: readonly string[];
	readonly aliases: readonly string[];
	/** Names with a hyphen without it: `ms-sql-s` is asked for as `mssql`. */
	readonly unhyphenated: readonly string[];
	/** The software that is likeliest there, and the services whose exposure is known. */
	readonly software: readonly string[];
	/** Other software that is commonly there. */
	readonly otherSoftware: readonly string[];
	/** The category of the likeliest software, and `cleartext` or `encrypted` where the exposure says so. */
	readonly labels: readonly string[];
	readonly otherLabels: readonly string[];
	/** Descriptions and notes. */
	readonly texts: readonly string[];
	/** What the port is for in plain words. They speak of other ports and services too, so they tell less than a description. */
	readonly purposes: readonly string[];
	/** All of these, one after the other: what is not in here need not be looked for in each. */
	readonly all: readonly string[];
	/** The place of the port in the curated order, 0 first; `unlisted` where it has none. */
	readonly places: Uint16Array;
};

/** After every place: there are fewer ports in the curated order. */
export const unlisted = 0xFF_FF;

/** So many ports at the top of the curated order are met by everybody: as far as 9100, before those of single products begin. */
export const oftenMetCount = 75;

/** No row: no table is as long as this. */
const absent = 0xFF_FF;

const numberRows = ({registrations, purposes, commonUses, exposures}: RegistryTables): {readonly ports: readonly Port[]; readonly rowOf: Uint16Array} => {
	const rowOf = new Uint16Array(portCount).fill(absent);
	for (const {first, last} of registrations) {
		rowOf.fill(0, first, last + 1);
	}

	for (const {port} of [...purposes, ...commonUses, ...exposures]) {
		rowOf[port] = 0;
	}

	const ports: Port[] = [];
	for (let port = 0; port < portCount; port++) {
		if (rowOf[port] !== absent) {
			rowOf[port] = ports.length;
			ports.push(port as Port);
		}
	}

	return {ports, rowOf};
};

/** Adds a lower-cased phrase to a list of phrases, once. */
const withPhrase = (list: string, phrase: string): string => {
	if (phrase === '') {
		return list;
	}

	if (list === '') {
		return `\n${phrase}\n`;
	}

	return list.includes(`\n${phrase}\n`) ? list : `${list}${phrase}\n`;
};

/**
The names in the title of software: in `Redis / Valkey` either, in `AMQP (RabbitMQ)` both.

The first is the whole name. The others keep a slash: `Docker / OCI registry` is found by `docker` as what begins so, not as what is Docker itself.

@param hasNamesInBrackets - Of ports that everybody meets the brackets name products; of others they mostly tell two uses apart: `cPanel (HTTP)`.
*/
const namesIn = (title: string, hasNamesInBrackets: boolean): readonly string[] => {
	const [name = '', bracket = ''] = title.split(/ \(|\)/);
	const products = hasNamesInBrackets && bracket !== '' ? bracket.split(', ') : [];
	return [name, ...[...name.split(' / ').slice(1), ...products].map(part => `${part} /`)];
};

/** A category is found with its hyphen and without, and its words the other way round: `web-dev`, `web dev`, `dev web`. So who types all of its words asks for the category, before a port whose texts happen to hold each of them. */
const spellingsOf = (category: string): readonly string[] => {
	const words = category.split('-');
	return [category, words.join(' '), words.reverse().join(' ')];
};

/** How one asks for it. What is encrypted only if it is set up so is neither. */
const encryptionLabels: Readonly<Record<Encryption, readonly string[]>> = {
	cleartext: ['cleartext'],
	either: [],
	encrypted: ['encrypted'],
	tls: ['encrypted', 'tls'],
};

export const createHaystack = (tables: RegistryTables): Haystack => {
	const {ports, rowOf} = numberRows(tables);
	const emptyColumn = (): string[] => ports.map(() => '');
	const names = emptyColumn();
	const aliases = emptyColumn();
	const unhyphenated = emptyColumn();
	const software = emptyColumn();
	const otherSoftware = emptyColumn();
	const labels = emptyColumn();
	const otherLabels = emptyColumn();
	const texts = emptyColumn();
	const purposes = emptyColumn();
	const oftenMet = new Set(tables.topPorts.slice(0, oftenMetCount));

	const add = (column: string[], row: number, ...phrases: readonly string[]): void => {
		for (const phrase of phrases) {
			column[row] = withPhrase(column[row]!, phrase);
		}
	};

	for (const {first, last, entry} of tables.registrations) {
		const name = entry.name?.toLowerCase() ?? '';
		const description = entry.description.toLowerCase();
		for (let port: number = first; port <= last; port++) {
			const row = rowOf[port]!;
			add(names, row, name);
			add(unhyphenated, row, name.includes('-') ? name.replaceAll('-', '') : '');
			add(texts, row, description);
			for (const alias of entry.aliases) {
				add(aliases, row, alias.toLowerCase());
			}
		}
	}

	for (const {port, use} of tables.commonUses) {
		const row = rowOf[port]!;
		const title = use.software.toLowerCase();
		// The likeliest use of a port comes first.
		const isLikeliest = software[row] === '';
		add(isLikeliest ? software : otherSoftware, row, title, ...namesIn(title, isLikeliest && oftenMet.has(port)));
		add(isLikeliest ? labels : otherLabels, row, ...spellingsOf(use.category));
		add(texts, row, use.note.toLowerCase());
	}

	for (const {port, purpose} of tables.purposes) {
		add(purposes, rowOf[port]!, purpose.text.toLowerCase());
	}

	for (const {port, exposure} of tables.exposures) {
		const row = rowOf[port]!;
		const title = exposure.service.toLowerCase();
		add(software, row, title, ...namesIn(title, false));
		add(labels, row, ...encryptionLabels[exposure.encrypted]);
	}

	const places = new Uint16Array(ports.length).fill(unlisted);
	for (const [place, port] of tables.topPorts.entries()) {
		if (rowOf[port] !== absent) {
			places[rowOf[port]!] = place;
		}
	}

	return {
		ports,
		rowOf: port => (rowOf[port] === absent ? undefined : rowOf[port]),
		names,
		aliases,
		unhyphenated,
		software,
		otherSoftware,
		labels,
		otherLabels,
		texts,
		purposes,
		all: ports.map((_, row) => [names, aliases, unhyphenated, software, otherSoftware, labels, otherLabels, texts, purposes].map(column => column[row]!).join('')),
		places,
	};
};
