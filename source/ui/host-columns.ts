import {printable} from '../report/printable.ts';
import {formatCount, formatDuration} from '../report/quantity.ts';
import {resetsEverything} from '../scan/resets-everything.ts';
import {acceptsEverything, unreachableReason, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {reasonWords} from '../report/reason-words.ts';
import {fitColumns, type ListColumn} from './fit-columns.ts';
import {formatBar} from './format.ts';

export type HostColumnId = 'address' | 'target' | 'progress' | 'share' | 'open' | 'closed' | 'filtered' | 'unknown' | 'rtt' | 'judgement';

const barWidth = 8;

const columns: ReadonlyArray<ListColumn<HostColumnId>> = [
	{id: 'address', title: 'ADDRESS', width: 15, most: 26},
	{id: 'progress', title: 'PROGRESS', width: barWidth},
	{id: 'share', title: '', width: 4, align: 'end'},
	{id: 'open', title: 'OPEN', width: 5, most: 6, align: 'end'},
	{id: 'closed', title: 'CLOSED', width: 6, align: 'end'},
	{id: 'filtered', title: 'FILT', width: 6, align: 'end'},
	{id: 'unknown', title: 'UNK', width: 6, align: 'end'},
	{id: 'rtt', title: 'RTT', width: 7, align: 'end'},
	{id: 'target', title: 'TARGET', width: 12, most: 24},
	{id: 'judgement', title: 'WHAT OF IT', width: 14, most: Number.MAX_SAFE_INTEGER},
];

/** The columns there is room for. */
export const hostColumns = (width: number): ReadonlyArray<ListColumn<HostColumnId>> =>
	fitColumns(columns, ['address', 'share', 'open', 'closed', 'filtered', 'judgement', 'unknown', 'progress', 'rtt', 'target'], width);

/** The share of a host's ports that have a verdict, from 0 to 1; a host that is over has nothing left. */
export const shareOfHost = ({started: {portCount}}: ScanRecord, {verdicts: {counts}, down}: HostRecord): number =>
	(down !== undefined || portCount === 0 ? 1 : (counts.open + counts.closed + counts.filtered + counts.unknown) / portCount);

/** What matters more of a host than its counts: why it is down, what it turned out to be; undefined where there is nothing of the kind. */
export const judgementWords = (record: ScanRecord, host: HostRecord): string | undefined => {
	if (host.down !== undefined) {
		return `down: ${reasonWords(host.down.reason)}`;
	}

	if (acceptsEverything(host)) {
		return 'accepts everything';
	}

	if (resetsEverything(record, host)) {
		return 'resets everything, or its firewall does';
	}

	if (host.judgement?.kind === 'vanished') {
		return 'vanished: answered at first, then nothing';
	}

	const reason = host.judgement?.kind === 'unreachable' ? host.judgement.reason : host.isFinished ? unreachableReason(host) : undefined;
	return reason === undefined ? undefined : `cannot be reached: ${reasonWords(reason)}`;
};

/** How far the scan of a host is, in words. */
const progressWords = ({finishedAt, status}: ScanRecord, {isFinished, pace}: HostRecord): string => {
	if (isFinished) {
		return 'done';
	}

	if (finishedAt !== null) {
		return 'not finished';
	}

	return status === 'paused' ? 'paused' : pace === null ? 'waits for its turn' : 'running';
};

const formatPercent = (share: number): string => `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))}%`;

/** The texts of a host's row. */
export const cellsOfHost = (record: ScanRecord, host: HostRecord): Readonly<Record<HostColumnId, string>> => {
	const {verdicts: {counts}, pace, down} = host;
	const share = shareOfHost(record, host);
	// Where open ports alone are told, it is not known how many were asked.
	const isOpenAlone = record.started.tellsOpenOnly === true;
	return {
		address: printable(host.host.address.text),
		target: printable(host.host.target),
		progress: down === undefined && !isOpenAlone ? formatBar(share, barWidth, '░') : '—',
		share: down === undefined && !isOpenAlone ? formatPercent(share) : '',
		open: formatCount(counts.open),
		closed: formatCount(counts.closed),
		filtered: formatCount(counts.filtered),
		unknown: formatCount(counts.unknown),
		rtt: pace === null || pace.rttMs === null ? '' : formatDuration(pace.rttMs),
		judgement: judgementWords(record, host) ?? progressWords(record, host),
	};
};
