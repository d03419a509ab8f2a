import {formatPortSet, portSetOfPorts, type PortSet} from '../../port/port-set.ts';
import {portCount, type Port} from '../../port/port.ts';
import {readAddress, type Address} from '../../scan/address.ts';
import type {Host, HostDown, ScanEvent, ScanStatus, StartedEvent} from '../../scan/event.ts';
import type {HostJudgement} from '../../scan/host-judgement.ts';
import type {Observed} from '../../scan/observed.ts';
import {fewVerdicts} from '../../scan/verdict-table.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {formatCount} from '../quantity.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';

/** What a document may tell of, at most: what is read is held in memory. */
export const mostHosts = 1_000_000;
export const mostVerdicts = 20_000_000;

/** Places for verdicts, over all hosts: seven bytes each. A host has one for every port that the document tells of, once it has more than a few. */
const mostPlaces = 150_000_000;

/** No text of an observation is kept longer; the history takes no more either. */
const longestText = 4096;

/** No name of a host is longer (RFC 1035, section 2.3.4). */
const longestName = 253;

/** The last millisecond of the year 9999: dates after it are written in another way. */
const lastTimeMs = 253_402_300_799_999;

/** Ends the reading of a document that tells of too much. Its message says of what. */
export class TooLarge extends Error {}

/** What a document says of its scan as a whole. */
export type GatheredScan = {
	readonly format: string;
	readonly engine: string;
	readonly status: ScanStatus;
	readonly id?: string;
	readonly seed?: number;
	readonly message?: string | null;
	readonly startedAt?: string | undefined;
	readonly finishedAt?: string | undefined;
	/** How long it took, in milliseconds, where that is told. */
	readonly elapsedMs?: number | undefined;
	/** Every port that was asked; left out, those that were told of. */
	readonly ports?: PortSet | undefined;
	readonly tellsOpenOnly: boolean;
	readonly notes: readonly string[];
};

/** Gathers what a document tells, in whatever order it does. Its functions throw `TooLarge`. */
export type ScanGatherer = {
	/** The number of a host; one of an address that was told of before is that one. Undefined where the text is no address. */
	readonly hostAt: (addressText: string, target?: string, note?: string | null) => number | undefined;
	readonly tell: (host: number, port: Port, verdict: Verdict) => void;
	readonly observe: (host: number, port: Port, observed: Observed) => void;
	readonly end: (host: number, down?: HostDown, judgement?: HostJudgement) => void;
	/** Takes in when something was found, in milliseconds since 1970; what is no such time is ignored. */
	readonly at: (timeMs: number) => void;
	readonly hostCount: () => number;
	readonly finish: (scan: GatheredScan, options: ReadingOptions) => ReadScan;
};

export const isTime = (timeMs: number): boolean => timeMs > 0 && timeMs <= lastTimeMs;

const cut = (text: string | null): string | null => (text === null || text.length <= longestText ? text : text.slice(0, longestText));

export const createScanGatherer = (): ScanGatherer => {
	const hosts: Host[] = [];
	const numbers = new Map<string, number>();
	const events: ScanEvent[] = [];
	const verdictCounts: number[] = [];
	const ended = new Set<number>();
	const told = new Uint8Array(portCount);
	let verdictCount = 0;
	let firstMs = Number.POSITIVE_INFINITY;
	let lastMs = 0;

	const addHost = (address: Address, target: string | undefined, note: string | null): number => {
		const known = numbers.get(address.text);
		if (known !== undefined) {
			return known;
		}

		if (hosts.length === mostHosts) {
			throw new TooLarge(`more than ${formatCount(mostHosts)} hosts`);
		}

		verdictCounts.push(0);
		const name = target === undefined || target === '' || target.length > longestName ? address.text : target;
		return hosts.push({target: name, address, note: cut(note)}) - 1;
	};

	const portsTold = (): PortSet => {
		const ports: Port[] = [];
		for (let port = told.indexOf(1); port !== -1; port = told.indexOf(1, port + 1)) {
			ports.push(port as Port);
		}

		return portSetOfPorts(ports);
	};

	const end: ScanGatherer['end'] = (host, down, judgement) => {
		if (!ended.has(host)) {
			ended.add(host);
			events.push({kind: 'host', host, ...(down === undefined ? {} : {down}), ...(judgement === undefined ? {} : {judgement})});
		}
	};

	return {
		hostAt(addressText, target, note = null) {
			const known = numbers.get(addressText);
			if (known !== undefined) {
				return known;
			}

			const address = addressText.length > 100 ? undefined : readAddress(addressText);
			if (address === undefined) {
				return undefined;
			}

			const number = addHost(address, target, note);
			numbers.set(address.text, number);
			return number;
		},
		tell(host, port, verdict) {
			verdictCount++;
			if (verdictCount > mostVerdicts) {
				throw new TooLarge(`more than ${formatCount(mostVerdicts)} ports`);
			}

			told[port] = 1;
			verdictCounts[host]!++;
			events.push({kind: 'probed', host, port, verdict});
		},
		observe(host, port, {protocol, product, version, banner}) {
			events.push({kind: 'observed', host, port, observed: {protocol: cut(protocol), product: cut(product), version: cut(version), banner: cut(banner)}});
		},
		end,
		at(timeMs) {
			if (isTime(timeMs)) {
				firstMs = Math.min(firstMs, timeMs);
				lastMs = Math.max(lastMs, timeMs);
			}
		},
		hostCount: () => hosts.length,
		finish({format, engine, status, id = '', seed = 0, message = null, startedAt, finishedAt, elapsedMs, ports = portsTold(), tellsOpenOnly, notes}, {modifiedAtMs = 0}) {
			const roomy = verdictCounts.filter(count => count > fewVerdicts).length;
			if (roomy * ports.size > mostPlaces) {
				throw new TooLarge(`${formatCount(roomy)} hosts with many ports, and ${formatCount(ports.size)} ports in all`);
			}

			const began = startedAt ?? new Date(lastMs === 0 ? Math.max(0, modifiedAtMs) : firstMs).toISOString();
			const started: StartedEvent = {kind: 'started', id, startedAt: began, engine, seed, ports: formatPortSet(ports), portCount: ports.size, hosts, ...(tellsOpenOnly ? {tellsOpenOnly} : {})};
			if (status === 'complete') {
				for (const host of hosts.keys()) {
					end(host);
				}
			}

			if (elapsedMs !== undefined) {
				events.push({kind: 'paced', elapsedMs, hosts: []});
			}

			events.push({kind: 'finished', finishedAt: finishedAt ?? (lastMs === 0 ? began : new Date(Math.max(lastMs, Date.parse(began))).toISOString()), status, message});
			return {format, started, events, notes};
		},
	};
};
