import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readFile, readdir, rm, symlink, truncate, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {createHistoryPlace, type HistoryPlace} from '../helpers/history-place.ts';
import {cliPath, runCli} from '../helpers/run-cli.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/scans/${name}`, import.meta.url));

const inPlace = async (act: (place: HistoryPlace) => Promise<void>): Promise<void> => {
	const place = await createHistoryPlace();
	try {
		await act(place);
	} finally {
		await place.remove();
	}
};

for (const name of ['masscan.json', 'masscan.ndjson', 'masscan.list']) {
	test(`${name} is reported in every format, and each is read again`, async t => inPlace(async ({env, state}) => {
		await mkdir(state, {recursive: true});
		for (const format of ['json', 'ndjson', 'csv', 'list', 'xml']) {
			const first = await runCli(['open', fixture(name), '--format', format], {env});
			t.is(first.code, 0, format);
			t.is(first.stderr, '', format);
			const file = path.join(state, `document.${format}`);
			await writeFile(file, first.stdout);
			const again = await runCli(['open', file, '--format', 'list'], {env});
			t.is(again.code, 0, format);
			t.deepEqual(again.stdout.trim().split('\n').sort(), ['192.0.2.7:22', '192.0.2.7:3306', '192.0.2.7:8080'], format);
		}

		for (const format of ['text', 'markdown']) {
			const {code, stdout} = await runCli(['open', fixture(name), '--format', format], {env});
			t.is(code, 0);
			t.true(stdout.includes('Masscan told of 3 ports'), stdout);
		}
	}));
}

test('what was left out is told on standard error with its line; the exit code says that it was read', async t => {
	const {code, stdout, stderr} = await runCli(['open', fixture('host-ports.txt'), '--format', 'list']);
	t.is(code, 0);
	t.is(stdout, '192.0.2.7:22\n192.0.2.7:8080\n[2001:db8::7]:443\n');
	t.is(stderr.trim().split('\n').length, 2);
	t.true(stderr.includes('host-ports.txt": Line 6 is left out: "db.example" is no IP address, and names are not looked up here.'));
});

test('what cannot be read is told with its name, and nothing is reported', async t => inPlace(async ({env, state}) => {
	await mkdir(state, {recursive: true});
	const file = path.join(state, 'no-scan');
	await writeFile(file, '\u001B[31mhello\n');
	for (const [word, sentence] of [
		[file, `"${file}" holds no scan that can be read. It is of no format that is known.`],
		[state, `"${state}" is a folder: name a file in it.`],
		[`${file}.none`, `"${file}.none" cannot be read: there is no such file (ENOENT).`],
		['feed', '"feed" cannot be read: there is no such file (ENOENT). No kept scan has that id either: portui history lists them.'],
	] as const) {
		const {code, stdout, stderr} = await runCli(['open', word, '--json'], {env});
		t.is(code, 1);
		t.is(stdout, '');
		t.true(stderr.startsWith(sentence), stderr);
		t.false(stderr.includes('\u001B'));
	}

	await writeFile(file, '');
	await truncate(file, 300e6);
	t.true((await runCli(['open', file], {env})).stderr.includes('is larger than 256 MB'));
}));

test('wrong usage is told', async t => {
	for (const [args, sentence] of [
		[['open'], 'portui open needs the file of a scan'],
		[['open', '-', '-'], 'Standard input can be read once'],
		[['open', 'a', 'b', '--json'], 'portui open reports one scan at a time'],
		[['open', 'a', 'b'], 'Without a terminal portui open reports one scan at a time'],
		[['open', 'a', '--format', 'pdf'], '--format takes'],
		[['history', 'import'], 'portui history import needs the file of a scan'],
	] as const) {
		const {code, stderr} = await runCli(args);
		t.is(code, 2);
		t.true(stderr.startsWith(sentence), stderr);
	}
});

test('--expect and --fail-on hold of a scan that was read, too', async t => {
	t.is((await runCli(['open', fixture('masscan.json'), '--expect', '22,3306,8080'])).code, 0);
	const {code, stderr} = await runCli(['open', fixture('masscan.json'), '--expect', '22,443']);
	t.is(code, 3);
	t.true(stderr.includes('3306,8080 open, not expected; 443 expected, not open'), stderr);
	t.is((await runCli(['open', fixture('masscan.json'), '--fail-on', 'critical'])).code, 0);
});

