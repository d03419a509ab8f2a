import process from 'node:process';
import {assembleSnapshot} from '../local/assemble-snapshot.ts';
import type {LocalProcess, LocalSockets} from '../local/local-socket.ts';
import {lsofArguments, parseLsof, type LsofProcess} from '../local/parse-lsof.ts';
import {parsePs, psArguments, psStartOf, type PsProcess} from '../local/parse-ps.ts';
import {parsed, rejected} from '../port/parsed.ts';
import {runTool} from './run-tool.ts';

const joinProcess = ({pid, parentPid, name, user}: LsofProcess, known: PsProcess | undefined): LocalProcess => ({
	pid,
	parentPid: known?.parentPid ?? parentPid,
	name,
	commandLine: known === undefined ? null : [known.command],
	user: known?.user ?? user,
	startedAt: known === undefined ? null : psStartOf(known),
	birth: known?.started ?? null,
	executable: null,
	isExecutableDeleted: false,
	unit: null,
	container: null,
});

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** An ancestor has no sockets, so `lsof` does not tell of it. */
const ancestor = (known: PsProcess): LocalProcess =>
	joinProcess({pid: known.pid, parentPid: known.parentPid, name: baseName(known.command.split(' ')[0]!), user: known.user}, known);

/** Makes what reads sockets with `lsof`, and the processes behind them with `ps`: for macOS, and any other system that has both. */
export const createLsofSockets = ({isRoot = process.geteuid?.() === 0, lsof = 'lsof'}: {readonly isRoot?: boolean; readonly lsof?: string} = {}): LocalSockets => ({
	async read(signal) {
		const takenAt = new Date().toISOString();
		const [list, table] = await Promise.all([runTool(lsof, lsofArguments, signal), runTool('ps', ['-ax', ...psArguments], signal)]);
		if (list.code === 'ENOENT') {
			return rejected('The sockets of this machine are read with lsof here, and there is none: install it.');
		}

		// lsof ends with 1 when it finds nothing, too.
		if (list.stdout === '' && (list.code !== 1 || list.stderr.trim() !== '')) {
			return rejected(`lsof could not list the sockets of this machine (${list.code}): ${list.stderr.trim().split('\n')[0] ?? ''}`);
		}

		const {sockets, processes: owners} = parseLsof(list.stdout);
		const known = parsePs(table.stdout);
		const processes = new Map<number, LocalProcess>();
		for (const owner of owners.values()) {
			processes.set(owner.pid, joinProcess(owner, known.get(owner.pid)));
			let above = known.get(known.get(owner.pid)?.parentPid ?? 0);
			while (above !== undefined && !processes.has(above.pid)) {
				processes.set(above.pid, owners.has(above.pid) ? joinProcess(owners.get(above.pid)!, above) : ancestor(above));
				above = known.get(above.parentPid);
			}
		}

		return parsed(assembleSnapshot({takenAt, source: 'lsof', sockets, processes, seesEveryProcess: isRoot, leavesOutOthers: !isRoot, isReadByRoot: isRoot}));
	},
	async close() {},
});
