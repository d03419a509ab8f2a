// What the documents are made of. The descriptions go into the JSON Schemas and into the declarations of the library, `@minimum` and the like as their keywords: scripts/build-schemas.ts.

/**
The version of portui's documents. What stands does not change within one; additions are possible, so a reader passes over what it does not know.
*/
export type DocumentVersion = 1;

/**
A TCP or UDP port.

@asType integer
@minimum 0
@maximum 65535
*/
export type PortNumber = number;

/**
A whole number of things.

@asType integer
@minimum 0
*/
export type Count = number;

/**
A date and time, ISO 8601, UTC, as `2026-01-31T12:00:00.000Z`.

@format date-time
*/
export type Timestamp = string;

/**
The ports of a set, the shortest way: `22,80-90`.

@pattern ^(\d+(-\d+)?(,\d+(-\d+)?)*)?$
*/
export type PortList = string;

/** The version of the Internet Protocol. */
export type Family = 4 | 6;

/** The transports that IANA registers ports for. */
export type TransportName = 'tcp' | 'udp' | 'sctp' | 'dccp';

/** What a TCP connect scan found out about a port; `unknown` is a failure of this machine and says nothing about the port. */
export type StateName = 'open' | 'closed' | 'filtered' | 'unknown';

/** How a scan ended. `interrupted`: it was stopped, and what was found until then holds. `failed`: it broke off; its message says how. */
export type StatusName = 'complete' | 'interrupted' | 'failed';

/** How grave a risk is. */
export type SeverityName = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** From where a listener can be reached, as far as its address tells. */
export type VantageName = 'internet' | 'lan' | 'loopback';

/** How many ports are in each state. */
export type StateCounts = {
	readonly open: Count;
	readonly closed: Count;
	readonly filtered: Count;
	/** Those that were never asked because the scan ended first are counted here. */
	readonly unknown: Count;
};

/** A registration of a port's number with IANA. It says what the number is meant for, not what listens. */
export type Registration = {
	/** The service name; null where the registration has none. */
	readonly name: string | null;
	/** IANA's words. */
	readonly description: string;
};

/** A judgement of what is risky about the usual service of a port. It is no observation. */
export type Risk = {
	/** The usual service, which may not be what listens. */
	readonly service: string;
	readonly severity: SeverityName;
	/** The vantage that the severity holds for. */
	readonly from: VantageName;
	/** What can go wrong. */
	readonly concern: string;
	/** What to do instead. */
	readonly safer: string;
};

/** A run of neighbouring ports, both ends included. */
export type PortRun = {readonly first: PortNumber; readonly last: PortNumber};
