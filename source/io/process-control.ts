import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import {ancestorsOf} from '../local/assemble-snapshot.ts';
import type {LocalProcess, LocalSnapshot, LocalSockets} from '../local/local-socket.ts';
import {parsePs, psArguments, type PsProcess} from '../local/parse-ps.ts';
import {hasEnded} from '../local/proc-stat.ts';
import type {StopSurroundings} from '../local/stop-plan.ts';
import type {ProcessControl} from '../local/stop-processes.ts';
import {readProcStat} from './read-proc.ts';
import {runTool} from './run-tool.ts';

const readPs = async (selection: readonly string[]): Promise<ReadonlyMap<number, PsProcess>> => parsePs((await runTool('ps', [...selection, ...psArguments])).stdout);

const birthOfProc = (pid: number): string | undefined => {
	const stat = readProcStat(pid);
	return stat === undefined || hasEnded(stat) ? undefined : stat.startTicks;
};

const birthOfPs = async (pid: number): Promise<string | undefined> => {
	const found = (await readPs(['-p', String(pid)])).get(pid);
	return found === undefined || found.state.startsWith('Z') ? undefined : found.started;
};

const send: ProcessControl['send'] = (pid, signal) => {
	try {
		process.kill(pid, signal);
		return 'sent';
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH' ? 'gone' : 'not-permitted';
	}
};

/** Makes what stops processes. On Windows there is no SIGTERM: whatever is sent ends a process at once. */
export const createProcessControl = (sockets: LocalSockets, platform: NodeJS.Platform = process.platform): ProcessControl => ({
	read: sockets.read,
	async birthOf(pid) {
		if (platform === 'linux') {
			return birthOfProc(pid);
		}

		if (platform !== 'win32') {
			return birthOfPs(pid);
		}

		const snapshot = await sockets.read();
		const found = snapshot.ok ? snapshot.value.processes.find(each => each.pid === pid) : undefined;
		return found?.birth ?? undefined;
	},
	send,
	now: () => performance.now(),
	async wait(durationMs, signal) {
		try {
			await setTimeout(durationMs, undefined, signal === undefined ? {} : {signal});
		} catch {
			signal?.throwIfAborted();
		}
	},
});

/** Whether this user may send a process a signal. One that is gone is no obstacle. */
const maySignal = (pid: number): boolean => {
	try {
		// Signal 0 is sent to nobody, and only checked (kill(2)).
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
};

const readProcAncestors = (): readonly number[] => {
	const processes = new Map<number, Pick<LocalProcess, 'parentPid'>>();
	for (let pid = process.pid; pid > 0 && !processes.has(pid);) {
		const parentPid = readProcStat(pid)?.parentPid ?? 0;
		processes.set(pid, {parentPid});
		pid = parentPid;
	}

	return ancestorsOf(process.pid, processes);
};

/** Finds out what `planStop` must know: who this process is and runs in, and whom of these it may send a signal. */
export const readStopSurroundings = async (snapshot: LocalSnapshot, pids: readonly number[], platform: NodeJS.Platform = process.platform): Promise<Omit<StopSurroundings, 'mayStopAncestors'>> => {
	const tree = (): ReadonlyMap<number, Pick<LocalProcess, 'parentPid'>> => new Map(snapshot.processes.map(each => [each.pid, each]));
	const ownAncestors = platform === 'linux' ? readProcAncestors() : ancestorsOf(process.pid, platform === 'win32' ? tree() : await readPs(['-ax']));
	return {ownPid: process.pid, ownAncestors, protectedPids: new Set(pids.filter(pid => !maySignal(pid)))};
};
