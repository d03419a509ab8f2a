import {execFileSync} from 'node:child_process';
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import {devNull, platform, tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {mostConfigBytes, readConfig} from '../../source/io/read-config.ts';
import {runCli} from '../helpers/run-cli.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'portui-config-'));
test.after.always(async () => rm(folder, {recursive: true}));

const fileOf = async (name: string, content: string | Uint8Array): Promise<string> => {
	const file = path.join(folder, name);
	await writeFile(file, content);
	return file;
};

const messageFor = async (file: string): Promise<string> => {
	const {config} = await readConfig({PORTUI_CONFIG: file});
	return config.ok ? 'fine' : config.message;
};

test('a file that cannot be used is told in a sentence', async t => {
	t.regex(await messageFor(path.join(folder, 'none')), /^The config file ".*none" cannot be read: there is no such file \(ENOENT\)\. PORTUI_CONFIG names it\.$/);
	t.regex(await messageFor(folder), /it is a folder/);
	t.regex(await messageFor(await fileOf('latin', Uint8Array.of(0x23, 0xFF))), /is not UTF-8/);
	t.regex(await messageFor(await fileOf('large', '#'.repeat(mostConfigBytes + 1))), /has more than 1 MB/);
	t.is(await messageFor(await fileOf('whole', '#'.repeat(mostConfigBytes))), 'fine');
	t.is(await messageFor(await fileOf('marked', '\uFEFF[scan]\r\nrate = 5\r\n')), 'fine');
	t.is(await messageFor(await fileOf('empty', '')), 'fine');
	t.is(await messageFor(devNull), 'fine');
});

test('nobody waits for the writer of a named pipe, or the end of what has none', async t => {
	if (platform() === 'win32') {
		t.pass();
		return;
	}

	const pipe = path.join(folder, 'pipe');
	execFileSync('mkfifo', [pipe]);
	t.regex(await messageFor(pipe), /is no regular file/);
	t.regex(await messageFor('/dev/zero'), /is no regular file/);
});

test('the program: a broken config lets nothing begin but what helps to mend it', async t => {
	const file = await fileOf('broken.toml', '[scan]\nratee = 1\n');
	const env = {...process.env, PORTUI_CONFIG: file};
	const scan = await runCli(['scan', 'localhost', '-p', '1'], {env});
	t.deepEqual([scan.code, scan.stdout, scan.stderr], [2, '', `${file}:2:1: "scan.ratee" is no setting; did you mean rate in [scan]?\n`]);
	t.is((await runCli(['config'], {env})).code, 2);
	t.deepEqual([(await runCli(['--help'], {env})).code, (await runCli(['config', '--path'], {env})).stdout], [0, `${file}\n`]);
});

test('the program: flags win over environment, environment over file', async t => {
	const file = await fileOf('right.toml', '[scan]\nrate = 100\ntries = 3\n');
	const {stdout} = await runCli(['config', '--json'], {env: {...process.env, PORTUI_CONFIG: file, PORTUI_SCAN_RATE: '200'}});
	const {settings} = JSON.parse(stdout) as {readonly settings: ReadonlyArray<{readonly name: string; readonly value: unknown; readonly from: string}>};
	t.like(settings.find(({name}) => name === 'scan.rate'), {value: 200, from: 'environment'});
	t.like(settings.find(({name}) => name === 'scan.tries'), {value: 3, from: 'file'});
	t.like(settings.find(({name}) => name === 'scan.thorough'), {value: null, from: 'default'});
});

test('the program: keeps as many scans as the config says, and pinned ones beside', async t => {
	if (platform() !== 'linux') {
		t.pass();
		return;
	}

	const state = path.join(folder, 'state');
	const scans = path.join(state, 'portui', 'scans');
	await mkdir(scans, {recursive: true});
	const old = new Date(Date.now() - 86_400_000);
	const {utimes} = await import('node:fs/promises');
	for (const name of ['20200101T000000000Z-00000001.ndjson', '20200101T000000000Z-00000002.pinned.ndjson', '20200102T000000000Z-00000003.ndjson']) {
		await writeFile(path.join(scans, name), 'x');
		await utimes(path.join(scans, name), old, old);
	}

	const file = await fileOf('history.toml', '[history]\nscans = 1\n');
	t.is((await runCli(['scan', '127.0.0.1', '-p', '1'], {env: {...process.env, PORTUI_CONFIG: file, XDG_STATE_HOME: state, PORTUI_NO_HISTORY: ''}})).code, 0);
	const names = await readdir(scans);
	t.true(names.includes('20200101T000000000Z-00000002.pinned.ndjson'));
	t.false(names.includes('20200101T000000000Z-00000001.ndjson'));
	t.is(names.length, 3);
});
