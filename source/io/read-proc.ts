import {readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import {endianness} from 'node:os';
import process from 'node:process';
import {assembleSnapshot, type FoundSocket} from '../local/assemble-snapshot.ts';
import {isWaiting, type LocalProcess, type LocalSnapshot} from '../local/local-socket.ts';
import {parseCgroup} from '../local/proc-cgroup.ts';
import {isTcp6Empty, parseProcNet, type ProcSocket} from '../local/proc-net.ts';
import {nameOf, parseCommandLine, parseExecutable, parsePasswd} from '../local/proc-process.ts';
import {parseBootTime, parseClockTicks, parseProcStat, startOf, usualTicksPerSecond, type ProcStat} from '../local/proc-stat.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';

/*
Everything here reads synchronously, and so belongs in a thread that draws nothing: thousands of `readlink` calls one by one take far less than the same through Node's pool of threads.
*/

const isLittleEndian = endianness() === 'LE';
const wordBytes = process.arch === 'arm' || process.arch === 'ia32' || process.arch === 'mipsel' ? 4 : 8;

/** What is not there any more, or may not be read, is undefined. Processes end while they are read. */
const attempt = <Value>(read: () => Value): Value | undefined => {
	try {
		return read();
	} catch {
		return undefined;
	}
};

const readText = (path: string): string | undefined => attempt(() => readFileSync(path, 'utf8'));

const files = [
	{name: 'tcp', transport: 'tcp', family: 4},
	{name: 'tcp6', transport: 'tcp', family: 6},
	{name: 'udp', transport: 'udp', family: 4},
	{name: 'udp6', transport: 'udp', family: 6},
] as const;

/** Whether the kernel's own counts tell that `net/tcp6` is empty: to read it is to wait until the kernel has walked its whole table of connections. */
const isTcp6Spared = (root: string): boolean => isTcp6Empty(readText(`${root}/net/sockstat`) ?? '', readText(`${root}/net/sockstat6`) ?? '');

/** The files of IPv6 are absent where it is turned off; without those of IPv4 there is nothing to tell. @param isWanted - Which of the files are read: all by default. */
const readNet = (root: string, isWanted: (file: (typeof files)[number]) => boolean = () => true): Parsed<readonly ProcSocket[]> => {
	const sockets: ProcSocket[] = [];
	for (const {name, transport, family} of files.filter(file => isWanted(file))) {
		if (name === 'tcp6' && isTcp6Spared(root)) {
			continue;
		}

		try {
			sockets.push(...parseProcNet(readFileSync(`${root}/net/${name}`, 'utf8'), {transport, family, isLittleEndian}));
		} catch (error) {
			const {code = 'UNKNOWN'} = error as NodeJS.ErrnoException;
			if (family === 4 || code !== 'ENOENT') {
				return rejected(`The sockets of this machine cannot be read: ${root}/net/${name} (${code}). Is /proc mounted, and may this user read it?`);
			}
		}
	}

	return parsed(sockets);
};

const isPid = (name: string): boolean => name.charCodeAt(0) < 58 && /^\d+$/.test(name);

type Walk = {
	/** The processes that have a socket open, by its inode. */
	readonly pidsByInode: ReadonlyMap<string, readonly number[]>;
	/** Whether some process did not let its descriptors be read. */
	readonly wasDenied: boolean;
};

const socketPrefix = 'socket:[';

const isDenial = (error: unknown): boolean => {
	const {code} = error as NodeJS.ErrnoException;
	return code === 'EACCES' || code === 'EPERM';
};

/** Looks through the descriptors of every process for the sockets asked for. */
const walkDescriptors = (root: string, wanted: ReadonlySet<string>): Walk => {
	const pidsByInode = new Map<string, number[]>();
	let wasDenied = false;
	for (const name of attempt(() => readdirSync(root)) ?? []) {
		if (!isPid(name)) {
			continue;
		}

		const folder = `${root}/${name}/fd`;
		let descriptors: readonly string[];
		try {
			descriptors = readdirSync(folder);
		} catch (error) {
			wasDenied ||= isDenial(error);
			continue;
		}

		const pid = Number(name);
		for (const descriptor of descriptors) {
			let target: string;
			try {
				target = readlinkSync(`${folder}/${descriptor}`);
			} catch (error) {
				if (isDenial(error)) {
					// Some let their descriptors be listed, but not be looked at, even by root: then none of them may be.
					wasDenied = true;
					break;
				}

				continue;
			}

			if (!target.startsWith(socketPrefix)) {
				continue;
			}

			const inode = target.slice(socketPrefix.length, -1);
			if (!wanted.has(inode)) {
				continue;
			}

			const pids = pidsByInode.get(inode);
			if (pids === undefined) {
				pidsByInode.set(inode, [pid]);
			} else if (pids.at(-1) !== pid) {
				pids.push(pid);
			}
		}
	}

	return {pidsByInode, wasDenied};
};

/** What does not change while the machine runs, or hardly ever. */
type Constants = {readonly bootSeconds: number | undefined; readonly ticksPerSecond: number};

const readConstants = (root: string): Constants => ({
	bootSeconds: parseBootTime(readText(`${root}/stat`) ?? ''),
	ticksPerSecond: attempt(() => parseClockTicks(readFileSync(`${root}/self/auxv`), {wordBytes, isLittleEndian})) ?? usualTicksPerSecond,
});

/** Reads what `/proc/<pid>/stat` tells; undefined when there is no such process. */
export const readProcStat = (pid: number, root = '/proc'): ProcStat | undefined => {
	const text = readText(`${root}/${pid}/stat`);
	return text === undefined ? undefined : parseProcStat(text);
};

type Users = (uid: number) => string;

const readUsers = (): Users => {
	const names = parsePasswd(readText('/etc/passwd') ?? '');
	return uid => names.get(uid) ?? String(uid);
};

/** What is kept of a process between readings. */
type Kept = {readonly image: string; readonly readMs: number; readonly process: LocalProcess};

/** A server changes its user, its title and its control group within moments of the start; nothing is kept of a process that is younger, in milliseconds. */
const settlingMs = 10_000;

/** What is kept is read again after so long, in milliseconds: a process may write over its arguments without any sign of it. */
const freshMs = 10_000;

/** The numeric id of the user a process acts as: its folder belongs to them, whatever else is hidden of it. Far cheaper than `status`, which the kernel has to write. */
const readUid = (folder: string): number | undefined => attempt(() => statSync(folder).uid);

/** Makes what reads a process; undefined when it has ended. */
const createProcessReader = (root: string, {bootSeconds, ticksPerSecond}: Constants): ((pid: number, userNamed: Users, nowMs: number) => LocalProcess | undefined) => {
	const kept = new Map<number, Kept>();
	return (pid, userNamed, nowMs) => {
		const stat = readProcStat(pid, root);
		if (stat === undefined) {
			kept.delete(pid);
			return undefined;
		}

		const {parentPid, startTicks: birth, image} = stat;
		const known = kept.get(pid);
		if (known?.image === image && known?.process.birth === birth && Math.abs(nowMs - known.readMs) < freshMs) {
			return {...known.process, parentPid};
		}

		const folder = `${root}/${pid}`;
		const commandLine = parseCommandLine(readText(`${folder}/cmdline`) ?? '');
		const target = attempt(() => readlinkSync(`${folder}/exe`));
		const {executable, isExecutableDeleted} = target === undefined ? {executable: null, isExecutableDeleted: false} : parseExecutable(target);
		const uid = readUid(folder);
		const startedAt = startOf(stat, bootSeconds, ticksPerSecond);
		const found: LocalProcess = {
			pid,
			parentPid,
			name: nameOf(stat.name, commandLine, executable),
			commandLine,
			user: uid === undefined ? null : userNamed(uid),
			startedAt,
			birth,
			executable,
			isExecutableDeleted,
			...parseCgroup(readText(`${folder}/cgroup`) ?? ''),
		};
		if (image !== undefined && startedAt !== null && nowMs - Date.parse(startedAt) > settlingMs) {
			kept.set(pid, {image, readMs: nowMs, process: found});
		}

		return found;
	};
};

/** Reads processes and all their ancestors. */
const readProcesses = (pids: Iterable<number>, read: (pid: number) => LocalProcess | undefined): ReadonlyMap<number, LocalProcess> => {
	const processes = new Map<number, LocalProcess>();
	const absent = new Set<number>();
	const waiting = [...pids];
	for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
		if (processes.has(pid) || absent.has(pid)) {
			continue;
		}

		const found = read(pid);
		if (found === undefined) {
			absent.add(pid);
			continue;
		}

		processes.set(pid, found);
		if (found.parentPid !== null && found.parentPid > 0) {
			waiting.push(found.parentPid);
		}
	}

	return processes;
};

