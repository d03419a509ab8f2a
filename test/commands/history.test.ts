import {once} from 'node:events';
import {appendFile, chmod, mkdir, readFile, readdir, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {spawn} from 'node:child_process';
import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {createHistoryPlace, type HistoryPlace} from '../helpers/history-place.ts';
import {checkOpenPorts, openListeners, quietAddress, watchListening} from '../helpers/listeners.ts';
import {cliPath, runCli} from '../helpers/run-cli.ts';
import {mountSmallDisk} from '../helpers/small-disk.ts';

type Listed = {readonly id: string; readonly status: string; readonly counts: {readonly open: number; readonly closed: number}; readonly pinned: boolean; readonly continues: string | null; readonly continuedBy: string | null};

const listOf = async ({env}: HistoryPlace): Promise<readonly Listed[]> => {
	const {stdout} = await runCli(['history', '--json'], {env});
	return (JSON.parse(stdout) as {readonly scans: readonly Listed[]}).scans;
};

/** Gives a test a place of its own and takes it away again. */
const inPlace = async (act: (place: HistoryPlace) => Promise<void>): Promise<void> => {
	const place = await createHistoryPlace();
	try {
		await act(place);
	} finally {
		await place.remove();
	}
};

test('a scan is kept, for this user alone, listed, shown, pinned and removed', async t => inPlace(async place => {
	const {env, scans, state} = place;
	const listeners = await openListeners({hosts: ['127.0.0.1']});
	const port = listeners.ports.get('127.0.0.1')![0]!;
	const scanned = await runCli(['scan', '127.0.0.1', '-p', `${port},1-20`, '--json', '--show', 'open,closed'], {env});
	await listeners.close();
	t.is(scanned.code, 0);
	t.is(scanned.stderr, '');

	const [name] = await place.files();
	t.is((await stat(path.join(scans, name!))).mode & 0o777, 0o600);
	t.is((await stat(scans)).mode & 0o777, 0o700);
	t.is((await stat(state)).mode & 0o777, 0o700);

	const [entry] = await listOf(place);
	t.like(entry, {status: 'complete', pinned: false, continues: null});
	t.is(entry!.counts.open, 1);

	const shown = await runCli(['history', 'show', entry!.id.slice(-8), '--json', '--show', 'open,closed'], {env});
	const withoutTimes = (text: string): string => text.replaceAll(/"rttMs": [\d.e-]+/g, '');
	t.is(withoutTimes(shown.stdout), withoutTimes(scanned.stdout));
	t.is(shown.code, 0);
	for (const format of ['text', 'ndjson', 'csv', 'markdown', 'list', 'xml']) {
		const {code, stdout, stderr} = await runCli(['history', 'show', 'last', '--format', format], {env});
		t.is(code, 0, format);
		t.is(stderr, '', format);
		t.true(stdout.includes(String(port)), format);
	}

	for (const format of ['text', 'csv', 'markdown']) {
		t.true((await runCli(['history', '--format', format], {env})).stdout.includes(format === 'csv' ? entry!.id : entry!.id.slice(-8)), format);
	}

	t.is((await runCli(['history', 'pin', 'last'], {env})).code, 0);
	t.true((await listOf(place))[0]!.pinned);
	t.is((await runCli(['history', 'unpin', 'last'], {env})).code, 0);
	t.false((await listOf(place))[0]!.pinned);

	const unsure = await runCli(['history', 'remove', 'last'], {env});
	t.is(unsure.code, 2);
	t.is(unsure.stderr, 'Nothing was removed: --yes removes without asking.\n');
	t.is((await place.files()).length, 1);
	t.is((await runCli(['history', 'remove', 'last', '--yes'], {env})).code, 0);
	t.deepEqual(await place.files(), []);
	t.is((await runCli(['history'], {env})).stdout, 'No scan is kept.\n');
}));

test('nothing is kept of a scan that is not to be', async t => inPlace(async ({env, state}) => {
	await runCli(['scan', '127.0.0.1', '-p', '1', '--no-history'], {env});
	await runCli(['scan', '127.0.0.1', '-p', '1'], {env: {...env, PORTUI_NO_HISTORY: '1'}});
	await t.throwsAsync(readdir(state), {code: 'ENOENT'});
}));

test('killed at any moment, a scan loses at most the last second, and resumed it finds what is there', async t => {
	const address = quietAddress(41);
	const listeners = await openListeners({hosts: [address], outsideLocalRange: 12, insideLocalRange: 4});
	const stopWatching = await watchListening(address);
	const found: number[][] = [];
	try {
		for (const killAtMs of [50, 800, 1600]) {
			await inPlace(async place => {
				// Slow enough that it is killed midway on any machine.
				const child = spawn(process.execPath, [cliPath, 'scan', address, '-p', 'all', '--rate', '20000', '--seed', '7', '--quiet'], {env: place.env, stdio: 'ignore'});
				const exited = once(child, 'exit');
				const hasFile = async (): Promise<boolean> => (await place.files().catch(() => [])).length > 0;
				for (let look = 0; look < 2000 && !await hasFile(); look++) {
					await setTimeout(10);
				}

				await setTimeout(killAtMs);
				child.kill('SIGKILL');
				await exited;

				const [cut] = await listOf(place);
				t.not(cut!.status, 'complete');
				if (killAtMs > 1400) {
					t.true(cut!.counts.closed > 0);
				}

				const {code, stdout} = await runCli(['history', 'resume', 'last', '--json'], {env: place.env});
				t.is(code, 0);
				const document = JSON.parse(stdout) as {readonly status: string; readonly seed: number; readonly hosts: ReadonlyArray<{readonly counts: Listed['counts'] & {readonly filtered: number; readonly unknown: number}; readonly ports: ReadonlyArray<{readonly port: number; readonly state: string}>}>};
				const {counts, ports} = document.hosts[0]!;
				t.is(document.status, 'complete');
				t.is(document.seed, 7);
				t.is(counts.open + counts.closed + counts.filtered + counts.unknown, 65_536);
				t.is(counts.filtered + counts.unknown, 0);
				found.push(ports.filter(({state}) => state === 'open').map(({port}) => port));

				const [joined, first] = await listOf(place);
				t.like(joined, {status: 'complete', continues: first!.id});
				t.is(first!.continuedBy, joined!.id);

				const again = await runCli(['history', 'resume', 'last'], {env: place.env});
				t.is(again.code, 0);
				t.regex(again.stderr, /is complete, nothing is left to ask/);
			});
		}
	} finally {
		const watched = await stopWatching();
		await listeners.close();
		for (const ports of found) {
			t.deepEqual(checkOpenPorts(ports, watched), {missed: [], invented: []});
		}
	}
});

test('an interruption says how to go on', async t => inPlace(async place => {
	const {code, stderr} = await runCli(['scan', '127.0.0.1', '-p', 'all', '--rate', '5000', '--quiet'], {env: place.env, async onStart(child) {
		for (let look = 0; look < 2000 && (await place.files().catch(() => [])).length === 0; look++) {
			await setTimeout(10);
		}

		child.kill('SIGINT');
	}});
	t.is(code, 130);
	t.regex(stderr, /^Interrupted: kept as ([\da-f]{8}); portui history resume \1 goes on\.\n$/);
	t.is((await listOf(place))[0]!.status, 'interrupted');
}));

test('two at once keep a file each', async t => inPlace(async place => {
	await Promise.all([1, 2, 3].map(async () => runCli(['scan', '127.0.0.1', '-p', '1-500'], {env: place.env})));
	const entries = await listOf(place);
	t.deepEqual(entries.map(({status, counts}) => [status, counts.open + counts.closed]), [['complete', 500], ['complete', 500], ['complete', 500]]);
	t.is(new Set(entries.map(({id}) => id)).size, 3);
}));

test('files that are damaged, empty or torn are told, and harm no other', async t => inPlace(async place => {
	const {env, scans} = place;
	await runCli(['scan', '127.0.0.1', '-p', '1-50'], {env});
	const [good] = await place.files();
	await writeFile(path.join(scans, '20200101T000000000Z-aaaaaaaa.ndjson'), '');
	await writeFile(path.join(scans, '20200101T000000000Z-bbbbbbbb.ndjson'), '\u001B[2J\0\n'.repeat(9));
	await writeFile(path.join(scans, 'notes.txt'), 'mine');
	const listed = await runCli(['history'], {env});
	t.is(listed.code, 0);
	t.regex(listed.stderr, /aaaaaaaa\.ndjson" is no kept scan: its first line is empty or damaged\.\n/);
	t.false(listed.stderr.includes('\u001B'));
	t.true(listed.stdout.includes(good!.slice(-15, -7)));

	const text = await readFile(path.join(scans, good!), 'utf8');
	const lines = text.split('\n');
	await writeFile(path.join(scans, '20200101T000000000Z-cccccccc.ndjson'), `${lines[0]!}\n{"kind":"later"}\n{garbage\n${lines[1]!}\n{"kind":"pro`);
	const shown = await runCli(['history', 'show', 'cccc', '--json'], {env});
	t.is(shown.code, 0);
	t.regex(shown.stderr, /^".*cccccccc\.ndjson", line 3, is damaged and left out\.\nThis scan ended without a word/);
	t.is((JSON.parse(shown.stdout) as {readonly status: string}).status, 'interrupted');

	const unknown = await runCli(['history', 'show', 'zzzz'], {env});
	t.is(unknown.code, 2);
	t.is(unknown.stderr, 'No kept scan has the id "zzzz": portui history lists them.\n');
	const ambiguous = await runCli(['history', 'show', '20200101'], {env});
	t.regex(ambiguous.stderr, /^"20200101" is the beginning of 3 ids: /);

	await appendFile(path.join(scans, good!), '{"kind":"probed"');
	t.is((await runCli(['history', 'show', good!.slice(-15, -7)], {env})).stderr, '');
}));

test('a folder that cannot be written to stops no scan', async t => inPlace(async place => {
	if (process.getuid?.() === 0) {
		// Root may write anywhere, but not into a file.
		await mkdir(path.dirname(place.state), {recursive: true});
		await writeFile(place.state, '');
	} else {
		await chmod(path.dirname(place.state), 0o500);
	}

	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '-p', '1-50', '--json'], {env: place.env});
	t.is(code, 0);
	t.like(JSON.parse(stdout), {status: 'complete'});
	t.regex(stderr, /^This scan is not being kept, [^\n]* \((?:EACCES|ENOTDIR|EEXIST)\): ".*"\.\n$/);
}));

