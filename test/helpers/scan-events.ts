import {toPort} from '../../source/port/port.ts';
import {readAddress} from '../../source/scan/address.ts';
import type {Host, ScanEvent, ScanStatus} from '../../source/scan/event.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../source/scan/scan-record.ts';
import type {Verdict} from '../../source/scan/verdict.ts';

/** Some verdicts to make scans of. */
export const verdicts = {
	open: {state: 'open', rttMs: 0.08, tries: 1},
	closed: {state: 'closed', reason: 'refused', rttMs: 0.05, tries: 1},
	filtered: {state: 'filtered', reason: 'no-answer', tries: 3},
	unknown: {state: 'unknown', reason: 'EMFILE', tries: 2},
	unreachable: {state: 'filtered', reason: 'net-unreachable', tries: 1},
} satisfies Record<string, Verdict>;

export type ScanScript = {
	readonly hosts?: ReadonlyArray<{readonly target: string; readonly address: string; readonly note?: string}>;
	/** Ports asked for, as `started` counts them. */
	readonly portCount?: number;
	/** Verdicts by port, for each host. */
	readonly probed?: ReadonlyArray<Readonly<Record<number, Verdict>>>;
	/** Whether `host` says of each host that nothing more is asked of it. */
	readonly areOver?: boolean;
	readonly status?: ScanStatus;
	readonly message?: string;
};

const loopback = [{target: 'localhost', address: '127.0.0.1'}] as const;

/** The events of a whole scan that took a second and a half. */
export const scanEvents = ({hosts = loopback, probed = [{}], portCount = Object.keys(probed[0]!).length, areOver = false, status = 'complete', message}: ScanScript): ScanEvent[] => [
	{
		kind: 'started',
		id: 'id',
		startedAt: '2026-01-31T12:00:00.000Z',
		engine: 'simulated',
		seed: 7,
		ports: '0-65535',
		portCount,
		hosts: hosts.map(({target, address, note}: {target: string; address: string; note?: string}): Host => ({target, address: readAddress(address)!, note: note ?? null})),
	},
	...probed.flatMap((verdictsByPort, host) => Object.entries(verdictsByPort).map(([port, verdict]) => ({kind: 'probed', host, port: toPort(Number(port)), verdict}) as const)),
	...(areOver ? hosts.map((_, host) => ({kind: 'host', host}) as const) : []),
	{kind: 'paced', elapsedMs: 1500, hosts: []},
	{kind: 'finished', finishedAt: '2026-01-31T12:00:01.500Z', status, message: message ?? null},
];

/** The record of a whole scan. */
export const scanRecord = (script: ScanScript): ScanRecord => {
	const [started, ...rest] = scanEvents(script);
	const record = createScanRecord(started as Extract<ScanEvent, {kind: 'started'}>);
	for (const event of rest) {
		applyScanEvent(record, event);
	}

	return record;
};
