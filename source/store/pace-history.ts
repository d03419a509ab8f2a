import {leftCount, type ScanRecord} from '../scan/scan-record.ts';

/** How a scan went at a moment, over the hosts that were under way. */
export type PaceNow = {
	readonly inFlightCount: number;
	/** Attempts that may be in flight, over all hosts. */
	readonly windowSize: number;
	/** Mean of the hosts' smoothed round-trip times, in milliseconds; null before the first answer. */
	readonly rttMs: number | null;
	/** The highest share of lost tries of any host, from 0 to 1. */
	readonly lossRate: number;
};

export type PaceSample = PaceNow & {readonly elapsedMs: number; readonly probedCount: number};

/** How a scan went, at moments of its own time (pauses left out). Oldest first. */
export type PaceHistory = readonly PaceSample[];

/** Time between two samples, in milliseconds. */
const sampleIntervalMs = 250;

/** Samples kept: a minute and a quarter, wider than any sparkline. */
const mostSamples = 300;

/** The current rate is taken over this many samples, one second. */
const recentSamples = 4;

/** What a record says of the pace of its scan. Round-trip time and loss are those of all hosts that were heard of, so they stand after the end too. */
export const paceOf = ({hosts, inFlightCount, finishedAt}: ScanRecord): PaceNow => {
	let [windowSize, rttSum, rttCount, lossRate] = [0, 0, 0, 0];
	for (const {pace, isFinished} of hosts) {
		windowSize += isFinished ? 0 : pace?.windowSize ?? 0;
		rttSum += pace?.rttMs ?? 0;
		rttCount += pace === null || pace.rttMs === null ? 0 : 1;
		lossRate = Math.max(lossRate, pace?.lossRate ?? 0);
	}

	return {inFlightCount: finishedAt === null ? inFlightCount : 0, windowSize: finishedAt === null ? windowSize : 0, rttMs: rttCount === 0 ? null : rttSum / rttCount, lossRate};
};

/** Adds a sample when the last one is old enough. */
export const withPaceSample = (history: PaceHistory, record: ScanRecord): PaceHistory => {
	const {elapsedMs, probedCount} = record;
	const last = history.at(-1);
	return last !== undefined && elapsedMs - last.elapsedMs < sampleIntervalMs ? history : [...history.slice(-mostSamples + 1), {elapsedMs, probedCount, ...paceOf(record)}];
};

/** Verdicts a second between each two neighbouring samples. */
export const ratesOf = (history: PaceHistory): readonly number[] =>
	history.slice(1).map(({elapsedMs, probedCount}, index) => {
		const before = history[index]!;
		return (1000 * (probedCount - before.probedCount)) / Math.max(1, elapsedMs - before.elapsedMs);
	});

/** Verdicts a second: over the last second while the scan runs, over all of it once it has ended. */
export const rateOf = (record: ScanRecord, history: PaceHistory): number => {
	const since = record.finishedAt === null ? history.at(-1 - recentSamples) ?? history[0] : undefined;
	const elapsedMs = record.elapsedMs - (since?.elapsedMs ?? 0);
	return elapsedMs <= 0 ? 0 : (1000 * (record.probedCount - (since?.probedCount ?? 0))) / elapsedMs;
};

/** Milliseconds until the end at the current rate; undefined while nothing moves. */
export const timeLeftMs = (record: ScanRecord, history: PaceHistory): number | undefined => {
	const rate = rateOf(record, history);
	return rate > 0 ? (1000 * leftCount(record)) / rate : undefined;
};
