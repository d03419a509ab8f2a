import {mkdtemp, rm} from 'node:fs/promises';
import net from 'node:net';
import {platform, tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import anyTest, {type ExecutionContext} from 'ava';
import {cliPath, runCli, runProgram} from '../helpers/run-cli.ts';
import {startListener, startProgram, type StartedProgram} from '../helpers/start-program.ts';
import {openTerminal, type Terminal} from '../helpers/terminal.ts';

const skipBecause = (reason: string): typeof anyTest.skip => {
	console.error(`free: skipped, because ${reason}`);
	return anyTest.skip;
};

const test = platform() === 'linux' ? anyTest : skipBecause('there is no /proc here');
const nobody = 65_534;
const asNobody = {uid: nobody, gid: nobody};
const canBeNobody = process.getuid?.() === 0 && (await runCli(['--version'], asNobody).catch(() => undefined))?.code === 0;
const testAsRoot = canBeNobody ? test : skipBecause('the program cannot be run as another user here (it takes root, and a folder that others may read)');

const started = async (t: ExecutionContext, program: Promise<StartedProgram>): Promise<StartedProgram> => {
	const running = await program;
	t.teardown(running.end);
	return running;
};

/** Whether a port can be listened on. */
const isFree = async (port: string | number): Promise<boolean> => new Promise(resolve => {
	const server = net.createServer();
	server.once('error', () => {
		resolve(false);
	});
	server.listen(Number(port), '127.0.0.1', () => {
		server.close(() => {
			resolve(true);
		});
	});
});

test('a script frees a port, and hears of the others that go with it', async t => {
	const {pid, words: [port, other], exited} = await started(t, startListener(['127.0.0.1', '127.0.0.1']));
	const dry = await runCli(['free', port!, '--dry-run']);
	t.is(dry.code, 0);
	const both = [port!, other!].sort((one, another) => Number(one) - Number(another)).join(' and ');
	t.true(dry.stdout.startsWith(`Would stop node (PID ${pid}, \``) && dry.stdout.endsWith(`\`), which listens on ${both}.\n`), dry.stdout);
	const {code, stdout, stderr} = await runCli(['free', port!, '--yes']);
	t.deepEqual([code, stdout], [0, `Port ${port} is free.\n`]);
	t.regex(stderr, new RegExp(`^Sent SIGTERM to node \\(PID ${pid}, .*\\nnode \\(PID ${pid}, .* has ended\\.\\n$`));
	t.deepEqual(await exited, {code: null, signal: 'SIGTERM'});
	t.true(await isFree(port!));
	t.deepEqual(await runCli(['free', port!]), {code: 0, signal: null, stdout: `Port ${port} is free already: nothing listens on it.\n`, stderr: ''});
});

test('of several processes it is asked whether to stop them', async t => {
	const {words: [one]} = await started(t, startListener());
	const {words: [other]} = await started(t, startListener());
	const {code, stdout, stderr} = await runCli(['free', one!, other!]);
	t.deepEqual([code, stdout], [2, '']);
	t.regex(stderr, /\nStop these 2 processes\? There is no terminal to ask on: give --yes to stop them, or --dry-run to only look\.\n$/);
});

test('without a terminal nothing is stopped unless --yes is given', async t => {
	const {words: [port]} = await started(t, startListener());
	const {code, stdout, stderr} = await runCli(['free', port!]);
	t.deepEqual([code, stdout], [2, '']);
	t.regex(stderr, /^Stop node \(PID \d+, .*\), which listens on \d+\? There is no terminal to ask on: give --yes to stop it, or --dry-run to only look\.\n$/);
	t.false(await isFree(port!));
});

test('what ignores SIGTERM is killed by --force alone', async t => {
	const {words: [port], exited} = await started(t, startListener(['127.0.0.1'], {isStubborn: true}));
	const gentle = await runCli(['free', port!, '--yes', '--wait', '200ms', '--quiet']);
	t.is(gentle.code, 1);
	t.regex(gentle.stdout, new RegExp(`^Port ${port} is still taken: ${port} by node \\(PID \\d+, .*\\.\\n$`));
	t.regex(gentle.stderr, /still runs\.\n--force ends by force what does not end by itself\.\n$/);
	const forced = await runCli(['free', port!, '--yes', '--force', '--wait', '100ms']);
	t.deepEqual([forced.code, forced.stdout], [0, `Port ${port} is free.\n`]);
	t.is((await exited).signal, 'SIGKILL');
});

test('a parent and its worker are both stopped', async t => {
	const code = `
		const net = require('node:net'); const {spawn} = require('node:child_process'); setTimeout(() => process.exit(3), 110_000);
		const server = net.createServer().listen(0, '127.0.0.1', () => {
			spawn(process.execPath, ['-e', 'setTimeout(() => {}, 110_000); console.log("x")'], {stdio: ['ignore', 'pipe', 'ignore', server._handle.fd]}).stdout.once('data', () => console.log(server.address().port));
		});
	`;
	const {pid, words: [port]} = await started(t, startProgram(process.execPath, ['-e', code]));
	const dry = await runCli(['free', port!, '--dry-run']);
	t.regex(dry.stdout, new RegExp(`^Would stop node \\(PID ${pid}, .*\\nWould stop node \\(PID \\d+, .*\\n$`));
	const {code: exitCode, stdout, stderr} = await runCli(['free', port!, '--yes']);
	t.deepEqual([exitCode, stdout], [0, `Port ${port} is free.\n`]);
	t.is(stderr.match(/has ended/g)?.length, 2, stderr);
});

testAsRoot('what belongs to another user is left alone, with what would be needed', async t => {
	const {words: [port]} = await started(t, startListener());
	const {code, stdout, stderr} = await runCli(['free', port!, '--yes'], asNobody);
	t.deepEqual([code, stdout], [1, '']);
	t.is(stderr, `Port ${port} is held by a process of root that is hidden from you: run sudo portui free ${port}.\n`);
	t.false(await isFree(port!));
	const dry = await runCli(['free', port!, '--dry-run'], asNobody);
	t.is(dry.code, 1);
});

test('the shell it runs in is stopped by --force alone', async t => {
	const shell = `
		const net = require('node:net'); const {spawnSync, spawn} = require('node:child_process'); setTimeout(() => process.exit(3), 110_000);
		const server = net.createServer().listen(0, '127.0.0.1', () => {
			const port = server.address().port;
			const child = spawn(process.execPath, [process.argv[1], 'free', String(port), '--yes'], {stdio: ['ignore', 'pipe', 'pipe']}); let text = '';
			child.stderr.on('data', data => { text += data; });
			child.on('close', code => { console.log(code + ' ' + text.trim()); });
		});
	`;
	const {words} = await started(t, startProgram(process.execPath, ['-e', shell, cliPath]));
	t.is(words[0], '1');
	t.regex(words.slice(1).join(' '), /^Port \d+ is held by node \(PID \d+, .*\), which this portui runs in: give --force to stop it all the same\.$/);
});

test('a port that is taken again at once is told as taken', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	const supervisor = `
		const {spawn} = require('node:child_process'); let port = 0; let starts = 0; setTimeout(() => process.exit(3), 110_000);
		const start = () => {
			if (++starts > 5) return;
			const child = spawn(process.execPath, ['-e', 'const s = require("node:net").createServer().listen(+process.argv[1], "127.0.0.1", () => console.log(s.address().port)); setTimeout(() => process.exit(3), 110_000)', String(port)], {stdio: ['ignore', 'pipe', 'inherit']});
			child.stdout.once('data', data => { if (port === 0) { port = Number(data); console.log(port); } });
			child.on('exit', start);
		};
		start();
	`;
	const {words: [port]} = await started(t, startProgram(process.execPath, ['-e', supervisor]));
	const {code, stdout} = await runCli(['free', port!, '--yes', '--quiet']);
	// Whether the next one is up before the last look is for the machine to say; then the port is free, and that is told.
	if (code === 0) {
		t.is(stdout, `Port ${port} is free.\n`);
	} else {
		t.regex(stdout, new RegExp(`^Port ${port} is taken again: ${port} by node \\(PID \\d+, `));
	}
});

