import {assembleSnapshot, type FoundSocket} from '../local/assemble-snapshot.ts';
import type {LocalProcess, LocalSnapshot, LocalSockets} from '../local/local-socket.ts';
import {parseNetstat, parseTasklist} from '../local/parse-netstat.ts';
import {parsePowerShell, powerShellScript} from '../local/parse-powershell.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {runTool} from './run-tool.ts';

/** A process of which no more is known than its number, and perhaps its name. */
const bareProcess = (pid: number, name: string): LocalProcess => ({
	pid, parentPid: null, name, commandLine: null, user: null, startedAt: null, birth: null, executable: null, isExecutableDeleted: false, unit: null, container: null,
});

const withEveryOwner = (sockets: readonly FoundSocket[], known: ReadonlyMap<number, LocalProcess>, nameOf: (pid: number) => string): ReadonlyMap<number, LocalProcess> => {
	const processes = new Map(known);
	for (const pid of sockets.flatMap(({ownerPids}) => ownerPids)) {
		if (!processes.has(pid)) {
			processes.set(pid, bareProcess(pid, nameOf(pid)));
		}
	}

	return processes;
};

const readPowerShell = async (takenAt: string, signal: AbortSignal | undefined): Promise<Parsed<LocalSnapshot>> => {
	const {stdout, code} = await runTool('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', powerShellScript], signal);
	if (code !== 0) {
		return rejected(`PowerShell could not list the sockets of this machine (${code}).`);
	}

	const facts = parsePowerShell(stdout);
	if (!facts.ok) {
		return facts;
	}

	const {sockets, processes} = facts.value;
	return parsed(assembleSnapshot({takenAt, source: 'powershell', sockets, processes: withEveryOwner(sockets, processes, () => ''), seesEveryProcess: true}));
};

const readNetstat = async (takenAt: string, signal: AbortSignal | undefined): Promise<Parsed<LocalSnapshot>> => {
	const [list, tasks] = await Promise.all([runTool('netstat.exe', ['-ano'], signal), runTool('tasklist.exe', ['/fo', 'csv', '/nh'], signal)]);
	if (list.code !== 0) {
		return rejected(`The sockets of this machine are read with PowerShell or netstat here, and neither can be run (${list.code}).`);
	}

	const sockets = parseNetstat(list.stdout);
	const names = parseTasklist(tasks.stdout);
	return parsed(assembleSnapshot({
		takenAt, source: 'netstat', sockets, processes: withEveryOwner(sockets, new Map(), pid => names.get(pid) ?? ''), seesEveryProcess: true,
	}));
};

/** Makes what reads sockets on Windows: with PowerShell, and with `netstat` where that fails. */
export const createWindowsSockets = (): LocalSockets => ({
	async read(signal) {
		const takenAt = new Date().toISOString();
		const snapshot = await readPowerShell(takenAt, signal);
		return snapshot.ok ? snapshot : readNetstat(takenAt, signal);
	},
	async close() {},
});