const describe = (socket: ProcSocket, ownerPids: readonly number[], userNamed: Users): FoundSocket => {
	const {transport, family, state, address, port, peerAddress, peerPort, uid, inode} = socket;
	return {
		transport,
		family,
		state,
		address,
		port,
		peer: isWaiting({state}) ? null : {address: peerAddress, port: peerPort},
		handle: inode,
		user: userNamed(uid),
		ownerPids,
		isOrphan: inode === '0',
	};
};

/**
Makes what leaves out sockets that closed while they were read: those without an owner to be found that are gone at a second look.

The second look is spared for those that were confirmed before, and for files that have none of them: the kernel takes milliseconds for each, the more the larger its tables.
*/
const createLeaveOutClosed = (root: string): ((sockets: readonly ProcSocket[], walk: Walk) => readonly ProcSocket[]) => {
	let confirmed: ReadonlySet<string> = new Set();
	return (sockets, {pidsByInode, wasDenied}) => {
		const ownerless = sockets.filter(({inode}) => inode !== '0' && !pidsByInode.has(inode));
		// Most of them belong to others, whose sockets live on.
		if (wasDenied || ownerless.every(({inode}) => confirmed.has(inode))) {
			return sockets;
		}

		const again = readNet(root, ({transport, family}) => ownerless.some(socket => socket.transport === transport && socket.family === family));
		if (!again.ok) {
			return sockets;
		}

		const present = new Set(again.value.map(({inode}) => inode));
		confirmed = new Set(ownerless.map(({inode}) => inode).filter(inode => present.has(inode)));
		return sockets.filter(({inode}) => inode === '0' || pidsByInode.has(inode) || confirmed.has(inode));
	};
};

