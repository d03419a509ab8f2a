/** A process as `/proc/<pid>/stat` tells it. */
export type ProcStat = {
	readonly pid: number;
	/** At most 15 bytes: the kernel cuts it. */
	readonly name: string;
	/** One letter: `R`, `S`, `D`, `Z` (ended, not yet collected by its parent), … */
	readonly state: string;
	readonly parentPid: number;
	/** Start, in clock ticks since boot, as text: what tells a PID used again. */
	readonly startTicks: string;
	/** What changes when the process runs another program or moves its arguments: its name, and where the kernel put stack and arguments, at random. Undefined where it may not be seen. */
	readonly image: string | undefined;
};

/** Fields of `/proc/<pid>/stat` counted after the name: 22 in proc_pid_stat(5) is the 20th from there. */
const startField = 19;
/** startstack, arg_start and arg_end, 28, 48 and 49 there: 0 for whoever may not trace the process. */
const imageFields = [25, 45, 46] as const;

/**
Parses `/proc/<pid>/stat`.

The name stands in parentheses and may itself hold parentheses, blanks and line ends: it ends at the last one.

@returns Undefined when the text is not whole.
*/
export const parseProcStat = (text: string): ProcStat | undefined => {
	const start = text.indexOf(' (');
	const end = text.lastIndexOf(') ');
	if (start === -1 || end < start + 2) {
		return undefined;
	}

	const pid = text.slice(0, start);
	const fields = text.slice(end + 2).trimEnd().split(' ');
	const [state = '', parentPid = ''] = fields;
	const startTicks = fields[startField] ?? '';
	if (!/^\d+$/.test(pid) || !/^[A-Za-z]$/.test(state) || !/^\d+$/.test(parentPid) || !/^\d+$/.test(startTicks)) {
		return undefined;
	}

	const name = text.slice(start + 2, end);
	const places = imageFields.map(index => fields[index] ?? '0');
	const image = places.includes('0') ? undefined : `${places.join(' ')} ${name}`;
	return {pid: Number(pid), name, state, parentPid: Number(parentPid), startTicks, image};
};

/** Whether a process of that state has ended: it holds nothing any more, and waits to be collected. */
export const hasEnded = ({state}: Pick<ProcStat, 'state'>): boolean => state === 'Z' || state === 'X' || state === 'x';

/** Linux for every common machine; the true one is told by `parseClockTicks`. */
export const usualTicksPerSecond = 100;

/** When a process started, ISO 8601; null where that cannot be told. @param bootSeconds - Of the epoch, when the machine started. */
export const startOf = ({startTicks}: Pick<ProcStat, 'startTicks'>, bootSeconds: number | undefined, ticksPerSecond: number): string | null => {
	const epochMs = bootSeconds === undefined ? Number.NaN : (bootSeconds + Number(startTicks) / ticksPerSecond) * 1000;
	// A date past ±8.64e15 ms is none (ECMA-262, 21.4.1.1).
	return Math.abs(epochMs) <= 8.64e15 ? new Date(epochMs).toISOString() : null;
};

/** When the machine started, in seconds of the epoch: the line `btime` of `/proc/stat`. */
export const parseBootTime = (text: string): number | undefined => {
	const seconds = /^btime (\d{1,15})$/m.exec(text)?.[1];
	return seconds === undefined ? undefined : Number(seconds);
};

/** AT_CLKTCK and AT_NULL of getauxval(3). */
const clockTicksKey = 17n;
const endKey = 0n;

/**
Reads the clock ticks a second from `/proc/self/auxv`, where `getconf CLK_TCK` has them from.

@param wordBytes - 8, or 4 on a machine of 32 bits.
*/
export const parseClockTicks = (bytes: Uint8Array, {wordBytes, isLittleEndian}: {readonly wordBytes: 4 | 8; readonly isLittleEndian: boolean}): number => {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const read = (at: number): bigint => (wordBytes === 8 ? view.getBigUint64(at, isLittleEndian) : BigInt(view.getUint32(at, isLittleEndian)));
	for (let at = 0; at + 2 * wordBytes <= bytes.byteLength; at += 2 * wordBytes) {
		const key = read(at);
		if (key === clockTicksKey) {
			const ticks = Number(read(at + wordBytes));
			return ticks > 0 && ticks <= 1_000_000 ? ticks : usualTicksPerSecond;
		}

		if (key === endKey) {
			break;
		}
	}

	return usualTicksPerSecond;
};
