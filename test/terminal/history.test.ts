import {appendFile, chmod, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {setTimeout} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {createHistoryPlace, type HistoryPlace} from '../helpers/history-place.ts';
import {openListeners} from '../helpers/listeners.ts';
import {cliPath, runCli} from '../helpers/run-cli.ts';
import {mountSmallDisk} from '../helpers/small-disk.ts';
import {openTerminal, type Terminal} from '../helpers/terminal.ts';

const open = (t: ExecutionContext, {env}: HistoryPlace, columns: number, rows: number, ...args: readonly string[]): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, ...args], columns, rows, env: {XDG_STATE_HOME: env['XDG_STATE_HOME'], PORTUI_NO_HISTORY: ''}});
	t.teardown(async () => terminal.close());
	return terminal;
};

const makePlace = async (t: ExecutionContext): Promise<HistoryPlace> => {
	const place = await createHistoryPlace();
	t.teardown(place.remove);
	return place;
};

for (const [columns, rows] of [[60, 16], [80, 24], [160, 45]] as const) {
	test(`at ${columns}×${rows}: a scan that was kept is opened, noted, pinned, removed, brought back and scanned again`, async t => {
		const place = await makePlace(t);
		const listeners = await openListeners({count: 1, hosts: ['127.0.0.1']});
		t.teardown(async () => listeners.close());
		const port = listeners.ports.get('127.0.0.1')![0]!;
		const {env} = place;
		await runCli(['scan', '127.0.0.1', '-p', `${port},1`], {env});
		await runCli(['scan', '127.0.0.1', '-p', '1-3'], {env});
		const terminal = open(t, place, columns, rows);
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.type('H');
		await terminal.waitFor(/2 scans/);
		await terminal.waitFor(/› .* complete +0/);
		terminal.press('down');
		await terminal.waitFor(/› .* complete +1/);
		terminal.press('enter');
		await terminal.waitFor(/┏━ Scan [\da-f]{8}/);
		await terminal.waitFor(/Open ports;/);
		if (rows === 16) {
			terminal.press('pagedown');
		}

		await terminal.waitFor(new RegExp(`${port} open`));
		terminal.press('shift-tab');
		await terminal.waitFor(/┏━ Kept scans/);
		terminal.type('m');
		await terminal.waitFor(/Note: /);
		terminal.type('before q');
		await terminal.waitFor(/Note: before q/);
		terminal.press('enter');
		await terminal.waitFor(/│Note: before q|┃Note: before q/);
		terminal.type('p');
		await terminal.waitFor(/\* pinned/);
		terminal.type('x');
		await terminal.waitFor(/This scan is pinned/);
		terminal.type('p');
		await terminal.waitFor(/Not pinned any more/);
		terminal.type('x');
		await terminal.waitFor(/Removed the scan of 127\.0\.0\.1/);
		await terminal.waitFor(/1 scan /);
		t.is((await place.files()).filter(name => name.endsWith('.removed')).length, 1);
		terminal.type('u');
		await terminal.waitFor(/2 scans/);
		await terminal.waitFor(/› .* complete +1/);
		terminal.type('r');
		await terminal.waitFor(/\[S Scan]/);
		await terminal.waitFor(new RegExp(`${port} open `));
		terminal.type('H');
		await terminal.waitFor(/3 scans/);
		terminal.type('x');
		await terminal.waitFor(/Removed/);
		terminal.type('q');
		t.is((await terminal.exit).code, 0);
		const files = await place.files();
		t.is(files.length, 2);
		t.false(files.some(name => name.endsWith('.removed')));
		const {stdout} = await runCli(['history', '--json'], {env});
		t.true((JSON.parse(stdout) as {scans: ReadonlyArray<{note: string | null}>}).scans.every(({note}) => note === null || note === 'before q'));
	});
}

test('a screen that is killed while it scans: the scan is listed as cut short, resumed, and ends complete', async t => {
	const place = await makePlace(t);
	const killed = open(t, place, 100, 30, '127.0.0.1', '-p', '1-3000', '--rate', '500');
	await killed.waitFor(/[1-9]\d%/);
	// What is on the screen may be half a second ahead of the file.
	for (let turn = 0; turn < 200; turn++) {
		const [name] = await place.files().catch(() => []);
		if (name !== undefined && (await readFile(path.join(place.scans, name), 'utf8')).includes('"probed"')) {
			break;
		}

		await setTimeout(50);
	}

	process.kill(killed.pid, 'SIGKILL');
	await killed.exit;
	const terminal = open(t, place, 100, 30);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.type('H');
	await terminal.waitFor(/cut short/);
	terminal.press('enter');
	await terminal.waitFor(/Open ports;|No open port/);
	terminal.type('R');
	await terminal.waitFor(/\[S Scan]/);
	await terminal.waitFor(/Scan \d of \d ── complete/, {timeoutMs: 60_000});
	terminal.type('H');
	await terminal.waitFor(/complete/);
	await terminal.waitFor(/cut short/);
	terminal.type('q');
	t.is((await terminal.exit).code, 0);
	const {stdout} = await runCli(['history', '--json'], {env: place.env});
	const {scans} = JSON.parse(stdout) as {scans: ReadonlyArray<{status: string; counts: {open: number; closed: number}; continues: string | null; id: string}>};
	t.like(scans[0], {status: 'complete', continues: scans[1]!.id});
	t.is(scans[0]!.counts.open + scans[0]!.counts.closed, 3000);
});

