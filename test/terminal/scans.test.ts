import net from 'node:net';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {openListeners} from '../helpers/listeners.ts';
import {cliPath} from '../helpers/run-cli.ts';
import {openTerminal, type Terminal} from '../helpers/terminal.ts';

const open = (t: ExecutionContext, columns: number, rows: number, ...args: readonly string[]): Terminal => {
	const terminal = openTerminal({command: process.execPath, args: [cliPath, ...args], columns, rows});
	t.teardown(async () => terminal.close());
	return terminal;
};

/** A listener on loopback on a port the system picks; ended by the test, or after it. */
const listen = async (t: ExecutionContext): Promise<{readonly port: number; readonly close: () => Promise<void>}> => {
	const listeners = await openListeners({count: 1, hosts: ['127.0.0.1']});
	let isClosed = false;
	const close = async (): Promise<void> => {
		if (!isClosed) {
			isClosed = true;
			await listeners.close();
		}
	};

	t.teardown(close);
	return {port: listeners.ports.get('127.0.0.1')![0]!, close};
};

/** A port on which nothing listens: one the system has just given and got back. */
const findClosed = async (): Promise<number> => {
	const server = net.createServer();
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const {port} = server.address() as net.AddressInfo;
	await new Promise(resolve => {
		server.close(resolve);
	});
	return port;
};

for (const [columns, rows] of [[60, 16], [80, 24], [160, 45]] as const) {
	test(`at ${columns}×${rows}: S shows what was found and why it was slow; / finds, Enter explores, a second scan is compared`, async t => {
		const [staying, ending] = [await listen(t), await listen(t)];
		const closed = await findClosed();
		const terminal = open(t, columns, rows, '127.0.0.1', '-p', `${staying.port},${ending.port},${closed}`);
		await terminal.waitFor(/Ports ── of \d{4}/);
		terminal.press('S');
		const shown = (await terminal.waitFor(/Scan 1 of 1 ── complete/)).join('\n');
		t.regex(shown, /\[S Scan]/);
		t.regex(shown, new RegExp(`\\b${staying.port} open `));
		t.regex(shown, new RegExp(`\\b${ending.port} open `));
		t.notRegex(shown, new RegExp(`\\b${closed} closed `));
		t.regex(shown, /127\.0\.0\.1 .*100% +2/);
		t.regex(shown, /Nothing held it up/);
		terminal.type('/');
		terminal.type('closed');
		await terminal.waitFor(new RegExp(`› *${closed} closed `));
		terminal.press('enter');
		await terminal.waitFor(/\/ find/);
		terminal.press('enter');
		await terminal.waitFor(new RegExp(`Port ${closed} `));
		terminal.press('S');
		await terminal.waitFor(new RegExp(`› *${closed} closed `));
		terminal.press('escape');
		await terminal.waitFor(new RegExp(`\\b${staying.port} open `));
		await ending.close();
		terminal.press('r');
		await terminal.waitFor(/Scan 2 of 2 ── complete/);
		await terminal.waitFor(new RegExp(`\\b${ending.port} closed .*was open`));
		terminal.type('<');
		await terminal.waitFor(/Scan 1 of 2/);
		await terminal.waitFor(new RegExp(`\\b${ending.port} open `));
		terminal.type('>');
		await terminal.waitFor(/Scan 2 of 2/);
		terminal.press('q');
		t.is((await terminal.exit).code, 0);
	});
}
