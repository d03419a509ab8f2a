import type {Port} from '../port/port.ts';
import type {Host, HostPace, ScanEvent, ScanStatus, StartedEvent} from './event.ts';
import {createVerdictTable, type VerdictTable} from './verdict-table.ts';

/** A port that was found open; `host` is an index into the record's hosts. */
export type Opening = {readonly host: number; readonly port: Port};

export type HostRecord = {
	readonly host: Host;
	readonly verdicts: VerdictTable;
	/** How it goes on this host; null before the first news. */
	readonly pace: HostPace | null;
	readonly isFinished: boolean;
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
	hosts: started.hosts.map(host => ({host, verdicts: createVerdictTable(), pace: null, isFinished: false})),
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
export const notProbedCount = (record: ScanRecord, {verdicts: {counts}}: HostRecord): number =>
	record.started.portCount - counts.open - counts.closed - counts.filtered - counts.unknown;

/** Reasons that say no packet reached the host: the way to it is missing, from this machine or on the path. */
const unreachableReasons: ReadonlySet<string> = new Set(['host-unreachable', 'net-unreachable', 'ENETUNREACH', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EINVAL', 'EAFNOSUPPORT']);

/**
Why a host could not be reached at all, as the reason of its first port; undefined when anything else was heard of it.

A host that was silent on every port is not unreachable: a firewall may drop everything.
*/
export const unreachableReason = ({verdicts}: HostRecord): string | undefined => {
	if (verdicts.counts.open > 0 || verdicts.counts.closed > 0) {
		return undefined;
	}

	let first: string | undefined;
	for (const port of verdicts.portsIn(['filtered', 'unknown'])) {
		const verdict = verdicts.get(port)!;
		if (!('reason' in verdict) || !unreachableReasons.has(verdict.reason)) {
			return undefined;
		}

		first ??= verdict.reason;
	}

	return first;
};
