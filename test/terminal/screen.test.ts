import {mkdir, mkdtemp, open as openFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {openListeners} from '../helpers/listeners.ts';
import {cliPath, runProgram} from '../helpers/run-cli.ts';
import {openTerminal, type Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const sizes = [[80, 24], [140, 40]] as const;

const open = (t: ExecutionContext, args: readonly string[], options: Partial<TerminalOptions> = {}): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, ...args], ...options});
	t.teardown(async () => terminal.close());
	return terminal;
};

/** Starts the program from a shell that tells, when the program has ended, its exit code and the modes of the terminal. */
const openInShell = (t: ExecutionContext, args: string, env: Readonly<Record<string, string>> = {}): Terminal => {
	const script = `"${process.execPath}" "${cliPath}" ${args}; echo "code $?"; stty -a | grep -oE -- '-?(icanon|echo)\\b' | tr '\\n' ' '; echo; read -r`;
	const terminal = openTerminal({command: 'bash', args: ['-c', script], columns: 100, rows: 30, env});
	t.teardown(async () => terminal.close());
	return terminal;
};

const assertRestored = async (t: ExecutionContext, terminal: Terminal, code: number): Promise<void> => {
	const screen = await terminal.waitFor(/^icanon echo|^echo icanon/m, {description: 'the shell to tell the modes of the terminal'});
	t.true(screen.includes(`code ${code}`), screen.join('\n'));
	t.false(terminal.isAlternateScreen());
	t.true(terminal.isCursorVisible());
};

/** The rows of a frame that fills the screen: its first is the header, its last the footer, and no border is broken. */
const assertWholeFrame = (t: ExecutionContext, screen: readonly string[], columns: number): void => {
	t.true(screen[0]!.startsWith(' portui'), screen.join('\n'));
	t.regex(screen.at(-1)!, /q quit/);
	for (const row of screen.slice(1, -1)) {
		t.regex(row, /^[╭╰│┏┗┃].*[╮╯│┓┛┃]$/, screen.join('\n'));
		t.true(row.length <= columns);
	}
};

const marked = (screen: readonly string[]): readonly string[] => screen.filter(row => row.includes('›'));

