import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test from 'ava';
import {ianaCsv, portlessRows} from '../helpers/iana-csv.ts';
import {openListeners, quietAddress} from '../helpers/listeners.ts';
import {cliPath, runCli, runProgram} from '../helpers/run-cli.ts';
import {assertValid, assertValidLines} from '../helpers/schemas.ts';
import {startListener} from '../helpers/start-program.ts';

// What the program really writes, by what is published of it.

const host = quietAddress(116);
const folder = await mkdtemp(path.join(tmpdir(), 'portui-documents-'));
const env = {...process.env, HOME: folder, XDG_DATA_HOME: path.join(folder, 'data'), XDG_STATE_HOME: path.join(folder, 'state'), PORTUI_NO_HISTORY: ''};

test.after.always(async () => {
	await rm(folder, {recursive: true, force: true});
});

const everyState = ['--show', 'open,closed,filtered,unknown'];

test('scans, as one document and as events', async t => {
	const listeners = await openListeners({hosts: [host], count: 3});
	const ports = `1-30,22,80,6379,${listeners.ports.get(host)!.join(',')}`;
	try {
		for (const args of [[host], [host, '127.0.0.116/31', 'localhost'], ['localhost', '--keep-going', '--assume-up']]) {
			const whole = await runCli(['scan', ...args, '-p', ports, '--json', ...everyState], {env});
			t.is(whole.code, 0, whole.stderr);
			assertValid(t, 'scan', JSON.parse(whole.stdout));
			const stream = await runCli(['scan', ...args, '-p', ports, '--format', 'ndjson', ...everyState], {env});
			t.true(stream.stdout.split('\n').length > 30);
			assertValidLines(t, 'scan-event', stream.stdout);
		}
	} finally {
		await listeners.close();
	}

	const kept = await runCli(['history', '--json'], {env});
	assertValid(t, 'history', JSON.parse(kept.stdout));
	t.true((JSON.parse(kept.stdout) as {scans: unknown[]}).scans.length > 0);
	const shown = await runCli(['history', 'show', 'last', '--json', ...everyState], {env});
	assertValid(t, 'scan', JSON.parse(shown.stdout));
	const told = await runCli(['history', 'show', 'last', '--format', 'ndjson', ...everyState], {env});
	assertValidLines(t, 'scan-event', told.stdout);
});

test('lookups', async t => {
	for (const words of [['0', '22', '80', '5432', '49152', '53/udp'], ['postgres'], ['postgresqll'], ['zzqqxxyyzz']]) {
		const {stdout} = await runCli(['lookup', ...words, '--json']);
		assertValid(t, 'lookup', JSON.parse(stdout));
	}
});

test('this machine\'s sockets, with what they are reached at', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	for (const args of [[], ['--all'], ['--connections'], [listener.words[0]!, '--reach']]) {
		const {stdout} = await runCli(['local', '--json', ...args]);
		assertValid(t, 'local', JSON.parse(stdout));
		const lines = await runCli(['local', '--format', 'ndjson', ...args]);
		assertValidLines(t, 'local-event', lines.stdout);
	}
});

test('sockets that open and close', async t => {
	const listener = await startListener();
	t.teardown(listener.end);
	const {stdout} = await runCli(['local', '--watch', '--format', 'ndjson'], {
		onStart(child) {
			child.stdout!.on('data', (text: string) => {
				if (text.includes('"present"')) {
					void listener.end();
				}

				if (text.includes('"closed"')) {
					child.kill('SIGINT');
				}
			});
		},
	});
	t.regex(stdout, /"event":"closed"/);
	assertValidLines(t, 'local-event', stdout);
});

test('updates of the registry, and what it then knows', async t => {
	const file = path.join(folder, 'ports.csv');
	await writeFile(file, ianaCsv('http,80,tcp,World Wide Web HTTP,[IESG],[IETF_Chair],,2021-10-01,[RFC9110],,,note', 'quite-new,4242,udp,A new one,[Somebody],[Somebody],2026-08-17,,,,Known UNAUTHORIZED USE: Port 4242,', ...portlessRows(1070)));
	const data = {env: {...env, XDG_DATA_HOME: path.join(folder, 'updated')}};
	assertValid(t, 'update', JSON.parse((await runCli(['update', '--from', file, '--json'], data)).stdout));
	const looked = await runCli(['lookup', '80', '4242', '--json'], data);
	t.regex(looked.stdout, /"unauthorizedUse": "Known/);
	assertValid(t, 'lookup', JSON.parse(looked.stdout));
	for (const removed of [true, false]) {
		const document = JSON.parse((await runCli(['update', '--remove', '--json'], data)).stdout) as {readonly removed: boolean};
		t.is(document.removed, removed);
		assertValid(t, 'update', document);
	}
});

test('a reader of events that goes away ends a scan of two million ports without a word', async t => {
	const {stdout, stderr} = await runProgram('sh', ['-c', `"$0" "$1" scan 127.0.116.0/27 -p all --format ndjson --quiet ${everyState.join(' ')} | head -1`, process.execPath, cliPath]);
	t.is(stderr, '');
	assertValidLines(t, 'scan-event', stdout);
	t.is(stdout.split('\n').length, 2);
});

test('differences, checks and the config', async t => {
	const listeners = await openListeners({hosts: [host], count: 1});
	const port = listeners.ports.get(host)![0]!;
	const [before, after, policy] = ['before.json', 'after.json', 'policy.yaml'].map(name => path.join(folder, name)) as [string, string, string];
	t.is((await runCli(['scan', host, '-p', `1,2,${port}`, '-o', before, '--no-history'], {env})).code, 0);
	await listeners.close();
	t.is((await runCli(['scan', host, '-p', `1,${port}`, '-o', after, '--no-history'], {env})).code, 0);
	const diff = await runCli(['diff', before, after, '--json'], {env});
	t.is(diff.code, 3, diff.stderr);
	assertValid(t, 'diff', JSON.parse(diff.stdout));

	await writeFile(policy, `hosts:\n  - {host: ${host}, ports: 1-3, allow: none, require: 4, severity: low}\n  - {host: no-such-name.invalid, allow: none}\n`);
	const check = await runCli(['check', policy, '--json', '--no-history'], {env});
	t.is(check.code, 3, check.stderr);
	assertValid(t, 'check', JSON.parse(check.stdout));

	const config = path.join(folder, 'config.toml');
	await writeFile(config, '[scan]\nrate = 100\nexclude = ["192.0.2.1"]\n');
	const told = await runCli(['config', '--json'], {env: {...env, PORTUI_CONFIG: config, PORTUI_SCAN_TRIES: '2'}});
	assertValid(t, 'config', JSON.parse(told.stdout));
});
