import type {Parsed} from '../port/parsed.ts';
import type {Port} from '../port/port.ts';
import type {PortSet} from '../port/port-set.ts';
import type {AddressBlock} from './address-block.ts';
import type {Host, ScanEvent} from './event.ts';
import type {KnownSoFar} from './known-so-far.ts';

/** All that is decided before a scan begins. Plain data: it crosses to a worker thread. */
export type ScanPlan = {
	readonly id: string;
	readonly hosts: readonly Host[];
	/** Addresses to scan after the listed hosts, in a random order; apart from each other and from those. Their hosts are made when their turn comes. */
	readonly blocks?: readonly AddressBlock[] | undefined;
	/** Whether a host that answers none of the first probes is taken as down, and not scanned further. */
	readonly skipsSilentHosts?: boolean | undefined;
	/** The most attempts a second, over all hosts; undefined sets no bound. */
	readonly rate?: number | undefined;
	readonly ports: PortSet;
	/** Ports to probe before all others, most worthwhile first. */
	readonly firstPorts: readonly Port[];
	/** Seed of the random order: the same seed probes in the same order. */
	readonly seed: number;
	/** The most attempts in flight to one address, those past their time-out not counted; undefined leaves it to the answers and the descriptor limit. */
	readonly concurrency?: number | undefined;
	/** Milliseconds to wait for an answer; undefined follows the round-trip time. */
	readonly timeoutMs?: number | undefined;
	/** Tries for a silent port; undefined follows the loss seen. */
	readonly tries?: number | undefined;
	/** Whether to wait for the truth where a host limits its RSTs, and to ask silent ports more often. */
	readonly isThorough?: boolean | undefined;
	/** Whether every port is to be asked, whatever the host as a whole turns out to be. */
	readonly keepsGoing?: boolean | undefined;
	/** What an earlier run of this plan has found out; undefined for a scan that begins. */
	readonly known?: KnownSoFar | undefined;
};

/** Why a scan is not kept, or no longer. */
export type Unkept = {
	/** Whether its beginning is kept. */
	readonly isBegun: boolean;
	/** In few words, for a place beside its status: `the disk is full (ENOSPC)`. */
	readonly reason: string;
	/** The same with the folder it is about. Text from outside in it is quoted. */
	readonly sentence: string;
};

/** A scan that is under way. */
export type RunningScan = {
	readonly plan: ScanPlan;
	/** Batches of events, in order; ends after `finished`. To be read once. */
	readonly events: AsyncIterable<readonly ScanEvent[]>;
	readonly pause: () => void;
	readonly resume: () => void;
	/** Why it cannot be paused, in a sentence; undefined where it can. */
	readonly unpausable?: string | undefined;
	/** Ends the scan; `finished` follows, and all that was found until then stands. */
	readonly stop: () => void;
	/** Whether all of it so far is kept in the history; undefined where none is to be kept. */
	readonly isKept?: (() => boolean) | undefined;
	/** What keeps it from being kept; undefined while nothing does. */
	readonly unkept?: (() => Unkept | undefined) | undefined;
};

/** Starts scans: in a worker thread, or wherever a test wants. */
export type StartScan = (plan: ScanPlan) => RunningScan;

/** Starts scans that another program makes. A rejection says that it is not there, and how to get it. */
export type StartProgram = (plan: ScanPlan) => Promise<Parsed<RunningScan>>;
