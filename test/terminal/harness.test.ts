import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {cleanEnvironment, encodeKey, openTerminal, type Terminal, type TerminalOptions} from '../helpers/terminal.ts';

const open = (t: ExecutionContext, options: TerminalOptions): Terminal => {
	const terminal = openTerminal(options);
	t.teardown(async () => terminal.close());
	return terminal;
};

/** Runs a few lines of JavaScript as the program in the terminal. */
const openScript = (t: ExecutionContext, script: string, options: Partial<TerminalOptions> = {}): Terminal =>
	open(t, {command: process.execPath, args: ['--input-type=module', '-e', script], ...options});

/** Shows every byte that arrives, as JSON, until Ctrl-C. */
const echoBytes = `
process.stdin.setRawMode(true);
process.stdin.on('data', chunk => {
	for (const character of String(chunk)) console.log('got ' + JSON.stringify(character));
	if (String(chunk).includes('\\u0003')) process.exit(7);
});
console.log('ready');
`;

test('what a program prints is on the screen', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'printf "one\\n  two\\n"; read'], columns: 40, rows: 5});
	const screen = await terminal.waitFor('two');
	t.deepEqual(screen, ['one', '  two', '', '', '']);
	t.is(terminal.text(), 'one\n  two\n\n\n');
	t.deepEqual(terminal.cursor(), {row: 2, column: 0});
});

test('keys arrive as a terminal sends them', async t => {
	const terminal = openScript(t, echoBytes, {rows: 50});
	await terminal.waitFor('ready');
	terminal.press('a', 'enter', 'shift-tab', 'up', 'ctrl-c');
	const {code} = await terminal.exit;
	t.is(code, 7);
	const bytes = terminal.screen().filter(row => row.startsWith('got ')).map(row => JSON.parse(row.slice(4)) as string);
	t.is(bytes.join(''), 'a\r\u001B[Z\u001B[A\u0003');
});

const encodings = [
	['up', '\u001B[A'],
	['down', '\u001B[B'],
	['right', '\u001B[C'],
	['left', '\u001B[D'],
	['home', '\u001B[H'],
	['end', '\u001B[F'],
	['pageup', '\u001B[5~'],
	['pagedown', '\u001B[6~'],
	['delete', '\u001B[3~'],
	['enter', '\r'],
	['escape', '\u001B'],
	['tab', '\t'],
	['shift-tab', '\u001B[Z'],
	['backspace', '\u007F'],
	['space', ' '],
	['ctrl-c', '\u0003'],
	['ctrl-z', '\u001A'],
	['G', 'G'],
	['5432', '5432'],
	['é│', 'é│'],
] as const;

for (const [key, bytes] of encodings) {
	test(`the key ${key}`, t => {
		t.is(encodeKey(key), bytes);
	});
}

test('cursor keys in application mode', t => {
	t.is(encodeKey('up', true), '\u001BOA');
	t.is(encodeKey('end', true), '\u001BOF');
	t.is(encodeKey('enter', true), '\r');
});

test('a program in application mode gets the keys of that mode', async t => {
	const terminal = openScript(t, `process.stdout.write('\\u001B[?1h');${echoBytes}`);
	await terminal.waitFor('ready');
	terminal.press('down', 'ctrl-c');
	await terminal.waitFor('got "O"');
	t.pass();
});

test('the name of a key can be typed as text', async t => {
	const terminal = open(t, {command: 'cat'});
	terminal.type('down\r');
	const screen = await terminal.waitFor(rows => rows.filter(row => row === 'down').length === 2, {description: 'the echo and the answer of cat'});
	t.is(screen[0], 'down');
});

test('the size at the start and every resize reach the program', async t => {
	const terminal = openScript(t, `
		const tell = () => console.log(process.stdout.columns + ' by ' + process.stdout.rows);
		process.stdout.on('resize', tell);
		tell();
		setInterval(() => {}, 1000);
	`, {columns: 91, rows: 17});
	await terminal.waitFor('91 by 17');
	terminal.resize(60, 16);
	const screen = await terminal.waitFor('60 by 16');
	t.is(screen.length, 16);
	terminal.resize(132, 43);
	t.is((await terminal.waitFor('132 by 43')).length, 43);
});

