import type {Registry} from '../registry/registry.ts';
import {reportedHosts, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf, type PortState} from '../scan/verdict.ts';
import {formatCsv} from './csv.ts';
import {printable} from './printable.ts';
import {roundRtt} from './round-trip.ts';

const header = ['target', 'address', 'port', 'transport', 'state', 'reason', 'rttMs', 'tries', 'registryName', 'registryDescription', 'commonly', 'severity', 'concern', 'observedProtocol', 'observedProduct', 'observedVersion'];

/**
A scan as comma-separated values: a header, and one line a port. Several programs that use a port commonly are joined by semicolons.

@param show - The states whose ports are listed.
*/
export const formatScanCsv = (record: ScanRecord, registry: Registry, show: readonly PortState[]): string => {
	const rows = reportedHosts(record).flatMap(({host: {target, address}, verdicts, observed}) => {
		const from = vantageOf(address);
		return verdicts.portsIn(show).map(port => {
			const verdict = verdicts.get(port)!;
			const {registry: entry, commonly, exposure} = tcpFactsOf(registry.lookup(port), verdict.state, from);
			return [
				target, address.text, port, 'tcp', verdict.state, reasonOf(verdict), roundRtt(verdict), verdict.tries,
				entry?.name, entry?.description, commonly.join('; '), exposure?.severity, exposure?.concern,
				...(['protocol', 'product', 'version'] as const).map(name => observed.get(port)?.[name]),
			];
		});
	});
	return formatCsv(header, rows.map(row => row.map(value => printable(String(value ?? '')))));
};
