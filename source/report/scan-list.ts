import {formatEndpoint} from '../scan/address.ts';
import {reportedHosts, type ScanRecord} from '../scan/scan-record.ts';

/** The open ports of a scan as `address:port`, one a line, IPv6 in brackets: for programs that take endpoints. */
export const formatScanList = (record: ScanRecord): string =>
	reportedHosts(record).flatMap(({host: {address}, verdicts}) => verdicts.portsIn(['open']).map(port => `${formatEndpoint(address, port)}\n`)).join('');