test('the exit code is told, and the last words are on the screen', async t => {
	// A pseudo-terminal gives 4,095 bytes a read, and `–` takes three: some are split between two reads.
	const terminal = open(t, {command: 'bash', args: ['-c', 'for i in {1..5000}; do echo "– line – $i –"; done; exit 3']});
	t.deepEqual(await terminal.exit, {code: 3, signal: undefined});
	t.true(terminal.text().includes('– line – 5000 –'));
	t.is(terminal.raw().match(/– line – \d+ –\r\n/g)?.length, 5000);
});

test('a character whose bytes come in two reads is drawn', async t => {
	// The rest of the bytes follows when the key has come. A byte 0x80 is one that xterm's own decoder takes for none.
	for (const [character, first, last] of [['–', '\\342\\200', '\\223'], ['é', '\\303', '\\251'], ['—', '\\342', '\\200\\224'], ['😀', '\\360\\237\\230', '\\200'], ['𐀀', '\\360\\220\\200', '\\200']]) {
		const terminal = open(t, {command: 'bash', args: ['-c', `stty -echo; printf 'here a${first}'; read -rn1; printf '${last}b'; read -r`]});
		 
		await terminal.waitFor('here a');
		terminal.press('x');
		 
		const screen = await terminal.waitFor('b');
		t.is(screen[0], `here a${character}b`);
	}
});

test('the signal that ended a program is told', async t => {
	const terminal = open(t, {command: 'cat'});
	terminal.kill('SIGTERM');
	t.deepEqual(await terminal.exit, {code: undefined, signal: 'SIGTERM'});
	terminal.kill('SIGTERM');
	terminal.press('a');
	terminal.resize(20, 5);
	t.is(terminal.screen().length, 5);
});

test('a wait in vain tells what was awaited and shows the screen', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'echo here I am; read'], columns: 20, rows: 3});
	await terminal.waitFor('here');
	const error = await t.throwsAsync(async () => terminal.waitFor(/never/, {timeoutMs: 50}));
	t.is(error.message, [
		'50 ms passed while waiting for /never/. The screen, 20×3:',
		'┌────────────────────┐',
		'│here I am           │',
		'│                    │',
		'│                    │',
		'└────────────────────┘',
	].join('\n'));
});

test('a wait ends with the program', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'echo bye; exit 4']});
	const during = await t.throwsAsync(async () => terminal.waitFor('hello', {description: 'a greeting'}));
	t.regex(during.message, /^bash ended with code 4 while waiting for a greeting\. The screen, 100×30:\n[^]*│bye/);
	const after = await t.throwsAsync(async () => terminal.waitFor('hello'));
	t.regex(after.message, /^bash ended with code 4 while waiting for "hello"/);
	t.is((await terminal.waitFor('bye'))[0], 'bye');
});

test('a wait for the end', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'echo still here; read -r; exit 5']});
	await terminal.waitFor('still here');
	const error = await t.throwsAsync(async () => terminal.waitForExit({timeoutMs: 50}));
	t.regex(error.message, /^50 ms passed while waiting for the program to end\. The screen, 100×30:\n[^]*│still here/);
	terminal.press('enter');
	t.deepEqual(await terminal.waitForExit(), {code: 5, signal: undefined});
});

test('a predicate that throws fails its wait', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'read -r; echo something; read -r']});
	const waiting = t.throwsAsync(async () => terminal.waitFor(screen => {
		if (screen.includes('something')) {
			throw new TypeError('a bug of the test');
		}

		return false;
	}));
	terminal.press('enter');
	const error = await waiting;
	t.is(error.message, 'a bug of the test');
});

test('a global expression finds the same text twice', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'echo found; read']});
	const pattern = /found/g;
	await terminal.waitFor(pattern);
	await terminal.waitFor(pattern, {timeoutMs: 1000});
	t.pass();
});

test('box drawing, accents, wide and combining characters keep their columns', async t => {
	const row = '╭─ Ports ─╮ ▕███▌▏ ▾▸ ↵ é e\u0301 日本 🚀|';
	const terminal = openScript(t, `console.log(${JSON.stringify(row)}); setInterval(() => {}, 1000)`);
	const screen = await terminal.waitFor('|');
	t.is(screen[0], row);
	// 日本 and 🚀 take two columns each, the combining accent none.
	t.is(terminal.cellStyle(0, 35).character, '|');
});

