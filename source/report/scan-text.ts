import {formatPortSet, portSetOfPorts} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import type {Registry, Vantage} from '../registry/registry.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {describeJudgement} from '../scan/host-judgement.ts';
import {describeObserved, type Observed} from '../scan/observed.ts';
import {describeResets, resetsEverything} from '../scan/resets-everything.ts';
import {acceptsEverything, describeAcceptance, leftCount, reportedHosts, unfinishedCount, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {vantageOf} from '../scan/vantage.ts';
import type {VerdictTable} from '../scan/verdict-table.ts';
import {reasonOf, type PortState, type Verdict} from '../scan/verdict.ts';
import {describeDownHosts, describeUnlistedHosts} from './down-hosts.ts';
import {isOfAnotherProgram, programWords, viaOf} from './origin-words.ts';
import {printable} from './printable.ts';
import {formatCount, formatDuration} from './quantity.ts';
import {reasonWords} from './reason-words.ts';
import {formatRtt} from './round-trip.ts';
import {shownByDefault} from './scan-json.ts';

type Row = readonly [port: string, state: string, rtt: string, observed: string, service: string, commonly: string, exposure: string];

// A name comes from the port's number, and must not be taken for what answered.
const header: Row = ['PORT', 'STATE', 'RTT', 'OBSERVED', 'SERVICE (registry name, not observed)', 'COMMONLY', 'RISK OF THE USUAL SERVICE (not observed)'];

/** Some ports are used by a dozen programs; the first ones are the likeliest, and the rest is a `lookup` away. */
const longestCommonly = 36;

/** A banner can be long; documents have it whole. */
const longestObserved = 60;

const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

const formatRow = (port: Port, verdict: Verdict, observed: Observed | undefined, registry: Registry, from: Vantage): Row => {
	const {registry: registered, commonly, exposure} = tcpFactsOf(registry.lookup(port), verdict.state, from);
	return [
		String(port),
		verdict.state === 'open' ? 'open' : `${verdict.state} (${reasonOf(verdict)})`,
		formatRtt(verdict) ?? '-',
		observed === undefined ? '-' : printable(cut(describeObserved(observed), longestObserved)),
		registered?.name ?? '-',
		commonly.length === 0 ? '-' : cut(commonly.join(', '), longestCommonly),
		exposure === null ? '-' : `${exposure.service}, ${exposure.severity} from ${exposure.from}: ${exposure.concern}`,
	];
};

const formatTable = (rows: readonly Row[]): readonly string[] => {
	const all = [header, ...rows];
	// Where nobody asked a service what it is, there is no column for what it said.
	const columns = [...header.keys()].filter(column => header[column] !== 'OBSERVED' || rows.some(row => row[column] !== '-'));
	const widths = header.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
	return all.map(row => columns.map(column => (column === 0 || column === 2 ? row[column]!.padStart(widths[column]!) : row[column]!.padEnd(widths[column]!))).join('  ').trimEnd());
};

/** More ports than this in one state for one reason are a crowd: they are told in one line, for they have nothing to say one by one. */
const largestListed = 10;

/** Of a long list of ports, what is shown. */
const longestPortList = 60;

type Crowd = {readonly state: PortState; readonly reason: string; readonly ports: readonly Port[]};

/** Divides the ports of a report into those to list one by one and the crowds. Open ports are listed, unless every port is open. */
const divide = (ports: readonly Port[], verdicts: VerdictTable, isOpenCrowd: boolean): {readonly listed: readonly Port[]; readonly crowds: readonly Crowd[]} => {
	const groups = new Map<string, {state: PortState; reason: string; ports: Port[]}>();
	for (const port of ports) {
		const verdict = verdicts.get(port)!;
		const reason = reasonOf(verdict);
		const key = `${verdict.state} ${reason}`;
		const group = groups.get(key) ?? {state: verdict.state, reason, ports: []};
		group.ports.push(port);
		groups.set(key, group);
	}

	const crowds = [...groups.values()].filter(group => (group.state !== 'open' || isOpenCrowd) && group.ports.length > largestListed);
	const crowded = new Set(crowds.flatMap(crowd => crowd.ports));
	return {listed: ports.filter(port => !crowded.has(port)), crowds};
};

const formatCrowd = ({state, reason, ports}: Crowd): string => {
	const words = reasonWords(reason);
	return `${formatCount(ports.length)} ${state} (${reason === words ? reason : `${reason}: ${words}`}): ${cut(formatPortSet(portSetOfPorts(ports)), longestPortList)}`;
};

const formatHeading = ({host: {target, address, note}}: HostRecord): string => {
	const name = target === address.text ? address.text : `${target} (${address.text})`;
	return printable(note === null ? name : `${name} — ${note}`);
};

/** How many ports of a host are in which state. */
export const formatCounts = (record: ScanRecord, host: HostRecord): string => {
	const {open, closed, filtered, unknown} = host.verdicts.counts;
	if (record.started.tellsOpenOnly === true) {
		const others = [[closed, 'closed'], [filtered, 'filtered'], [unknown, 'unknown']] as const;
		return `${formatCount(open)} ${open === 1 ? 'port' : 'ports'} open${others.map(([count, state]) => (count === 0 ? '' : `, ${formatCount(count)} ${state}`)).join('')}; of other ports it is not told whether they were asked.`;
	}

	const unfinished = unfinishedCount(record, host);
	const counts = [`${formatCount(open)} open`, `${formatCount(closed)} closed`, `${formatCount(filtered)} filtered`, `${formatCount(unknown)} unknown`];
	if (unfinished > 0) {
		counts.push(`${formatCount(unfinished)} not finished`);
	}

	return `${formatCount(record.started.portCount)} ${record.started.portCount === 1 ? 'port' : 'ports'}: ${counts.join(', ')}.`;
};

/** What the host as a whole turned out to be, a sentence each. */
export const describeHost = (record: ScanRecord, host: HostRecord): readonly string[] => [
	...(acceptsEverything(host) ? [describeAcceptance(host)] : []),
	...(resetsEverything(record, host) ? [describeResets(host)] : []),
	...(host.judgement === null ? [] : [describeJudgement(host.judgement)]),
];

const formatHost = (record: ScanRecord, host: HostRecord, registry: Registry, show: readonly PortState[]): readonly string[] => {
	const {host: {address}, verdicts} = host;
	const from = vantageOf(address);
	const ports = verdicts.portsIn(show);
	const {listed, crowds} = divide(ports, verdicts, acceptsEverything(host));
	return [
		formatHeading(host),
		...describeHost(record, host),
		...(ports.length === 0 ? [`No port is ${show.join(' or ')}.`] : []),
		...(listed.length === 0 ? [] : formatTable(listed.map(port => formatRow(port, verdicts.get(port)!, host.observed.get(port), registry, from)))),
		...crowds.map(crowd => formatCrowd(crowd)),
		formatCounts(record, host),
		'',
	];
};

/** How long it took, and what is missing. */
export const formatScanSummary = (record: ScanRecord): string => {
	const {started, status, message, finishedAt, probedCount} = record;
	// A scan that was resumed was not scanning all the time since it began.
	const elapsedMs = Math.min(record.elapsedMs, Date.parse(finishedAt ?? started.startedAt) - Date.parse(started.startedAt));
	const rate = elapsedMs > 0 ? `, ${formatCount(probedCount / elapsedMs * 1000)} a second` : '';
	// A document may not tell how long it took.
	const time = elapsedMs === 0 && probedCount > 0 ? '' : ` in ${formatDuration(elapsedMs)}${rate}`;
	if (isOfAnotherProgram(started.engine)) {
		const program = printable(programWords(started.engine));
		const told = `${program[0]!.toUpperCase()}${program.slice(1)} told of ${formatCount(probedCount)} ${probedCount === 1 ? 'port' : 'ports'} in a scan of ${started.startedAt}.`;
		return status === 'complete' ? told : `${told} The scan did not come to its end, or its document was cut short.`;
	}

	const via = viaOf(started.engine);
	const from = via === undefined ? '' : `, seen from ${printable(via)}`;
	const summary = `Probed ${formatCount(probedCount)} ${probedCount === 1 ? 'port' : 'ports'}${time}${from} (seed ${started.seed}).`;
	const left = leftCount(record);
	switch (status) {
		case 'complete': {
			return summary;
		}

		case 'failed': {
			return `${summary} The scan failed, ${formatCount(left)} not finished${message === null ? '.' : `: ${printable(message)}`}`;
		}

		default: {
			return `${summary} Interrupted: ${formatCount(left)} ${left === 1 ? 'port was' : 'ports were'} not finished.`;
		}
	}
};

/**
A scan as a person reads it: for each host a heading, a line a port or a crowd of ports, and its counts; which hosts are down; at the end the rate and the time.

Plain text without colours or trailing blanks, a line end after each line.

@param record - Of a scan that has ended; one that has not is told as interrupted.
@param show - The states whose ports are listed.
*/
export const formatScanText = (record: ScanRecord, registry: Registry, show: readonly PortState[] = shownByDefault): string =>
	[
		...reportedHosts(record).flatMap(host => formatHost(record, host, registry, show)),
		...[...describeDownHosts(record), ...describeUnlistedHosts(record)].flatMap(sentence => [printable(sentence), '']),
		formatScanSummary(record),
		'',
	].join('\n');
