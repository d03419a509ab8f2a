import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {cliPath} from '../helpers/run-cli.ts';
import {startListener, type StartedProgram} from '../helpers/start-program.ts';
import {openTerminal, type Terminal} from '../helpers/terminal.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;
const sizes = [[60, 16], [80, 24], [160, 45]] as const;

const open = (t: ExecutionContext, columns: number, rows: number): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath], columns, rows});
	t.teardown(async () => terminal.close());
	return terminal;
};

const listen = async (t: ExecutionContext, ...args: Parameters<typeof startListener>): Promise<StartedProgram & {readonly port: string}> => {
	const program = await startListener(...args);
	t.teardown(program.end);
	return {...program, port: program.words[0]!};
};

/** Goes to what listens on a port, with nothing but the keys the screen shows. */
const goTo = async (terminal: Terminal, port: string): Promise<void> => {
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('L');
	await terminal.waitFor(/as of|This machine.* listening/);
	terminal.type(port);
	await terminal.waitFor(new RegExp(`Go to port ${port}`));
	terminal.press('enter');
	await terminal.waitFor(new RegExp(`›[ +]\\s*${port} `));
};

for (const [columns, rows] of sizes) {
	onLinux(`at ${columns}×${rows}: L, the port, Enter, x, y: its process is stopped, and the port is free`, async t => {
		const {port, pid, exited} = await listen(t);
		const terminal = open(t, columns, rows);
		await goTo(terminal, port);
		const row = terminal.screen().find(line => line.includes('›'))!;
		t.regex(row, /this machine only/);
		t.true(row.includes(`node`) && row.includes(String(pid)), row);
		t.regex(terminal.screen().at(-1)!, /x stop it/);
		terminal.press('x');
		const asked = await terminal.waitFor(/y asks it to end/);
		const question = asked.join(' ').replaceAll(/[┃│\s]+/g, ' ');
		t.true(question.includes(`Stop node (PID ${pid},`) && question.includes(`which listens on ${port}?`), question);
		terminal.press('y');
		await terminal.waitFor(new RegExp(`Port ${port} is free\\.`));
		t.deepEqual(await exited, {code: null, signal: 'SIGTERM'});
		terminal.press('enter');
		await terminal.waitFor(screen => !screen.join('\n').includes(` ${port} `), {description: 'the row to fade'});
		await terminal.waitFor(/q quit/);
	});
}

for (const [columns, rows] of sizes) {
	onLinux(`at ${columns}×${rows}: v says where a listener answers, and takes that away again`, async t => {
		const {port} = await listen(t);
		const terminal = open(t, columns, rows);
		await goTo(terminal, port);
		terminal.press('v');
		await terminal.waitFor(/ANSWERS AT/);
		await terminal.waitFor(new RegExp(`›[ +]\\s*${port} .* loopback `));
		const shown = await terminal.waitFor(/Answers at \(tried \d\d:\d\d:\d\d\): loopback/);
		t.notRegex(shown.join('\n'), /REACH/);
		terminal.press('v');
		const back = await terminal.waitFor(new RegExp(`›[ +]\\s*${port} .* this machine only `));
		t.notRegex(back.join('\n'), /Answers at|ANSWERS AT/);
	});
}

onLinux('a process that does not end when asked is ended by force only after k', async t => {
	const {port, pid, exited} = await listen(t, ['127.0.0.1'], {isStubborn: true});
	const terminal = open(t, 80, 24);
	await goTo(terminal, port);
	terminal.press('x');
	await terminal.waitFor(/y asks it to end/);
	terminal.press('y');
	await terminal.waitFor(new RegExp(`Asked node \\(PID ${pid}\\) to end \\(SIGTERM\\)`));
	await terminal.waitFor(/k ends it by force \(SIGKILL\)/);
	terminal.press('k');
	await terminal.waitFor(new RegExp(`Port ${port} is free\\.`));
	t.deepEqual(await exited, {code: null, signal: 'SIGKILL'});
});

onLinux('Esc leaves a process alone, before and after it was asked', async t => {
	const {port, pid} = await listen(t, ['127.0.0.1'], {isStubborn: true});
	const terminal = open(t, 80, 24);
	await goTo(terminal, port);
	terminal.press('x');
	await terminal.waitFor(/y asks it to end/);
	terminal.press('escape');
	await terminal.waitFor(/x stop it/);
	terminal.press('x');
	await terminal.waitFor(/y asks it to end/);
	terminal.press('y');
	await terminal.waitFor(/k ends it by force/);
	terminal.press('escape');
	await terminal.waitFor(/x stop it/);
	t.notThrows(() => process.kill(pid, 0), 'it still runs');
	t.true(terminal.text().includes(` ${port} `));
});

onLinux('a listener that starts while the view is shown stands out, one that ends fades', async t => {
	const terminal = open(t, 80, 24);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('L');
	await terminal.waitFor(/as of/);
	// What else listens meanwhile is filtered away.
	const {port, end} = await listen(t);
	terminal.type(`/${port}`);
	await terminal.waitFor(new RegExp(`\\+\\s+${port} tcp4 this machine only`));
	await end();
	await terminal.waitFor(new RegExp(`−\\s+${port} tcp4`));
	await terminal.waitFor(/Nothing matches/);
	t.pass();
});

onLinux('a port that nothing listens on is told as such', async t => {
	const {port, end} = await listen(t);
	await end();
	const terminal = open(t, 80, 24);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.press('L');
	await terminal.waitFor(/as of/);
	terminal.type(`${port}\r`);
	await terminal.waitFor(new RegExp(`Nothing listens on ${port} here\\.`));
	t.pass();
});

onLinux('a port that listens here is marked in Explore, and L finds it again', async t => {
	const {port, pid} = await listen(t, ['127.0.0.1', '127.0.0.1']);
	const terminal = open(t, 140, 40);
	await terminal.waitFor(/Ports ── of \d{4}/);
	terminal.type(`${port}\r`);
	await terminal.waitFor(new RegExp(`›\\s+${port} ◆here`));
	await terminal.waitFor(new RegExp(`● node \\(PID ${pid}\\)`));
	terminal.press('L');
	await terminal.waitFor(new RegExp(`›\\s+${port} tcp4`));
	terminal.press('enter');
	await terminal.waitFor(/┏━ Port/);
	await terminal.waitFor(/It listens too on 127\.0\.0\.1:\d+/);
	terminal.press('s');
	await terminal.waitFor(/Target {2}127\.0\.0\.1/);
	await terminal.waitFor(new RegExp(`Ports {3}${port}`));
	t.pass();
});

const asNobody = typeof process.geteuid === 'function' && process.geteuid() === 0 ? onLinux : test.skip;

asNobody('a user who may not see an owner is told so, and how to see it (needs root, to become another user)', async t => {
	const {port} = await listen(t);
	const terminal = openTerminal({command: 'setpriv', args: ['--reuid', '65534', '--clear-groups', process.execPath, cliPath], columns: 80, rows: 24});
	t.teardown(async () => terminal.close());
	await goTo(terminal, port);
	t.regex(terminal.screen().find(line => line.includes('›'))!, /owner hidden: run with sudo/);
	terminal.press('x');
	await terminal.waitFor(/hidden from you: run sudo/);
	t.pass();
});
