import {rangeOf} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import {vantages, type CommonUse, type Exposure, type PortFacts, type Registry, type RegistryEntry, type Relation, type Vantage} from '../registry/registry.ts';

const entryDocument = ({name, aliases, transports, status, description}: RegistryEntry): object => ({name, aliases, transports, status, description});

const useDocument = ({software, transports, category, note, relation, source}: CommonUse): object => ({software, transports, category, note, relation, source});

const exposureDocument = ({service, transports, encrypted, concern, safer, severity, references, knownExploited, basis, confidence, source}: Exposure): object =>
	({service, transports, encrypted, concern, safer, severity, references, knownExploited, basis, confidence, source});

const portDocument = ({port, entries, commonly, exposure, isBlockedByBrowsers}: PortFacts): object => ({
	port,
	range: rangeOf(port).id,
	entries: entries.map(entry => entryDocument(entry)),
	commonly: commonly.map(use => useDocument(use)),
	exposure: exposure.map(each => exposureDocument(each)),
	blockedByBrowsers: isBlockedByBrowsers,
});

/**
What the registry knows of some ports, as the JSON document of kind `lookup`, version 1.

@param ports - In the order they are to be told.
@param corrected - What was searched instead of words that nothing matches; left out of the document where they match.
*/
export const lookupDocument = (registry: Registry, ports: readonly Port[], corrected?: string): object => ({
	portui: 1,
	kind: 'lookup',
	origin: registry.origin,
	...(corrected === undefined ? {} : {corrected}),
	ports: ports.map(port => portDocument(registry.lookup(port))),
});

const firstOf = ({entries}: PortFacts): RegistryEntry => entries[0]!;

const joinParts = (parts: ReadonlyArray<string | undefined>, separator: string): string => parts.filter(part => part !== undefined && part !== '').join(separator);

const formatHeadline = (facts: PortFacts): string => {
	const {name, description, transports} = firstOf(facts);
	// What agrees with IANA is said already; what does not is the likelier answer.
	const other = facts.commonly.find(({relation}) => relation !== 'same');
	const over = transports[0] ?? other?.transports[0];
	const common = other ? `commonly ${other.software}` : undefined;
	return `${facts.port}${over === undefined ? '' : `/${over}`}  ${joinParts([name ?? undefined, joinParts([description, common], '; ')], ' — ')}`;
};

const formatEntry = ({name, aliases, transports, status, description}: RegistryEntry): string => joinParts([
	// "reserved  udp  Reserved" says it twice.
	name ?? (description.toLowerCase().startsWith(status) ? description : status),
	transports.join(' '),
	name === null && description.toLowerCase().startsWith(status) ? undefined : description,
	aliases.length === 0 ? undefined : `also named ${aliases.join(', ')}`,
	name !== null && status !== 'assigned' ? status : undefined,
], '  ');

const relationWords: Readonly<Record<Relation, string>> = {
	same: 'as IANA has it',
	other: 'IANA assigned the port to another service',
	unassigned: 'IANA has not assigned the port',
	reserved: 'IANA reserves the port',
	dynamic: 'IANA never assigns the port',
};

const formatUse = ({software, transports, category, note, relation}: CommonUse): string =>
	`${joinParts([software, transports.join(' '), joinParts([category, note], ': ')], '  ')}  (${relationWords[relation]})`;

const encryptionWords: Readonly<Record<Exposure['encrypted'], string>> = {
	cleartext: 'not encrypted',
	either: 'encrypted only if it is set up so',
	encrypted: 'encrypted by its own protocol',
	tls: 'encrypted with TLS',
};

const vantageWords: Readonly<Record<Vantage, string>> = {internet: 'from the internet', lan: 'from the LAN', loopback: 'from this machine alone'};

const formatExposure = ({service, transports, encrypted, concern, safer, severity, references, knownExploited, basis, confidence, source}: Exposure): readonly string[] => {
	const judged = vantages.filter(vantage => severity[vantage] !== null).map(vantage => `${severity[vantage]} ${vantageWords[vantage]}`);
	return [
		`${service}  ${transports.join(' ')}  ${encryptionWords[encrypted]}`,
		`  risk: ${judged.join(', ')}`,
		`  concern: ${concern}`,
		...(safer === '' ? [] : [`  safer: ${safer}`]),
		...(references === '' ? [] : [`  advisories: ${references}`]),
		...(knownExploited.length === 0 ? [] : [`  known to be exploited (CISA): ${knownExploited.join(', ')}`]),
		`  judged by: ${basis}, confidence ${confidence}${source === '' ? '' : `, ${source}`}`,
	];
};

const labelWidth = 'Browsers  '.length;

/** A label before the first line, the rest under it. */
const formatSection = (label: string, lines: readonly string[]): readonly string[] =>
	lines.map((line, index) => (index === 0 ? label : '').padEnd(labelWidth) + line);

const formatDetail = (registry: Registry, facts: PortFacts): string => {
	const range = rangeOf(facts.port);
	return [
		formatHeadline(facts),
		'',
		...formatSection('Range', [`${range.title} (${range.first}–${range.last})`, range.description]),
		...formatSection('IANA', facts.entries.map(entry => formatEntry(entry))),
		...formatSection('Commonly', facts.commonly.map(use => formatUse(use))),
		...formatSection('Exposure', facts.exposure.length === 0 ? [] : ['a guess from the port number, not an observation', ...facts.exposure.flatMap(each => formatExposure(each))]),
		...formatSection('Browsers', facts.isBlockedByBrowsers ? ['refuse to connect to this port (Fetch standard, "bad port")'] : []),
		'',
		`Sources: RFC 6335 (range); ${registry.origin} (IANA)${facts.commonly.length === 0 ? '' : '; portui\'s own table (commonly)'}`,
	].join('\n') + '\n';
};

const formatRow = (facts: PortFacts): readonly [string, string, string, string] => {
	const {name, description, transports} = firstOf(facts);
	const common = facts.commonly.length === 0 ? undefined : `commonly ${facts.commonly.map(({software}) => software).join(', ')}`;
	return [String(facts.port), name ?? '-', transports.length === 0 ? '-' : transports.join(' '), joinParts([description, common], '; ')];
};

const formatList = (every: readonly PortFacts[]): string => {
	const rows = every.map(facts => formatRow(facts));
	const widths = [0, 0, 0];
	for (const row of rows) {
		for (const column of widths.keys()) {
			widths[column] = Math.max(widths[column]!, row[column]!.length);
		}
	}

	const lines = rows.map(([port, name, over, rest]) =>
		`${port.padStart(widths[0]!)}  ${name.padEnd(widths[1]!)}  ${over.padEnd(widths[2]!)}  ${rest}`.trimEnd());
	return lines.join('\n') + '\n';
};

/**
What the registry knows of some ports, for a person: all of one port, or a line a port of many.

Plain text, no colours, no trailing blanks, a line end after each line. It is unaware of how wide a terminal is.

@param ports - In the order they are to be told.
@returns The empty text when there are no ports.
*/
export const formatLookupText = (registry: Registry, ports: readonly Port[]): string => {
	const [only] = ports;
	if (only === undefined) {
		return '';
	}

	return ports.length === 1 ? formatDetail(registry, registry.lookup(only)) : formatList(ports.map(port => registry.lookup(port)));
};