const openFree = (t: ExecutionContext, args: readonly string[]): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, 'free', ...args], columns: 100, rows: 20});
	t.teardown(async () => terminal.close());
	return terminal;
};

test('on a terminal it asks, and y frees the port', async t => {
	const {words: [port], exited} = await started(t, startListener());
	const terminal = openFree(t, [port!]);
	await terminal.waitFor(/Stop node [^]*which\s+listens[^]*\?\s+\[y\/N\]/);
	terminal.press('y', 'enter');
	await terminal.waitFor(`Port ${port} is free.`);
	t.is((await terminal.waitForExit()).code, 0);
	t.is((await exited).signal, 'SIGTERM');
});

for (const [key, code] of [['n', 1], ['enter', 1], ['ctrl-c', 130]] as const) {
	test(`on a terminal ${key} stops nothing`, async t => {
		const {words: [port]} = await started(t, startListener());
		const terminal = openFree(t, [port!]);
		await terminal.waitFor('[y/N]');
		terminal.press(...(key === 'n' ? ['n', 'enter'] : [key]));
		t.is((await terminal.waitForExit()).code, code);
		t.false(await isFree(port!));
	});
}

test('on a terminal SIGKILL is offered to what ignores SIGTERM', async t => {
	const {words: [port], exited} = await started(t, startListener(['127.0.0.1'], {isStubborn: true}));
	const terminal = openFree(t, [port!, '--wait', '100ms']);
	await terminal.waitFor('[y/N]');
	terminal.press('y', 'enter');
	await terminal.waitFor(/still runs\.[^]*SIGKILL[^]*\[y\/N\]/);
	terminal.press('y', 'enter');
	await terminal.waitFor(`Port ${port} is free.`);
	t.is((await terminal.waitForExit()).code, 0);
	t.is((await exited).signal, 'SIGKILL');
});

test('a closed standard input is no yes', async t => {
	const {words: [port]} = await started(t, startListener());
	const {code} = await runProgram('sh', ['-c', '"$0" "$1" free "$2" < /dev/null', process.execPath, cliPath, port!]);
	t.is(code, 2);
	t.false(await isFree(port!));
});