export type ProcReaderOptions = {
	/** Where the process file system is mounted. Default `/proc`. */
	readonly root?: string;
	readonly now?: () => Date;
	/** Whether this process has the rights of root. */
	readonly isRoot?: boolean;
};

/**
Makes what reads the sockets of this machine and their owners from `/proc`.

Synchronous: some tens of milliseconds with 1,000 sockets and 300 processes (`npm run benchmark -- local`), so not for the thread that draws. `/proc/net` is that of this process's network namespace: a container's own sockets are not in it.
*/
export const createProcReader = ({root = '/proc', now = () => new Date(), isRoot = process.geteuid?.() === 0}: ProcReaderOptions = {}): (() => Parsed<LocalSnapshot>) => {
	const leaveOutClosed = createLeaveOutClosed(root);
	let readProcess: ReturnType<typeof createProcessReader> | undefined;
	return () => {
		const reader = readProcess ??= createProcessReader(root, readConstants(root));
		const userNamed = readUsers();
		const takenAt = now();
		const net = readNet(root);
		if (!net.ok) {
			return net;
		}

		const walk = walkDescriptors(root, new Set(net.value.map(({inode}) => inode)));
		const sockets = leaveOutClosed(net.value, walk);
		const pids = new Set([...walk.pidsByInode.values()].flat());
		return parsed(assembleSnapshot({
			takenAt: takenAt.toISOString(),
			source: 'proc',
			sockets: sockets.map(socket => describe(socket, walk.pidsByInode.get(socket.inode) ?? [], userNamed)),
			processes: readProcesses(pids, pid => reader(pid, userNamed, takenAt.getTime())),
			// With `hidepid` the processes of others are not even listed, so an ordinary user never knows.
			seesEveryProcess: isRoot && !walk.wasDenied,
			isReadByRoot: isRoot,
		}));
	};
};
