/**
An estimate of the round-trip time, after RFC 6298.

Each attempt has its own socket, so a sample is never ambiguous and Karn's rule is not needed.
*/
export type RoundTrip = {readonly smoothedMs: number; readonly variationMs: number};

/** RFC 6298, section 2: alpha is 1/8 and beta is 1/4. */
const alpha = 1 / 8;
const beta = 1 / 4;

/** Before the first sample a time-out is 1 s (RFC 6298, 2.1). It is also how long the kernel takes to repeat a SYN, so a try is one packet. */
const initialTimeoutMs = 1000;

/** Under 100 ms a busy machine's own delays look like silence. */
const shortestTimeoutMs = 100;
const longestTimeoutMs = 3000;

/** Clock granularity G of RFC 6298, here the delay of a busy event loop. */
const granularityMs = 20;

/** Takes one more sample into the estimate. */
export const withSample = (estimate: RoundTrip | undefined, sampleMs: number): RoundTrip =>
	estimate === undefined
		? {smoothedMs: sampleMs, variationMs: sampleMs / 2}
		: {
			smoothedMs: (1 - alpha) * estimate.smoothedMs + alpha * sampleMs,
			variationMs: (1 - beta) * estimate.variationMs + beta * Math.abs(estimate.smoothedMs - sampleMs),
		};

/** How long to wait for an answer, in milliseconds. */
export const timeoutOf = (estimate: RoundTrip | undefined): number =>
	estimate === undefined
		? initialTimeoutMs
		: Math.min(longestTimeoutMs, Math.max(shortestTimeoutMs, estimate.smoothedMs + Math.max(granularityMs, 4 * estimate.variationMs)));
