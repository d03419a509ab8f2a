import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {tmpdir} from 'node:os';
import process from 'node:process';
import test from 'ava';
import {hasEnded} from '../helpers/has-ended.ts';
import {createNeighbours} from '../helpers/neighbours.ts';
import {cliPath, runCli} from '../helpers/run-cli.ts';
import {startListener} from '../helpers/start-program.ts';
import {isInstalled} from '../helpers/is-installed.ts';

type Line = Readonly<Record<string, unknown>>;

const linesOf = (text: string): readonly Line[] => text.trimEnd().split('\n').map(line => JSON.parse(line) as Line);

/** A folder with a program of this name in it, which is a shell script. */
const makeProgram = async (name: string, script: string): Promise<{readonly folder: string; readonly file: string}> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	const file = path.join(folder, name);
	await writeFile(file, `#!/bin/sh\n${script}\n`, {mode: 0o755});
	return {folder, file};
};

test('nmap makes the scan: of both families, and what it tells is told as from portui', async t => {
	if (!await isInstalled('nmap')) {
		t.log('nmap is not installed: skipped');
		t.pass();
		return;
	}

	const listener = await startListener(['127.0.0.1', '::1']);
	t.teardown(listener.end);
	const [port4 = '', port6 = ''] = listener.words;
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '::1', '127.0.0.8/31', '-p', `${port4},${port6}`, '--assume-up', '--engine', 'nmap', '--format', 'ndjson', '--show', 'open,closed']);
	t.is(stderr, '');
	t.is(code, 0);
	const lines = linesOf(stdout);
	t.like(lines[0], {kind: 'started', engine: 'nmap', portCount: 2, hostCount: 4, tells: 'all'});
	const open = lines.filter(({kind, state}) => kind === 'probed' && state === 'open').map(({address, port}) => `${String(address)} ${String(port)}`);
	t.true(open.includes(`127.0.0.1 ${port4}`));
	t.true(open.includes(`::1 ${port6}`));
	t.is(lines.filter(({kind}) => kind === 'host').length, 4);
	t.like(lines.at(-1), {kind: 'finished', status: 'complete', message: null});
});

test('an engine that is not installed is told of, with how to get it', async t => {
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '--engine', 'nmap'], {env: {...process.env, PORTUI_NO_HISTORY: '1', PATH: '/nowhere'}});
	t.is(stdout, '');
	t.regex(stderr, /^--engine nmap needs nmap, which is not installed here: .*https:\/\/nmap\.org\.\n$/);
	t.is(code, 1);
});

test('an engine that nobody knows, and settings that say nothing to one, are wrong usage', async t => {
	const unknown = await runCli(['scan', '127.0.0.1', '--engine', 'zmap']);
	t.is(unknown.stderr, '--engine takes socket, nmap or masscan, not "zmap".\n');
	t.is(unknown.code, 2);
	const seeded = await runCli(['scan', '127.0.0.1', '--engine', 'nmap', '--seed', '3']);
	t.regex(seeded.stderr, /^--seed says nothing to nmap/);
	t.is(seeded.code, 2);
});

const begin = '<nmaprun scanner="nmap" args="nmap" start="1700000000"><scaninfo type="syn" protocol="tcp" numservices="1" services="9"/>';
const host = '<host><status state="up"/><address addr="127.0.0.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="9"><state state="open" reason="syn-ack"/></port></ports></host>';

test('an engine that ends early keeps what it told, and its own words say why', async t => {
	const {folder} = await makeProgram('nmap', `[ "$1" = --version ] && exit 0\necho '${begin}${host}' >/dev/fd/3\necho 'Oh \u001B[31mno.' >&2\nexit 7`);
	t.teardown(async () => rm(folder, {recursive: true}));
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '-p', '9', '--engine', 'nmap', '--format', 'list'], {env: {...process.env, PORTUI_NO_HISTORY: '1', PATH: `${folder}:${process.env['PATH']!}`}});
	t.is(stdout, '127.0.0.1:9\n');
	t.regex(stderr, /^nmap ended before it was done \(exit code 7\): Oh .*no\.\n$/);
	t.false(stderr.includes('\u001B'));
	t.is(code, 1);
});

test('an interrupted engine is ended with all that it started, and what it told stands', async t => {
	const pids = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	const {folder} = await makeProgram('nmap', `[ "$1" = --version ] && exit 0\ntrap '' TERM\nsleep 1000 & echo $$ $! >${pids}/pids\necho '${begin}' >/dev/fd/3\necho 'Discovered open port 9/tcp on 127.0.0.1'\nwait`);
	t.teardown(async () => {
		await rm(folder, {recursive: true});
		await rm(pids, {recursive: true});
	});
	const {code, stdout} = await runCli(['scan', '127.0.0.1', '-p', '9', '--engine', 'nmap', '--format', 'ndjson'], {
		env: {...process.env, PORTUI_NO_HISTORY: '1', PATH: `${folder}:${process.env['PATH']!}`},
		onStart(child) {
			let text = '';
			child.stdout!.on('data', (piece: string) => {
				text += piece;
				if (text.includes('"probed"')) {
					child.kill('SIGINT');
				}
			});
		},
	});
	t.is(code, 130);
	const lines = linesOf(stdout);
	t.like(lines.find(({kind}) => kind === 'probed'), {port: 9, state: 'open'});
	t.like(lines.at(-1), {kind: 'finished', status: 'interrupted'});
	for (const pid of (await readFile(path.join(pids, 'pids'), 'utf8')).trim().split(' ')) {
		t.true(await hasEnded(pid));
	}
});

test('masscan makes the scan: of open ports alone, in a network of its own', async t => {
	const neighbours = await isInstalled('masscan') ? await createNeighbours(['10.77.0.2', '10.77.0.3']) : 'masscan is not installed';
	if (typeof neighbours === 'string') {
		t.log(`skipped: ${neighbours}`);
		t.pass();
		return;
	}

	t.teardown(neighbours.remove);
	await neighbours.listen(8080);
	// It sends all packets to a router, and there must be one.
	await neighbours.run('ip', 'route', 'add', 'default', 'via', '10.77.0.2');
	const {code, stdout, stderr} = await neighbours.run(process.execPath, cliPath, 'scan', '10.77.0.2', '10.77.0.3', '-p', '8079-8081', '--engine', 'masscan', '--format', 'ndjson');
	t.is(stderr, '');
	t.is(code, 0);
	const lines = linesOf(stdout);
	t.like(lines[0], {kind: 'started', engine: 'masscan', tells: 'open', hostCount: 2});
	t.deepEqual(lines.filter(({kind}) => kind === 'probed').map(({address, port, state}) => `${String(address)} ${String(port)} ${String(state)}`).sort(), ['10.77.0.2 8080 open', '10.77.0.3 8080 open']);
	t.like(lines.at(-1), {kind: 'finished', status: 'complete'});
});

test('what masscan cannot do it says itself', async t => {
	const {folder} = await makeProgram('masscan', '[ "$1" = --version ] && exit 1\necho "[-] FAIL: permission denied" >&2\necho "    [hint] need to sudo or run as root or something" >&2\nexit 1');
	t.teardown(async () => rm(folder, {recursive: true}));
	const {code, stderr} = await runCli(['scan', '127.0.0.1', '-p', '9', '--engine', 'masscan'], {env: {...process.env, PORTUI_NO_HISTORY: '1', PATH: `${folder}:${process.env['PATH']!}`}});
	t.is(stderr, 'masscan ended before it was done (exit code 1): [-] FAIL: permission denied [hint] need to sudo or run as root or something.\n');
	t.is(code, 1);
});
