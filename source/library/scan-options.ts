import {formatPortSet} from '../port/port-set.ts';
import type {Registry} from '../registry/registry.ts';
import type {StateName} from '../report/documents/values.ts';
import {shownByDefault} from '../report/scan-json.ts';
import {defaultPorts} from '../scan/parse-request.ts';
import type {RequestProblem, ScanRequest} from '../scan/scan-request.ts';
import type {PortState} from '../scan/verdict.ts';
import {inOptionWords} from './option-words.ts';
import {portsOrThrow, readPorts} from './port-list.ts';
import {PortuiError, type PortuiErrorCode} from './portui-error.ts';

/** How to scan. All of it may be left out. */
export type ScanOptions = {
	/** A list as `portui scan -p` takes it (`22,80-90`, `http`, `top100`, `all`), or numbers. Default: `top1000`. */
	readonly ports?: string | Iterable<number> | undefined;
	/** Ports to leave out. */
	readonly excludePorts?: string | Iterable<number> | undefined;
	/** Hosts to leave out: names, addresses or blocks. */
	readonly exclude?: string | readonly string[] | undefined;
	/** Only addresses of this family. Default: both. */
	readonly family?: 4 | 6 | undefined;
	/** The states whose ports are told; counts count all. Default: `['open', 'unknown']`. */
	readonly show?: readonly StateName[] | undefined;
	/** Seed of the random order, from 0 to 2^32 - 1. Default: a random one. */
	readonly seed?: number | undefined;
	/** The most connects in flight to one address, from 1 to 65,536. Default: as the answers allow. */
	readonly concurrency?: number | undefined;
	/** The most connects a second, over all hosts, from 1 to 1,000,000. Default: no bound. */
	readonly rate?: number | undefined;
	/** Milliseconds to wait for an answer, from 1 to 600,000. Default: follows the round-trip time. */
	readonly timeoutMs?: number | undefined;
	/** Tries for a silent port, from 1 to 20. Default: follows the loss seen. */
	readonly tries?: number | undefined;
	/** Whether to wait for the truth where a host limits its RSTs, and to ask silent ports more often. Default: false. */
	readonly thorough?: boolean | undefined;
	/** Whether to ask every port, whatever the host as a whole turns out to be. Default: false. */
	readonly keepGoing?: boolean | undefined;
	/** Whether to scan hosts that answer none of the first probes all the same. Default: false. */
	readonly assumeUp?: boolean | undefined;
	/** That public addresses among the targets are yours to scan, or that you have leave. Without it they are rejected, and nothing is asked. Default: false. */
	readonly mayScanPublic?: boolean | undefined;
	/** Whether to keep the scan in the user's history (`portui history`). Default: false. */
	readonly keepInHistory?: boolean | undefined;
	/** Stops the scan. What was found until then is told, and the scan ends as `interrupted`. */
	readonly signal?: AbortSignal | undefined;
};

const codes: Readonly<Record<RequestProblem['kind'], PortuiErrorCode>> = {
	target: 'ERR_INVALID_TARGET',
	ports: 'ERR_INVALID_PORTS',
	setting: 'ERR_INVALID_OPTION',
	resolve: 'ERR_UNRESOLVED',
	public: 'ERR_PUBLIC_ADDRESS',
	busy: 'ERR_SCAN_FAILED',
	engine: 'ERR_SCAN_FAILED',
};

/** What is wrong with a request, as an error. */
export const errorOf = ({kind, message}: RequestProblem): PortuiError => new PortuiError(codes[kind], inOptionWords(message));

/** The states whose ports are told. */
export const statesToShow = ({show}: ScanOptions): readonly PortState[] => show ?? shownByDefault;

const listOf = (texts: string | readonly string[]): readonly string[] => (typeof texts === 'string' ? [texts] : texts);

/** Turns what was given to the library into what the commands ask for. @throws PortuiError for ports that are none. */
export const requestOf = (targets: string | readonly string[], options: ScanOptions, registry: Registry): ScanRequest => {
	const {ports = defaultPorts, excludePorts, exclude, family, seed, concurrency, rate, timeoutMs, tries, thorough, keepGoing, assumeUp, mayScanPublic} = options;
	const textOf = (given: string | Iterable<number>): string => (typeof given === 'string' ? given : formatPortSet(portsOrThrow(readPorts(given, registry))));
	return {
		targets: listOf(targets),
		ports: textOf(ports),
		excludePorts: excludePorts === undefined ? undefined : textOf(excludePorts),
		exclude: exclude === undefined ? undefined : listOf(exclude),
		family,
		seed,
		concurrency,
		rate,
		timeoutMs,
		tries,
		isThorough: thorough === true,
		keepsGoing: keepGoing === true,
		assumesUp: assumeUp === true,
		...(mayScanPublic === true ? {publicScan: 'allowed'} : {}),
	};
};
