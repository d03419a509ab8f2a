import type {Count, DocumentVersion, Family, PortList, PortNumber, Registration, Risk, StateCounts, StateName, StatusName, Timestamp} from './values.ts';

/** What a service said of itself, or what another program found out by asking it. No guess from the number of the port. */
export type ObservedService = {
	/** What it speaks, as the field calls it (`ssh`, `http`); null where that is not known. */
	readonly protocol: string | null;
	/** The software; null where that is not known. */
	readonly product: string | null;
	/** Its version; null where that is not known. */
	readonly version: string | null;
	/** What else was learnt, in the words of whoever asked; null where there is nothing. */
	readonly banner: string | null;
};

/** One port of a host, as it was probed. */
export type ScannedPort = {
	readonly port: PortNumber;
	/** Always TCP: it is a connect scan. */
	readonly transport: 'tcp';
	readonly state: StateName;
	/** Why the state is what it is, a word: `connected`, `refused`, `no-answer`, `rst-limit`, `host-unreachable`, …; for `unknown` the error code of this machine. */
	readonly reason: string;
	/** Milliseconds from the connect to the answer, as this process saw it; null where there was none. */
	readonly rttMs: number | null;
	/** How many times it was asked. */
	readonly tries: Count;
	/** The registration of the number for TCP; null where it has none. */
	readonly registry: Registration | null;
	/** Software that commonly uses the port. */
	readonly commonly: readonly string[];
	/** The gravest judgement that holds from where the address can be reached; null where there is none, or the port is not open. */
	readonly exposure: Risk | null;
	/** What answered there; null where nothing was asked or nothing answered. */
	readonly observed: ObservedService | null;
};

/** An address that is scanned, and what was given for it. */
export type ScanAddress = {
	/** As it was given: a name, an address or a block. */
	readonly target: string;
	/** The literal address. */
	readonly address: string;
	readonly family: Family;
};

/** A listed host. */
export type ScanHost = ScanAddress & {
	/** What to know about the choice of this address; null where there is nothing to say. */
	readonly note: string | null;
};

/** What a host turned out to be, where the scan of it ended early for that; null otherwise. `accepts-everything`: as a proxy or a tarpit does, so that an open port says nothing of a service. `resets-everything`: it was asked to the end, and every one of thousands of ports was refused. */
export type Judgement = 'accepts-everything' | 'resets-everything' | 'unreachable' | 'vanished' | null;

/** What came of a host. */
export type HostResult = {
	readonly judgement: Judgement;
	/** Over all ports that were asked for, listed or not. */
	readonly counts: StateCounts;
	/** How many of the unknown ones were never asked, because the scan ended first. */
	readonly unfinished: Count;
};

export type ScannedHost = ScanHost & HostResult & {
	/** The ports in the states that were asked for, lowest first. */
	readonly ports: readonly ScannedPort[];
};

/** Why a host is taken as down: none of the first probes got an answer of it. */
export type Down = {
	/** `no-answer`, `host-unreachable`, `net-unreachable`, or the error code of a failure of this machine. */
	readonly reason: string;
	/** How many ports were asked. */
	readonly askedCount: Count;
};

export type DownHost = ScanAddress & Down;

/** A scan as one document. */
export type ScanDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'scan';
	/** Names the scan; ids sort by the time it began. */
	readonly id: string;
	readonly status: StatusName;
	/** Why it failed; null where it did not. */
	readonly message: string | null;
	readonly startedAt: Timestamp;
	/** Null where it ended without a word, which only one of the history can have done. */
	readonly finishedAt: Timestamp | null;
	/** What opened the connections. */
	readonly engine: string;
	/**
	Seed of the random order of ports and hosts.

	@asType integer
	@minimum 0
	*/
	readonly seed: number;
	readonly ports: PortList;
	/** Whether every port that was asked is told of, or open ones alone, as by a program that tells no others. */
	readonly tells: 'all' | 'open';
	/** All of them, those that are down and those of blocks counted. Over 2^53 it is not exact. */
	readonly hostCount: Count;
	/** Hosts that were given one by one, in their order; then those of blocks that answered, by address: all with an open port, and the first thousand of the others. */
	readonly hosts: readonly ScannedHost[];
	/** Hosts of blocks that are not listed, because nothing is open there. */
	readonly unlisted: {
		readonly count: Count;
		readonly counts: StateCounts;
	};
	/** Hosts that are taken as down. Their ports are in no counts. */
	readonly down: {
		readonly count: Count;
		/** How many of them for each reason. */
		readonly reasons: Readonly<Record<string, Count>>;
		/** The first 256 of them. */
		readonly hosts: readonly DownHost[];
	};
};

/** A scan has begun: the first event. */
export type ScanStarted = {
	readonly portui: DocumentVersion;
	readonly kind: 'started';
	/** Names the scan; ids sort by the time it began. */
	readonly id: string;
	readonly startedAt: Timestamp;
	/** What opens the connections. */
	readonly engine: string;
	/**
	Seed of the random order of ports and hosts.

	@asType integer
	@minimum 0
	*/
	readonly seed: number;
	readonly ports: PortList;
	/** Whether every port that was asked is told of, or open ones alone, as by a program that tells no others. */
	readonly tells: 'all' | 'open';
	/** How many ports are probed on each host. */
	readonly portCount: Count;
	/** All of them, those of blocks counted. Over 2^53 it is not exact. */
	readonly hostCount: Count;
	/** Hosts that were given one by one. Those of blocks are told as they come. */
	readonly hosts: readonly ScanHost[];
};

/** A port has a verdict. One that was told is told again when another verdict holds; the last one holds. */
export type PortProbed = {
	readonly portui: DocumentVersion;
	readonly kind: 'probed';
} & ScanHost & ScannedPort;

/** A port that was told is heard of again: what answered there. */
export type ServiceObserved = {
	readonly portui: DocumentVersion;
	readonly kind: 'observed';
	readonly port: PortNumber;
	/** Always TCP: it is a connect scan. */
	readonly transport: 'tcp';
	/** What it turned out to be. */
	readonly observed: ObservedService;
} & ScanHost;

/** Nothing more will be asked of a host. */
export type HostFinished = {
	readonly portui: DocumentVersion;
	readonly kind: 'host';
	/** Why it was not scanned; null where it was. */
	readonly down: Down | null;
} & ScanHost & HostResult;

/** The scan has ended: the last event. */
export type ScanFinished = {
	readonly portui: DocumentVersion;
	readonly kind: 'finished';
	/** Absent where the scan failed before it began. */
	readonly id?: string;
	readonly finishedAt: Timestamp;
	readonly status: StatusName;
	/** Why it failed; null where it did not. */
	readonly message: string | null;
};

/** One event of a scan: a line of NDJSON. */
export type ScanEventDocument = ScanStarted | PortProbed | ServiceObserved | HostFinished | ScanFinished;