test('standard input is read, and an interruption ends the waiting for it', async t => {
	const env = {...process.env, PORTUI_NO_HISTORY: '1'};
	const piped = spawn(process.execPath, [cliPath, 'open', '-', '--format', 'list'], {env, stdio: ['pipe', 'pipe', 'inherit']});
	piped.stdin.end(await readFile(fixture('rustscan.txt')));
	let told = '';
	piped.stdout.setEncoding('utf8').on('data', (text: string) => {
		told += text;
	});
	t.deepEqual(await once(piped, 'close'), [0, null]);
	t.is(told, '192.0.2.7:22\n192.0.2.7:3306\n192.0.2.7:8080\n[2001:db8::7]:443\n');

	const waiting = spawn(process.execPath, [cliPath, 'open', '-', '--json'], {env, stdio: ['pipe', 'ignore', 'pipe']});
	let said = '';
	waiting.stderr.setEncoding('utf8').on('data', (text: string) => {
		said += text;
	});
	// Its input is taken when it waits for more: so much is more than the pipe holds.
	waiting.stdin.on('error', () => {});
	await new Promise<void>(resolve => {
		waiting.stdin.write('1'.repeat(1_000_000), () => {
			resolve();
		});
	});
	waiting.kill('SIGINT');
	t.deepEqual(await once(waiting, 'close'), [130, null]);
	t.is(said, 'Interrupted while standard input was read.\n');
});

type Listed = {readonly id: string; readonly status: string; readonly pinned: boolean; readonly importedFrom: unknown; readonly counts: {readonly open: number}};

const listOf = async ({env}: HistoryPlace): Promise<readonly Listed[]> => (JSON.parse((await runCli(['history', '--json'], {env})).stdout) as {readonly scans: readonly Listed[]}).scans;

test('a scan is imported once, listed, shown, opened by its id, and not resumed', async t => inPlace(async place => {
	const {env} = place;
	const imported = await runCli(['history', 'import', fixture('masscan-banners.json')], {env});
	t.is(imported.stderr, '');
	t.is(imported.code, 0);
	const [entry, ...others] = await listOf(place);
	t.deepEqual(others, []);
	t.like(entry, {status: 'complete', pinned: true, importedFrom: {name: 'masscan-banners.json', format: 'masscan JSON'}});
	t.is(entry!.counts.open, 3);
	t.true(entry!.id.startsWith('20261125T075111000Z-'));
	const id = entry!.id.slice(-8);
	t.is(imported.stdout, `"masscan-banners.json" (masscan JSON) is kept as ${id}, and pinned: portui history show ${id} shows it.\n`);

	const again = await runCli(['history', 'import', fixture('masscan-banners.json')], {env});
	t.is(again.code, 0);
	t.is(again.stdout, `"masscan-banners.json" (masscan JSON) is already kept as ${id}: nothing was added.\n`);
	t.is((await place.files()).length, 1);

	const withoutId = (text: string): string => text.replace(/"id": "[^"]*"/, '');
	const direct = withoutId((await runCli(['open', fixture('masscan-banners.json'), '--json'], {env})).stdout);
	const shown = await runCli(['history', 'show', id, '--json'], {env});
	t.is(withoutId(shown.stdout), direct);
	t.true(shown.stderr.includes('no observation of this machine\'s'));
	const opened = await runCli(['open', id, '--json'], {env});
	t.is(withoutId(opened.stdout), direct);
	t.is(opened.code, 0);
	t.true((await runCli(['history'], {env})).stdout.includes('complete, from masscan JSON'));

	const resumed = await runCli(['history', 'resume', id], {env});
	t.is(resumed.code, 1);
	t.true(resumed.stderr.includes('it cannot be resumed'), resumed.stderr);
}));

test('a scan of portui\'s that is kept already is known by its id; a kept file comes back from another machine', async t => inPlace(async place => {
	const {env, scans, state} = place;
	const scanned = await runCli(['scan', '127.0.0.1', '-p', '1-20', '--json'], {env});
	const document = path.join(state, 'scan.json');
	await writeFile(document, scanned.stdout);
	const [entry] = await listOf(place);
	t.true((await runCli(['history', 'import', document], {env})).stdout.includes('is already kept as'));

	const [name] = await readdir(scans);
	const moved = path.join(state, 'elsewhere.ndjson');
	await writeFile(moved, await readFile(path.join(scans, name!)));
	await rm(path.join(scans, name!));
	t.is((await runCli(['history', 'import', moved], {env})).code, 0);
	const [back] = await listOf(place);
	t.like(back, {id: entry!.id, status: 'complete', importedFrom: {name: 'elsewhere.ndjson', format: 'portui history'}});
	t.deepEqual(back!.counts, entry!.counts);
}));

test('an import that cannot be kept leaves nothing behind', async t => inPlace(async ({env, state, scans}) => {
	await mkdir(state, {recursive: true});
	await symlink('/proc/1/none', scans);
	const {code, stdout, stderr} = await runCli(['history', 'import', fixture('masscan.json')], {env});
	t.is(code, 1);
	t.is(stdout, '');
	t.true(stderr.startsWith('The scan is not kept, '), stderr);
}));

test('of several imports those that can be read are kept', async t => inPlace(async place => {
	const {code, stderr} = await runCli(['history', 'import', fixture('masscan.json'), fixture('README.md'), fixture('rustscan.txt')], {env: place.env});
	t.is(code, 1);
	t.true(stderr.includes('README.md" holds no scan that can be read.'));
	t.is((await listOf(place)).length, 2);
}));
