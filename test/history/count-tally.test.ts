import test from 'ava';
import fc from 'fast-check';
import {createCountTally} from '../../source/history/count-tally.ts';
import {portSetOfPorts} from '../../source/port/port-set.ts';
import {toPort} from '../../source/port/port.ts';
import type {ScanEvent} from '../../source/scan/event.ts';
import {readAddress} from '../../source/scan/address.ts';
import {applyScanEvent, createScanRecord} from '../../source/scan/scan-record.ts';
import {verdicts} from '../helpers/scan-events.ts';

const hosts = ['127.0.0.1', '::1', '127.0.0.2'].map(address => ({target: address, address: readAddress(address)!, note: null}));
const ports = [1, 22, 80, 65_535].map(port => toPort(port));

const probed = fc.record({host: fc.integer({min: 0, max: 2}), port: fc.constantFrom(...ports, toPort(7)), state: fc.constantFrom('open', 'closed', 'filtered', 'unknown')})
	.map(({host, port, state}): ScanEvent => ({kind: 'probed', host, port, verdict: verdicts[state as 'open']}));

test('a tally counts what the record counts, later verdicts in place of earlier ones', t => {
	fc.assert(fc.property(fc.array(probed, {maxLength: 60}), fc.integer({min: 0, max: 2}), (events, over) => {
		const tally = createCountTally(portSetOfPorts(ports));
		const record = createScanRecord({kind: 'started', id: 'id', startedAt: '2026-01-31T12:00:00.000Z', engine: 'x', seed: 1, ports: '1,22,80,65535', portCount: 4, hosts});
		for (const event of [...events, {kind: 'host', host: over} as const]) {
			tally.take(event);
			applyScanEvent(record, event);
		}

		t.deepEqual(tally.counts(), record.counts);
	}));
});
