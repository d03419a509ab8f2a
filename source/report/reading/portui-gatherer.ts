import {isFields} from '../../history/fields.ts';
import {portSetOf, portSetOfPorts, portsOf, readPortSet, type PortSet} from '../../port/port-set.ts';
import {isPort, lastPort, portCount, type Port} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import {readRuns} from '../../history/runs.ts';
import type {HostDown, ScanStatus} from '../../scan/event.ts';
import type {HostJudgement} from '../../scan/host-judgement.ts';
import type {Observed} from '../../scan/observed.ts';
import {portStates, type FilteredReason, type PortState, type Verdict} from '../../scan/verdict.ts';
import {formatCount} from '../quantity.ts';
import type {GatheredScan, ScanGatherer} from './gather-scan.ts';
import {isTime} from './gather-scan.ts';
import type {ReadingNotes} from './reading-notes.ts';
import {textOf} from './reading.ts';

type Fields = Readonly<Record<string, unknown>>;

const filteredReasons: ReadonlySet<unknown> = new Set<FilteredReason>(['no-answer', 'rst-limit', 'host-unreachable', 'net-unreachable', 'protocol-unreachable', 'admin-prohibited']);

/** A document has a handful of them. */
const mostReasons = 50;

/** Makes what reads verdicts as portui's documents write them; what is none is undefined. */
export const createVerdictReader = (): ((fields: Fields) => Verdict | undefined) => {
	const reasons = new Set<string>();
	return ({state, reason, rttMs, tries}) => {
		const counted = typeof tries === 'number' && Number.isInteger(tries) && tries >= 0 && tries <= 255 ? tries : 1;
		const timed = typeof rttMs === 'number' && rttMs >= 0 && Number.isFinite(rttMs) ? {rttMs} : {};
		if (state === 'open') {
			return {state, ...timed, tries: counted};
		}

		if (state === 'closed') {
			return {state, reason: 'refused', ...timed, tries: counted};
		}

		if (state === 'filtered') {
			return filteredReasons.has(reason) ? {state, reason: reason as FilteredReason, tries: counted} : undefined;
		}

		if (state !== 'unknown' || typeof reason !== 'string' || !/^[\w-]{1,40}$/.test(reason) || (reasons.size >= mostReasons && !reasons.has(reason))) {
			return undefined;
		}

		reasons.add(reason);
		return {state, reason, tries: counted};
	};
};

/** An engine may be one on another machine, whose name is told. */
const longestEngine = 320;

const textOrNull = (value: unknown): string | null => textOf(value) ?? null;

/** Reads what answered at a port; undefined where nobody asked. */
export const readObserved = (value: unknown): Observed | undefined => {
	const {protocol, product, version, banner} = isFields(value) ? value : {};
	const observed = {protocol: textOrNull(protocol), product: textOrNull(product), version: textOrNull(version), banner: textOrNull(banner)};
	return Object.values(observed).every(each => each === null) ? undefined : observed;
};

const readCount = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0);

/** Reads what a host turned out to be; undefined where it is nothing of note. */
export const readJudgement = (kind: unknown): HostJudgement | undefined => {
	if (kind === 'accepts-everything' || kind === 'vanished') {
		return {kind};
	}

	// Which way it was unreachable the document does not say.
	return kind === 'unreachable' ? {kind, reason: 'host-unreachable'} : undefined;
};

/** Reads why a host was taken as down; undefined where it was not. */
export const readDown = (value: unknown): HostDown | undefined => {
	const {reason, askedCount} = isFields(value) ? value : {};
	return typeof reason === 'string' && /^[\w-]{1,40}$/.test(reason) ? {reason, askedCount: Math.min(portCount, readCount(askedCount))} : undefined;
};

/** Reads a date as portui's documents write it. */
export const readDate = (value: unknown): string | undefined => {
	const timeMs = typeof value === 'string' && value.length <= 40 ? Date.parse(value) : Number.NaN;
	return isTime(timeMs) ? new Date(timeMs).toISOString() : undefined;
};

/** Reads the ports of a scan; undefined where they are none. */
export const readPorts = (value: unknown): PortSet | undefined => (value === '' || readRuns(value, lastPort, portCount) !== undefined ? readPortSet(value as string) : undefined);

/** Reads what a document says of its scan as a whole. */
export const readHead = ({id, engine, seed, startedAt, tells}: Fields): Pick<GatheredScan, 'id' | 'engine' | 'seed' | 'startedAt' | 'tellsOpenOnly'> => ({
	id: typeof id === 'string' && /^[\w-]{1,100}$/.test(id) ? id : '',
	engine: textOf(engine)?.slice(0, longestEngine) ?? 'unknown',
	seed: Math.min(2 ** 32 - 1, readCount(seed)),
	startedAt: readDate(startedAt),
	tellsOpenOnly: tells === 'open',
});

const statuses: ReadonlySet<unknown> = new Set<ScanStatus>(['complete', 'interrupted', 'failed']);

/** Reads how a scan ended. */
export const readEnding = ({status, message, finishedAt}: Fields): Pick<GatheredScan, 'status' | 'message' | 'finishedAt'> => ({
	status: statuses.has(status) ? status as ScanStatus : 'interrupted',
	message: textOf(message)?.slice(0, 1000) ?? null,
	finishedAt: readDate(finishedAt),
});

