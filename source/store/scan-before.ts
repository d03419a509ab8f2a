import type {Port} from '../port/port.ts';
import type {HostRecord, ScanRecord} from '../scan/scan-record.ts';
import type {PortState} from '../scan/verdict.ts';

/**
What the scan before said of a port.

`not-asked`: neither this host nor this port was among what it asked. `not-listed`: the host is of a block, and nothing of it was kept. `no-verdict`: it ended before the port's turn.
*/
export type Before = PortState | 'not-asked' | 'not-listed' | 'host-down' | 'no-verdict';

/** Hosts of a record by their address; made again when one was added. */
const places = new WeakMap<ScanRecord, {readonly count: number; readonly byAddress: ReadonlyMap<string, HostRecord>}>();

const hostsByAddress = (record: ScanRecord): ReadonlyMap<string, HostRecord> => {
	const known = places.get(record);
	if (known?.count === record.hosts.length) {
		return known.byAddress;
	}

	const byAddress = new Map(record.hosts.map(host => [host.host.address.text, host]));
	places.set(record, {count: record.hosts.length, byAddress});
	return byAddress;
};

/** What a record says of a port at an address. */
export const saidOf = (record: ScanRecord, address: string, port: Port): Before => {
	const host = hostsByAddress(record).get(address);
	if (host === undefined) {
		return record.hostCount > record.started.hosts.length ? 'not-listed' : 'not-asked';
	}

	if (!host.verdicts.asks(port)) {
		return 'not-asked';
	}

	return host.verdicts.stateOf(port) ?? (host.down === undefined ? 'no-verdict' : 'host-down');
};
