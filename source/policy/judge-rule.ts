import {formatPortSet, portSetOf, portsOf, portSetOfPorts, type PortSet} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import {severities, type Registry} from '../registry/registry.ts';
import {formatEndpoint} from '../scan/address.ts';
import {acceptsEverything, describeAcceptance, reportedHosts, unfinishedCount, unreachableReason, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf} from '../scan/verdict.ts';
import type {Rule} from './policy.ts';

/** What became of one thing that was to hold. `undecided`: it could not be found out. */
export type Check = {readonly name: string; readonly outcome: 'held' | 'broken' | 'undecided'; readonly sentences: readonly string[]};

/** What became of a rule. */
export type RuleReport = {
	readonly rule: Rule;
	/** ISO 8601; null where no scan began. */
	readonly startedAt: string | null;
	readonly elapsedMs: number;
	readonly checks: readonly Check[];
};

/** Of many sentences, so many are told. */
const mostTold = 20;

const few = (sentences: readonly string[]): readonly string[] =>
	(sentences.length > mostTold ? [...sentences.slice(0, mostTold), `And ${sentences.length - mostTold} more.`] : sentences);

const checkOf = (name: string, broken: readonly string[], undecided: readonly string[]): Check => {
	if (broken.length > 0) {
		return {name, outcome: 'broken', sentences: few(broken)};
	}

	return {name, outcome: undecided.length > 0 ? 'undecided' : 'held', sentences: few(undecided)};
};

const nameOf = (registry: Registry, port: Port): string => {
	const name = tcpFactsOf(registry.lookup(port), 'open', 'loopback').registry?.name;
	return name === undefined || name === null ? '' : `, registered for ${name}`;
};

/** What could not be found out on the hosts: unreachable ones, ports of which this machine failed, or whose turn never came. */
const undecidedOn = (record: ScanRecord, hosts: readonly HostRecord[]): readonly string[] => {
	const unreachable = hosts.filter(host => unreachableReason(host) !== undefined);
	// A name may have an address of a family that this machine has not.
	if (unreachable.length === hosts.length) {
		return unreachable.map(host => `${host.host.address.text} cannot be reached (${unreachableReason(host)}).`);
	}

	return hosts.filter(host => !unreachable.includes(host)).flatMap(host => {
		const count = host.verdicts.counts.unknown + unfinishedCount(record, host);
		return count === 0 ? [] : [`${host.host.address.text}: of ${count === 1 ? '1 port' : `${count} ports`} it could not be found out.`];
	});
};

const unitesOpen = (hosts: readonly HostRecord[]): PortSet => portSetOfPorts(hosts.flatMap(({verdicts}) => verdicts.portsIn(['open'])));

const checkAllowed = (allow: PortSet, record: ScanRecord, hosts: readonly HostRecord[], registry: Registry): Check => {
	const broken = hosts.flatMap(host => {
		const extra = portSetOf(portSetOfPorts(host.verdicts.portsIn(['open'])).intervals, allow.intervals);
		if (extra.size > 0 && acceptsEverything(host)) {
			return [`${host.host.address.text}: ${describeAcceptance(host)}`];
		}

		return Array.from(portsOf(extra), port => `${formatEndpoint(host.host.address, port)} is open, and not allowed${nameOf(registry, port)}.`);
	});
	return checkOf(allow.size === 0 ? 'no port is open' : `only ${formatPortSet(allow)} may be open`, broken, undecidedOn(record, hosts));
};

const stateWords = (host: HostRecord, port: Port): string => {
	const verdict = host.verdicts.get(port);
	return verdict === undefined ? 'not scanned' : `${verdict.state} (${reasonOf(verdict)})`;
};

/** Whether what is known of a port says nothing about whether it is open. */
const isUnknown = ({verdicts}: HostRecord, port: Port): boolean => [undefined, 'unknown'].includes(verdicts.stateOf(port));

/** @param groups - The port must be open on one address of each: those of a name are one group, each of a network is one of its own. */
const checkRequired = (port: Port, groups: ReadonlyArray<readonly HostRecord[]>): Check => {
	const failed = groups.filter(hosts => !unitesOpen(hosts).intervals.some(({first, last}) => first <= port && port <= last));
	const sentencesOf = (hosts: readonly HostRecord[]): readonly string[] => hosts.map(host => `${formatEndpoint(host.host.address, port)} is ${stateWords(host, port)}.`);
	const undecided = failed.filter(hosts => hosts.some(host => isUnknown(host, port) || unreachableReason(host) !== undefined));
	const broken = failed.filter(hosts => !undecided.includes(hosts));
	const nobody = groups.length === 0 ? ['No host answered.'] : [];
	return checkOf(`${port} is open`, [...broken.flatMap(hosts => sentencesOf(hosts)), ...nobody], undecided.flatMap(hosts => sentencesOf(hosts)));
};

const checkSeverity = ({severity}: Rule & {readonly severity: NonNullable<Rule['severity']>}, record: ScanRecord, hosts: readonly HostRecord[], registry: Registry): Check => {
	const broken = hosts.flatMap(({host: {address}, verdicts}) => verdicts.portsIn(['open']).flatMap(port => {
		const {exposure} = tcpFactsOf(registry.lookup(port), 'open', vantageOf(address));
		return exposure === null || severities.indexOf(exposure.severity) <= severities.indexOf(severity)
			? []
			: [`${formatEndpoint(address, port)} is open, where ${exposure.service} usually listens: ${exposure.severity} risk seen from ${exposure.from}.`];
	}));
	return checkOf(`no open port is riskier than ${severity}`, broken, undecidedOn(record, hosts));
};

/**
Judges the scan that a rule asked for.

What usually listens on a port is a guess from its number, and so is its risk.
*/
export const judgeRule = (rule: Rule, record: ScanRecord, registry: Registry): RuleReport => {
	const hosts = reportedHosts(record);
	const {length: listed} = record.started.hosts;
	const groups = [...(listed === 0 || hosts.length === 0 ? [] : [hosts.slice(0, listed)]), ...hosts.slice(listed).map(host => [host])].filter(group => group.length > 0);
	const unfinished = record.status === 'complete' ? [] : [{name: 'the scan came to its end', outcome: 'undecided' as const, sentences: [record.message ?? 'It was interrupted.']}];
	return {
		rule,
		startedAt: record.started.startedAt,
		elapsedMs: record.elapsedMs,
		checks: [
			...unfinished,
			...(rule.allow === undefined ? [] : [checkAllowed(rule.allow, record, hosts, registry)]),
			...Array.from(portsOf(rule.require), port => checkRequired(port, groups)),
			...(rule.severity === undefined ? [] : [checkSeverity({...rule, severity: rule.severity}, record, hosts, registry)]),
		],
	};
};

/** What is reported of a rule whose scan did not begin. */
export const failedRule = (rule: Rule, sentence: string): RuleReport => ({rule, startedAt: null, elapsedMs: 0, checks: [{name: 'it can be scanned', outcome: 'undecided', sentences: [sentence]}]});