/** Ports of a host that were told one by one. */
type Told = Map<number, PortState>;

/**
Gathers what portui's own documents tell.

They list the ports that were found and count the others. Where all others are in one state the count says which they are; where some are closed and some filtered it does not, and they are left out.
*/
export const createPortuiGatherer = (gatherer: ScanGatherer, notes: ReadingNotes, ports: PortSet, tellsOpenOnly: boolean) => {
	const readVerdict = createVerdictReader();
	const told = new Map<number, Told>();
	let mixedHosts = 0;
	let assumedHosts = 0;
	let wrongHosts = 0;
	const asked = new Uint8Array(portCount);
	for (const port of portsOf(ports)) {
		asked[port] = 1;
	}

	/** Tells of the ports that are counted alone. */
	const tellRest = (host: number, listed: Told, counts: Fields, unfinished: number): void => {
		const left = new Map(portStates.map(state => [state, readCount(counts[state])]));
		left.set('unknown', left.get('unknown')! - unfinished);
		for (const state of listed.values()) {
			left.set(state, left.get(state)! - 1);
		}

		const restCount = ports.size - listed.size;
		const states = portStates.filter(state => left.get(state)! !== 0);
		if (portStates.some(state => left.get(state)! < 0) || [...left.values()].reduce((sum, count) => sum + count, unfinished) !== restCount) {
			wrongHosts++;
			return;
		}

		const [state] = states;
		if (state === undefined) {
			return;
		}

		if (states.length > 1 || unfinished > 0 || state === 'unknown') {
			mixedHosts++;
			return;
		}

		assumedHosts += state === 'filtered' ? 1 : 0;
		const verdict: Verdict = state === 'open' ? {state, tries: 1} : state === 'closed' ? {state, reason: 'refused', tries: 1} : {state, reason: 'no-answer', tries: 1};
		const rest = listed.size === 0 ? ports : portSetOf(ports.intervals, portSetOfPorts([...listed.keys()] as Port[]).intervals);
		for (const port of portsOf(rest)) {
			gatherer.tell(host, port, verdict);
		}
	};

	return {
		/** The number of a host; undefined where it has no address. */
		hostOf: ({target, address, note}: Fields): number | undefined => (typeof address === 'string' ? gatherer.hostAt(address, textOf(target), textOrNull(note)) : undefined),
		/** @returns Why it cannot be taken. */
		takePort(host: number, fields: Fields): string | undefined {
			const {port, transport, state, observed} = fields;
			if (typeof port !== 'number' || !isPort(port)) {
				return 'it has no port from 0 to 65535';
			}

			if (transport !== undefined && transport !== 'tcp') {
				notes.passOver(/^[a-z\d]{1,10}$/i.test(String(transport)) ? String(transport).toUpperCase() : 'another protocol');
				return undefined;
			}

			if (asked[port] === 0) {
				return `port ${port} is none of the scan's`;
			}

			const verdict = readVerdict(fields);
			if (verdict === undefined) {
				return `${quoteTyped(String(state), 40)} and its reason are no state of a port`;
			}

			const listed = told.get(host) ?? new Map();
			listed.set(port, verdict.state);
			told.set(host, listed);
			gatherer.tell(host, port, verdict);
			this.takeObserved(host, port, observed);
			return undefined;
		},
		takeObserved(host: number, port: number, value: unknown): void {
			const observed = readObserved(value);
			if (observed !== undefined && isPort(port)) {
				gatherer.observe(host, port, observed);
			}
		},
		/** Nothing more is told of a host. */
		endHost(host: number, {counts, unfinished, judgement, down}: Fields): void {
			const readDownHost = readDown(down);
			if (readDownHost === undefined && !tellsOpenOnly) {
				tellRest(host, told.get(host) ?? new Map(), isFields(counts) ? counts : {}, readCount(unfinished));
			}

			told.delete(host);
			gatherer.end(host, readDownHost, readJudgement(judgement));
		},
		/** Tells what the reader should know. @returns Whether of some ports that were asked it is not known what they answered. */
		hasGaps(): boolean {
			if (mixedHosts > 0) {
				notes.add(`Of ${mixedHosts === 1 ? 'a host' : `${formatCount(mixedHosts)} hosts`} several kinds of ports are counted and not listed, so which is which is not known: they are left out. Written with --show open,closed,filtered,unknown the document has them.`);
			}

			if (assumedHosts > 0) {
				notes.add(`Of ${assumedHosts === 1 ? 'a host' : `${formatCount(assumedHosts)} hosts`} the filtered ports are counted and not listed: their reason is not told, and taken as no-answer.`);
			}

			if (wrongHosts > 0) {
				notes.add(`Of ${wrongHosts === 1 ? 'a host' : `${formatCount(wrongHosts)} hosts`} the counts do not add up: only the ports that are listed were read.`);
			}

			return mixedHosts + wrongHosts > 0;
		},
	};
};

/** Says of hosts that a document counts and does not list that they are left out. */
export const noteUnlisted = (notes: ReadingNotes, count: number): void => {
	if (count > 0) {
		notes.add(`${formatCount(count)} ${count === 1 ? 'host is' : 'hosts are'} counted and not listed, because nothing is open there: left out.`);
	}
};
