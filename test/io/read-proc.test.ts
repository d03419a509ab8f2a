import {copyFile, mkdir, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {platform, tmpdir, userInfo} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import anyTest, {type ExecutionContext} from 'ava';
import {createProcReader} from '../../source/io/read-proc.ts';
import {formatEnd, isWaiting, type LocalSnapshot, type LocalSocket} from '../../source/local/local-socket.ts';
import {runProgram} from '../helpers/run-cli.ts';
import {readSs, type SsSockets} from '../helpers/ss.ts';
import {startListener, startProgram, type StartedProgram} from '../helpers/start-program.ts';

const skipBecause = (reason: string): typeof anyTest.skip => {
	console.error(`read-proc: skipped, because ${reason}`);
	return anyTest.skip;
};

const isLinux = platform() === 'linux';
const test = isLinux ? anyTest.serial : skipBecause('there is no /proc here');
const isInstalled = async (command: string, ...args: readonly string[]): Promise<boolean> => (await runProgram(command, args).catch(() => undefined))?.code === 0;
const hasPerl = isLinux && await isInstalled('perl', '-e', '1');
const hasSs = isLinux && await isInstalled('ss', '-V');
const testWithPerl = hasPerl ? test : skipBecause('there is no perl here');
const testWithSs = hasSs ? test : skipBecause('there is no ss here (iproute2)');

const readSnapshot = (options?: Parameters<typeof createProcReader>[0]): LocalSnapshot => {
	const snapshot = createProcReader(options)();
	if (!snapshot.ok) {
		throw new Error(snapshot.message);
	}

	return snapshot.value;
};

const socketsOn = ({sockets}: LocalSnapshot, port: string | number): readonly LocalSocket[] => sockets.filter(socket => socket.port === Number(port) && isWaiting(socket));

const withProgram = async (t: ExecutionContext, program: StartedProgram): Promise<StartedProgram> => {
	t.teardown(program.end);
	return program;
};

/** A Perl program: it can what Node cannot, and is part of most systems. `$|` flushes what it tells. */
const startPerl = async (t: ExecutionContext, code: string, command = 'perl'): Promise<StartedProgram> =>
	withProgram(t, await startProgram(command, ['-MSocket', '-MIO::Socket::INET', '-e', `$| = 1; alarm 110; ${code}`]));

test('a listener with all that is known of it', async t => {
	const startedAfter = Date.now();
	const {pid, words: [port]} = await withProgram(t, await startListener());
	const [socket, ...others] = socketsOn(readSnapshot(), port!);
	t.deepEqual(others, []);
	t.like(socket, {transport: 'tcp', family: 4, state: 'listening', address: '127.0.0.1', scope: 'loopback', peer: null, ownership: 'known'});
	const [owner] = socket!.owners;
	t.like(owner, {pid, name: 'node', parentPid: process.pid, executable: process.execPath, isExecutableDeleted: false});
	t.is(owner!.commandLine?.[1], '-e');
	// The kernel counts in hundredths of a second, and the clock may have been set since the start of the machine.
	t.true(Math.abs(Date.parse(owner!.startedAt!) - startedAfter) < 60_000);
});

const addresses: ReadonlyArray<readonly [address: string, told: string, scope: string, family: number]> = [
	['127.0.0.1', '127.0.0.1', 'loopback', 4],
	['0.0.0.0', '0.0.0.0', 'every-interface', 4],
	['::1', '::1', 'loopback', 6],
	['::', '::', 'every-interface', 6],
	['::!only', '::', 'every-interface', 6],
];

for (const [address, told, scope, family] of addresses) {
	test(`a listener on ${address}`, async t => {
		const program = await startListener([address]).catch((error: Error) => error);
		if (program instanceof Error) {
			t.log(`skipped, because this machine has no ${address}`);
			t.pass();
			return;
		}

		t.teardown(program.end);
		t.deepEqual(socketsOn(readSnapshot(), program.words[0]!).map(socket => [socket.address, socket.scope as string, socket.family as number]), [[told, scope, family]]);
	});
}

testWithPerl('a UDP socket is bound, and one with a peer is a connection', async t => {
	const {pid, words: [bound, connected]} = await startPerl(t, `
		$a = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Proto => 'udp'); $b = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $a->sockport, Proto => 'udp');
		print $a->sockport, ' ', $b->sockport, "\\n"; sleep 100;
	`);
	const {sockets} = readSnapshot();
	t.like(sockets.find(({port}) => port === Number(bound)), {transport: 'udp', state: 'bound', peer: null});
	const other = sockets.find(({port}) => port === Number(connected));
	t.like(other, {transport: 'udp', state: 'established', peer: {address: '127.0.0.1', port: Number(bound)}});
	t.deepEqual(other!.owners.map(owner => owner.pid), [pid]);
});

testWithPerl('both ends of a connection, and the one that waits out its time', async t => {
	const {words: [server, client, closed]} = await startPerl(t, `
		$s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5); $p = $s->sockport;
		$c = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $p); $a = $s->accept;
		$d = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $p); $e = $s->accept; $q = $d->sockport; close $d; <$e>; close $e;
		print "$p ", $c->sockport, " $q\\n"; sleep 100;
	`);
	const {sockets} = readSnapshot();
	const ends = (from: string, to: string) => sockets.find(({port, peer}) => port === Number(from) && peer?.port === Number(to));
	t.like(ends(client!, server!), {state: 'established', ownership: 'known'});
	t.like(ends(server!, client!), {state: 'established', ownership: 'known'});
	t.like(ends(closed!, server!), {state: 'time-wait', ownership: 'none', owners: []});
});

testWithPerl('twins that share a port are two sockets', async t => {
	const code = (port: string) => `
		socket($s, PF_INET, SOCK_STREAM, 0); setsockopt($s, SOL_SOCKET, 15, pack('l', 1)) or die; bind($s, sockaddr_in(${port}, INADDR_LOOPBACK)) or die $!; listen($s, 5);
		($port) = sockaddr_in(getsockname($s)); print "$port\\n"; sleep 100;
	`;
	const first = await startPerl(t, code('0'));
	const second = await startPerl(t, code(first.words[0]!));
	const sockets = socketsOn(readSnapshot(), first.words[0]!);
	t.deepEqual(sockets.flatMap(({owners}) => owners.map(({pid}) => pid)).sort(), [first.pid, second.pid].sort());
	t.is(new Set(sockets.map(({id}) => id)).size, 2);
});

testWithPerl('workers that share their parent\'s socket are its owners too, and a zombie is none', async t => {
	const {pid, words: [port, worker, zombie]} = await startPerl(t, `
		$s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5);
		pipe($in, $out); $z = fork; if (!$z) { exit 0 }
		$w = fork; if (!$w) { close $out; <$in>; exit 0 }
		open($stat, '<', "/proc/$z/stat"); while (<$stat> !~ / Z /) { select(undef, undef, undef, 0.01); open($stat, '<', "/proc/$z/stat"); }
		print $s->sockport, " $w $z\\n"; sleep 100;
	`);
	const snapshot = readSnapshot();
	const [socket] = socketsOn(snapshot, port!);
	t.deepEqual(socket!.owners.map(owner => owner.pid), [pid, Number(worker)]);
	t.is(socket!.owners[1]!.parentPid, pid);
	t.false(snapshot.processes.some(each => each.pid === Number(zombie)));
	t.true(snapshot.processes.some(each => each.pid === process.pid), 'the ancestors of an owner are told');
});

const names = ['two words', '(brackets) [here]', ') S 1 (', 'a\nline', '\u001B[31mred', 'ünïcödé'];

for (const name of names) {
	testWithPerl(`a process named ${JSON.stringify(name)}`, async t => {
		const bytes = [...Buffer.from(name)].map(byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
		const {words: [port]} = await startPerl(t, `$s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 5); $0 = "${bytes}"; print $s->sockport, "\\n"; sleep 100;`);
		const [owner] = socketsOn(readSnapshot(), port!)[0]!.owners;
		t.is(owner!.name, name);
		t.deepEqual(owner!.commandLine, [name]);
	});
}

testWithPerl('a program whose file was deleted', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	const {stdout} = await runProgram('perl', ['-e', 'print $^X']);
	const copy = path.join(folder, 'a copy');
	await copyFile(stdout.startsWith('/') ? stdout : '/usr/bin/perl', copy);
	const {words: [port]} = await startPerl(t, '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5); print $s->sockport, "\\n"; sleep 100;', copy);
	await rm(copy);
	t.like(socketsOn(readSnapshot(), port!)[0]!.owners[0], {executable: copy, isExecutableDeleted: true});
});

/** What portui tells, in the shape of what ss tells. */
const told = ({sockets}: LocalSnapshot): SsSockets => {
	const byEnd = new Map<string, Set<number>>();
	for (const socket of sockets.filter(each => isWaiting(each))) {
		const key = `${socket.transport} ${formatEnd(socket)}`;
		byEnd.set(key, new Set([...byEnd.get(key) ?? [], ...socket.owners.map(({pid}) => pid)]));
	}

	return byEnd;
};

const textOf = (sockets: SsSockets): readonly string[] => [...sockets].map(([end, pids]) => `${end} ${[...pids].sort((one, other) => one - other).join(',')}`).sort();

/** Other tests open and close sockets meanwhile, so a comparison holds when the machine was quiet around it. */
const mostTries = 50;

testWithSs('agrees with ss on every socket that waits and every process that has it', async t => {
	t.teardown((await startListener(['127.0.0.1', '0.0.0.0', '127.0.0.1'])).end);
	if (hasPerl) {
		await startPerl(t, `
			$a = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Proto => 'udp'); $b = IO::Socket::INET->new(LocalAddr => '0.0.0.0', Listen => 5); $w = fork; if (!$w) { sleep 100 }
			$SIG{TERM} = sub { kill 9, $w; exit }; print "ready\\n"; sleep 100; kill 9, $w;
		`);
	}

	for (let attempt = 1; attempt <= mostTries; attempt++) {
		const before = textOf(await readSs());
		const ours = textOf(told(readSnapshot()));
		const after = textOf(await readSs());
		if (before.join() === after.join()) {
			t.deepEqual(ours, before);
			return;
		}
	}

	t.log(`skipped, because other programs opened or closed sockets at each of ${mostTries} tries`);
	t.pass();
});

test('processes that vanish while they are read are no error', async t => {
	let isOver = false;
	const churn = (async () => {
		while (!isOver) {
			await Promise.all(Array.from({length: 4}, async () => runProgram('true', [])));
		}
	})();
	const read = createProcReader();
	for (let reading = 0; reading < 30; reading++) {
		t.true(read().ok);
		await new Promise(resolve => {
			setImmediate(resolve);
		});
	}

	isOver = true;
	await churn;
});

const line = (inode: string, uid = 1000): string => `   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0 100 0 0 10 0\n`;

/** A process file system of our own making, to have in it what a real one shows for a moment alone. */
const makeProc = async (t: ExecutionContext, tcp: string): Promise<string> => {
	const root = await mkdtemp(path.join(tmpdir(), 'portui-test-proc-'));
	t.teardown(async () => rm(root, {recursive: true, force: true}));
	await mkdir(path.join(root, 'net'));
	await Promise.all(['tcp', 'udp'].map(async name => writeFile(path.join(root, 'net', name), `heading\n${name === 'tcp' ? tcp : ''}`)));
	return root;
};

const addProcess = async (root: string, pid: number, inode: string, files: Readonly<Record<string, string>>): Promise<void> => {
	const folder = path.join(root, String(pid));
	await mkdir(path.join(folder, 'fd'), {recursive: true});
	await symlink(`socket:[${inode}]`, path.join(folder, 'fd', '3'));
	await symlink('/dev/null', path.join(folder, 'fd', '4'));
	await Promise.all(Object.entries(files).map(async ([name, text]) => writeFile(path.join(folder, name), text)));
};

const stat = (pid: number, parentPid: number): string => `${pid} (x) S ${parentPid} ${'0 '.repeat(17)}500 0 0\n`;

test('a process that ended after its descriptors were read leaves a socket without an owner', async t => {
	const root = await makeProc(t, line('77'));
	await addProcess(root, 812, '77', {});
	t.deepEqual(readSnapshot({root, isRoot: true}).sockets.map(({port, ownership}) => [port as number, ownership]), [[3000, 'none']]);
	t.deepEqual(readSnapshot({root, isRoot: false}).sockets.map(({ownership}) => ownership), ['hidden']);
});

test('a process of which little may be read is told with that little', async t => {
	const root = await makeProc(t, line('77'));
	await addProcess(root, 812, '77', {stat: stat(812, 5)});
	const [socket] = readSnapshot({root}).sockets;
	t.deepEqual(socket!.owners, [{
		pid: 812, parentPid: 5, name: 'x', commandLine: null, user: userInfo().username, startedAt: null, birth: '500', executable: null, isExecutableDeleted: false, unit: null, container: null,
	}]);
});

test('the container and the unit come from the control group', async t => {
	const root = await makeProc(t, line('77'));
	await addProcess(root, 812, '77', {stat: stat(812, 1), cgroup: '0::/system.slice/nginx.service\n', cmdline: 'nginx\0-g\0'});
	t.like(readSnapshot({root}).sockets[0]!.owners[0], {unit: {name: 'nginx.service', manager: 'system'}, container: null, user: userInfo().username, commandLine: ['nginx', '-g']});
});

/** `/proc/<pid>/stat` of a process whose stack is at that place. */
const seenStat = (stack: number): string => `812 (x) S 1 ${'0 '.repeat(17)}500 0 0 1 1 1 ${stack} ${'0 '.repeat(19)}6 7 0\n`;

test('what is kept of a process is read again when it runs another program, and after a while in any case', async t => {
	const root = await makeProc(t, line('77'));
	await addProcess(root, 812, '77', {stat: seenStat(5), cmdline: 'one\0'});
	await writeFile(path.join(root, 'stat'), 'btime 1000\n');
	let nowMs = Date.parse('2026-01-01T00:00:00Z');
	const read = createProcReader({root, now: () => new Date(nowMs)});
	const commandLine = (): readonly string[] | null | undefined => {
		const snapshot = read();
		return snapshot.ok ? snapshot.value.sockets[0]!.owners[0]!.commandLine : undefined;
	};

	t.deepEqual(commandLine(), ['one']);
	await writeFile(path.join(root, '812', 'cmdline'), 'two\0');
	t.deepEqual(commandLine(), ['one']);
	await writeFile(path.join(root, '812', 'stat'), seenStat(9));
	t.deepEqual(commandLine(), ['two']);
	await writeFile(path.join(root, '812', 'cmdline'), 'three\0');
	nowMs += 10_000;
	t.deepEqual(commandLine(), ['three']);
});

test('net/tcp6 is read unless the counts of the kernel tell that it is empty', async t => {
	const root = await makeProc(t, '');
	const files = {
		tcp6: `heading\n${line('78').replace('0100007F', '0'.repeat(32)).replace(' 00000000:0000', ` ${'0'.repeat(32)}:0000`)}`,
		sockstat: 'TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 1\n',
		sockstat6: 'TCP6: inuse 1\n',
	};
	await Promise.all(Object.entries(files).map(async ([name, text]) => writeFile(path.join(root, 'net', name), text)));
	t.is(readSnapshot({root}).sockets.length, 1);
	await writeFile(path.join(root, 'net', 'sockstat6'), 'TCP6: inuse 0\n');
	t.is(readSnapshot({root}).sockets.length, 0);
});

testWithPerl('the user of a process is the one it acts as, even where it hides the rest of itself', async t => {
	if (process.geteuid?.() !== 0) {
		t.log('skipped, because only root can act as another');
		t.pass();
		return;
	}

	const {words: [port]} = await startPerl(t, '$s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 5); $> = 12345; print $s->sockport, "\\n"; sleep 100;');
	t.is(socketsOn(readSnapshot(), port!)[0]!.owners[0]!.user, '12345');
});

test('a machine without /proc is told in a sentence', t => {
	const snapshot = createProcReader({root: '/nowhere/proc'})();
	t.deepEqual(snapshot, {ok: false, message: 'The sockets of this machine cannot be read: /nowhere/proc/net/tcp (ENOENT). Is /proc mounted, and may this user read it?'});
});
