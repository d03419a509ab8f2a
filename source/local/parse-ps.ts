/** A process as `ps` tells it. */
export type PsProcess = {readonly pid: number; readonly parentPid: number; /** Begins with `Z` when it has ended and waits to be collected. */ readonly state: string; readonly user: string; /** To a second. */ readonly started: string; readonly command: string};

/** What `ps` is asked for, so that `parsePs` reads it: add `-ax` for all processes or `-p` for one; with `LC_ALL=C` and `TZ=UTC0`. POSIX has no start time; `lstart` is of BSD, macOS and Linux. */
export const psArguments: readonly string[] = ['-ww', '-o', 'pid=,ppid=,stat=,lstart=,user=,command='];

const line = /^\s*(\d{1,10})\s+(\d{1,10})\s+([A-Za-z]\S*)\s+\w{3}\s+(\w{3}\s+\d{1,2}\s+\d\d:\d\d:\d\d\s+\d{4})\s+(\S+)\s+(.*)$/;

/** Parses what `ps` writes with `psArguments`. Lines that are not as expected are left out. */
export const parsePs = (text: string): ReadonlyMap<number, PsProcess> => {
	const processes = new Map<number, PsProcess>();
	for (const each of text.split('\n')) {
		const [, pid, parentPid, state, started, user, command] = line.exec(each) ?? [];
		if (pid !== undefined && state !== undefined && started !== undefined && user !== undefined && command !== undefined) {
			processes.set(Number(pid), {pid: Number(pid), parentPid: Number(parentPid), state, user, started: started.replaceAll(/\s+/g, ' '), command: command.trimEnd()});
		}
	}

	return processes;
};

/** When a process started, ISO 8601; null for what is no date. */
export const psStartOf = ({started}: Pick<PsProcess, 'started'>): string | null => {
	const epochMs = Date.parse(`${started} UTC`);
	return Number.isNaN(epochMs) ? null : new Date(epochMs).toISOString();
};
