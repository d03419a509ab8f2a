const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as this machine's clock shows it: `12:03:20`. */
export const formatClock = (iso: string): string => {
	const date = new Date(iso);
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
};

/** A moment with its day: `2026-01-31 12:03:20`. */
export const formatMoment = (iso: string): string => {
	const date = new Date(iso);
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${formatClock(iso)}`;
};
