import {formatCount} from '../report/quantity.ts';
import type {StartedEvent} from '../scan/event.ts';

/** More probes than this are told of before they are sent: at the usual rate they take more than an hour. */
const manyProbes = 1e8;

/** What one machine does a second, about, when all hosts are there and answer. */
const usualRate = 20_000;

const units: ReadonlyArray<readonly [seconds: number, name: string]> = [[365.25 * 86_400, 'year'], [86_400, 'day'], [3600, 'hour']];

const formatLong = (seconds: number): string => {
	const [size, name] = units.find(([each]) => seconds >= 1.5 * each) ?? units.at(-1)!;
	const count = seconds / size;
	return count > 1e6 ? `more than a million ${name}s` : `about ${formatCount(Math.max(1, count))} ${name}${Math.round(count) > 1 ? 's' : ''}`;
};

const formatLarge = (value: number): string => (value < 1e12 ? formatCount(value) : `10^${Math.floor(Math.log10(value))} and more`);

/** Says how long a very large scan will take; undefined for one of a usual size. @param rate - Attempts a second, where they are bounded. */
export const describeLargeScan = ({hosts, hostCount = hosts.length, portCount}: StartedEvent, rate = usualRate): string | undefined => {
	const probes = hostCount * portCount;
	const pace = Math.min(rate, usualRate);
	return probes < manyProbes
		? undefined
		: `${formatLarge(hostCount)} hosts with ${formatCount(portCount)} ${portCount === 1 ? 'port' : 'ports'} each are ${formatLarge(probes)} probes: if all hosts are there, that takes ${formatLong(probes / pace)} at ${formatCount(pace)} a second. Ctrl-C ends it and reports what was found.`;
};
