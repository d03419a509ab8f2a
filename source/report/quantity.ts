/** Writes a whole number with commas between thousands: `65,536`. */
export const formatCount = (value: number): string => String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** Writes a duration with its unit, to two or three figures: `0.08 ms`, `1.5 ms`, `42 ms`, `1.9 s`, `2 min 05 s`. */
export const formatDuration = (durationMs: number): string => {
	if (durationMs < 0.995) {
		return `${durationMs.toFixed(2)} ms`;
	}

	if (durationMs < 999.5) {
		return `${durationMs.toFixed(durationMs < 9.95 ? 1 : 0)} ms`;
	}

	const seconds = durationMs / 1000;
	if (seconds < 59.95) {
		return `${seconds.toFixed(1)} s`;
	}

	const whole = Math.round(seconds);
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
};

/** To a microsecond: what is finer is noise of the clock and of 32-bit floats. */
export const roundMs = (durationMs: number): number => Math.round(durationMs * 1000) / 1000;
