import {formatPortSet, portSetOfPorts} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import type {Address} from '../scan/address.ts';
import {describeJudgement} from '../scan/host-judgement.ts';
import type {Observed} from '../scan/observed.ts';
import {timeoutOf, withSample, type RoundTrip} from '../scan/round-trip.ts';
import {acceptsEverything, describeAcceptance, reportedHosts, unfinishedCount, type DownHosts, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {parseTarget} from '../scan/target.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {portStates, rttOf, type PortState} from '../scan/verdict.ts';
import {describeUnlistedHosts} from './down-hosts.ts';
import {nmapDownReason, nmapStateOf, undecidedStates, type NmapState} from './nmap-states.ts';
import {formatCount} from './quantity.ts';
import {reasonWords} from './reason-words.ts';
import {formatScanSummary} from './scan-text.ts';
import {formatElement} from './xml.ts';

/** What `errormsg` says of a scan that was interrupted: the reader of these documents knows it by that. */
export const interruptedMessage = 'The scan was interrupted: what it had found until then is here.';

/** Programs whose scans can be read; every other engine is portui's own. */
const foreignEngines: ReadonlySet<string> = new Set(['nmap', 'masscan', 'naabu', 'rustscan', 'unknown']);

/** More ports than this in one state are told as a crowd, as nmap does. Open ports never are. */
const mostListed = 25;

/** A command line with more targets would tell a reader no more. */
const mostTargetsNamed = 20;

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

/** Hosts of a large block of IPv6 addresses are more than any number type of JavaScript writes without an exponent. */
const formatWhole = (count: number): string => BigInt(Math.round(count)).toString();

const formatAddress = ({text, family}: Address): string => `${formatElement('address', {addr: text, addrtype: `ipv${family}`})}\n`;

const formatHostnames = (target: string): string => {
	const read = parseTarget(target);
	return formatElement('hostnames', {}, `\n${read.ok && read.value.kind === 'name' ? `${formatElement('hostname', {name: target, type: 'user'})}\n` : ''}`);
};

const formatStatus = (state: 'up' | 'down' | 'unknown', reason: string): string => `${formatElement('status', {state, reason, reason_ttl: 0})}\n`;

/** `method` tells what somebody asked for (`probed`) from what the port's number suggests (`table`). A port without a name has no service, as with nmap. */
const formatService = (observed: Observed | undefined, registered: string | null | undefined): string => {
	if (observed === undefined) {
		return registered === undefined || registered === null ? '' : formatElement('service', {name: registered, method: 'table', conf: 3});
	}

	const {protocol, product, version, banner} = observed;
	const isInTls = protocol?.startsWith('ssl/') === true;
	return formatElement('service', {
		name: (isInTls ? protocol.slice(4) : protocol) ?? 'unknown',
		product: product ?? undefined,
		version: version ?? undefined,
		extrainfo: banner ?? undefined,
		tunnel: isInTls ? 'ssl' : undefined,
		method: 'probed',
		conf: 10,
	});
};

type StateGroup = {readonly state: string; readonly reasons: Map<string, Port[]>; count: number};

/** nmap writes the largest crowd first, and of equal ones in this order; `ndiff` minds it. */
const stateOrder = ['closed', 'filtered', 'unfiltered', 'closed|filtered', 'open|filtered'];

/** The ports of a host by nmap's states and reasons, lowest first; and how the round trips went. Ports without a state are left out. */
const groupPorts = ({verdicts}: HostRecord): {readonly groups: readonly StateGroup[]; readonly roundTrip: RoundTrip | undefined} => {
	const groups = new Map<string, StateGroup>();
	let roundTrip: RoundTrip | undefined;
	for (const port of verdicts.portsIn(portStates)) {
		const verdict = verdicts.get(port)!;
		const rttMs = rttOf(verdict);
		roundTrip = rttMs === undefined ? roundTrip : withSample(roundTrip, rttMs);
		const nmapState = nmapStateOf(verdict);
		if (nmapState === undefined) {
			continue;
		}

		const {state, reason} = nmapState;
		const group = groups.get(state) ?? {state, reasons: new Map<string, Port[]>(), count: 0};
		const ports = group.reasons.get(reason) ?? [];
		ports.push(port);
		group.reasons.set(reason, ports);
		group.count++;
		groups.set(state, group);
	}

	return {groups: [...groups.values()].sort((one, other) => other.count - one.count || stateOrder.indexOf(one.state) - stateOrder.indexOf(other.state)), roundTrip};
};

const formatCrowd = ({state, reasons, count}: StateGroup): string => {
	const lines = [...reasons].sort(([, one], [, other]) => other.length - one.length).map(([reason, ports]) =>
		`${formatElement('extrareasons', {reason, count: ports.length, proto: 'tcp', ports: formatPortSet(portSetOfPorts(ports))})}\n`);
	return `${formatElement('extraports', {state, count}, `\n${lines.join('')}`)}\n`;
};

const formatPorts = (groups: readonly StateGroup[], {host: {address}, verdicts, observed}: HostRecord, registry: Registry, show: readonly PortState[]): string => {
	const isCrowd = ({state, count}: StateGroup): boolean => state !== 'open' && count > mostListed && !show.some(shown => state.split('|').includes(shown));
	const states = new Map<Port, NmapState>();
	for (const {state, reasons} of groups.filter(group => !isCrowd(group))) {
		for (const [reason, ports] of reasons) {
			for (const port of ports) {
				states.set(port, {state, reason});
			}
		}
	}

	const from = vantageOf(address);
	const listed = [...states].sort(([one], [other]) => one - other).map(([port, {state, reason}]) => {
		const {registry: entry} = tcpFactsOf(registry.lookup(port), verdicts.stateOf(port)!, from);
		return `${formatElement('port', {protocol: 'tcp', portid: port}, `${formatElement('state', {state, reason, reason_ttl: 0})}${formatService(observed.get(port), entry?.name)}`)}\n`;
	});
	const crowds = groups.filter(group => isCrowd(group)).map(group => formatCrowd(group));
	return `${formatElement('ports', {}, `${crowds.join('')}${listed.join('')}`)}\n`;
};

const ports = (count: number): string => `${formatCount(count)} ${count === 1 ? 'port' : 'ports'}`;

/** What nmap's elements have no place for: above all, how many ports have no state here, and why. */
const commentOn = (record: ScanRecord, host: HostRecord, statedCount: number): string | undefined => {
	const {host: {note}, verdicts: {counts}, judgement} = host;
	const undecidedCount = counts.open + counts.closed + counts.filtered + counts.unknown - statedCount;
	const unfinished = unfinishedCount(record, host);
	const sentences = [
		...(note === null ? [] : [note]),
		...(acceptsEverything(host) ? [describeAcceptance(host)] : []),
		...(judgement === null ? [] : [describeJudgement(judgement)]),
		...(undecidedCount > 0 ? [`${ports(undecidedCount)} could not be asked by this machine: nothing is known of their state.`] : []),
		...(unfinished > 0 ? [`${ports(unfinished)} ${unfinished === 1 ? 'was' : 'were'} not finished: nothing is known of their state.`] : []),
		...(record.started.tellsOpenOnly === true ? ['Open ports alone are told: of others it is not known whether they were asked.'] : []),
	];
	return sentences.length === 0 ? undefined : sentences.join(' ');
};

const upReasonOf = (groups: readonly StateGroup[]): string => {
	const states = new Set(groups.map(({state}) => state));
	// A host that was silent was taken as up because it was asked for, as with `nmap -Pn`.
	return states.has('open') ? 'syn-ack' : (states.has('closed') ? 'conn-refused' : 'user-set');
};

const microseconds = (ms: number): number => Math.round(ms * 1000);

const formatHost = (record: ScanRecord, host: HostRecord, registry: Registry, show: readonly PortState[]): string => {
	const {groups, roundTrip} = groupPorts(host);
	const comment = commentOn(record, host, groups.reduce((sum, {count}) => sum + count, 0));
	const times = roundTrip === undefined
		? ''
		: `${formatElement('times', {srtt: microseconds(roundTrip.smoothedMs), rttvar: microseconds(roundTrip.variationMs), to: microseconds(timeoutOf(roundTrip))})}\n`;
	return `${formatElement('host', {comment}, [
		isUnheard(host) ? formatStatus('unknown', 'unknown-response') : formatStatus('up', upReasonOf(groups)),
		formatAddress(host.host.address),
		`${formatHostnames(host.host.target)}\n`,
		groups.length === 0 ? '' : formatPorts(groups, host, registry, show),
		times,
	].join(''))}\n`;
};

/** Whether nothing was learnt of a host, not even silence: its turn had not come, or this machine could not ask. A host that is done without a question is another matter: some programs only tell which hosts are up. */
const isUnheard = ({verdicts: {counts, tallyOf}, isFinished}: HostRecord): boolean =>
	counts.open + counts.closed + counts.filtered === 0
	&& undecidedStates.every(state => tallyOf(state).count === 0)
	&& !(isFinished && counts.unknown === 0);

const formatDownHost = ({host: {target, address, note}, down: {reason}}: DownHosts['listed'][number]): string => {
	const nmapReason = nmapDownReason(reason);
	const comment = nmapReason === undefined ? `It could not be asked: ${reasonWords(reason)} (${reason}).` : (note ?? undefined);
	return `${formatElement('host', {comment}, [
		nmapReason === undefined ? formatStatus('unknown', 'unknown-response') : formatStatus('down', nmapReason),
		formatAddress(address),
		`${formatHostnames(target)}\n`,
	].join(''))}\n`;
};

/** The scan as a command line, as near as the record tells it. */
const argsOf = ({started: {engine, hosts, hostCount, ports, tellsOpenOnly}}: ScanRecord): string => {
	// Of an engine on another machine, the program: the reader knows it by that.
	const [program = engine] = engine.split(' ', 1);
	if (foreignEngines.has(program)) {
		return tellsOpenOnly === true ? `${program} --open` : program;
	}

	const targets = [...new Set(hosts.map(({target}) => target))];
	const named = targets.slice(0, mostTargetsNamed);
	const isWhole = named.length === targets.length && hostCount === undefined;
	return ['portui scan', ...named, ...(isWhole ? [] : ['…']), '-p', ports].join(' ');
};

const formatEnd = (record: ScanRecord): string => {
	const {started: {startedAt}, status, message, elapsedMs, down, unlisted, hostCount} = record;
	const finishedAt = record.finishedAt ?? new Date(Date.parse(startedAt) + elapsedMs).toISOString();
	const isWhole = status === 'complete';
	const upCount = unlisted.count + reportedHosts(record).filter(host => !isUnheard(host)).length;
	const finished = formatElement('finished', {
		time: secondsOf(finishedAt),
		timestr: finishedAt,
		elapsed: Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(3),
		summary: [formatScanSummary(record), ...describeUnlistedHosts(record)].join(' '),
		exit: isWhole ? 'success' : 'error',
		errormsg: isWhole ? undefined : (status === 'failed' ? message ?? 'The scan failed.' : interruptedMessage),
	});
	return `${formatElement('runstats', {}, `${finished}${formatElement('hosts', {up: formatWhole(upCount), down: formatWhole(down.count), total: formatWhole(hostCount)})}\n`)}\n`;
};

/**
A scan as nmap's XML document, version 1.05, valid by its DTD.

Every port with a state of the target is in it, one by one or in a crowd with its ports listed. Ports that have none (this machine failed, or the scan ended first) are left out, and a comment on the host says how many. Open ports are always listed one by one.

@param record - Of a scan that has ended; one that has not is told as interrupted.
@param show - The states whose ports are listed one by one however many they are.
*/
export const formatScanXml = (record: ScanRecord, registry: Registry, show: readonly PortState[]): string => {
	const {started: {startedAt, engine, ports, portCount}, down} = record;
	// Appended to, so that a document of many hosts is not held twice.
	let content = `\n${formatElement('scaninfo', {type: engine === 'masscan' ? 'syn' : 'connect', protocol: 'tcp', numservices: portCount, services: ports})}\n<verbose level="0"/>\n<debugging level="0"/>\n`;
	for (const host of reportedHosts(record)) {
		content += formatHost(record, host, registry, show);
	}

	for (const host of down.listed) {
		content += formatDownHost(host);
	}

	// The DTD knows one scanner; `args` tells who it really was.
	const root = {scanner: 'nmap', args: argsOf(record), start: secondsOf(startedAt), startstr: startedAt, version: 'portui', xmloutputversion: '1.05'};
	return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n${formatElement('nmaprun', root, `${content}${formatEnd(record)}`)}\n`;
};
