import {leftCount, type ScanRecord} from '../scan/scan-record.ts';

/** How far a scan was, at moments of its own time (pauses left out). Oldest first. */
export type PaceHistory = ReadonlyArray<{readonly elapsedMs: number; readonly probedCount: number}>;

/** Time between two samples, in milliseconds. */
const sampleIntervalMs = 250;

/** Samples kept: a minute and a quarter, wider than any sparkline. */
const mostSamples = 300;

/** The current rate is taken over this many samples, one second. */
const recentSamples = 4;

/** Adds a sample when the last one is old enough. */
export const withPaceSample = (history: PaceHistory, {elapsedMs, probedCount}: ScanRecord): PaceHistory => {
	const last = history.at(-1);
	return last !== undefined && elapsedMs - last.elapsedMs < sampleIntervalMs ? history : [...history.slice(-mostSamples + 1), {elapsedMs, probedCount}];
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
