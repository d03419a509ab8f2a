import type {RunningScan} from './scan-plan.ts';

/** A scan as a person asks for it, on the command line or in the form. */
export type ScanRequest = {
	/** Targets as they were typed. */
	readonly targets: readonly string[];
	/** Ports as they were typed. */
	readonly ports: string;
	readonly excludePorts?: string | undefined;
	/** Only addresses of this family. */
	readonly family?: 4 | 6 | undefined;
	readonly seed?: number | undefined;
	readonly concurrency?: number | undefined;
	readonly timeoutMs?: number | undefined;
	readonly tries?: number | undefined;
	readonly isThorough?: boolean | undefined;
	readonly keepsGoing?: boolean | undefined;
};

/** What was wrong with a request: the target, the ports or a setting as they were given, a name that does not resolve, or a scan that is still running. */
export type RequestProblem = {readonly kind: 'target' | 'ports' | 'setting' | 'resolve' | 'busy'; readonly message: string};

export type ScanStart = {readonly ok: true; readonly scan: RunningScan} | {readonly ok: false; readonly problem: RequestProblem};

/**
Turns a request into a scan that is under way: parses, resolves names, starts.

The screen and the commands are handed one of these; they know neither sockets nor resolvers.
*/
export type RequestScan = (request: ScanRequest) => Promise<ScanStart>;
