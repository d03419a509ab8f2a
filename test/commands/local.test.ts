import {platform} from 'node:os';
import process from 'node:process';
import anyTest from 'ava';
import type {ChildProcess} from 'node:child_process';
import {cliPath, runCli, runProgram} from '../helpers/run-cli.ts';
import {startListener} from '../helpers/start-program.ts';

type SocketDocument = {
	readonly transport: string; readonly state: string; readonly address: string; readonly port: number; readonly scope: string; readonly pid: number | null; readonly process: string | null;
	readonly command: string | null; readonly user: string | null; readonly ownership: string;
};
type Document = {readonly portui: number; readonly kind: string; readonly hiddenOwners: number; readonly sockets: readonly SocketDocument[]};
type EventDocument = SocketDocument & {readonly event: string};

const skipBecause = (reason: string): typeof anyTest.skip => {
	console.error(`local: skipped, because ${reason}`);
	return anyTest.skip;
};

const test = platform() === 'linux' ? anyTest : skipBecause('there is no /proc here');

const documentOf = (stdout: string): Document => JSON.parse(stdout) as Document;

/** The number of `nobody`, whose processes may not look into those of root. */
const nobody = 65_534;
const asNobody = {uid: nobody, gid: nobody};
const canBeNobody = process.getuid?.() === 0 && (await runCli(['--version'], asNobody).catch(() => undefined))?.code === 0;
const testAsRoot = canBeNobody ? test : skipBecause('the program cannot be run as another user here (it takes root, and a folder that others may read)');

test('a listener is told with its process', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const [port] = listener.words;
	const {code, stdout, stderr} = await runCli(['local', port!, '--json']);
	t.deepEqual([code, stderr], [0, '']);
	const document = documentOf(stdout);
	t.like(document, {portui: 1, kind: 'local'});
	t.like(document.sockets[0], {transport: 'tcp', state: 'listening', address: '127.0.0.1', port: Number(port), scope: 'loopback', pid: listener.pid, process: 'node', ownership: 'known'});
	t.is(document.sockets.length, 1);
});

test('each format tells the same sockets', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const [port] = listener.words;
	const end = `127.0.0.1:${port}`;
	const expected: Readonly<Record<string, RegExp>> = {
		text: new RegExp(`^ *PORT .*\\n *${port}  tcp   this machine only  node +${listener.pid}  `),
		ndjson: new RegExp(`^\\{"portui":1,"event":"present",.*"port":${port},.*\\}\\n$`),
		csv: new RegExp(`^transport,state,address,port,[^\\r]*\\r\\ntcp,listening,127\\.0\\.0\\.1,${port},.*\\r\\n$`),
		markdown: new RegExp(`^\\| Port \\|.*\\n\\| --- .*\\n\\| ${port} \\| tcp \\|.*PID ${listener.pid}`),
		list: new RegExp(`^${end.replaceAll('.', '\\.')}\\n$`),
	};
	for (const [format, pattern] of Object.entries(expected)) {
		const {code, stdout} = await runCli(['local', port!, '--format', format]);
		t.is(code, 0);
		t.regex(stdout, pattern, format);
	}
});

test('ports that nothing listens on are told and end with 1', async t => {
	const {code, stdout, stderr} = await runCli(['local', '1']);
	t.deepEqual([code, stdout, stderr], [1, '', 'Nothing on this machine listens on 1.\n']);
	const wrong = await runCli(['local', '70000']);
	t.deepEqual([wrong.code, wrong.stderr], [2, 'Port 70000 is out of range: ports go from 0 to 65535.\n']);
});

testAsRoot('what belongs to another user is told as hidden, and never left out', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const [port] = listener.words;
	const {code, stdout, stderr} = await runCli(['local', port!, '--json'], asNobody);
	t.is(code, 0);
	t.is(stderr, '1 socket has a hidden owner: run with sudo to see whose process it is.\n');
	t.like(documentOf(stdout).sockets[0], {port: Number(port), ownership: 'hidden', pid: null, process: null, command: null, user: 'root'});
	const text = await runCli(['local', port!], asNobody);
	t.regex(text.stdout, new RegExp(`${port}  tcp   this machine only  owner hidden`));
});

