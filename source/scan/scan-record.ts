import type {Port} from '../port/port.ts';
import type {Host, HostPace, ScanEvent, ScanStatus, StartedEvent} from './event.ts';
import type {HostJudgement} from './host-judgement.ts';
import {reasonOf} from './verdict.ts';
import {createVerdictTable, type VerdictTable} from './verdict-table.ts';

/** A port that was found open; `host` is an index into the record's hosts. */
export type Opening = {readonly host: number; readonly port: Port};

export type HostRecord = {
	readonly host: Host;
	readonly verdicts: VerdictTable;
	/** How it goes on this host; null before the first news. */
	readonly pace: HostPace | null;
	readonly isFinished: boolean;
	/** What the host turned out to be, where the scan of it ended early for that; null otherwise. */
	readonly judgement: HostJudgement | null;
};

/**
All that is known of one scan: what its events add up to.

It changes in place, because half a megabyte a host is not copied fifteen times a second; `revision` tells a reader that it has.
*/
export type ScanRecord = {
	readonly started: StartedEvent;
	readonly hosts: readonly HostRecord[];
	/** The open ports of all hosts in the order in which they were found: those that are still open by their last verdict. */
	readonly openings: readonly Opening[];
	readonly status: 'running' | 'paused' | ScanStatus;
	/** Why a scan failed; null otherwise. */
	readonly message: string | null;
	readonly finishedAt: string | null;
	/** Ports that have a verdict, over all hosts. */
	readonly probedCount: number;
	/** Ports to probe, over all hosts. */
	readonly totalCount: number;
	/** Milliseconds of scanning, pauses left out. */
	readonly elapsedMs: number;
	readonly revision: number;
};

type Writable<Type> = {-readonly [Key in keyof Type]: Type[Key]};

type WritableRecord = Writable<Omit<ScanRecord, 'hosts' | 'openings'>> & {hosts: Array<Writable<HostRecord>>; openings: Opening[]};

/** Begins the record of the scan that this event started. */
export const createScanRecord = (started: StartedEvent): ScanRecord => ({
	started,
	hosts: started.hosts.map(host => ({host, verdicts: createVerdictTable(), pace: null, isFinished: false, judgement: null})),
	openings: [],
	status: 'running',
	message: null,
	finishedAt: null,
	probedCount: 0,
	totalCount: started.portCount * started.hosts.length,
	elapsedMs: 0,
	revision: 0,
});

const applyProbed = (record: WritableRecord, {host: index, port, verdict}: Extract<ScanEvent, {kind: 'probed'}>): void => {
	const host = record.hosts[index];
	if (host === undefined) {
		return;
	}

	const before = host.verdicts.set(port, verdict);
	if (before === undefined) {
		record.probedCount++;
	}

	if (verdict.state === 'open' && before !== 'open') {
		record.openings.push({host: index, port});
	} else if (verdict.state !== 'open' && before === 'open') {
		record.openings.splice(record.openings.findIndex(opening => opening.host === index && opening.port === port), 1);
	}
};

/** Takes one event into the record, in place. Events of an ended scan change nothing. */
export const applyScanEvent = (record: ScanRecord, event: ScanEvent): void => {
	const writable = record as WritableRecord;
	if (record.finishedAt !== null) {
		return;
	}

	writable.revision++;
	switch (event.kind) {
		case 'started': {
			break;
		}

		case 'probed': {
			applyProbed(writable, event);
			break;
		}

		case 'paced': {
			writable.elapsedMs = event.elapsedMs;
			for (const pace of event.hosts) {
				const host = writable.hosts[pace.host];
				if (host !== undefined) {
					host.pace = pace;
				}
			}

			break;
		}

		case 'paused': {
			writable.status = 'paused';
			break;
		}

		case 'resumed': {
			writable.status = 'running';
			break;
		}

		case 'host': {
			const host = writable.hosts[event.host];
			if (host !== undefined) {
				host.isFinished = true;
				host.judgement = event.judgement ?? null;
			}

			break;
		}

		case 'finished': {
			writable.status = event.status;
			writable.finishedAt = event.finishedAt;
			writable.message = event.message;
			break;
		}
	}
};

/** Ports of this host that were asked for and have no verdict: the scan ended before their turn. */
export const unfinishedCount = (record: ScanRecord, {verdicts: {counts}}: HostRecord): number =>
	record.started.portCount - counts.open - counts.closed - counts.filtered - counts.unknown;

/** Open ports and their share from which on it is the host, or something before it, that accepts, and not so many services. */
const fewestAccepted = 100;
const leastAcceptedShare = 0.98;

/** Whether a host accepted nearly every connection: a proxy or a tarpit does, and an open port there says nothing of a service. */
export const acceptsEverything = ({judgement, verdicts: {counts}}: HostRecord): boolean =>
	judgement?.kind === 'accepts-everything' || (counts.open >= fewestAccepted && counts.open >= leastAcceptedShare * (counts.open + counts.closed + counts.filtered));

/** Says of a host that accepts everything what that means. */
export const describeAcceptance = ({verdicts: {counts}}: HostRecord): string =>
	`It accepted ${counts.open} of ${counts.open + counts.closed + counts.filtered} connections, as a proxy or a tarpit does: an open port says nothing of a service here.`;

/** Reasons that came from the way to a host, not from the host. */
const unreachable: ReadonlySet<string> = new Set(['host-unreachable', 'net-unreachable']);

/**
Why nothing was learnt of a host, as the commonest reason; undefined when anything was.

Either this machine could ask nothing at all, or all that came back was that the host or its network is unreachable. A host that was silent on every port is another matter: a firewall may drop everything.
*/
export const unreachableReason = ({verdicts}: HostRecord): string | undefined => {
	const {open, closed, filtered} = verdicts.counts;
	if (open > 0 || closed > 0) {
		return undefined;
	}

	const counts = new Map<string, number>();
	for (const port of verdicts.portsIn(filtered > 0 ? ['filtered'] : ['unknown'])) {
		const reason = reasonOf(verdicts.get(port)!);
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}

	// Routers and the kernel tell of some attempts only: silence beside that is the same.
	counts.delete('no-answer');
	const [commonest] = [...counts].sort(([, one], [, other]) => other - one);
	return commonest !== undefined && (filtered === 0 || [...counts.keys()].every(reason => unreachable.has(reason))) ? commonest[0] : undefined;
};
