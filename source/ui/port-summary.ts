import type {Transport} from '../port/port.ts';
import type {PortFacts} from '../registry/registry.ts';

/** What one row says of a port. `isRecorded` is false where nobody registered it. */
export type PortSummary = {readonly name: string; readonly over: string; readonly description: string; readonly isRecorded: boolean};

/** Room for `tcp udp`; a column for `tcp sctp` would be wider for fifteen ports of all. */
const widest = 7;

/** Transports in at most seven columns: `tcp udp`, `tcp +2`. */
export const formatTransports = (transports: readonly Transport[]): string => {
	const all = transports.join(' ');
	return all.length <= widest ? all : `${transports[0]!} +${transports.length - 1}`;
};

/** The one line about a port: IANA's preferred name, and what really uses it where that is something else. */
export const summarize = ({entries, commonly}: PortFacts): PortSummary => {
	const first = entries[0]!;
	// What agrees with IANA is said already.
	const others = commonly.filter(({relation}) => relation !== 'same').map(({software}) => software);
	const common = others.length === 0 ? undefined : `commonly ${others.join(', ')}`;
	const transports = [...new Set(entries.filter(({status}) => status === first.status).flatMap(entry => entry.transports))];
	return {
		name: first.name ?? '—',
		over: formatTransports(transports),
		description: [first.name === null && common !== undefined ? undefined : first.description, common].filter(Boolean).join('; '),
		isRecorded: first.name !== null,
	};
};
