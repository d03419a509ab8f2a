/**
Why this machine could not ask: the error code of the failed call, or one of our own words.

`self-connect`: the probe kept meeting a probe of ours, itself or another, and nobody else.
*/
export type LocalFailure = string;

export type FilteredReason = 'no-answer' | 'rst-limit' | 'host-unreachable' | 'net-unreachable' | 'protocol-unreachable' | 'admin-prohibited';

/**
What a TCP connect scan found out about one port.

`unknown` is a failure of this machine and says nothing about the target. `rttMs` is the time from `connect()` to the answer as this process saw it, so it holds the process's own queueing; a scan read from another program's document tells none.
*/
export type Verdict =
	| {readonly state: 'open'; readonly rttMs?: number; readonly tries: number}
	| {readonly state: 'closed'; readonly reason: 'refused'; readonly rttMs?: number; readonly tries: number}
	| {readonly state: 'filtered'; readonly reason: FilteredReason; readonly tries: number}
	| {readonly state: 'unknown'; readonly reason: LocalFailure; readonly tries: number};

export const portStates = ['open', 'closed', 'filtered', 'unknown'] as const;
export type PortState = (typeof portStates)[number];

/** The reason for a state, one word, as reports write it. */
export const reasonOf = (verdict: Verdict): string => (verdict.state === 'open' ? 'connected' : verdict.reason);

/** The round-trip time of a verdict in milliseconds; undefined where nothing answered, or nobody told. */
export const rttOf = (verdict: Verdict): number | undefined => ('rttMs' in verdict ? verdict.rttMs : undefined);
