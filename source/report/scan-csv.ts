import type {Registry} from '../registry/registry.ts';
import {reportedHosts, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf, type PortState} from '../scan/verdict.ts';
import {printable} from './printable.ts';
import {roundMs} from './quantity.ts';

const header = ['target', 'address', 'port', 'transport', 'state', 'reason', 'rttMs', 'tries', 'registryName', 'registryDescription', 'commonly', 'severity', 'concern'];

/** RFC 4180, section 2: a field with a comma, a quote or a line end is quoted, and a quote in it is doubled. */
const formatField = (value: string | number | null | undefined): string => {
	const text = printable(String(value ?? ''));
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/**
A scan as comma-separated values (RFC 4180, with line feeds): one line a port, and a header. Several programs that use a port commonly are joined by semicolons.

@param show - The states whose ports are listed.
*/
export const formatScanCsv = (record: ScanRecord, registry: Registry, show: readonly PortState[]): string => {
	const rows = reportedHosts(record).flatMap(({host: {target, address}, verdicts}) => {
		const from = vantageOf(address);
		return verdicts.portsIn(show).map(port => {
			const verdict = verdicts.get(port)!;
			const {registry: entry, commonly, exposure} = tcpFactsOf(registry.lookup(port), verdict.state, from);
			return [
				target, address.text, port, 'tcp', verdict.state, reasonOf(verdict), 'rttMs' in verdict ? roundMs(verdict.rttMs) : null, verdict.tries,
				entry?.name, entry?.description, commonly.join('; '), exposure?.severity, exposure?.concern,
			];
		});
	});
	return [header, ...rows].map(row => `${row.map(value => formatField(value)).join(',')}\n`).join('');
};
