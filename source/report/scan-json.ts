import type {Port} from '../port/port.ts';
import type {Registry, Vantage} from '../registry/registry.ts';
import type {Judgement, ScanDocument, ScannedHost, ScannedPort} from './documents/scan.ts';
import {roundRtt} from './round-trip.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import type {HostJudgement} from '../scan/host-judgement.ts';
import type {Observed} from '../scan/observed.ts';
import {reportedHosts, unfinishedCount, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {resetsEverything} from '../scan/resets-everything.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf, type PortState, type Verdict} from '../scan/verdict.ts';

/** The states a report lists port by port unless told otherwise: what was found, and where this machine could not look. */
export const shownByDefault: readonly PortState[] = ['open', 'unknown'];

/** One port, as documents write it. */
export const portDocument = (port: Port, verdict: Verdict, observed: Observed | undefined, registry: Registry, from: Vantage): ScannedPort => ({
	port,
	transport: 'tcp',
	state: verdict.state,
	reason: reasonOf(verdict),
	rttMs: roundRtt(verdict),
	tries: verdict.tries,
	...tcpFactsOf(registry.lookup(port), verdict.state, from),
	observed: observed ?? null,
});

/** What a host turned out to be: where its scan ended early for that, or where all its ports were refused. */
export const judgementDocument = (judgement: HostJudgement | null, isResetting: boolean): Judgement => judgement?.kind ?? (isResetting ? 'resets-everything' : null);

const hostDocument = (record: ScanRecord, host: HostRecord, registry: Registry, show: readonly PortState[]): ScannedHost => {
	const {host: {target, address, note}, verdicts} = host;
	const {open, closed, filtered, unknown} = verdicts.counts;
	const unfinished = unfinishedCount(record, host);
	const from = vantageOf(address);
	return {
		target,
		address: address.text,
		family: address.family,
		note,
		judgement: judgementDocument(host.judgement, resetsEverything(record, host)),
		counts: {open, closed, filtered, unknown: unknown + unfinished},
		// How many of the unknown ones have no verdict, because the scan ended first.
		unfinished,
		ports: verdicts.portsIn(show).map(port => portDocument(port, verdicts.get(port)!, host.observed.get(port), registry, from)),
	};
};

/** The hosts that were taken as down: how many, for which reasons, and the first of them. */
const downDocument = ({down: {count, reasons, listed}}: ScanRecord): ScanDocument['down'] => ({
	count,
	reasons: Object.fromEntries(reasons),
	hosts: listed.map(({host: {target, address}, down: {reason, askedCount}}) => ({target, address: address.text, family: address.family, reason, askedCount})),
});

/**
A scan as the JSON document of kind `scan`, version 1. Its shape is a contract: additions only.

@param record - Of a scan that has ended; one that has not is told as interrupted.
@param show - The states whose ports are listed; `counts` always counts all.
*/
export const scanDocument = (record: ScanRecord, registry: Registry, show: readonly PortState[] = shownByDefault): ScanDocument => {
	const {started, status, message, finishedAt} = record;
	return {
		portui: 1,
		kind: 'scan',
		id: started.id,
		status: status === 'running' || status === 'paused' ? 'interrupted' : status,
		message,
		startedAt: started.startedAt,
		finishedAt,
		engine: started.engine,
		seed: started.seed,
		ports: started.ports,
		// `open`: of ports that are not listed nothing is known, not even whether they were asked.
		tells: started.tellsOpenOnly === true ? 'open' : 'all',
		hostCount: record.hostCount,
		// Hosts of a block are here when they answered: all those with an open port, and the first thousand of the others.
		hosts: reportedHosts(record).map(host => hostDocument(record, host, registry, show)),
		unlisted: record.unlisted,
		down: downDocument(record),
	};
};