testAsRoot('one\'s own are seen without any rights', async t => {
	const listener = await startListener(['127.0.0.1'], {options: asNobody});
	t.teardown(listener.end);
	const {stdout} = await runCli(['local', listener.words[0]!, '--json'], asNobody);
	t.like(documentOf(stdout).sockets[0], {pid: listener.pid, user: 'nobody', ownership: 'known'});
});

testAsRoot('with hidepid, where processes of others are not even listed, their sockets are', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const command = `mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid=${nobody} --regid=${nobody} --clear-groups "$0" "$@"`;
	const {code, stdout, stderr} = await runProgram('unshare', ['-m', 'sh', '-c', command, process.execPath, cliPath, 'local', listener.words[0]!, '--json', '--quiet']);
	if (stdout === '' && /mount|setpriv|unshare/.test(stderr)) {
		t.log(`skipped, because no such file system can be mounted here: ${stderr.trim()}`);
		t.pass();
		return;
	}

	t.is(code, 0);
	t.like(documentOf(stdout).sockets[0], {ownership: 'hidden', user: 'root'});
});

/** Runs a watch until it has told enough, then ends it as a person would. */
const watch = async (args: readonly string[], onLine: (line: string, child: ChildProcess) => void): Promise<{code: number | null; stderr: string}> => {
	const {code, stderr} = await runCli(['local', '--watch', ...args], {
		onStart(child) {
			let rest = '';
			child.stdout!.on('data', (text: string) => {
				const lines = (rest + text).split('\n');
				rest = lines.pop()!;
				for (const line of lines) {
					onLine(line, child);
				}
			});
		},
	});
	return {code, stderr};
};

test('a watch tells what is there, what opens and what closes, and ends with 130', async t => {
	const first = await startListener();
	t.teardown(first.end);
	let second: Awaited<ReturnType<typeof startListener>> | undefined;
	t.teardown(async () => second?.end());
	const told: string[] = [];
	const {code} = await watch(['--format', 'ndjson'], (line, child) => {
		const {event, port, pid} = JSON.parse(line) as EventDocument;
		if (port === Number(first.words[0])) {
			told.push(event);
			if (event === 'present') {
				void startListener().then(started => {
					second = started;
				});
			} else {
				child.kill('SIGINT');
			}
		} else if (event === 'opened' && second !== undefined && pid === second.pid) {
			told.push('opened second');
			void first.end();
		}
	});
	t.is(code, 130);
	t.deepEqual(told, ['present', 'opened second', 'closed']);
});

test('a hook is run with the facts as its arguments, and one that fails is told', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const [port] = listener.words;
	const {code, stderr} = await watch(['-p', port!, '--exec', process.execPath, '--', '-e', 'console.log(JSON.stringify(process.argv.slice(1))); process.exit(3)', '{event}', '$(id) {port}', '{process}', '{other}'], (line, child) => {
		if (line.includes('present')) {
			void listener.end();
		} else {
			child.stderr!.on('data', (text: string) => {
				if (text.includes('--exec')) {
					child.kill('SIGINT');
				}
			});
		}
	});
	t.is(code, 130);
	t.true(stderr.includes(`["closed","$(id) ${port}","node","{other}"]\n`), stderr);
	t.regex(stderr, /^--exec: .* ended with 3, for closed \d+\.$/m);
});

test('a reader that goes away ends a watch', async t => {
	const {stderr, stdout} = await runProgram('sh', ['-c', '"$0" "$1" local --watch --quiet --format ndjson | head -c 1', process.execPath, cliPath]);
	t.deepEqual([stdout, stderr], ['{', '']);
});
