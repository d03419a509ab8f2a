import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {setTimeout} from 'node:timers/promises';
import {createProcReader} from '../source/io/read-proc.ts';
import {isWaiting} from '../source/local/local-socket.ts';
import {
	findProblem, formatReport, formatSpread, formatTable, interleave, isInstalled, measureWall, ratios, type Benchmark, type Command,
} from './measure.ts';

const processCount = 300;
const listenerCount = 1000;
const settleMs = 11_000;

/** Forks processes that share the listeners out among them, on ports the system picks. They end when the parent does, at the latest after ten minutes. */
const farm = `
use Socket; $| = 1; alarm 600; pipe($ready, $done); pipe($wait, $hold);
for $index (0 .. ${processCount} - 1) {
	next if fork;
	close $hold; alarm 600;
	for ($made = $index; $made < ${listenerCount}; $made += ${processCount}) {
		socket($s, PF_INET, SOCK_STREAM, 0) or die; bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die $!; listen($s, 1) or die; push @all, $s; undef $s;
	}
	syswrite $done, 'x'; sysread $wait, $byte, 1; exit;
}
$count = 0; while ($count < ${processCount}) { $count += sysread $ready, $bytes, 4096; }
print "ready\\n"; sleep 600;
`;

const startFarm = async (): Promise<() => Promise<void>> => {
	const child = spawn('perl', ['-e', farm], {detached: true, stdio: ['ignore', 'pipe', 'inherit']});
	const ended = once(child, 'exit');
	await Promise.race([once(createInterface({input: child.stdout}), 'line'), ended.then(() => {
		throw new Error('the listeners could not be opened');
	})]);
	return async () => {
		process.kill(-child.pid!, 'SIGKILL');
		await ended;
	};
};

const timeCommand = async ({command, args}: Command): Promise<number> => {
	const {wallMs, code, stderr, isTimedOut} = await measureWall({command, args});
	if (code !== 0) {
		throw new Error(`${command} ${args.join(' ')} ended with code ${code}${isTimedOut ? ', out of time' : ''}: ${stderr}`);
	}

	return wallMs;
};

/** User and system time, in milliseconds, of the commands this process has waited for: to 10 ms at a time, so only the sum of many rounds tells. */
const childrenCpuMs = (): number => {
	const text = readFileSync('/proc/self/stat', 'utf8');
	const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');
	// cutime and cstime, 16 and 17 in proc_pid_stat(5), in ticks of 10 ms.
	return (Number(fields[13]) + Number(fields[14])) * 10;
};

/** User and system time of this process alone, in milliseconds. */
const ownCpuMs = (): number => {
	const {user, system} = process.cpuUsage();
	return (user + system) / 1000;
};

/** One reading of every socket and owner; checks that none of ours is missing. */
const timeReading = (read: ReturnType<typeof createProcReader>): number => {
	const startedAt = performance.now();
	const snapshot = read();
	const elapsedMs = performance.now() - startedAt;
	const owned = snapshot.ok ? snapshot.value.sockets.filter(socket => isWaiting(socket) && socket.ownership === 'known').length : 0;
	if (owned < listenerCount) {
		throw new Error(snapshot.ok ? `only ${owned} listeners with an owner were found` : snapshot.message);
	}

	return elapsedMs;
};

/** How long it takes to tell 1,000 listeners of 300 processes with their owners. */
export const run: Benchmark = async ({rounds = 15, cli, progress}) => {
	const problem = await findProblem(cli);
	if (problem !== undefined) {
		return {problem};
	}

	for (const [tool, name] of [['ss', 'iproute2'], ['lsof', 'lsof'], ['perl', 'perl']] as const) {
		if (!await isInstalled(tool)) {
			return {problem: `This compares with ss and lsof over listeners that perl opens, and there is no ${tool}: install it (apt-get install ${name}).`};
		}
	}

	const stopFarm = await startFarm();
	try {
		const node = process.execPath;
		const kept = createProcReader();
		const contenders: ReadonlyArray<readonly [name: string, contender: () => Promise<number>, cpuMs: () => number]> = [
			['`ss -ltnpH`', async () => timeCommand({command: 'ss', args: ['-ltnpH']}), childrenCpuMs],
			['`lsof -nP -iTCP -sTCP:LISTEN`', async () => timeCommand({command: 'lsof', args: ['-nP', '-iTCP', '-sTCP:LISTEN']}), childrenCpuMs],
			['a reading like the one before (the screen)', async () => timeReading(kept), ownCpuMs],
			['a first reading', async () => timeReading(createProcReader()), ownCpuMs],
			['`portui local --json`', async () => timeCommand({command: node, args: [cli, 'local', '--json']}), childrenCpuMs],
			['`portui local`', async () => timeCommand({command: node, args: [cli, 'local', '--quiet']}), childrenCpuMs],
			['`node -e 0`', async () => timeCommand({command: node, args: ['-e', '0']}), childrenCpuMs],
		];
		// A process younger than this is read anew each time.
		await setTimeout(settleMs);
		for (const [, contender] of contenders) {
			// Once unmeasured: the first run of all reads the files from disk.
			await contender();
		}

		const cpuSums = contenders.map(() => 0);
		const results = await interleave(rounds, contenders.map(([name, contender, cpuMs], index) => async (round: number) => {
			const cpuBefore = cpuMs();
			const wallMs = await contender();
			cpuSums[index]! += cpuMs() - cpuBefore;
			progress(`round ${round + 1}/${rounds}  ${name}  ${wallMs.toFixed(1)} ms`);
			return wallMs;
		}));
		const [baseline = []] = results;
		const table = formatTable(
			['what', 'ms', 'times `ss`', 'CPU ms, mean'],
			contenders.map(([name], index) => [name, formatSpread(results[index]!, 1), formatSpread(ratios(results[index]!, baseline), 2), (cpuSums[index]! / rounds).toFixed(1)]),
		);
		return {markdown: formatReport('Local sockets', {
			rounds,
			table,
			notes: [
				`${listenerCount.toLocaleString('en')} TCP listeners on loopback, shared out among ${processCount} processes, beside what else runs on the machine. Commands are timed from spawn to exit.`,
				'A reading is all that `portui local` knows of every socket: owners with command line, user, start, unit and container, and their ancestors. The screen has it done in a thread of its own. A first reading keeps nothing from before, as in a command, but its code has run already; `portui local` has both to do, and starts Node.',
				'`ss` and `lsof` start as a process each time. CPU is user and system time.',
			],
		})};
	} finally {
		await stopFarm();
	}
};
