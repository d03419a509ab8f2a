import {access, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {hasEnded} from '../helpers/has-ended.ts';
import {cliPath, runCli} from '../helpers/run-cli.ts';
import {hasSsh, startSshServer, type SshServer} from '../helpers/ssh-server.ts';
import {startListener} from '../helpers/start-program.ts';

type Line = Readonly<Record<string, unknown>>;

const linesOf = (text: string): readonly Line[] => text.trimEnd().split('\n').map(line => JSON.parse(line) as Line);

/** A server with these programs; undefined where none can be started here. */
const serverWith = async (t: ExecutionContext, ...programs: readonly string[]): Promise<SshServer | undefined> => {
	if (!await hasSsh()) {
		t.log('sshd, ssh and ssh-keygen are not all installed: skipped');
		t.pass();
		return undefined;
	}

	const server = await startSshServer(programs);
	t.teardown(server.end);
	return server;
};

test.serial('portui scans on another machine, and what it finds is told and kept as from here', async t => {
	const server = await serverWith(t, 'portui', 'nmap');
	if (server === undefined) {
		return;
	}

	const state = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	const {words: [port = ''], end} = await startListener();
	t.teardown(async () => {
		await end();
		await rm(state, {recursive: true});
	});
	const env = {...server.env, PORTUI_NO_HISTORY: '', XDG_STATE_HOME: state};
	const {code, stdout, stderr} = await runCli(['scan', 'localhost', '127.0.0.8/30', '-4', '--exclude', '127.0.0.9', '-p', port, '--assume-up', '--via', server.destination, '--format', 'ndjson'], {env});
	t.is(stderr, '');
	t.is(code, 0);
	const lines = linesOf(stdout);
	t.like(lines[0], {kind: 'started', engine: `portui via ${server.destination}`, hostCount: 4});
	t.like(lines.find(({kind}) => kind === 'probed'), {target: 'localhost', address: '127.0.0.1', port: Number(port), state: 'open'});
	t.is(lines.filter(({kind}) => kind === 'host').length, 4);
	t.like(lines.at(-1), {kind: 'finished', status: 'complete'});
	const shown = await runCli(['history', 'show', 'last'], {env});
	t.regex(shown.stdout, new RegExp(`${port} +open`));
	t.regex(shown.stdout, new RegExp(`seen from ${server.destination} `));
});

test.serial('where portui is not there nmap is taken, and looks the names up there', async t => {
	const server = await serverWith(t, 'nmap');
	if (server === undefined) {
		return;
	}

	const {words: [port = ''], end} = await startListener();
	t.teardown(end);
	const {code, stdout, stderr} = await runCli(['scan', 'localhost', '127.0.0.8', '-p', port, '--assume-up', '--via', server.destination, '--format', 'ndjson'], {env: server.env});
	t.is(stderr, '');
	t.is(code, 0);
	const lines = linesOf(stdout);
	t.like(lines[0], {kind: 'started', engine: `nmap via ${server.destination}`, hostCount: 2});
	t.like(lines.find(({kind}) => kind === 'probed'), {target: 'localhost', address: '127.0.0.1', port: Number(port), state: 'open'});
	t.is(lines.filter(({kind}) => kind === 'host').length, 2);
	const unknown = await runCli(['scan', 'nowhere.invalid', '-p', port, '--via', server.destination], {env: server.env});
	t.regex(unknown.stderr, /^nmap on \S+ finds no address of nowhere\.invalid/);
	t.is(unknown.code, 1);
	const wanted = await runCli(['scan', 'localhost', '-p', port, '--via', server.destination, '--engine', 'socket'], {env: server.env});
	t.regex(wanted.stderr, / has no portui where .*npm install --global portui\.\n$/);
	t.is(wanted.code, 1);
});

test.serial('a scan there that cannot begin says why', async t => {
	const server = await serverWith(t, 'portui');
	if (server === undefined) {
		return;
	}

	const unresolved = await runCli(['scan', 'nowhere.invalid', '-p', '9', '--via', server.destination], {env: server.env});
	t.regex(unresolved.stderr, /^portui on \S+ did not begin: .*nowhere\.invalid/);
	t.is(unresolved.code, 1);
	const stranger = await runCli(['scan', 'localhost', '-p', '9', '--via', 'stranger@there'], {env: server.env});
	t.regex(stranger.stderr, /^ssh to stranger@there failed \(exit code 255\): .*denied.* ssh stranger@there in a terminal tells more\.\n$/i);
	t.is(stranger.code, 1);
});

test.serial('an interrupted scan ends there too', async t => {
	const server = await serverWith(t);
	if (server === undefined) {
		return;
	}

	const pidFile = path.join(server.programs, 'pid');
	await writeFile(path.join(server.programs, 'portui'), `#!/bin/sh\necho $$ > '${pidFile}'\nexport PORTUI_NO_HISTORY=1\nexec '${process.execPath}' '${cliPath}' "$@"\n`, {mode: 0o755});
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '-p', '1-65535', '--rate', '200', '--via', server.destination, '--format', 'ndjson', '--show', 'open,closed,filtered'], {
		env: server.env,
		onStart(child) {
			child.stdout!.on('data', (text: string) => {
				if (text.includes('"probed"')) {
					child.kill('SIGINT');
				}
			});
		},
	});
	t.is(stderr, '');
	t.is(code, 130);
	t.like(linesOf(stdout).at(-1), {kind: 'finished', status: 'interrupted'});
	const pid = (await readFile(pidFile, 'utf8')).trim();
	t.true(await hasEnded(pid));
});

test('a machine that looks like a flag is refused, and a public address is asked about before ssh is run', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	await writeFile(path.join(folder, 'ssh'), `#!/bin/sh\ntouch ${folder}/was-run\n`, {mode: 0o755});
	const env = {...process.env, PORTUI_NO_HISTORY: '1', XDG_DATA_HOME: folder, PATH: `${folder}:${process.env['PATH']!}`};
	const flag = await runCli(['scan', 'localhost', '--via=-oProxyCommand=true'], {env});
	t.regex(flag.stderr, /^--via takes a machine as ssh does, such as user@host, not "-oProxyCommand=true"\.\n$/);
	t.is(flag.code, 2);
	const open = await runCli(['scan', '1.1.1.1', '-p', '9', '--via', 'user@host'], {env});
	t.regex(open.stderr, /^1\.1\.1\.1 is public: .*--yes says that you may\.\n$/);
	t.is(open.code, 2);
	await t.throwsAsync(access(path.join(folder, 'was-run')));
});

test('without ssh it is said that ssh is needed', async t => {
	const {code, stderr} = await runCli(['scan', 'localhost', '--via', 'user@host'], {env: {PORTUI_NO_HISTORY: '1', PATH: '/nowhere'}});
	t.regex(stderr, /^--via needs ssh, which is not installed here/);
	t.is(code, 1);
});
