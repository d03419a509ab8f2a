import {rttOf, type Verdict} from '../scan/verdict.ts';
import {formatDuration, roundMs} from './quantity.ts';

/** The round-trip time of a verdict in milliseconds, as documents write it; null where there is none. */
export const roundRtt = (verdict: Verdict): number | null => {
	const rttMs = rttOf(verdict);
	return rttMs === undefined ? null : roundMs(rttMs);
};

/** The round-trip time of a verdict, as a person reads it; undefined where there is none. */
export const formatRtt = (verdict: Verdict): string | undefined => {
	const rttMs = rttOf(verdict);
	return rttMs === undefined ? undefined : formatDuration(rttMs);
};
