import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {openListeners} from '../helpers/listeners.ts';
import {cliPath} from '../helpers/run-cli.ts';
import {openTerminal, type CellStyle, type Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const open = (t: ExecutionContext, options: Partial<TerminalOptions> = {}, args: readonly string[] = []): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, ...args], ...options});
	t.teardown(async () => terminal.close());
	return terminal;
};

/** How the first character of a text is drawn; undefined where the text is not on the screen. */
const styleOf = (terminal: Terminal, text: string): CellStyle | undefined => {
	const screen = terminal.screen();
	const row = screen.findIndex(line => line.includes(text));
	return row === -1 ? undefined : terminal.cellStyle(row, screen[row]!.indexOf(text));
};

for (const [columns, rows] of [[60, 16], [80, 24], [160, 45]] as const) {
	test(`at ${columns}×${rows}: I shows the guide, and every page is framed`, async t => {
		const terminal = open(t, {columns, rows});
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.press('I');
		await terminal.waitFor(/┏━ Guide .*╭─ What a port is/);
		for (const title of ['The three ranges', 'Names and numbers', 'Listening', 'Connections', 'Ephemeral ports', 'What a scan can know', 'Why open ports matter', 'TCP, UDP and others', 'Special ports']) {
			terminal.press('down');
			const screen = await terminal.waitFor(new RegExp(`╭─ ${title} ──`));
			for (const line of screen.slice(1, -1)) {
				t.regex(line, /^[┏┃┗].*[╮│╯]$/, screen.join('\n'));
				t.true(line.length <= columns);
			}
		}

		t.regex(terminal.screen().at(-1)!, /q quit/);
	});
}

test('a reader follows a link to its port, and comes back to where it was', async t => {
	const terminal = open(t, {columns: 80, rows: 24});
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('I', 'down', 'enter');
	await terminal.waitFor(/┏━ The three ranges/);
	// From the first link, which is to another page, to that of 80, to that of 5432.
	terminal.press('n', 'right');
	await terminal.waitFor(() => styleOf(terminal, '5432 is')?.isInverse === true, {description: '5432 to be in hand'});
	t.like(styleOf(terminal, '80 is http'), {isUnderlined: true, isInverse: false});
	// What listens on this machine may change meanwhile, and its examples with it.
	const visiblePage = (): readonly string[] => terminal.screen().slice(1, -1).map(row => row.replace(/ ↓ \d+ more ──|━+┓$/g, ''));
	const page = visiblePage();
	terminal.press('enter');
	await terminal.waitFor(/┏━ Ports[^]*›\s+5432 .*postgresql/);
	await terminal.waitFor(/I goes back to the guide/);
	terminal.press('I');
	await terminal.waitFor(/┏━ The three ranges/);
	t.deepEqual(visiblePage(), page);
});

test('without colour links are underlined all the same', async t => {
	const terminal = open(t, {columns: 80, rows: 24, env: {NO_COLOR: '1'}});
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('I');
	await terminal.waitFor(/443 is https/);
	t.like(styleOf(terminal, '443 is'), {isUnderlined: true, foreground: undefined});
	terminal.press('enter', 'n');
	await terminal.waitFor(() => styleOf(terminal, '443 is')?.isInverse === true, {description: '443 to be in hand'});
});

test.serial('the page on scans tells what the last one found', async t => {
	const listeners = await openListeners({count: 1, hosts: ['127.0.0.1']});
	t.teardown(listeners.close);
	const [port] = listeners.ports.get('127.0.0.1')!;
	const terminal = open(t, {columns: 120, rows: 45}, ['127.0.0.1', '-p', String(port)]);
	await terminal.waitFor(/127\.0\.0\.1 complete/);
	terminal.press('I');
	await terminal.waitFor(/┏━ Guide/);
	terminal.press('down', 'down', 'down', 'down', 'down', 'down');
	await terminal.waitFor(/The last scan, of 127\.0\.0\.1: 1 open, 0 closed, 0 filtered, 0 unknown/);
	await terminal.waitFor(new RegExp(`${port} of 127\\.0\\.0\\.1 is open: accepted a connection after`));
	t.pass();
});
