import {groupBy} from '../registry/group-by.ts';
import type {PortFacts, RegistryEntry} from '../registry/registry.ts';
import type {RegistryRecord} from '../registry/registry-record.ts';
import type {LookupPort} from './documents/lookup.ts';
import {linksIn} from './text-links.ts';

/** What IANA has of some records of one port, for a person. */
export type RecordGroup = {
	/** The names, and the transports they share: `http, www  tcp udp`. */
	readonly title: string;
	readonly lines: ReadonlyArray<{readonly label: string; readonly text: string}>;
};

const linesOf = ({description, assignee, contact, registered, modified, reference, serviceCode, unauthorizedUse, notes, name}: RegistryRecord, said: string): RecordGroup['lines'] => [
	// What has no name has its description in its place.
	{label: 'description', text: name === null || said.includes(description) ? '' : description},
	{label: 'assignee', text: assignee},
	{label: 'contact', text: contact === assignee ? '' : contact},
	{label: 'registered', text: registered},
	{label: 'modified', text: modified},
	{label: 'reference', text: reference},
	{label: 'service code', text: serviceCode},
	{label: 'unauthorized use', text: unauthorizedUse},
	{label: 'notes', text: notes},
].filter(({text}) => text !== '');

type Told = {readonly names: readonly string[]; readonly transports: readonly string[]; readonly lines: RecordGroup['lines']};

/** Joins what says the same, and so is told once: first over several transports, then of several names on the same ones. */
const joinTold = (told: readonly Told[]): readonly Told[] => {
	const overTransports = [...groupBy(told, ({names, lines}) => JSON.stringify([names, lines])).values()]
		.map(group => ({...group[0]!, transports: group.flatMap(({transports}) => transports)}));
	return [...groupBy(overTransports, ({transports, lines}) => JSON.stringify([transports, lines])).values()]
		.map(group => ({...group[0]!, names: group.flatMap(({names}) => names)}));
};

/** What IANA's records add to the entries of a port. Empty for the built-in registry, which has none. */
export const recordGroups = ({entries, records = []}: PortFacts): readonly RecordGroup[] => {
	const said = entries.map(({description}) => description).join('\n');
	const told = records.map((record): Told => ({names: [record.name ?? record.description], transports: record.transports, lines: linesOf(record, said)}));
	return joinTold(told.filter(({lines}) => lines.length > 0)).map(({names, transports, lines}) => ({title: `${names.join(', ')}  ${transports.join(' ')}`, lines}));
};

/** The records that an entry of a port was made of. */
export const recordsOfEntry = ({records = []}: PortFacts, {name, aliases, transports}: RegistryEntry): readonly RegistryRecord[] =>
	records.filter(record => (record.name === name || (record.name !== null && aliases.includes(record.name))) && record.transports.some(transport => transports.includes(transport)));

const orNull = (text: string): string | null => (text === '' ? null : text);

/** IANA's records as a part of a port's JSON document; nothing for the built-in registry. */
export const recordsDocument = ({records}: PortFacts): Pick<LookupPort, 'records'> => (records === undefined ? {} : {
	records: records.map(({first, last, name, transports, description, assignee, contact, registered, modified, reference, serviceCode, unauthorizedUse, notes}) => ({
		name,
		first,
		last,
		transports,
		description,
		assignee: orNull(assignee),
		contact: orNull(contact),
		registered: orNull(registered),
		modified: orNull(modified),
		reference: orNull(reference),
		links: linksIn(reference),
		serviceCode: orNull(serviceCode),
		unauthorizedUse: orNull(unauthorizedUse),
		notes: orNull(notes),
	})),
});
