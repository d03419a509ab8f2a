import {formatCount, formatDuration} from '../report/quantity.ts';
import {doingWords, programWords} from '../report/origin-words.ts';
import {printable} from '../report/printable.ts';
import {leftCount, type ScanRecord} from '../scan/scan-record.ts';
import type {Output} from './surroundings.ts';

/** A line that is written over while a scan runs. */
export type Progress = {
	/** Shows how it goes, unless that was just shown. */
	readonly show: (record: ScanRecord) => void;
	readonly erase: () => void;
};

/** A person reads no faster than about four times a second. */
const intervalMs = 250;

/** ECMA-48, EL: erases to the end of the line. */
const eraseToEnd = '\u001B[K';

/** How it goes so far; some time must have passed. */
const formatProgress = (record: ScanRecord): string => {
	const {probedCount, totalCount, elapsedMs, counts, hostCount, finishedHostCount, started} = record;
	if (record.doing !== null) {
		// It keeps its own pace, and tells of most ports only when their host is done.
		return `${programWords(started.engine)}: ${doingWords(record.doing)}, ${formatCount(counts.open)} open, ${formatDuration(elapsedMs)}`;
	}

	const done = totalCount - leftCount(record);
	const share = totalCount === 0 ? 1 : done / totalCount;
	const left = done > 0 ? `, about ${formatDuration(leftCount(record) * elapsedMs / done)} left` : '';
	const hosts = hostCount > started.hosts.length ? `${formatCount(finishedHostCount)} of ${formatCount(hostCount)} hosts, ` : '';
	const ports = hosts === '' ? `${formatCount(probedCount)} of ${formatCount(totalCount)} ports` : `${formatCount(probedCount)} ports`;
	return `${Math.floor(share * 100)}%  ${hosts}${ports}, ${formatCount(probedCount / elapsedMs * 1000)} a second, ${formatCount(counts.open)} open${left}`;
};

const silent: Progress = {show() {}, erase() {}};

/**
Makes a progress line, for a terminal; anywhere else, and for a quiet run, it does nothing.

It keeps no timer: it is shown when there is news, and news comes steadily.
*/
export const createProgress = (output: Output, isQuiet: boolean, now: () => number = () => performance.now()): Progress => {
	if (isQuiet || output.isTTY !== true) {
		return silent;
	}

	let shownAtMs = -Infinity;
	let isShown = false;
	return {
		show(record) {
			if (now() - shownAtMs < intervalMs || record.elapsedMs === 0) {
				return;
			}

			shownAtMs = now();
			isShown = true;
			// One column stays free: a full line would wrap, and could not be written over.
			output.write(`\r${printable(formatProgress(record)).slice(0, (output.columns ?? 80) - 1)}${eraseToEnd}`);
		},
		erase() {
			if (isShown) {
				isShown = false;
				output.write(`\r${eraseToEnd}`);
			}
		},
	};
};
