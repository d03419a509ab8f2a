import type {Port} from '../port/port.ts';
import {numberOf} from './address-block.ts';
import {createPortPlaces, readPortSet, type PortPlaces} from '../port/port-set.ts';
import type {Brake, Doing, Host, HostDown, HostPace, ScanEvent, ScanStatus, StartedEvent} from './event.ts';
import type {HostJudgement} from './host-judgement.ts';
import type {Observed} from './observed.ts';
import {portStates, reasonOf, type PortState} from './verdict.ts';
import {createVerdictTable, type VerdictTable} from './verdict-table.ts';

/** A port that was found open; `host` is an index into the record's hosts. */
export type Opening = {readonly host: number; readonly port: Port};

export type HostRecord = {
	readonly host: Host;
	readonly verdicts: VerdictTable;
	/** What answers at its ports, where somebody asked. */
	readonly observed: ReadonlyMap<Port, Observed>;
	/** How it goes on this host; null before the first news. */
	readonly pace: HostPace | null;
	readonly isFinished: boolean;
	/** Why its ports were not scanned; undefined when they were. */
	readonly down?: HostDown | undefined;
	/** What the host turned out to be, where the scan of it ended early for that; null otherwise. */
	readonly judgement: HostJudgement | null;
};

export type StateCounts = Readonly<Record<PortState, number>>;

/** The hosts that were taken as down. */
export type DownHosts = {
	readonly count: number;
	/** How many for each reason. */
	readonly reasons: ReadonlyMap<string, number>;
	/** The most ports that were asked of one. */
	readonly askedCount: number;
	/** The first of them, at most `mostDownListed`. */
	readonly listed: ReadonlyArray<{readonly host: Host; readonly down: HostDown}>;
};

/** Hosts of blocks that have nothing to tell for themselves, because nothing is open there, added up. */
export type UnlistedHosts = {readonly count: number; readonly counts: StateCounts};

/**
All that is known of one scan: what its events add up to.

It changes in place, because half a megabyte a host is not copied fifteen times a second; `revision` tells a reader that it has. Of a large block it keeps the hosts that have something to tell, so that the silent ones cost no memory.
*/
export type ScanRecord = {
	readonly started: StartedEvent;
	/** The hosts that were listed one by one, and those of blocks that answered. */
	readonly hosts: readonly HostRecord[];
	readonly down: DownHosts;
	readonly unlisted: UnlistedHosts;
	/** The open ports of all hosts in the order in which they were found: those that are still open by their last verdict. */
	readonly openings: readonly Opening[];
	/** Verdicts over all hosts. */
	readonly counts: StateCounts;
	readonly status: 'running' | 'paused' | ScanStatus;
	/** Why a scan failed; null otherwise. */
	readonly message: string | null;
	readonly finishedAt: string | null;
	/** Hosts in all; those nothing more will be asked of. */
	readonly hostCount: number;
	readonly finishedHostCount: number;
	/** Ports that have a verdict, over all hosts. */
	readonly probedCount: number;
	/** Ports that will not be probed, because their host is down. */
	readonly skippedCount: number;
	/** Ports to probe, over all hosts. */
	readonly totalCount: number;
	/** Attempts in flight, over all hosts. */
	readonly inFlightCount: number;
	/** What of this machine holds it up at present; null where nothing does. */
	readonly brake: Brake | null;
	/** Milliseconds of scanning, pauses left out. */
	readonly elapsedMs: number;
	/** What another program that makes the scan last said it is at; null where portui makes it, or none has said. */
	readonly doing: Doing | null;
	readonly revision: number;
};

/** So many hosts of blocks are listed when they answer, whatever they answer; beyond, those with an open port are. */
const mostAnsweringListed = 1024;

export const mostDownListed = 256;

type Writable<Type> = {-readonly [Key in keyof Type]: Type[Key]};

type WritableHost = Writable<Omit<HostRecord, 'observed'>> & {observed: Map<Port, Observed>};

