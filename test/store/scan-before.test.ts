import test from 'ava';
import {readAddress} from '../../source/scan/address.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import {toPort} from '../../source/port/port.ts';
import {saidOf, type Before} from '../../source/store/scan-before.ts';
import {verdicts} from '../helpers/scan-events.ts';

const recordOf = (hostCount?: number): ScanRecord => {
	const hosts = ['192.0.2.1', '192.0.2.2'].map(target => ({target, address: readAddress(target)!, note: null}));
	const record = createScanRecord({kind: 'started', id: 'id', startedAt: '2026-01-31T12:00:00.000Z', engine: 'simulated', seed: 1, ports: '20-30', portCount: 11, hosts, hostCount});
	applyScanEvent(record, {kind: 'probed', host: 0, port: toPort(22), verdict: verdicts.closed});
	applyScanEvent(record, {kind: 'host', host: 1, down: {reason: 'no-answer', askedCount: 3}});
	return record;
};

const sayings: ReadonlyArray<readonly [situation: string, record: ScanRecord, address: string, port: number, said: Before]> = [
	['a port with a verdict', recordOf(), '192.0.2.1', 22, 'closed'],
	['a port whose turn did not come', recordOf(), '192.0.2.1', 23, 'no-verdict'],
	['a port that was not asked for', recordOf(), '192.0.2.1', 31, 'not-asked'],
	['a host that was down', recordOf(), '192.0.2.2', 22, 'host-down'],
	['another host', recordOf(), '192.0.2.3', 22, 'not-asked'],
	['another host, where hosts of blocks are not all listed', recordOf(256), '192.0.2.3', 22, 'not-listed'],
];

for (const [situation, record, address, port, said] of sayings) {
	test(`${situation}: ${said}`, t => {
		t.is(saidOf(record, address, toPort(port)), said);
	});
}
