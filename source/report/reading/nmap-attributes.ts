import {lastPort} from '../../port/port.ts';
import {interval, sizeOf, type PortInterval} from '../../port/port-range.ts';

/** No text of an observation is kept longer; the history file takes no more either. */
export const longestText = 4096;

/** Reads a whole number; undefined where it is none, or more than the most. */
export const readNumber = (text: string | undefined, most: number): number | undefined => {
	const value = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
	return value <= most ? value : undefined;
};

/** Reads a free text, cut to what is kept; null where there is none. */
export const readText = (text: string | undefined, longest = longestText): string | null => (text === undefined || text === '' ? null : text.slice(0, longest));

/** Reads ports as nmap lists them: numbers and ranges in ascending order. @returns Undefined when it is no such list. */
export const readPortList = (text: string): readonly PortInterval[] | undefined => {
	const intervals: PortInterval[] = [];
	let next = 0;
	let from = 0;
	while (from < text.length) {
		const comma = text.indexOf(',', from);
		const end = comma === -1 ? text.length : comma;
		// No range is longer than `65534-65535`.
		const [, first, last = first] = (end - from > 11 ? null : /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.slice(from, end))) ?? [];
		if (first === undefined || Number(first) < next || Number(last) < Number(first) || Number(last) > lastPort) {
			return undefined;
		}

		intervals.push(interval(Number(first), Number(last)));
		next = Number(last) + 1;
		from = end + 1;
	}

	return intervals;
};

export const countPorts = (intervals: readonly PortInterval[]): number => intervals.reduce((sum, each) => sum + sizeOf(each), 0);

/** The date of a time in seconds since 1970, ISO 8601; undefined where it is none. */
export const readDate = (seconds: string | undefined): string | undefined => {
	const value = readNumber(seconds, 8.64e12);
	return value === undefined ? undefined : new Date(value * 1000).toISOString();
};

/** A time: to the millisecond where the text beside it tells as much, as that of portui does. */
export const readTime = (seconds: string | undefined, text: string | undefined): string | undefined => {
	const date = readDate(seconds);
	return text !== undefined && date !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && text.slice(0, 19) === date.slice(0, 19) ? text : date;
};

/** A duration in seconds, as milliseconds; undefined where it is none. */
export const readDurationMs = (seconds: string | undefined): number | undefined =>
	(seconds !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(seconds) ? Math.round(Number(seconds) * 1000) : undefined);