test('a damaged file is told of, the rest is listed; two scans are compared', async t => {
	const place = await makePlace(t);
	const {env, scans} = place;
	const listeners = await openListeners({count: 1, hosts: ['127.0.0.1']});
	const port = listeners.ports.get('127.0.0.1')![0]!;
	await runCli(['scan', '127.0.0.1', '-p', String(port)], {env});
	await listeners.close();
	await runCli(['scan', '127.0.0.1', '-p', String(port)], {env});
	await appendFile(path.join(scans, (await place.files())[0]!), 'no line of ours\n');
	await writeFile(path.join(scans, '20250101T120000000Z-00000000.ndjson'), '\u001B[2Jgarbage\n');
	const terminal = open(t, place, 80, 24);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.type('H');
	await terminal.waitFor(/3 scans/);
	await terminal.waitFor(/damaged/);
	terminal.press('end');
	await terminal.waitFor(/is no kept scan: its first line/);
	terminal.press('home');
	terminal.press('space');
	await terminal.waitFor(/marked/);
	terminal.press('down');
	terminal.type('d');
	await terminal.waitFor(/Two scans compared/);
	await terminal.waitFor(new RegExp(`- ${port} .*open no longer`));
	terminal.type('q');
	t.is((await terminal.exit).code, 0);
});

test('on a full disk the scan goes on, and that it is kept no longer stays beside it', async t => {
	const place = await makePlace(t);
	const unmount = await mountSmallDisk(place.state);
	if (typeof unmount === 'string') {
		t.log(`Left out: ${unmount}.`);
		t.pass();
		return;
	}

	// Teardowns run last first: the terminal is closed by then, and the folder still there.
	t.teardown(unmount);
	const terminal = open(t, place, 100, 30, '127.0.0.1', '-p', 'all');
	await terminal.waitFor(/This scan is no longer being kept, the disk is full \(ENOSPC\)/, {timeoutMs: 60_000});
	terminal.press('down');
	await terminal.waitFor(screen => screen[0]!.includes('not kept') && /Live scan ── \w+ ── no longer kept: the disk/.test(screen.join('\n')));
	await terminal.waitFor(/not kept 127\.0\.0\.1 complete/, {timeoutMs: 60_000});
	terminal.type('S');
	await terminal.waitFor(/Scan 1 of 1 ── complete [\d:]+ ── no longer kept: the disk is full \(ENOSPC\)/);
	terminal.type('H');
	await terminal.waitFor(/── 1 scan /);
	await terminal.waitFor(/cut short/);
	terminal.type('q');
	t.is((await terminal.exit).code, 0);
});

test('where the folder cannot be made the scan goes on, that it is not kept stays beside it, and the next one may be kept', async t => {
	const place = await makePlace(t);
	await writeFile(place.state, '');
	const terminal = open(t, place, 80, 24, '127.0.0.1', '-p', '1-50');
	await terminal.waitFor(/not kept 127\.0\.0\.1 complete/);
	terminal.press('down');
	await terminal.waitFor(/Live scan ── complete ── not kept: /);
	await terminal.waitFor(/This scan is not being kept,/);
	terminal.type('H');
	await terminal.waitFor(/cannot be read|No scan is kept yet/);
	await rm(place.state);
	terminal.type('S');
	await terminal.waitFor(/complete [\d:]+ ── not kept: /);
	terminal.type('r');
	await terminal.waitFor(/Scan 2 of 2 ── complete [\d:]+ ── 127/);
	t.notRegex(terminal.text(), /not kept/);
	terminal.type('H');
	await terminal.waitFor(/1 scan /);
	terminal.type('q');
	t.is((await terminal.exit).code, 0);
});

test('without colour the history has none, and signs tell what is in hand, marked and pinned', async t => {
	const place = await makePlace(t);
	await runCli(['scan', '127.0.0.1', '-p', '1'], {env: place.env});
	await runCli(['scan', '127.0.0.1', '-p', '1-3'], {env: place.env});
	const terminal = openTerminal({command: process.execPath, args: [cliPath], columns: 80, rows: 24, env: {XDG_STATE_HOME: place.env['XDG_STATE_HOME'], PORTUI_NO_HISTORY: '', NO_COLOR: '1'}});
	t.teardown(async () => terminal.close());
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.type('H');
	await terminal.waitFor(/› .* complete/);
	terminal.type('p');
	await terminal.waitFor(/Pinned: it stays/);
	terminal.press('space');
	terminal.press('down');
	await terminal.waitFor(/^. {2}\+\* .* complete/m);
	const screen = await terminal.waitFor(/^.› {4}.* complete/m);
	for (const [row, text] of screen.entries()) {
		for (let column = 0; column < text.length; column++) {
			const {foreground, background} = terminal.cellStyle(row, column);
			if (foreground !== undefined || background !== undefined) {
				t.fail(`colour at row ${row}, column ${column}: ${text}`);
				return;
			}
		}
	}

	terminal.type('q');
	t.is((await terminal.exit).code, 0);
});

test('nothing kept is said, and so is a folder that cannot be read', async t => {
	const place = await makePlace(t);
	const terminal = open(t, place, 60, 16);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.type('H');
	await terminal.waitFor(/No scan is kept yet/);
	terminal.type('x');
	await terminal.waitFor(/No scan is kept yet: s starts one/);
	await runCli(['scan', '127.0.0.1', '-p', '1'], {env: place.env});
	// Listed without a key: scans are made elsewhere too.
	await terminal.waitFor(/1 scan /);
	if (process.getuid?.() !== 0) {
		await chmod(place.scans, 0);
		await terminal.waitFor(/cannot be read/);
		await chmod(place.scans, 0o700);
		await terminal.waitFor(/1 scan /);
	}

	terminal.type('q');
	t.is((await terminal.exit).code, 0);
});
