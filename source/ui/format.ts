const wholeNumber = new Intl.NumberFormat('en-US', {maximumFractionDigits: 0});

/** A count with thousands separated: `65,536`. */
export const formatCount = (count: number): string => wholeNumber.format(count);

/** A round-trip time: `0.08 ms`, `23 ms`, `1.2 s`. */
export const formatMilliseconds = (milliseconds: number): string => {
	if (milliseconds >= 1000) {
		return `${(milliseconds / 1000).toFixed(1)} s`;
	}

	return `${milliseconds < 1 ? milliseconds.toFixed(2) : milliseconds < 10 ? milliseconds.toFixed(1) : milliseconds.toFixed(0)} ms`;
};

/** A duration for people: `12 ms`, `1.4 s`, `12 s`, `3 min 05 s`. */
export const formatDuration = (milliseconds: number): string => {
	if (milliseconds < 1000) {
		return `${Math.round(milliseconds)} ms`;
	}

	const seconds = milliseconds / 1000;
	if (seconds < 10) {
		return `${seconds.toFixed(1)} s`;
	}

	if (seconds < 60) {
		return `${Math.round(seconds)} s`;
	}

	const rounded = Math.round(seconds);
	return `${Math.floor(rounded / 60)} min ${String(rounded % 60).padStart(2, '0')} s`;
};

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of exactly `width` columns, filled to a share from 0 to 1 by eighths of a column. */
export const formatBar = (share: number, width: number, empty: string): string => {
	const filled = Math.floor(Math.min(1, Math.max(0, share)) * width * 8);
	const whole = Math.floor(filled / 8);
	const part = eighths[filled % 8]!;
	return '█'.repeat(whole) + part + empty.repeat(width - whole - (part === '' ? 0 : 1));
};

const levels = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** The last values as a sparkline of at most `width` columns; the highest of them is a full block. */
export const formatSparkline = (values: readonly number[], width: number): string => {
	const shown = width <= 0 ? [] : values.slice(-width);
	const highest = Math.max(...shown, 1);
	return shown.map(value => levels[Math.min(levels.length - 1, Math.floor((Math.max(0, value) / highest) * (levels.length - 1) + 0.5))]!).join('');
};