test('the style of a cell', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'printf "\\e[1;31mA\\e[0;7mB\\e[0;38;2;1;2;255;4mC\\e[0m\\e[2;3;48;5;200mD\\e[0mE"; read']});
	await terminal.waitFor('ABCDE');
	const plain = {foreground: undefined, background: undefined, isBold: false, isDim: false, isItalic: false, isUnderlined: false, isInverse: false};
	t.deepEqual(terminal.cellStyle(0, 0), {...plain, character: 'A', foreground: 1, isBold: true});
	t.deepEqual(terminal.cellStyle(0, 1), {...plain, character: 'B', isInverse: true});
	t.deepEqual(terminal.cellStyle(0, 2), {...plain, character: 'C', foreground: '#0102ff', isUnderlined: true});
	t.deepEqual(terminal.cellStyle(0, 3), {...plain, character: 'D', background: 200, isDim: true, isItalic: true});
	t.deepEqual(terminal.cellStyle(0, 4), {...plain, character: 'E'});
	t.throws(() => terminal.cellStyle(99, 0), {instanceOf: RangeError});
});

test('alternate screen and cursor are followed there and back', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', `
		echo before
		printf '\\e[?1049h\\e[?25l\\e[Hinside'; read -r
		printf '\\e[?25h\\e[?1049l'; echo after; read -r
	`]});
	await terminal.waitFor(rows => rows[0] === 'inside');
	t.true(terminal.isAlternateScreen());
	t.false(terminal.isCursorVisible());
	terminal.press('enter');
	await terminal.waitFor('after');
	t.false(terminal.isAlternateScreen());
	t.true(terminal.isCursorVisible());
	t.true(terminal.text().includes('before'));
	t.true(terminal.raw().includes('\u001B[?1049l'));
});

test('a frame that is held back is not looked at', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', `
		printf '\\e[?2026hhalf a frame'; read -r
		printf '\\e[2J\\e[Hwhole frame\\e[?2026l'; read -r
	`]});
	await t.throwsAsync(async () => terminal.waitFor('half', {timeoutMs: 300}));
	terminal.press('enter');
	t.is((await terminal.waitFor('frame'))[0], 'whole frame');
});

test('the environment is clean and holds what was asked for', async t => {
	const terminal = open(t, {command: 'env', env: {LANG: undefined, PORTUI_TEST: 'yes'}, rows: 60});
	await terminal.exit;
	const names = new Set(terminal.screen().map(row => row.split('=')[0]));
	t.true(names.has('PATH'));
	t.true(terminal.text().includes('TERM=xterm-256color'));
	t.true(terminal.text().includes('PORTUI_TEST=yes'));
	for (const name of ['CI', 'CONTINUOUS_INTEGRATION', 'LANG', 'COLORTERM', 'NO_COLOR', 'NODE_OPTIONS', 'AVA_PATH']) {
		t.false(names.has(name), name);
	}

	t.is(cleanEnvironment()['LANG'], 'C.UTF-8');
});

test('close ends a program that does not obey, with what it started', async t => {
	const terminal = open(t, {command: 'bash', args: ['-c', 'trap "" HUP TERM INT; sleep 1000 & echo started $!; wait; read']});
	await terminal.waitFor(/started \d+/);
	const child = Number(/started (\d+)/.exec(terminal.text())?.[1]);
	t.notThrows(() => process.kill(child, 0));
	const waiting = t.throwsAsync(async () => terminal.waitFor('never'));
	await Promise.all([terminal.close(), terminal.close()]);
	t.is((await terminal.exit).signal, 'SIGKILL');
	t.regex((await waiting).message, /ended by SIGKILL/);
	t.throws(() => process.kill(terminal.pid, 0), {code: 'ESRCH'});
});

test('many terminals at once', async t => {
	const terminals = Array.from({length: 8}, (_, index) => open(t, {command: 'bash', args: ['-c', `read line; echo "${index} heard $line"; exit ${index}`]}));
	for (const terminal of terminals) {
		terminal.press('x', 'enter');
	}

	const codes = await Promise.all(terminals.map(async terminal => (await terminal.exit).code));
	t.deepEqual(codes, [0, 1, 2, 3, 4, 5, 6, 7]);
	t.true(terminals.every((terminal, index) => terminal.text().includes(`${index} heard x`)));
});
