import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {openListeners} from '../helpers/listeners.ts';
import {cliPath} from '../helpers/run-cli.ts';
import {openTerminal, type Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const open = (t: ExecutionContext, args: readonly string[], options: Partial<TerminalOptions> = {}): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, ...args], ...options});
	t.teardown(async () => terminal.close());
	return terminal;
};

const openMap = async (t: ExecutionContext, options: Partial<TerminalOptions> = {}): Promise<Terminal> => {
	const terminal = open(t, [], options);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('M');
	await terminal.waitFor(/┏━ Map ── by assignment/);
	return terminal;
};

type Picture = {readonly portsPerCell: number; readonly portsPerRow: number; readonly top: number; readonly left: number};

/** Where the picture is and what its cells stand for, read from the screen as a person would: the title, the ruler, the labels of the rows. */
const readPicture = (screen: readonly string[]): Picture => {
	const ruler = screen.findIndex(row => /^┃ +\+0 /.test(row));
	const [first, second] = [1, 2].map(row => Number(/^┃ *(\d+) /.exec(screen[ruler + row]!)![1])) as [number, number];
	return {portsPerCell: Number(/(\d+) ports a cell/.exec(screen.join('\n'))![1]), portsPerRow: second - first, top: ruler + 1, left: screen[ruler]!.indexOf('+0')};
};

/** The character of the cell that a port is in. */
const characterAt = (screen: readonly string[], port: number): string => {
	const {portsPerCell, portsPerRow, top, left} = readPicture(screen);
	return screen[top + Math.floor(port / portsPerRow)]![left + Math.floor((port % portsPerRow) / portsPerCell)]!;
};

for (const [columns, rows] of [[80, 24], [140, 40]] as const) {
	const at = `at ${columns}×${rows}`;

	test(`${at}: the cursor moves over the map, and the other panes follow`, async t => {
		const terminal = await openMap(t, {columns, rows});
		terminal.type('8080\r');
		await terminal.waitFor(/Port 8080 /);
		const screen = await terminal.waitFor(/^┃ 8080 http-alt {2}\d+–\d+: \d+ assigned/m);
		const {portsPerCell, portsPerRow, top, left} = readPicture(screen);
		const place = [top + Math.floor(8080 / portsPerRow), left + Math.floor((8080 % portsPerRow) / portsPerCell)] as const;
		t.true(terminal.cellStyle(...place).isInverse, 'the cell of 8080 is marked');
		terminal.press('down');
		const below = Math.floor(8080 / portsPerCell) * portsPerCell + portsPerRow;
		await terminal.waitFor(new RegExp(`  ${below}–${below + portsPerCell - 1}: `));
		t.true(terminal.cellStyle(place[0] + 1, place[1]).isInverse);
		t.false(terminal.cellStyle(...place).isInverse);
		terminal.press('g');
		await terminal.waitFor(/Port 0 /);
		terminal.press('.', '.');
		await terminal.waitFor(/^┃ 2 /m);
		await terminal.waitFor(/Port 2 /);
		terminal.press('n');
		await terminal.waitFor(/Port 5 /);
		terminal.type('5432\r');
		await terminal.waitFor(/Port 5432 /);
		terminal.press('enter');
		await terminal.waitFor(/┏━ Ports/);
		await terminal.waitFor(/› +5432 .*postgresql/);
	});

	test(`${at}: every colouring has a legend, and where it fits it adds up to all ports`, async t => {
		const terminal = await openMap(t, {columns, rows});
		for (const title of ['by assignment', 'by range', 'by risk of the usual service', 'by what the scan saw']) {
			await terminal.waitFor(new RegExp(`┏━ Map ── ${title}`));
			const legend = terminal.screen().findLast(row => row.startsWith('┃ ') && /\d+ +┃/.test(row))!.split('┃')[1]!;
			const counts = [...legend.matchAll(/ ([\d,]+)(?= {2}|$| +$)/g)].map(([, count]) => Number(count!.replaceAll(',', '')));
			const sum = counts.reduce((total, each) => total + each, 0);
			// At 80 columns the five severities leave no room for the ports without.
			t.true(sum === 65_536 || (columns === 80 && title.includes('risk') && sum > 100), legend);
			terminal.press('c');
		}
	});

	test.serial(`${at}: a scan lights up what listens, each port in its cell`, async t => {
		const listeners = await openListeners({count: 4, hosts: ['127.0.0.1']});
		t.teardown(listeners.close);
		const ports = listeners.ports.get('127.0.0.1')!;
		const terminal = await openMap(t, {columns, rows});
		terminal.press('s');
		await terminal.waitFor(/New scan/);
		terminal.press('ctrl-u');
		terminal.type('127.0.0.1');
		terminal.press('tab', 'ctrl-u');
		terminal.type(`1-20,${ports.join(',')}`);
		terminal.press('enter');
		await terminal.waitFor(/127\.0\.0\.1 complete/);
		const screen = await terminal.waitFor(/┏━ Map ── by what the scan saw/);
		for (const port of ports) {
			t.is(characterAt(screen, port), '●', `${port}\n${screen.join('\n')}`);
		}

		const legend = screen.find(row => row.includes('● open '))!;
		const counts = [...legend.matchAll(/ ([\d,]+)(?= {2}| *┃)/g)].map(([, count]) => Number(count!.replaceAll(',', '')));
		t.is(counts.reduce((sum, count) => sum + count, 0), 65_536, legend);
		t.true(counts[0]! >= ports.length, legend);
		// From what stands out to what stands out, open or listening here; and a result of the scan is opened on the map.
		terminal.press('g', 'n');
		await terminal.waitFor(/^┃ \d+( \S.*)? {2}\d+–\d+: \d+ (?:open|listening here), /m);
		terminal.type(`${ports[0]}\r`);
		await terminal.waitFor(new RegExp(`^┃ ${ports[0]}( \\S.*)? {2}\\d+–\\d+: [1-4] open, `, 'm'));
		terminal.press('tab', 'tab');
		await terminal.waitFor(/┏━ Live scan/);
		terminal.press('g', 'enter');
		await terminal.waitFor(/┏━ Map/);
		t.pass();
	});
}

