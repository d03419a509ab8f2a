import {readFileSync, readdirSync} from 'node:fs';
import {mostSockets} from '../scan/socket-bound.ts';

/** What a system without a readable limit is taken to allow (Windows has none that matters here). */
const assumedLimit = 10_000;

/** Descriptors kept in hand for files, look-ups and the terminal. */
const reserve = 64;

const readLimit = (): number => {
	try {
		// Linux: proc(5). Node has raised the soft limit to the hard one by now.
		const soft = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
		return soft === undefined || soft === 'unlimited' ? assumedLimit : Number(soft);
	} catch {}

	const report = process.report?.getReport() as {userLimits?: {open_files?: {soft?: number | string}}} | undefined;
	const soft = Number(report?.userLimits?.open_files?.soft);
	return Number.isFinite(soft) && soft > 0 ? soft : assumedLimit;
};

const countOpen = (): number => {
	try {
		return readdirSync(process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd').length;
	} catch {
		// Standard streams, the event loops' own descriptors and some files.
		return 40;
	}
};

/** How many sockets to open at most, for so many descriptors allowed and in use. At least one. */
export const socketLimitFor = (descriptorLimit: number, openCount: number): number => {
	const free = descriptorLimit - openCount;
	return Math.max(1, Math.min(mostSockets, free - Math.min(reserve, Math.floor(free / 2))));
};

/** How many sockets this process may have open at once, sized to its descriptor limit. Reads the system: call it once a scan. */
export const readSocketLimit = (): number => socketLimitFor(readLimit(), countOpen());
