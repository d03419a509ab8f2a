import type {DocumentVersion, PortNumber, PortRun, SeverityName, TransportName} from './values.ts';

/** An IANA registration of a port, the same names on several transports joined. */
export type LookupEntry = {
	/** The preferred service name; null where there is none. */
	readonly name: string | null;
	/** Other names of the same registration. */
	readonly aliases: readonly string[];
	/** Empty for a port that IANA has no record of. */
	readonly transports: readonly TransportName[];
	/** Where the port stands with IANA (RFC 6335, section 6); `dynamic` ports are never assigned. */
	readonly status: 'assigned' | 'reserved' | 'unassigned' | 'dynamic';
	/** IANA's words. */
	readonly description: string;
};

/** Where a reference is found. */
export type LookupLink = {
	/** As it is written between brackets. */
	readonly text: string;
	/** A web address. */
	readonly url: string;
};

/** What a port is for in plain words, for somebody who does not know the service. */
export type LookupPurpose = {
	/** The transports it holds for. */
	readonly transports: readonly TransportName[];
	/** One sentence without its full stop. */
	readonly text: string;
};

/** A record of IANA's registry in IANA's words; null where IANA left the field empty. */
export type LookupRecord = PortRun & {
	/** Null for a record that names no service. */
	readonly name: string | null;
	/** All of them where IANA's record names none. */
	readonly transports: readonly TransportName[];
	/** What IANA says it is. */
	readonly description: string;
	/** To whom it is assigned. */
	readonly assignee: string | null;
	/** Whom to ask. */
	readonly contact: string | null;
	/** As `2013-05-28` or `2002-09`. */
	readonly registered: string | null;
	/** As `2013-05-28` or `2002-09`. */
	readonly modified: string | null;
	/** In brackets, one after the other: `[RFC6335][RFC9000]`. */
	readonly reference: string | null;
	/** Where the references are found. */
	readonly links: readonly LookupLink[];
	/** The service code of DCCP (RFC 4340, section 8.1.2). */
	readonly serviceCode: string | null;
	/** Uses without an assignment that IANA has heard of. */
	readonly unauthorizedUse: string | null;
	/** What else there is to say. */
	readonly notes: string | null;
};

/** Software that really uses a port, whatever IANA says. */
export type CommonUseDocument = {
	/** What it is called. */
	readonly software: string;
	/** The transports it is used over. */
	readonly transports: readonly TransportName[];
	/** What kind of software it is, a word. */
	readonly category: string;
	/** What else there is to know of the use; may be empty. */
	readonly note: string;
	/** How the use stands to IANA's record: it is that service, the port is assigned to another, or it has no assignment. */
	readonly relation: 'same' | 'other' | 'unassigned' | 'reserved' | 'dynamic';
	/** Where the use was checked; empty where it was not. */
	readonly source: string;
};

/** What is risky about the usual service of a port, from each vantage. A judgement, no observation. */
export type ExposureDocument = {
	/** The usual service, which may not be what listens. */
	readonly service: string;
	/** The transports it is judged over. */
	readonly transports: readonly TransportName[];
	/** Whether the usual service encrypts: never, as it is configured, always with a protocol of its own, always with TLS. */
	readonly encrypted: 'cleartext' | 'either' | 'encrypted' | 'tls';
	/** What can go wrong. */
	readonly concern: string;
	/** What to do instead. */
	readonly safer: string;
	/** By where a listener can be reached from; null where there is no judgement. */
	readonly severity: {
		/** From anywhere. */
		readonly internet: SeverityName | null;
		/** From a private network. */
		readonly lan: SeverityName | null;
		/** From the machine itself. */
		readonly loopback: SeverityName | null;
	};
	/** Advisories, `; ` between them. */
	readonly references: string;
	/** The CVEs among CISA's known exploited vulnerabilities. */
	readonly knownExploited: readonly string[];
	/** Whose judgement the severity from the internet is. */
	readonly basis: string;
	/** How sure the judgement is. */
	readonly confidence: 'high' | 'medium';
	/** A web address; empty where the judgement is the project's own. */
	readonly source: string;
};

/** All that the registry knows of one port. Every part of it is a record or a guess, never an observation. */
export type LookupPort = {
	readonly port: PortNumber;
	/** The range it lies in (RFC 6335, section 6). */
	readonly range: 'well-known' | 'registered' | 'ephemeral';
	/** What it is for in plain words; empty where nobody wrote any. */
	readonly purpose: readonly LookupPurpose[];
	/**
	Never empty: a port that nobody registered has one entry that says so. Assigned entries come first.

	@minItems 1
	*/
	readonly entries: readonly LookupEntry[];
	/** What IANA has of the port. Absent in the built-in registry, which has no more than the entries say. */
	readonly records?: readonly LookupRecord[];
	/** Software that really uses it, the likeliest first. */
	readonly commonly: readonly CommonUseDocument[];
	/** What is risky about it. */
	readonly exposure: readonly ExposureDocument[];
	/** Whether browsers refuse to connect to it (Fetch standard, "bad port"). */
	readonly blockedByBrowsers: boolean;
	/** How it stands to the ports that systems hand to clients. */
	readonly clientRange: {
		/** Of this machine; `reserved` ports of the range are never handed out. Null where the range could not be read. */
		readonly here: 'inside' | 'reserved' | 'outside' | null;
		/** The systems whose default client range it lies in. */
		readonly defaultOf: readonly string[];
	};
};

/** What the registry knows of some ports. */
export type LookupDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'lookup';
	/** Where the facts come from, with their version or date. */
	readonly origin: string;
	/** What was searched instead of words that nothing matches. Absent where they match. */
	readonly corrected?: string;
	/** The ports that systems hand to clients. */
	readonly clientRanges: {
		/** Of this machine; null where it could not be read. */
		readonly here: (PortRun & {
			/** Ports in the range that are never handed out. */
			readonly reserved: readonly PortRun[];
			/** The file or command that says so. */
			readonly readFrom: string;
		}) | null;
		/** Of systems as they come. */
		readonly defaults: ReadonlyArray<PortRun & {
			/** An operating system. */
			readonly system: string;
			/** Where the system says so. */
			readonly source: string;
		}>;
	};
	/** In the order in which they were asked for; those that words find, best first. */
	readonly ports: readonly LookupPort[];
};
