import {lastPort, portCount, toPort} from '../port/port.ts';
import type {HostDown, ScanEvent, ScanStatus} from '../scan/event.ts';
import type {HostJudgement} from '../scan/host-judgement.ts';
import {countHosts, createHostSequence} from '../scan/host-sequence.ts';
import type {Observed} from '../scan/observed.ts';
import type {FilteredReason, Verdict} from '../scan/verdict.ts';
import {isFields} from './fields.ts';
import type {KeptScan} from './kept-scan.ts';
import {numbersIn, readRuns} from './runs.ts';

/** Reads the lines of a kept scan after its first one. */
export type EventDecoder = {
	/** The events of a line, none for one of a kind that is not known; undefined for one that is damaged. Never throws. */
	readonly read: (line: string) => readonly ScanEvent[] | undefined;
};

/** No text of an observation is longer. */
const longestObserved = 4096;

/** No line tells of more hosts: they are written twice a second. */
const mostHostsInLine = 1_000_000;

const filteredReasons: ReadonlySet<unknown> = new Set<FilteredReason>(['no-answer', 'rst-limit', 'host-unreachable', 'net-unreachable', 'protocol-unreachable', 'admin-prohibited']);
const statuses: ReadonlySet<unknown> = new Set<ScanStatus>(['complete', 'interrupted', 'failed']);

const isCount = (value: unknown, most: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

/** Stands for the round-trip time of ports of which none was told. */
const noRtt = Symbol('no round-trip time');

const verdictOf = (state: unknown, reason: unknown, tries: number, rttUs: unknown): Verdict | undefined => {
	const rttMs = typeof rttUs === 'number' && rttUs >= 0 && Number.isFinite(rttUs) ? rttUs / 1000 : undefined;
	// An array without a number in this place is damaged; no array at all says that none was told.
	const isRight = rttMs !== undefined || rttUs === noRtt;
	const timed = rttMs === undefined ? {} : {rttMs};
	if (state === 'open' && isRight) {
		return {state, ...timed, tries};
	}

	if (state === 'closed' && reason === 'refused' && isRight) {
		return {state, reason, ...timed, tries};
	}

	if (state === 'filtered' && filteredReasons.has(reason)) {
		return {state, reason: reason as FilteredReason, tries};
	}

	return state === 'unknown' && typeof reason === 'string' && reason.length <= 100 ? {state, reason, tries} : undefined;
};

const readDown = (value: unknown): HostDown | undefined => {
	const {reason, askedCount} = isFields(value) ? value : {};
	return typeof reason === 'string' && isCount(askedCount, portCount) ? {reason, askedCount} : undefined;
};

const readJudgement = (value: unknown): HostJudgement | undefined => {
	const {kind, reason, areReset} = isFields(value) ? value : {};
	if (kind === 'vanished') {
		return {kind};
	}

	if (kind === 'accepts-everything') {
		return {kind, ...(areReset === true && {areReset})};
	}

	return kind === 'unreachable' && filteredReasons.has(reason) ? {kind, reason: reason as FilteredReason} : undefined;
};

const readObserved = (fields: Readonly<Record<string, unknown>>): Observed | undefined => {
	const [protocol, product, version, banner] = ['protocol', 'product', 'version', 'banner'].map(name => fields[name]) as [unknown, unknown, unknown, unknown];
	const isText = (value: unknown): value is string | null => value === null || (typeof value === 'string' && value.length <= longestObserved);
	return isText(protocol) && isText(product) && isText(version) && isText(banner) ? {protocol, product, version, banner} : undefined;
};

export const createEventDecoder = ({plan}: KeptScan): EventDecoder => {
	const sequence = createHostSequence(plan, plan.seed);
	const largest = Math.min(Number(countHosts(plan) - 1n), Number.MAX_SAFE_INTEGER);

	const read: Readonly<Record<string, (fields: Readonly<Record<string, unknown>>) => readonly ScanEvent[] | undefined>> = {
		admitted({hosts}) {
			const runs = readRuns(hosts, largest, mostHostsInLine);
			return runs === undefined ? undefined : Array.from(numbersIn(runs), host => {
				const {target, address} = sequence.at(host)!;
				return {kind: 'admitted', host, target, address};
			});
		},
		probed({host, state, reason, tries, ports, rttUs}) {
			const runs = readRuns(ports, lastPort, portCount);
			if (runs === undefined || !isCount(host, largest) || !isCount(tries, 255)) {
				return undefined;
			}

			const numbers = [...numbersIn(runs)];
			const rttAt = (index: number): unknown => (rttUs === undefined ? noRtt : Array.isArray(rttUs) ? rttUs[index] : undefined);
			const events = numbers.flatMap((port, index): readonly ScanEvent[] => {
				const verdict = verdictOf(state, reason, tries, rttAt(index));
				return verdict === undefined ? [] : [{kind: 'probed', host, port: toPort(port), verdict}];
			});
			return events.length === numbers.length ? events : undefined;
		},
		observed({host, port, ...found}) {
			const observed = readObserved(found);
			return isCount(host, largest) && isCount(port, lastPort) && observed !== undefined ? [{kind: 'observed', host, port: toPort(port), observed}] : undefined;
		},
		host({hosts, down, judgement}) {
			const runs = readRuns(hosts, largest, mostHostsInLine);
			const readings = {...(down === undefined ? {} : {down: readDown(down)}), ...(judgement === undefined ? {} : {judgement: readJudgement(judgement)})};
			return runs === undefined || Object.values(readings).includes(undefined) ? undefined : Array.from(numbersIn(runs), host => ({kind: 'host', host, ...readings}));
		},
		paced({elapsedMs}) {
			return isCount(elapsedMs, Number.MAX_SAFE_INTEGER) ? [{kind: 'paced', elapsedMs, hosts: []}] : undefined;
		},
		finished({finishedAt, status, message}) {
			return typeof finishedAt === 'string' && !Number.isNaN(Date.parse(finishedAt)) && statuses.has(status) && (message === null || typeof message === 'string')
				? [{kind: 'finished', finishedAt, status: status as ScanStatus, message}]
				: undefined;
		},
	};

	return {
		read(line) {
			try {
				const fields: unknown = JSON.parse(line);
				if (!isFields(fields) || typeof fields['kind'] !== 'string') {
					return undefined;
				}

				return Object.hasOwn(read, fields['kind']) ? read[fields['kind']]!(fields) : [];
			} catch {
				return undefined;
			}
		},
	};
};
