import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {cliPath} from '../helpers/run-cli.ts';
import {openTerminal} from '../helpers/terminal.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/scans/${name}`, import.meta.url));

for (const [columns, rows] of [[80, 24], [160, 45]] as const) {
	test(`at ${columns}×${rows}: portui open shows scans from files, told as such, and does not scan their hosts`, async t => {
		const terminal = openTerminal({command: process.execPath, args: [cliPath, 'open', fixture('masscan.json'), fixture('host-ports.txt')], columns, rows});
		t.teardown(async () => terminal.close());
		await terminal.waitFor('Scan 2 of 2');
		await terminal.waitFor('read from a file');
		await terminal.waitFor('2001:db8::7');
		await terminal.waitFor('from a file, by a program');

		terminal.type('<');
		await terminal.waitFor('Scan 1 of 2');
		await terminal.waitFor('by masscan');
		await terminal.waitFor('3306');
		t.false(terminal.text().includes('r rescan'));

		terminal.type('r');
		await terminal.waitFor('This scan was not made here: s scans what you name.');

		terminal.type('E');
		await terminal.waitFor('Scan from a file');
		terminal.type('q');
		t.is((await terminal.waitForExit()).code, 0);
	});
}
