import type {HostRecord, ScanRecord} from './scan-record.ts';

/** Fewer ports than this may all be closed on any machine, and nobody wonders. */
const leastPorts = 4096;

/**
Whether a host refused every one of a great many ports, so that it cannot be seen from here whether it is there at all.

It is known only when the last port was asked: until then the next one may be open.
*/
export const resetsEverything = ({started: {portCount}}: ScanRecord, {isFinished, verdicts: {counts}}: HostRecord): boolean =>
	isFinished && portCount >= leastPorts && counts.closed === portCount;

/** Says of a host that resets everything what that means. */
export const describeResets = ({verdicts: {counts}}: HostRecord): string =>
	`It refused all ${counts.closed} ports: nothing listens there, or a firewall before it resets every connection.`;
