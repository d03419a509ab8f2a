const millisecondsIn: Readonly<Record<string, number>> = {'': 1, ms: 1, s: 1000};

/** Parses a time: `500`, `500ms`, `2s`, `1.5s`. @returns Whole milliseconds; undefined when it is none. */
export const parseDurationMs = (text: string): number | undefined => {
	const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|)$/.exec(text) ?? [];
	return amount === undefined || unit === undefined ? undefined : Math.round(Number(amount) * millisecondsIn[unit]!);
};