type WritableRecord = Writable<Omit<ScanRecord, 'hosts' | 'openings' | 'counts' | 'down' | 'unlisted'>> & {
	hosts: WritableHost[];
	openings: Opening[];
	counts: Record<PortState, number>;
	down: Writable<Omit<DownHosts, 'reasons' | 'listed'>> & {reasons: Map<string, number>; listed: Array<DownHosts['listed'][number]>};
	unlisted: {count: number; counts: Record<PortState, number>};
	/** Hosts of blocks whose turn has come and is not over, by their number. */
	underWay: Map<number, WritableHost>;
	/** Which of those are listed, and where. */
	places: Map<number, number>;
	portPlaces: PortPlaces;
};

/** Most hosts are asked nothing: they share one empty map until one is. */
const nothingObserved = new Map<Port, Observed>();

const createHost = (host: Host, places: PortPlaces): WritableHost => ({host, verdicts: createVerdictTable(places), observed: nothingObserved, pace: null, isFinished: false, judgement: null});

const noCounts = (): Record<PortState, number> => ({open: 0, closed: 0, filtered: 0, unknown: 0});

/** Begins the record of the scan that this event started. */
export const createScanRecord = (started: StartedEvent): ScanRecord => {
	const hostCount = started.hostCount ?? started.hosts.length;
	const portPlaces = createPortPlaces(readPortSet(started.ports));
	const record: WritableRecord = {
		started,
		hosts: started.hosts.map(host => createHost(host, portPlaces)),
		down: {count: 0, reasons: new Map(), askedCount: 0, listed: []},
		unlisted: {count: 0, counts: noCounts()},
		openings: [],
		counts: noCounts(),
		status: 'running',
		message: null,
		finishedAt: null,
		hostCount,
		finishedHostCount: 0,
		probedCount: 0,
		skippedCount: 0,
		totalCount: started.tellsOpenOnly === true ? 0 : started.portCount * hostCount,
		inFlightCount: 0,
		brake: null,
		elapsedMs: 0,
		doing: null,
		revision: 0,
		underWay: new Map(),
		places: new Map(),
		portPlaces,
	};
	return record;
};

/** The host that events call by this number; undefined when it is over, or was never heard of. */
const hostInHand = ({underWay, hosts, started}: WritableRecord, number: number): WritableHost | undefined =>
	number < started.hosts.length ? hosts[number] : underWay.get(number);

/** The host that an event calls by its number: to be asked before the record has taken the event in. */
export const hostNumbered = (record: ScanRecord, number: number): HostRecord | undefined => hostInHand(record as WritableRecord, number);

/** Lists a host of a block from its first answer on, while there is room or a port is open. @returns Its place among the hosts; undefined when it is not listed. */
const placeOf = (record: WritableRecord, number: number, host: WritableHost, state: PortState): number | undefined => {
	if (number < record.started.hosts.length) {
		return number;
	}

	const place = record.places.get(number);
	const hasRoom = record.hosts.length - record.started.hosts.length < mostAnsweringListed;
	if (place !== undefined || state === 'filtered' || (state !== 'open' && !hasRoom)) {
		return place;
	}

	record.hosts.push(host);
	record.places.set(number, record.hosts.length - 1);
	return record.hosts.length - 1;
};

const applyProbed = (record: WritableRecord, {host: number, port, verdict: {state}, verdict}: Extract<ScanEvent, {kind: 'probed'}>): void => {
	const host = hostInHand(record, number);
	if (host === undefined) {
		return;
	}

	const before = host.verdicts.set(port, verdict);
	if (host.verdicts.stateOf(port) === undefined) {
		// It is no port of this scan.
		return;
	}

	record.counts[state]++;
	if (before === undefined) {
		record.probedCount++;
	} else {
		record.counts[before]--;
	}

	const place = placeOf(record, number, host, state);
	if (state === 'open' && before !== 'open') {
		record.openings.push({host: place!, port});
	} else if (state !== 'open' && before === 'open') {
		record.openings.splice(record.openings.findIndex(opening => opening.host === place && opening.port === port), 1);
	}
};

