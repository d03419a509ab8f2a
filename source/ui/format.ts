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
