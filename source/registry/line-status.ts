import type {PortStatus} from './registry.ts';

/**
What a record of IANA without a name says of its port (RFC 6335, section 6).

"any private …" is set aside for private systems of that kind: assigned, to nobody in particular. What was given back or is only suspected is free.
*/
const unnamedStatuses: ReadonlyArray<readonly [RegExp, PortStatus]> = [
	[/^reserved\b/i, 'reserved'],
	[/^any private\b/i, 'assigned'],
	[/^\(?unassigned\b|^de-?registered\b|^possibly used\b|^removed\b|^deprecated\b|^de-?comm?iss?ioned\b/i, 'unassigned'],
];

/** The status of a record that has no name; undefined where its description does not tell. */
export const statusOfUnnamed = (description: string): PortStatus | undefined =>
	unnamedStatuses.find(([pattern]) => pattern.test(description))?.[1];

/** The status of a record that has a name: assigned, unless it was given back. */
export const statusOfNamed = (description: string): PortStatus => (/^de-?registered\b/i.test(description) ? 'unassigned' : 'assigned');

/**
The status of any record of IANA.

Without a name and in words that are not known it is no assignment, so it is called unassigned; its words are shown as they are.
*/
export const statusOfLine = (name: string | null, description: string): PortStatus =>
	(name === null ? statusOfUnnamed(description) ?? 'unassigned' : statusOfNamed(description));