const applyDown = (record: WritableRecord, host: WritableHost, down: HostDown): void => {
	const {down: total} = record;
	host.down = down;
	total.count++;
	total.reasons.set(down.reason, (total.reasons.get(down.reason) ?? 0) + 1);
	total.askedCount = Math.max(total.askedCount, down.askedCount);
	record.skippedCount += record.started.portCount;
	if (total.listed.length < mostDownListed) {
		total.listed.push({host: host.host, down});
	}
};

const applyHost = (record: WritableRecord, {host: number, down, judgement}: Extract<ScanEvent, {kind: 'host'}>): void => {
	const host = hostInHand(record, number);
	if (host === undefined || host.isFinished) {
		return;
	}

	host.isFinished = true;
	host.judgement = judgement ?? null;
	record.finishedHostCount++;
	if (down !== undefined) {
		applyDown(record, host, down);
	} else if (record.underWay.has(number) && !record.places.has(number)) {
		record.unlisted.count++;
		for (const state of portStates) {
			record.unlisted.counts[state] += host.verdicts.counts[state];
		}
	}

	record.underWay.delete(number);
	record.places.delete(number);
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

		case 'admitted': {
			const {target, address} = event;
			writable.underWay.set(event.host, createHost({target, address, note: null}, writable.portPlaces));
			break;
		}

		case 'probed': {
			applyProbed(writable, event);
			break;
		}

		case 'observed': {
			const host = hostInHand(writable, event.host);
			if (host?.verdicts.asks(event.port) === true) {
				host.observed = host.observed === nothingObserved ? new Map() : host.observed;
				host.observed.set(event.port, event.observed);
			}

			break;
		}

		case 'paced': {
			writable.elapsedMs = event.elapsedMs;
			writable.brake = event.brake ?? null;
			writable.doing = event.doing ?? writable.doing;
			writable.inFlightCount = event.inFlightCount ?? event.hosts.reduce((sum, {inFlightCount}) => sum + inFlightCount, 0);
			for (const pace of event.hosts) {
				const host = hostInHand(writable, pace.host);
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
			applyHost(writable, event);
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

/** Ports that were asked for and have no verdict yet, over all hosts; those of hosts that are down are not waited for. */
export const leftCount = ({totalCount, probedCount, skippedCount}: ScanRecord): number => Math.max(0, totalCount - probedCount - skippedCount);

/** Ports of this host that were asked for and have no verdict: the scan ended before their turn. */
export const unfinishedCount = ({started}: ScanRecord, {verdicts: {counts}}: HostRecord): number =>
	(started.tellsOpenOnly === true ? 0 : started.portCount - counts.open - counts.closed - counts.filtered - counts.unknown);

/** Open ports and their share from which on it is the host, or something before it, that accepts, and not so many services. */
const fewestAccepted = 100;
const leastAcceptedShare = 0.98;

/** Whether a host accepted nearly every connection: a proxy or a tarpit does, and an open port there says nothing of a service. */
export const acceptsEverything = ({judgement, verdicts: {counts}}: HostRecord): boolean =>
	judgement?.kind === 'accepts-everything' || (counts.open >= fewestAccepted && counts.open >= leastAcceptedShare * (counts.open + counts.closed + counts.filtered));

/** Says of a host that accepts everything what that means. */
export const describeAcceptance = ({judgement, verdicts: {counts}}: HostRecord): string => {
	const areReset = judgement?.kind === 'accepts-everything' && judgement.areReset === true;
	return `It accepted ${counts.open} of ${counts.open + counts.closed + counts.filtered} connections${areReset ? ' and reset most of them at once, as a firewall' : ', as a proxy or a tarpit'} does: an open port says nothing of a service here.`;
};

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

/** The hosts a report tells of one by one: the listed ones in their order, then those of blocks by their addresses. Those that are down are told of by themselves. */
export const reportedHosts = ({hosts, started}: ScanRecord): readonly HostRecord[] => {
	const ofBlocks = hosts.slice(started.hosts.length).map(host => ({host, number: numberOf(host.host.address)}));
	ofBlocks.sort((one, other) => one.host.host.address.family - other.host.host.address.family || (one.number < other.number ? -1 : 1));
	return [...hosts.slice(0, started.hosts.length).filter(({down}) => down === undefined), ...ofBlocks.map(({host}) => host)];
};
