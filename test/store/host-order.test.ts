import test from 'ava';
import {readAddress} from '../../source/scan/address.ts';
import {applyScanEvent, createScanRecord} from '../../source/scan/scan-record.ts';
import {toPort} from '../../source/port/port.ts';
import {hostOrder} from '../../source/store/host-order.ts';
import {verdicts} from '../helpers/scan-events.ts';

test('hosts that were named come as they were, those of blocks by their addresses', t => {
	const named = {target: '192.0.2.200', address: readAddress('192.0.2.200')!, note: null};
	const record = createScanRecord({kind: 'started', id: 'id', startedAt: '2026-01-31T12:00:00.000Z', engine: 'simulated', seed: 1, ports: '22', portCount: 1, hosts: [named], hostCount: 9});
	const answer = (host: number, text: string): void => {
		applyScanEvent(record, {kind: 'admitted', host, target: 'block', address: readAddress(text)!});
		applyScanEvent(record, {kind: 'probed', host, port: toPort(22), verdict: verdicts.open});
	};

	answer(1, '192.0.2.10');
	answer(2, '192.0.2.9');
	t.deepEqual(hostOrder(record), [0, 2, 1]);
	t.is(hostOrder(record), hostOrder(record));
	answer(3, '192.0.2.1');
	t.deepEqual(hostOrder(record).map(index => record.hosts[index]!.host.address.text), ['192.0.2.200', '192.0.2.1', '192.0.2.9', '192.0.2.10']);
});
