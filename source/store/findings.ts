import type {Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import type {Opening, ScanRecord} from '../scan/scan-record.ts';
import {createFindingFilter} from './filter-findings.ts';
import type {ScansState} from './scans-state.ts';
import {sortFindings} from './sort-findings.ts';

/** A list this long is made again only once a second of scanning, and the longer the more seldom, so that listing all closed ports does not slow the screen down. */
const longList = 2000;
const listedPerSecond = 50_000;

type Asked = Pick<ScansState, 'host' | 'isOneHost' | 'filter' | 'sort' | 'isReversed'>;

/** Ports of each address to list beside those in the states asked for: ports that were asked for by number, and those that were open in the scan before. */
const extraPorts = (record: ScanRecord, before: ScanRecord | undefined, ports: readonly Port[]): ReadonlyMap<string, ReadonlySet<Port>> => {
	const byAddress = new Map(record.hosts.map(({host: {address}}) => [address.text, new Set(ports)]));
	for (const {host, port} of before?.openings ?? []) {
		byAddress.get(before!.hosts[host]!.host.address.text)?.add(port);
	}

	return byAddress;
};

const listFindings = (record: ScanRecord, before: ScanRecord | undefined, registry: Registry | undefined, {host: inHand, isOneHost, filter, sort, isReversed}: Asked): readonly Opening[] => {
	const {states, ports, matches} = createFindingFilter(filter.query.text, registry, reason => record.hosts.some(({verdicts}) => verdicts.tallyOf(reason).count > 0));
	const extras = extraPorts(record, before, ports);
	const isPlain = filter.query.text.trim() === '';
	const onlyOpen = states.length === 1 && states[0] === 'open';
	const findings: Opening[] = [];
	const put = (finding: Opening): void => {
		const host = record.hosts[finding.host]!;
		if (isOneHost && finding.host !== inHand) {
			return;
		}

		const verdict = isPlain ? undefined : host.verdicts.get(finding.port);
		if (verdict === undefined || matches(host, finding.port, verdict)) {
			findings.push(finding);
		}
	};

	// Open ports are listed already, in the order in which they were found.
	for (const opening of onlyOpen ? record.openings : []) {
		put(opening);
	}

	for (const [host, {host: {address}, verdicts}] of record.hosts.entries()) {
		for (const port of onlyOpen || (isOneHost && host !== inHand) ? [] : verdicts.portsIn(states)) {
			put({host, port});
		}

		for (const port of extras.get(address.text)!) {
			const state = verdicts.stateOf(port);
			if (state !== undefined && !states.includes(state)) {
				put({host, port});
			}
		}
	}

	return sortFindings(findings, record, registry, sort, isReversed);
};

type Remembered = {readonly key: string; readonly registry: Registry | undefined; readonly before: ScanRecord | undefined; readonly revision: number; readonly elapsedMs: number; readonly findings: readonly Opening[]};
const remembered = new WeakMap<ScanRecord, Remembered>();

/** Whether the list made last still holds, or is long and not old. */
const isFresh = (last: Remembered, record: ScanRecord): boolean =>
	last.revision === record.revision
	|| (last.findings.length > longList && record.status === 'running' && record.elapsedMs - last.elapsedMs < 1000 * Math.ceil(last.findings.length / listedPerSecond));

/**
The ports to list of a scan, filtered and sorted: open ones, those that were open in the scan before and are not any more, and what else the filter asks for.

The same list as long as nothing of that changes, so a moved selection makes no new one.
*/
export const findingsIn = (record: ScanRecord, before: ScanRecord | undefined, registry: Registry | undefined, asked: Asked): readonly Opening[] => {
	const {host, isOneHost, filter, sort, isReversed} = asked;
	const key = [isOneHost ? host : '', sort, isReversed, filter.query.text].join(' ');
	const last = remembered.get(record);
	if (last?.key === key && last.registry === registry && last.before === before && isFresh(last, record)) {
		return last.findings;
	}

	const findings = listFindings(record, before, registry, asked);
	remembered.set(record, {key, registry, before, revision: record.revision, elapsedMs: record.elapsedMs, findings});
	return findings;
};
