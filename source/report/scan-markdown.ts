import type {Registry} from '../registry/registry.ts';
import {describeObserved, type Observed} from '../scan/observed.ts';
import {reportedHosts, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf, type PortState} from '../scan/verdict.ts';
import {describeDownHosts, describeUnlistedHosts} from './down-hosts.ts';
import {escapeMarkdown, formatMarkdownTable} from './markdown.ts';
import {printable} from './printable.ts';
import {formatRtt} from './round-trip.ts';
import {describeHost, formatCounts, formatScanSummary} from './scan-text.ts';

const header = ['Port', 'State', 'RTT', 'Observed', 'Service (registry name, not observed)', 'Commonly', 'Risk of the usual service (not observed)'];

/** Left out where nobody asked a service what it is. */
const observedColumn = header.indexOf('Observed');

const escapeText = (text: string): string => escapeMarkdown(printable(text));

const describe = (observed: Observed | undefined): string => (observed === undefined ? '' : describeObserved(observed));

const formatHost = (record: ScanRecord, host: HostRecord, registry: Registry, show: readonly PortState[]): readonly string[] => {
	const {host: {target, address, note}, verdicts, observed} = host;
	const from = vantageOf(address);
	const rows = verdicts.portsIn(show).map(port => {
		const verdict = verdicts.get(port)!;
		const {registry: entry, commonly, exposure} = tcpFactsOf(registry.lookup(port), verdict.state, from);
		return [
			String(port),
			verdict.state === 'open' ? 'open' : `${verdict.state} (${reasonOf(verdict)})`,
			formatRtt(verdict) ?? '',
			printable(describe(observed.get(port))),
			printable(entry?.name ?? ''),
			printable(commonly.join(', ')),
			printable(exposure === null ? '' : `${exposure.service}, ${exposure.severity} from ${exposure.from}: ${exposure.concern}`),
		];
	});
	return [
		`## ${escapeText(target === address.text ? target : `${target} (${address.text})`)}`,
		'',
		...(note === null ? [] : [escapeText(note), '']),
		...describeHost(record, host).flatMap(sentence => [sentence, '']),
		...(rows.length === 0 ? [] : [observed.size === 0 ? formatMarkdownTable(header.toSpliced(observedColumn, 1), rows.map(row => row.toSpliced(observedColumn, 1))) : formatMarkdownTable(header, rows)]),
		formatCounts(record, host),
		'',
	];
};

/**
A scan as Markdown: a section a host with a table of its ports, for a report or an issue.

@param show - The states whose ports are listed.
*/
export const formatScanMarkdown = (record: ScanRecord, registry: Registry, show: readonly PortState[]): string =>
	[
		'# Scan of TCP ports',
		'',
		`${record.started.startedAt}, ports ${record.started.ports.length > 60 ? `${record.started.portCount} in all` : record.started.ports}.`,
		'',
		...reportedHosts(record).flatMap(host => formatHost(record, host, registry, show)),
		...[...describeDownHosts(record), ...describeUnlistedHosts(record)].flatMap(sentence => [escapeText(sentence), '']),
		formatScanSummary(record),
		'',
	].join('\n');
