import type {Port} from '../port/port.ts';
import type {Address} from './address.ts';
import type {HostJudgement} from './host-judgement.ts';
import type {Observed} from './observed.ts';
import type {Pace} from './pacer.ts';
import type {Verdict} from './verdict.ts';

/** One address to scan, and what was typed for it. */
export type Host = {
	readonly target: string;
	readonly address: Address;
	/** What the reader should know about the choice of this address; null where there is nothing to say. */
	readonly note: string | null;
};

/** `interrupted`: stopped by the user or a signal; what was found until then holds. `failed`: the engine broke; `message` says how. */
export type ScanStatus = 'complete' | 'interrupted' | 'failed';

/** A host that is taken as down: none of the first probes got an answer of it. */
export type HostDown = {
	/** As of a verdict: `no-answer`, `host-unreachable`, `net-unreachable`, or the error code of a failure of this machine. */
	readonly reason: string;
	/** How many ports were asked. */
	readonly askedCount: number;
};

/** What another program says it is at: the task in its own words, and the share of it that is done, from 0 to 1. */
export type Doing = {readonly task: string; readonly share: number};

export type HostPace = Pace & {readonly host: number};

/** What of this machine holds a scan up, as long as it does: all sockets it may have open are in use, `socketLimit` of them at present, or something ran out, told by its error code. */
export type Brake =
	| {readonly kind: 'sockets'; readonly socketLimit: number}
	| {readonly kind: 'lack'; readonly code: string};

/**
What happens in a scan, in order. The screen, the commands and every other reader fold this one stream.

`host` is the number of a host: those of `started` come first, in their order; others are `admitted` before anything else is told of them. A port may be `probed` more than once: the last verdict holds.
*/
export type ScanEvent =
	| {
		readonly kind: 'started';
		readonly id: string;
		/** ISO 8601, UTC. */
		readonly startedAt: string;
		readonly engine: string;
		readonly seed: number;
		/** The ports as `formatPortSet` writes them. */
		readonly ports: string;
		/** How many ports are probed on each host. */
		readonly portCount: number;
		/** The hosts that are listed one by one. */
		readonly hosts: readonly Host[];
		/** How many hosts there are in all, those of blocks counted; undefined where all are listed. Over 2^53 it is not exact. */
		readonly hostCount?: number | undefined;
		/** Whether open ports alone are told, as some programs' documents do: of every other port nothing is known, not even whether it was asked. */
		readonly tellsOpenOnly?: true | undefined;
	}
	/** A host of a block: told before the first news of it. */
	| {readonly kind: 'admitted'; readonly host: number; readonly target: string; readonly address: Address}
	| {readonly kind: 'probed'; readonly host: number; readonly port: Port; readonly verdict: Verdict}
	/** What answers at a port, where somebody asked it. */
	| {readonly kind: 'observed'; readonly host: number; readonly port: Port; readonly observed: Observed}
	/** How it goes, some thirty times a second. `elapsedMs` leaves out the time spent paused; `inFlightCount` is of all hosts, those that are only sounded too; `doing` is what another program says it is at. */
	| {readonly kind: 'paced'; readonly elapsedMs: number; readonly hosts: readonly HostPace[]; readonly inFlightCount?: number | undefined; readonly brake?: Brake | undefined; readonly doing?: Doing | undefined}
	| {readonly kind: 'paused'}
	| {readonly kind: 'resumed'}
	/** Nothing more will be probed on this host; `down` tells why it was not probed at all, `judgement` what it turned out to be, where it ended early for that. */
	| {readonly kind: 'host'; readonly host: number; readonly down?: HostDown | undefined; readonly judgement?: HostJudgement | undefined}
	| {readonly kind: 'finished'; readonly finishedAt: string; readonly status: ScanStatus; readonly message: string | null};

export type StartedEvent = Extract<ScanEvent, {kind: 'started'}>;
