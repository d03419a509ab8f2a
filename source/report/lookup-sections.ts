import {rangeOf} from '../port/port-range.ts';
import type {OwnClientRange} from '../local/client-range.ts';
import {severities, vantages, type CommonUse, type Exposure, type PortFacts, type RegistryEntry, type Severity, type Vantage} from '../registry/registry.ts';
import {clientRangeWords} from './client-range-words.ts';
import {joinParts} from './join-parts.ts';
import {joinWords} from './join-words.ts';
import {recordGroups} from './registry-record.ts';
import {relationWords} from './relation-words.ts';

/** One fact of a port. What belongs to the line before it is set in; a line about a risk says how grave that is. */
export type FactLine = {readonly text: string; readonly isDetail?: true; readonly severity?: Severity};

/** Facts of a port that belong together, as a report for a person tells them. */
export type Section = {readonly label: 'Purpose' | 'Range' | 'IANA' | 'Commonly' | 'Risk' | 'Browsers' | 'Clients' | 'Record' | 'Sources'; readonly lines: readonly FactLine[]};

/** What a report for a person says beside the registry's facts. */
export type LookupContext = {
	/** Where the registry comes from. */
	readonly origin: string;
	/** This machine's own client range; undefined where it could not be read. */
	readonly ownClientRange: OwnClientRange | undefined;
};

const detail = (text: string): FactLine => ({text, isDetail: true});

/** A label before a text, as a detail; nothing where there is no text. */
const labelled = (label: string, text: string): readonly FactLine[] => (text === '' ? [] : [detail(`${label}: ${text}`)]);

const entryLines = ({name, aliases, transports, status, description}: RegistryEntry): readonly FactLine[] => [
	{text: joinParts([
		name ?? (description.toLowerCase().startsWith(status) ? description : status),
		transports.join(' '),
		// "reserved  udp  Reserved" says it twice.
		(name === null && description.toLowerCase().startsWith(status)) || description.toLowerCase() === name?.toLowerCase() ? undefined : description,
		name === null ? undefined : status,
	], ', ')},
	...labelled('also named', aliases.join(', ')),
];

/** Where it depends on the transport what the port is for: a single purpose is told in the first line of a report. */
const purposeLines = ({purposes}: PortFacts): readonly FactLine[] =>
	(purposes.length < 2 ? [] : purposes.map(({transports, text}) => ({text: `${transports.join(' ')}: ${text}`})));

const useLines = ({software, transports, category, note, relation, source}: CommonUse): readonly FactLine[] => [
	{text: `${joinParts([software, transports.join(' '), category], ', ')}: ${relationWords[relation]}`},
	...labelled('note', note),
	detail(source === '' ? 'not checked against a source' : `source: ${source}`),
];

const encryptionWords: Readonly<Record<Exposure['encrypted'], string>> = {
	cleartext: 'not encrypted',
	either: 'encrypted only if it is set up so',
	encrypted: 'encrypted by its own protocol',
	tls: 'encrypted with TLS',
};

const vantageWords: Readonly<Record<Vantage, string>> = {internet: 'the internet', lan: 'the LAN', loopback: 'this machine alone'};

/** `info` is no risk to speak of; the word stays, as filters and scripts use it. */
const severityWords: Readonly<Record<Severity, string>> = {info: 'info (little to fear)', low: 'low', medium: 'medium', high: 'high', critical: 'critical'};

/** The places of one severity are named together: `high from the internet; low from the LAN and this machine alone`. Empty where nothing was judged. */
const riskWords = (severity: Exposure['severity']): string => {
	const places = new Map<Severity, string[]>();
	for (const vantage of vantages) {
		const judged = severity[vantage];
		if (judged !== null) {
			places.set(judged, [...(places.get(judged) ?? []), vantageWords[vantage]]);
		}
	}

	return [...places].map(([judged, names]) => `${severityWords[judged]} from ${joinWords(names)}`).join('; ');
};

/** What is risky, as grave as it is from where it is gravest. */
const riskLines = (severity: Exposure['severity']): readonly FactLine[] => {
	const gravest = severities.findLast(each => vantages.some(vantage => severity[vantage] === each));
	return gravest === undefined ? [] : [{...detail(`risk: ${riskWords(severity)}`), severity: gravest}];
};

const ownBasis = 'own judgement';

/** Whose judgement it is and how sure. The basis is that of the view from the internet; the views from nearer are always portui's own. */
export const basisOf = ({basis, confidence, source}: Exposure): string => {
	const isOwn = basis === ownBasis;
	const words = isOwn ? 'portui\'s own judgement' : `${basis} from the internet, portui's own judgement from nearer`;
	// A report that did not judge is still worth reading.
	return joinParts([words, `confidence ${confidence}`, isOwn && source !== '' ? `see also ${source}` : source], ', ');
};

const exposureLines = (exposure: Exposure): readonly FactLine[] => {
	const {service, transports, encrypted, concern, safer, severity, references, knownExploited} = exposure;
	return [
		{text: joinParts([service, transports.join(' '), encryptionWords[encrypted]], ', ')},
		...riskLines(severity),
		...labelled('concern', concern),
		...labelled('safer', safer),
		...labelled('advisories', references),
		...labelled('known to be exploited (CISA)', knownExploited.join(', ')),
		...labelled('judged by', basisOf(exposure)),
	];
};

const guess: FactLine = {text: 'A guess from the port number about the usual service, not an observation: nothing was probed.'};

const sourcesOf = ({purposes, commonly, exposure}: PortFacts, origin: string): readonly string[] => [
	'RFC 6335 (range)',
	`${origin} (IANA)`,
	...(purposes.length === 0 && commonly.length === 0 ? [] : ['portui\'s own tables (first line, commonly)']),
	...(exposure.length === 0 ? [] : ['those named above (risk)']),
	'Fetch standard (browsers)',
];

/**
All that is known of a port, in the order a person asks: what it is, what is really there, what is risky, and the rest.

A new fact belongs here, and text and Markdown tell it.
*/
export const sectionsOf = (facts: PortFacts, {origin, ownClientRange}: LookupContext): readonly Section[] => {
	const range = rangeOf(facts.port);
	const sections: readonly Section[] = [
		{label: 'Purpose', lines: purposeLines(facts)},
		{label: 'Range', lines: [{text: `${range.title} (${range.first}–${range.last})`}, detail(range.description)]},
		{label: 'IANA', lines: facts.entries.flatMap(entry => entryLines(entry))},
		{label: 'Commonly', lines: facts.commonly.flatMap(use => useLines(use))},
		{label: 'Risk', lines: facts.exposure.length === 0 ? [{text: 'No judgement on record, which does not make it safe.'}] : [guess, ...facts.exposure.flatMap(each => exposureLines(each))]},
		{label: 'Browsers', lines: [{text: facts.isBlockedByBrowsers ? 'Refuse to connect to it (a "bad port" of the Fetch standard).' : 'Connect to it as to any port.'}]},
		{label: 'Clients', lines: clientRangeWords(facts, ownClientRange).map(text => ({text}))},
		{label: 'Record', lines: recordGroups(facts).flatMap(({title, lines}) => [{text: title}, ...lines.flatMap(({label, text}) => labelled(label, text))])},
		{label: 'Sources', lines: [{text: sourcesOf(facts, origin).join('; ')}]},
	];
	return sections.filter(({lines}) => lines.length > 0);
};