for (const [columns, rows] of sizes) {
	const at = `at ${columns}×${rows}`;

	test(`${at}: it starts with all panes, and the arrows move through ranges and ports`, async t => {
		const terminal = open(t, [], {columns, rows});
		assertWholeFrame(t, await terminal.waitFor(/Ports ── of \d{4}/), columns);
		t.true(terminal.isAlternateScreen());
		t.false(terminal.isCursorVisible());
		terminal.press('down', 'down');
		t.true(marked(await terminal.waitFor(/› {4}0–99/)).some(row => /›\s+0 /.test(row)));
		terminal.press('down');
		await terminal.waitFor(/›\s+100 /);
		terminal.press('enter', 'down', 'down');
		t.true((await terminal.waitFor(/›\s+102 /)).some(row => /›\s+102 .*iso-tsap/.test(row)));
		await terminal.waitFor(/Port 102 /);
		terminal.press('right');
		await terminal.waitFor(/›\s+200 /);
		terminal.press('G');
		await terminal.waitFor(/› 65535 /);
		terminal.press('g');
		assertWholeFrame(t, await terminal.waitFor(/›\s+0 /), columns);
	});

	test(`${at}: keys held down neither drop nor overshoot`, async t => {
		const terminal = open(t, [], {columns, rows});
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.press('enter');
		await terminal.waitFor(/┏━ Ports/);
		terminal.press(...Array.from({length: 137}, () => 'down'));
		await terminal.waitFor(/›\s+137 /);
		terminal.press(...Array.from({length: 30}, () => 'k'));
		await terminal.waitFor(/›\s+107 /);
		t.pass();
	});

	test(`${at}: finds as one types, and digits jump`, async t => {
		const terminal = open(t, [], {columns, rows});
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.type('/postgres');
		await terminal.waitFor(/›\s+5432 /);
		terminal.press('enter');
		assertWholeFrame(t, await terminal.waitFor(/┏━ Ports ── \/postgres ── \d+ found/), columns);
		terminal.press('escape');
		await terminal.waitFor(screen => !/\d found/.test(screen.join('\n')), {description: 'all ports again'});
		terminal.type('6379');
		await terminal.waitFor(/Go to port 6379/);
		terminal.press('enter');
		await terminal.waitFor(/›\s+6379 .*redis/);
		terminal.type('70000\r');
		await terminal.waitFor(/Go to port 70000▏ {2}Port 70000 is out of range: ports go from 0 to/);
		terminal.press('escape');
		await terminal.waitFor(/q quit/);
		terminal.type('/nothing is called so');
		await terminal.waitFor(/Nothing matches/);
		t.pass();
	});

	test.serial(`${at}: s, Enter scans this machine and shows what listens`, async t => {
		const listeners = await openListeners({count: 3});
		t.teardown(listeners.close);
		const terminal = open(t, [], {columns, rows});
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.press('s');
		await terminal.waitFor(/New scan/);
		await terminal.waitFor(/Ports {3}all/);
		terminal.press('enter');
		// Both loopbacks, and all their ports.
		await terminal.waitFor(/localhost complete/, {timeoutMs: 60_000});
		terminal.press('tab', 'tab', 'tab', '+');
		const found = new Set<string>();
		await terminal.waitFor(/┏━ Live scan/);
		terminal.press('g');
		// Whatever else listens on this machine is listed too: pages of it, to the last one.
		for (let page = 0; page < 500; page++) {
			const screen = await terminal.waitFor(/›\s*\d+ open/);
			for (const row of screen) {
				const match = /(\d+) open +[\d.]+ m?s +(\S+)/.exec(row);
				if (match) {
					found.add(`${match[2]} ${match[1]}`);
				}
			}

			const [, last, of] = /–([\d,]+) of ([\d,]+)/.exec(screen.join('\n')) ?? [];
			if (last === of) {
				break;
			}

			terminal.press('pagedown');
			await terminal.waitFor(now => now.join('\n') !== screen.join('\n'), {description: 'the next page'});
		}

		for (const [address, ports] of listeners.ports) {
			for (const port of ports) {
				t.true(found.has(`${address} ${port}`), `${address} ${port} is listed among ${[...found].join(', ')}`);
			}
		}
	});

	test.serial(`${at}: a scan pauses, goes on and stops, and what it found stays`, async t => {
		const listeners = await openListeners({count: 1});
		t.teardown(listeners.close);
		const port = listeners.ports.get('127.0.0.1')![0]!;
		// One at a time is slow enough to be caught at it.
		const terminal = open(t, ['127.0.0.1', '-p', `all`, '--concurrency', '1'], {columns, rows});
		await terminal.waitFor(/running/);
		terminal.press('space');
		await terminal.waitFor(/Live scan ── paused/);
		await terminal.waitFor(/Space go on/);
		terminal.press('space');
		await terminal.waitFor(/Live scan ── running/);
		terminal.press('x');
		const screen = await terminal.waitFor(/Live scan ── stopped/);
		assertWholeFrame(t, screen, columns);
		t.regex(screen.join(' ').replaceAll(/[│╭╮╰╯─\s]+/g, ' '), /[\d,]+ ports were not finished/);
		terminal.press('s');
		await terminal.waitFor(/Target {2}127\.0\.0\.1/);
		terminal.press('tab', 'ctrl-u');
		terminal.type(`${port}`);
		await terminal.waitFor(new RegExp(`Ports {3}${port}`));
		terminal.press('enter');
		await terminal.waitFor(new RegExp(`127\\.0\\.0\\.1 complete, 1 open`));
		await terminal.waitFor(new RegExp(`${port} open`));
	});
}

test('what was typed wrong is told where it was typed, and stays', async t => {
	const terminal = open(t, [], {columns: 80, rows: 24});
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('s', 'tab', 'ctrl-u');
	terminal.type('90-80\r');
	await terminal.waitFor(/✗ "90-80" runs backwards: write 80-90\./);
	await terminal.waitFor(/Ports {3}90-80/);
	terminal.press('ctrl-u');
	terminal.type('22');
	terminal.press('tab', 'ctrl-u');
	terminal.type('http://localhost\r');
	await terminal.waitFor(/✗ "http:\/\/localhost" is a URL/);
	await terminal.waitFor(/Target {2}http:\/\/localhost/);
	t.pass();
});

test('a new size is taken at once, down to too small and back', async t => {
	const terminal = open(t, [], {columns: 80, rows: 24});
	await terminal.waitFor(/Ports ── of \d{4}/);
	for (const [columns, rows] of [[140, 40], [60, 16], [160, 45], [80, 24]] as const) {
		terminal.resize(columns, rows);
		const screen = await terminal.waitFor(lines => lines[0]!.startsWith(' portui') && /q quit/.test(lines[rows - 1] ?? '') && lines[1]!.length === columns && !lines[0]!.includes('needs'), {description: `the frame at ${columns}×${rows}`});
		assertWholeFrame(t, screen, columns);
	}

	terminal.resize(50, 12);
	await terminal.waitFor(/portui needs 60×16/);
	terminal.resize(80, 24);
	assertWholeFrame(t, await terminal.waitFor(lines => /q quit/.test(lines[23]!)), 80);
});