test('a folder that may not be written to, or not be read, is told to whoever it is not allowed to', async t => inPlace(async place => {
	if (process.getuid?.() !== 0) {
		t.log('Left out: only root can run it as another user.');
		t.pass();
		return;
	}

	await runCli(['scan', '127.0.0.1', '-p', '1'], {env: place.env});
	for (const folder of [path.dirname(place.state), place.state, place.scans]) {
		await chmod(folder, 0o755);
	}

	// What root keeps others may see here, but not add to.
	const other = {env: {...place.env, HOME: place.state, XDG_DATA_HOME: ''}, uid: 65_534, gid: 65_534};
	const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '-p', '1-50', '--json'], other);
	t.is(code, 0);
	t.like(JSON.parse(stdout), {status: 'complete'});
	t.regex(stderr, /^This scan is not being kept, there is no permission \(EACCES\): ".*"\.\n$/);
	t.is((await place.files()).length, 1);

	await chmod(place.scans, 0o700);
	for (const args of [['history'], ['history', 'show', 'last'], ['history', '--json']]) {
		const read = await runCli(args, other);
		t.is(read.code, 1, args.join(' '));
		t.is(read.stdout, '');
		t.regex(read.stderr, /^The history in ".*" cannot be read: there is no permission \(EACCES\)\.\n$/);
	}
}));

test('a full disk stops no scan', async t => inPlace(async place => {
	const unmount = await mountSmallDisk(place.state);
	if (typeof unmount === 'string') {
		t.log(`Left out: ${unmount}.`);
		t.pass();
		return;
	}

	try {
		const {code, stdout, stderr} = await runCli(['scan', '127.0.0.1', '-p', 'all', '--json'], {env: place.env});
		t.is(code, 0);
		t.like(JSON.parse(stdout), {status: 'complete'});
		t.regex(stderr, /^This scan is no longer being kept, the disk is full \(ENOSPC\): ".*"\.\n$/);
		t.is((await runCli(['history'], {env: place.env})).code, 0);
	} finally {
		await unmount();
	}
}));
