import {parsePortSet} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {emptyPortSet, formatPortSet, portSetOf, portSetOfPorts, type PortSet} from '../port/port-set.ts';
import {severities, type Registry, type Severity} from '../registry/registry.ts';
import {formatCount} from '../report/quantity.ts';
import {formatEndpoint} from '../scan/address.ts';
import {reportedHosts, unfinishedCount, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';

/** Of many sentences or ports, so many are told. */
const mostTold = 10;

/** Reads the ports of `--expect`; `none` is no port. What is not scanned cannot be expected. */
export const parseExpected = (text: string, ports: PortSet, registry: Registry): Parsed<PortSet> => {
	if (text.trim().toLowerCase() === 'none') {
		return parsed(emptyPortSet);
	}

	const expected = parsePortSet(text, registry);
	if (!expected.ok) {
		return rejected(`--expect: ${expected.message}`);
	}

	const missing = portSetOf(expected.value.intervals, ports.intervals);
	return missing.size === 0 ? expected : rejected(`--expect names ports that are not scanned: ${formatPortSet(missing)}. Add them to -p, or leave them out.`);
};

/** The hosts of a scan by what was typed for them: the addresses of a name are one target, each address of a block is one of its own. */
const groupByTarget = (record: ScanRecord): ReadonlyMap<string, readonly HostRecord[]> => {
	const groups = new Map<string, HostRecord[]>();
	for (const [index, host] of record.hosts.entries()) {
		const name = index < record.started.hosts.length ? host.host.target : host.host.address.text;
		groups.set(name, [...(groups.get(name) ?? []), host]);
	}

	return groups;
};

const differenceOf = (name: string, hosts: readonly HostRecord[], expected: PortSet, record: ScanRecord): string | undefined => {
	const open = portSetOfPorts(hosts.flatMap(({verdicts}) => verdicts.portsIn(['open'])));
	const extra = portSetOf(open.intervals, expected.intervals);
	const missing = portSetOf(expected.intervals, open.intervals);
	const unknownCount = hosts.filter(({down}) => down === undefined).reduce((sum, host) => sum + host.verdicts.counts.unknown + unfinishedCount(record, host), 0);
	const parts = [
		...(extra.size === 0 ? [] : [`${formatPortSet(extra)} open, not expected`]),
		...(missing.size === 0 ? [] : [`${formatPortSet(missing)} expected, not open`]),
		...(unknownCount === 0 ? [] : [`${formatCount(unknownCount)} not known`]),
	];
	return parts.length === 0 ? undefined : `${name} differs from what --expect says: ${parts.join('; ')}.`;
};

const firstOf = (sentences: readonly string[], rest: (count: number) => string): readonly string[] =>
	sentences.length > mostTold ? [...sentences.slice(0, mostTold), rest(sentences.length - mostTold)] : sentences;

/**
Checks that exactly the expected ports are open.

On each target: the addresses of a name count together, so that a port is open there when it is on any. Hosts of a block are targets when they answered; that none did is a difference too.

@returns A sentence for each target that differs; none when the check holds.
*/
export const checkExpected = (record: ScanRecord, expected: PortSet): readonly string[] => {
	const differences = Array.from(groupByTarget(record), ([name, hosts]) => differenceOf(name, hosts, expected, record)).filter(each => each !== undefined);
	const unlistedDiffer = record.unlisted.count > 0 && expected.size > 0 ? [`${formatCount(record.unlisted.count)} more hosts have none of the expected ports open.`] : [];
	const nobody = record.hosts.length === 0 && record.unlisted.count === 0 && expected.size > 0 ? ['No host answered, so none of the expected ports is open.'] : [];
	return [...firstOf(differences, count => `${formatCount(count)} more targets differ.`), ...unlistedDiffer, ...nobody];
};

/** Checks that no open port is as risky as that, by what usually listens there. @returns A sentence for each that is; none when the check holds. */
export const checkSeverity = (record: ScanRecord, registry: Registry, least: Severity): readonly string[] => {
	const findings = reportedHosts(record).flatMap(({host: {address}, verdicts}) => verdicts.portsIn(['open']).flatMap(port => {
		const {exposure} = tcpFactsOf(registry.lookup(port), 'open', vantageOf(address));
		return exposure === null || severities.indexOf(exposure.severity) < severities.indexOf(least)
			? []
			: [`${formatEndpoint(address, port)} is open, where ${exposure.service} usually listens: ${exposure.severity} risk seen from ${exposure.from}.`];
	}));
	return firstOf(findings, count => `${formatCount(count)} more open ports are that risky.`);
};
