import {transports, type Transport} from '../port/port.ts';
import type {CommonUse, PortFacts, Purpose, RegistryEntry} from '../registry/registry.ts';
import {joinParts} from './join-parts.ts';

/** The one line about a port, in parts. */
export type Headline = {
	/** `5432/tcp`; the number alone where no transport is known. */
	readonly place: string;
	/** The service: IANA's name, or `commonly …` where the likeliest use is none that IANA knows. Empty where the port has neither. */
	readonly title: string;
	/** What it is for: the purpose in plain words, else the registry's. */
	readonly text: string;
};

type Lead = {
	readonly transport: Transport | undefined;
	readonly entry: RegistryEntry;
	/** The likeliest use, where it is not IANA's service. */
	readonly use: CommonUse | undefined;
	readonly purpose: Purpose | undefined;
};

/** What is said where nobody wrote a purpose: IANA's words, or the software where those are only the name again. */
const wordsOf = ({name, description}: RegistryEntry, [likeliest]: readonly CommonUse[]): string =>
	(description === '' || description.toLowerCase() === name?.toLowerCase() ? likeliest?.software ?? '' : description);

const leadOf = ({entries, commonly, purposes}: PortFacts): Lead => {
	const [likeliest] = commonly;
	const use = likeliest?.relation === 'same' ? undefined : likeliest;
	const transport = use?.transports[0] ?? purposes[0]?.transports[0] ?? likeliest?.transports[0] ?? entries[0]!.transports[0];
	const isOver = ({transports}: {readonly transports: readonly Transport[]}): boolean => transport !== undefined && transports.includes(transport);
	return {transport, use, entry: entries.find(entry => isOver(entry)) ?? entries[0]!, purpose: purposes.find(purpose => isOver(purpose))};
};

export const headlineOf = (facts: PortFacts): Headline => {
	const {transport, use, entry, purpose} = leadOf(facts);
	const place = transport === undefined ? String(facts.port) : `${facts.port}/${transport}`;
	if (use) {
		return {place, title: `commonly ${use.software}`, text: joinParts([purpose?.text ?? use.note, `IANA: ${use.relation === 'other' ? entry.name ?? entry.status : use.relation}`], '; ')};
	}

	const other = facts.commonly.find(({relation}) => relation !== 'same');
	const isUnknown = entry.name === null && purpose === undefined && facts.commonly.length === 0 && facts.exposure.length === 0;
	// A purpose speaks of other uses itself where they are worth it.
	const also = other && purpose === undefined ? `commonly also ${other.software}` : (isUnknown ? 'no common use is known' : undefined);
	return {place, title: entry.name ?? '', text: joinParts([purpose?.text ?? wordsOf(entry, facts.commonly), also], '; ')};
};

/** The service alone: IANA's name, or the software where that is likelier. */
export const titleOf = (facts: PortFacts): string => {
	const {use, entry} = leadOf(facts);
	return use?.software ?? entry.name ?? entry.status;
};

export const formatHeadline = ({place, title, text}: Headline): string => `${place}  ${joinParts([title, text], ' — ')}`;

/** A port as a row of a list: number, IANA's name, transports, what it is for. A dash stands for what there is not. */
export const rowOf = (facts: PortFacts): readonly [port: string, name: string, over: string, purpose: string] => {
	const {use, entry, purpose} = leadOf(facts);
	const common = facts.commonly.filter(({relation}) => relation !== 'same').map(({software}) => software);
	// An alias of one transport makes an entry of its own, but a line has room for one name.
	const named = facts.entries.filter(({name, status}) => name === entry.name && status === entry.status).flatMap(each => each.transports);
	const over = named.length === 0 ? use?.transports ?? [] : transports.filter(transport => named.includes(transport));
	return [
		String(facts.port),
		entry.name ?? '-',
		over.length === 0 ? '-' : over.join(' '),
		use
			? joinParts([`commonly ${common.join(', ')}`, purpose?.text], ' — ')
			: joinParts([purpose?.text ?? wordsOf(entry, facts.commonly), common.length === 0 ? undefined : `commonly also ${common.join(', ')}`], '; '),
	];
};
