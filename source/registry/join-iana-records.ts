import {sizeOf} from '../port/port-range.ts';
import {toPort, transports, type Port, type Transport} from '../port/port.ts';
import {groupBy} from './group-by.ts';
import {describe, joinRegistrations, pairOf, type Claim} from './join-registrations.ts';
import {statusOfLine} from './line-status.ts';
import {statuses} from './registry.ts';
import type {RegistryRecord} from './registry-record.ts';
import type {Registration} from './registry-tables.ts';
import {reject} from './source-rows.ts';

/** A record, and where it is in the file. */
export type PlacedRecord = {
	readonly line: number;
	/** Whether IANA named no transport, so that it holds for all. */
	readonly isForEveryTransport: boolean;
	readonly record: RegistryRecord;
};

/** Tells the names of a port on a transport, preferred name first, as far as they are known. */
export type KnownNames = (port: Port, transport: Transport) => readonly string[];

type PlacedClaim = {readonly claim: Claim; readonly placed: PlacedRecord};

/** What IANA adds to the description of a name that was spelt against the rules before; the older name is a record of its own. */
const respelt = / ?IANA assigned this well-formed service name as a replacement for ".*"\.$/;

/** A port that is only listed as unassigned needs no registration: that is what a port without one is. */
const saysNothing = ({isForEveryTransport, record: {name, description}}: PlacedRecord): boolean =>
	isForEveryTransport && name === null && description.toLowerCase() === 'unassigned';

/** IANA's registry makes some 17,000 claims. A file of many wide ranges would make more than there is memory for. */
const mostClaims = 1_000_000;

const checkSize = (placed: readonly PlacedRecord[], file: string): void => {
	let count = 0;
	for (const {line, record} of placed) {
		count += sizeOf(record) * record.transports.length;
		if (count > mostClaims) {
			reject({file, line, column: 'Port Number'}, `with this record the file speaks of more than ${mostClaims} ports, counted once a record.`);
		}
	}
};

function * claimsOf(placed: PlacedRecord): Generator<PlacedClaim> {
	const {record} = placed;
	const description = record.description.replace(respelt, '');
	const status = statusOfLine(record.name, description);
	for (const transport of record.transports) {
		for (let port: number = record.first; port <= record.last; port++) {
			// IANA writes it both ways.
			const words = description === 'unassigned' ? 'Unassigned' : description;
			yield {placed, claim: {port: toPort(port), transport, name: record.name, aliases: [], status, description: words}};
		}
	}
}

/** Two records that are about a port and not both about the same run of ports contradict each other, unless one only says that nobody has it. */
const checkOverlap = (claims: readonly PlacedClaim[], file: string): void => {
	const [one, ...others] = claims.filter(({claim}) => claim.status !== 'unassigned').toSorted((a, b) => a.placed.line - b.placed.line);
	for (const {placed: {line, record}} of others) {
		const first = one!.placed;
		if (record.first !== first.record.first || record.last !== first.record.last) {
			const formatRun = (run: RegistryRecord): string => (sizeOf(run) === 1 ? `port ${run.first}` : `the range ${run.first}-${run.last}`);
			reject({file, line, column: 'Port Number'}, `${formatRun(record)} overlaps ${formatRun(first.record)} of line ${first.line}.`);
		}
	}
};

/** What holds for a port on a transport: what is assigned before what is reserved before what is free, and of several names the preferred one. */
const settlePair = (claims: readonly PlacedClaim[], known: readonly string[]): Claim => {
	const best = Math.min(...claims.map(({claim}) => statuses.indexOf(claim.status)));
	const rankOf = ({name}: Claim): number => {
		const rank = known.indexOf(name ?? '');
		return rank === -1 ? known.length : rank;
	};

	// Sorting keeps the order of the file among those that are equally known.
	const [preferred, ...others] = claims.map(({claim}) => claim).filter(({status}) => statuses.indexOf(status) === best).sort((a, b) => rankOf(a) - rankOf(b)) as [Claim, ...Claim[]];
	const aliases = new Set(others.map(({name}) => name).filter(name => name !== null && name !== preferred.name) as string[]);
	const described = others.find(({description}) => description !== '');
	return {...preferred, aliases: [...aliases], description: described ? describe(preferred, described) : preferred.description};
};

const bySameRecord = ({record}: PlacedRecord): string => JSON.stringify({...record, transports: []});

/** Joins records that differ in nothing but their transport. */
const joinTransports = (placed: readonly PlacedRecord[]): readonly RegistryRecord[] =>
	[...groupBy(placed, bySameRecord).values()].map(group => {
		const over = group.flatMap(({record}) => record.transports);
		return {...group[0]!.record, transports: transports.filter(transport => over.includes(transport))};
	});

/**
Joins the records of IANA's file into registrations, one name a port and transport.

@throws SourceError when two records contradict each other.
*/
export const joinIanaRecords = (placed: readonly PlacedRecord[], file: string, namesOf: KnownNames): {readonly registrations: readonly Registration[]; readonly records: readonly RegistryRecord[]} => {
	const inOrder = placed.toSorted((a, b) => a.record.first - b.record.first);
	const telling = inOrder.filter(each => !saysNothing(each));
	checkSize(telling, file);
	const pairs = groupBy(telling.flatMap(each => [...claimsOf(each)]), ({claim}) => pairOf(claim));
	const claims: Claim[] = [];
	for (const pair of pairs.values()) {
		checkOverlap(pair, file);
		claims.push(settlePair(pair, namesOf(pair[0]!.claim.port, pair[0]!.claim.transport)));
	}

	return {registrations: joinRegistrations(claims, []), records: joinTransports(inOrder)};
};