test('without colour there is none, and the frame still reads', async t => {
	const terminal = open(t, [], {columns: 80, rows: 24, env: {NO_COLOR: '1'}});
	const screen = await terminal.waitFor(/Ports ── of \d{4}/);
	assertWholeFrame(t, screen, 80);
	for (const [row, text] of screen.entries()) {
		for (let column = 0; column < text.length; column++) {
			const {foreground, background} = terminal.cellStyle(row, column);
			if (foreground !== undefined || background !== undefined) {
				t.fail(`colour at row ${row}, column ${column}: ${text}`);
				return;
			}
		}
	}

	t.pass();
});

test('all keys are listed, and Esc closes the list', async t => {
	const terminal = open(t, [], {columns: 80, rows: 24});
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('?');
	await terminal.waitFor(/┏━ Keys/);
	terminal.press('escape');
	await terminal.waitFor(/┏━ Ranges/);
	terminal.press('q');
	t.deepEqual(await terminal.waitForExit(), {code: 0, signal: undefined});
});

test('q quits with 0, and the terminal is as before', async t => {
	const terminal = openInShell(t, '');
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('q');
	await assertRestored(t, terminal, 0);
});

test('Ctrl-C quits with 130 in the middle of a scan, and the terminal is as before', async t => {
	const terminal = openInShell(t, 'localhost -p all --concurrency 1');
	await terminal.waitFor(/running/);
	terminal.press('ctrl-c');
	await assertRestored(t, terminal, 130);
});

/** A module that lets a signal cause what cannot be caused from outside. */
const trigger = (fault: string): Readonly<Record<string, string>> => ({
	NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`import {isMainThread} from 'node:worker_threads'; if (isMainThread) process.on('SIGUSR2', () => { ${fault} });`)}`,
});

const childOf = async (terminal: Terminal): Promise<number> => {
	const {readFile} = await import('node:fs/promises');
	return Number((await readFile(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8')).trim().split(' ')[0]);
};

const onLinux = process.platform === 'linux' ? test : test.skip;

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
	onLinux(`${signal} ends it with 130, and the terminal is as before`, async t => {
		const terminal = openInShell(t, 'localhost -p all --concurrency 1');
		await terminal.waitFor(/running/);
		process.kill(await childOf(terminal), signal);
		await assertRestored(t, terminal, 130);
	});
}

for (const [name, fault] of [['an exception', 'throw new Error("thrown on purpose")'], ['an unhandled rejection', 'Promise.reject(new Error("thrown on purpose"))']] as const) {
	onLinux(`${name} restores the terminal, then says what happened, and ends with 1`, async t => {
		const terminal = openInShell(t, 'localhost -p all --concurrency 1', trigger(fault));
		await terminal.waitFor(/running/);
		process.kill(await childOf(terminal), 'SIGUSR2');
		await assertRestored(t, terminal, 1);
		t.regex(terminal.text(), /thrown on purpose/);
		t.notRegex(terminal.text(), /\n\s+at /);
	});
}

test('a target on the command line is scanned at once', async t => {
	const listeners = await openListeners({count: 1, hosts: ['127.0.0.1']});
	t.teardown(listeners.close);
	const port = listeners.ports.get('127.0.0.1')![0]!;
	const terminal = open(t, ['127.0.0.1', '-p', String(port)], {columns: 80, rows: 24});
	await terminal.waitFor(new RegExp(`${port} open`));
	await terminal.waitFor(/127\.0\.0\.1 complete, 1 open/);
	t.pass();
});

/** Starts the program so that it waits for its registry, a named pipe, until that is given back to it. */
const openBeforeScreen = async (t: ExecutionContext): Promise<{readonly terminal: Terminal; readonly goOn: () => Promise<void>}> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-screen-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	await mkdir(path.join(folder, 'portui'));
	const pipe = path.join(folder, 'portui', 'registry');
	t.is((await runProgram('mkfifo', [pipe])).code, 0);
	const terminal = openInShell(t, '127.0.0.1 -p 1', {XDG_DATA_HOME: folder});
	// Opened when the program opens it too.
	const handle = await openFile(pipe, 'w');
	return {terminal, goOn: async () => handle.close()};
};

onLinux('keys typed before the screen is up are not echoed, and take effect on it', async t => {
	const {terminal, goOn} = await openBeforeScreen(t);
	terminal.press('?');
	await goOn();
	await terminal.waitFor(/┏━ Keys/);
	t.false(terminal.raw().split('\u001B[?1049h')[0]!.includes('?'), terminal.raw().slice(0, 200));
	terminal.press('ctrl-c');
	await assertRestored(t, terminal, 130);
});

onLinux('Ctrl-C typed before the screen is up ends it, and the terminal is as before', async t => {
	const {terminal, goOn} = await openBeforeScreen(t);
	terminal.press('ctrl-c');
	await goOn();
	await assertRestored(t, terminal, 130);
});

test('a slip on the command line leaves the terminal as before', async t => {
	const terminal = openInShell(t, '127.0.0.1 -p no-such-port-name');
	await assertRestored(t, terminal, 2);
});
