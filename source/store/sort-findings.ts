import {lastPort, portCount, toPort} from '../port/port.ts';
import {severities, type Registry} from '../registry/registry.ts';
import type {Opening, ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {portStates, rttOf} from '../scan/verdict.ts';
import {hostOrder} from './host-order.ts';
import type {FindingSort} from './scans-state.ts';

/** By what a finding is sorted; made once for each, before sorting. */
type Key = number | string;

const factsOf = ({hosts}: ScanRecord, registry: Registry, {host, port}: Opening): ReturnType<typeof tcpFactsOf> => {
	const {host: {address}, verdicts} = hosts[host]!;
	return tcpFactsOf(registry.lookup(port), verdicts.stateOf(port) ?? 'closed', vantageOf(address));
};

/** After every name: ports without one come last. */
const afterNames = '\uFFFF';

const createKeyOf = (record: ScanRecord, registry: Registry | undefined, sort: Exclude<FindingSort, 'port'>, rankOf: readonly number[]): ((finding: Opening) => Key) => {
	switch (sort) {
		case 'host': {
			return ({host}) => rankOf[host]!;
		}

		case 'rtt': {
			return ({host, port}) => {
				const verdict = record.hosts[host]!.verdicts.get(port);
				return (verdict && rttOf(verdict)) ?? Infinity;
			};
		}

		case 'name': {
			return finding => (registry && factsOf(record, registry, finding).registry?.name) ?? afterNames;
		}

		case 'risk': {
			return finding => {
				const severity = registry && factsOf(record, registry, finding).exposure?.severity;
				return severity === undefined ? severities.length : -severities.indexOf(severity);
			};
		}

		case 'found': {
			const places = new Map(record.openings.map(({host, port}, index) => [(host * portCount) + port, index]));
			return ({host, port}) => places.get((host * portCount) + port) ?? Infinity;
		}
	}
};

/** More hosts than this are not listed. */
const mostHosts = 2 ** 32;

/** Sorts by port with numbers alone, which for all ports of both loopback addresses takes a tenth of the time. */
const sortByPort = (findings: readonly Opening[], {hosts}: ScanRecord, order: readonly number[], rankOf: readonly number[], isReversed: boolean): readonly Opening[] => {
	const keys = Float64Array.from(findings, ({host, port}) =>
		(((portStates.indexOf(hosts[host]!.verdicts.stateOf(port)!) * portCount) + (isReversed ? lastPort - port : port)) * mostHosts) + rankOf[host]!);
	keys.sort();
	return Array.from(keys, key => {
		const place = Math.floor(key / mostHosts) % portCount;
		return {host: order[key % mostHosts]!, port: toPort(isReversed ? lastPort - place : place)};
	});
};

/** Sorts findings: open ones first, then by what was chosen; those that are alike by port, then by host. Reversed, open ones still come first. */
export const sortFindings = (findings: readonly Opening[], record: ScanRecord, registry: Registry | undefined, sort: FindingSort, isReversed: boolean): readonly Opening[] => {
	const order = hostOrder(record);
	const rankOf: number[] = [];
	for (const [rank, host] of order.entries()) {
		rankOf[host] = rank;
	}

	if (sort === 'port') {
		return sortByPort(findings, record, order, rankOf, isReversed);
	}

	const keyOf = createKeyOf(record, registry, sort, rankOf);
	const sign = isReversed ? -1 : 1;
	const keyed = findings.map(finding => ({finding, state: portStates.indexOf(record.hosts[finding.host]!.verdicts.stateOf(finding.port)!), key: keyOf(finding)}));
	keyed.sort((one, other) => one.state - other.state
		|| (one.key === other.key ? 0 : one.key < other.key ? -sign : sign)
		|| one.finding.port - other.finding.port
		|| rankOf[one.finding.host]! - rankOf[other.finding.host]!);
	return keyed.map(({finding}) => finding);
};
