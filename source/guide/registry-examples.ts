import {toPort} from '../port/port.ts';
import type {PortFacts, Registry, RegistryEntry, Severity, Vantage} from '../registry/registry.ts';
import {examples, type Block} from './page.ts';
import {portLink, rich, type RichText} from './rich-text.ts';

/** Examples of what the registry has; none before it is loaded. */
export const fromRegistry = (registry: Registry | undefined, examplesOf: (registry: Registry) => readonly RichText[]): readonly Block[] =>
	registry === undefined ? [] : examples(examplesOf(registry));

const factsOf = (registry: Registry, port: number): PortFacts => registry.lookup(toPort(port));

/** What stands instead of a name where there is none, as part of a sentence: IANA begins it with a capital letter. */
const withoutName = ({description, status}: RegistryEntry): string => (description === '' ? status : description[0]!.toLowerCase() + description.slice(1));

/** How an entry is said: its name and IANA's words, or what it is instead of assigned. */
const describeEntry = (entry: RegistryEntry): string => (entry.name === null ? withoutName(entry) : entry.description === '' ? entry.name : `${entry.name}: ${entry.description}`);

/** Which software really uses a port: the likeliest, and how many more. */
const describeUse = ({commonly}: PortFacts): string | undefined => {
	const [first, ...others] = [...new Set(commonly.map(({software}) => software))];
	return first === undefined ? undefined : `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
};

/** `5432 is postgresql: PostgreSQL Database; used by PostgreSQL.` */
export const portExample = (registry: Registry, port: number): RichText => {
	const facts = factsOf(registry, port);
	const use = describeUse(facts);
	return rich`${portLink(port)} is ${describeEntry(facts.entries[0]!)}${use === undefined ? '' : `; used by ${use}`}.`;
};

/** What a port is by the registry, for a sentence that goes on from there: `postgresql`, or `unassigned`. */
export const registeredName = (registry: Registry, port: number): string => {
	const [entry] = factsOf(registry, port).entries;
	return entry!.name ?? withoutName(entry!);
};

/** `3000 is hbci by the registry; commonly Grafana and 2 more.` */
export const mismatchExample = (registry: Registry, port: number): RichText => {
	return rich`${portLink(port)} is ${registeredName(registry, port)} by the registry, and commonly ${describeUse(factsOf(registry, port)) ?? 'nothing known'}.`;
};

/** `514: shell over tcp, syslog over udp.` */
export const assignmentExample = (registry: Registry, port: number): RichText => {
	const parts = factsOf(registry, port).entries.map(({name, status, transports}) => `${name ?? status}${transports.length === 0 ? '' : ` over ${transports.join(', ')}`}`);
	return rich`${portLink(port)}: ${parts.join('; ')}.`;
};

/** Every name of a port's first registration. */
export const namesExample = (registry: Registry, port: number): RichText => {
	const [entry] = factsOf(registry, port).entries;
	return rich`${portLink(port)} goes by ${[entry!.name ?? entry!.status, ...entry!.aliases].join(', ')}.`;
};

const vantageWords: Readonly<Record<Vantage, string>> = {internet: 'from the internet', lan: 'from the local network', loopback: 'from the machine itself'};

/** What is risky about the usual service of a port, and from where how much; nothing where there is no judgement. */
export const exposureExample = (registry: Registry, port: number): readonly RichText[] => {
	const [exposure] = factsOf(registry, port).exposure;
	if (exposure === undefined) {
		return [];
	}

	const judged = (['internet', 'loopback'] as const).flatMap(vantage => (exposure.severity[vantage] === null ? [] : [`${exposure.severity[vantage] satisfies Severity} ${vantageWords[vantage]}`]));
	return [rich`${portLink(port)}, ${exposure.service}: ${exposure.concern}. Risk: ${judged.join(', ')}.`];
};
