import type {EngineName} from './engine-name.ts';
import type {RunningScan} from './scan-plan.ts';

/** A scan as a person asks for it, on the command line or in the form. */
export type ScanRequest = {
	/** Targets as they were typed. */
	readonly targets: readonly string[];
	/** Ports as they were typed. */
	readonly ports: string;
	readonly excludePorts?: string | undefined;
	/** Files to read more targets from; `-` is standard input. */
	readonly inputs?: readonly string[] | undefined;
	/** Hosts to leave out, as they were typed. */
	readonly exclude?: readonly string[] | undefined;
	/** Only addresses of this family. */
	readonly family?: 4 | 6 | undefined;
	readonly seed?: number | undefined;
	readonly concurrency?: number | undefined;
	readonly timeoutMs?: number | undefined;
	readonly tries?: number | undefined;
	/** The most attempts a second, over all hosts. */
	readonly rate?: number | undefined;
	/** Whether hosts that answer none of the first probes are scanned all the same. */
	readonly assumesUp?: boolean | undefined;
	/** That public addresses among the targets may be scanned: `allowed` for this scan, `confirmed` when the question was put and answered, which is remembered. */
	readonly publicScan?: 'allowed' | 'confirmed' | undefined;
	readonly isThorough?: boolean | undefined;
	readonly keepsGoing?: boolean | undefined;
	/** What makes the scan; undefined for portui's own sockets. */
	readonly engine?: EngineName | undefined;
	/** The machine to scan from, as ssh takes it; undefined for this one. */
	readonly via?: string | undefined;
};

/**
What was wrong with a request: the target, the ports or a setting as they were given, a name that does not resolve, a scan that is still running, an engine that is not there, or a public address that nobody has said may be scanned.

For a public address `question` is the beginning of a sentence that asks whether it may.
*/
export type RequestProblem = {
	readonly kind: 'target' | 'ports' | 'setting' | 'resolve' | 'busy' | 'engine' | 'public';
	readonly message: string;
	readonly question?: string | undefined;
};

/** A scan under way, or what was wrong. `unresolved` says of each target that is passed over, because its name leads nowhere, why. */
export type ScanStart = {readonly ok: true; readonly scan: RunningScan; readonly unresolved?: readonly string[] | undefined} | {readonly ok: false; readonly problem: RequestProblem};

/**
Turns a request into a scan that is under way: parses, resolves names, starts.

The screen and the commands are handed one of these; they know neither sockets nor resolvers.
*/
export type RequestScan = (request: ScanRequest) => Promise<ScanStart>;