test('without colour there is none, the cursor is inverse, and what differs looks different', async t => {
	const terminal = await openMap(t, {columns: 80, rows: 24, env: {NO_COLOR: '1'}});
	terminal.type('22\r');
	await terminal.waitFor(/^┃ 22 ssh /m);
	const screen = terminal.screen();
	for (const [row, text] of screen.entries()) {
		for (let column = 0; column < text.length; column++) {
			const {foreground, background} = terminal.cellStyle(row, column);
			t.true(foreground === undefined && background === undefined, `row ${row}, column ${column}: ${text}`);
		}
	}

	const {top, left} = readPicture(screen);
	t.true(terminal.cellStyle(top, left).isInverse);
	t.is(characterAt(screen, 60_000), '·', 'a dynamic port');
	t.regex(characterAt(screen, 2049), /[⠁-⣿]/, 'assigned ports');
	t.regex(screen.join('\n'), /⣿ assigned [\d,]+ {2}▒ reserved \d+ {2}blank unassigned [\d,]+ {2}· dynamic 16,384/);
});

test('zoomed on a large screen every port has a dot of its own', async t => {
	const terminal = await openMap(t, {columns: 200, rows: 60});
	terminal.press('+');
	const screen = await terminal.waitFor(/8 ports a cell/);
	const {portsPerRow, top, left} = readPicture(screen);
	// 80 to 87, down the left column and down the right one: 81, 85 and 86 have no registration.
	t.is(portsPerRow, 1400);
	t.is(screen[top]![left + 10], characterAt(screen, 80));
	terminal.type('80\r');
	await terminal.waitFor(/^┃ 80 http {2}80–87: /m);
	t.pass();
});
