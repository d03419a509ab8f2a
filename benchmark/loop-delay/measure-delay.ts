import {readFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {bundleOptions} from '../../scripts/bundle-options.ts';
import {openTerminal} from '../../test/helpers/terminal.ts';
import {measureWall, runTimeoutMs, withTemporaryFile, type Command} from '../measure.ts';
import type {LoopDelay} from './report-delay.ts';

/** How the program is run: as a command, or as the full screen in a terminal of 120×40, which is closed when its scan is over. */
export type DelayedRun = {readonly name: string; readonly isScreen: boolean; readonly args: readonly string[]};

const completeTitle = /─[^\n]*\bcomplete\b/;

const quitTimeoutMs = 10_000;

const runScreen = async ({command, args}: Command, env: Readonly<Record<string, string>>): Promise<void> => {
	const terminal = openTerminal({command, args, columns: 120, rows: 40, env});
	try {
		await terminal.waitFor(completeTitle, {timeoutMs: runTimeoutMs, description: 'the scan to be complete'});
		terminal.press('q');
		await terminal.waitForExit({timeoutMs: quitTimeoutMs, description: 'the program to end after q'});
	} finally {
		await terminal.close();
	}
};

/** How late the main thread of the real program is while it scans. */
export const measureDelay = async (cli: string, {isScreen, args}: DelayedRun): Promise<LoopDelay> => withTemporaryFile(async file => {
	const folder = path.dirname(file);
	await build({...bundleOptions, entryPoints: [path.join(import.meta.dirname, 'report-delay.ts')], outdir: folder});
	const command: Command = {command: process.execPath, args: ['--import', pathToFileURL(path.join(folder, 'report-delay.js')).href, cli, ...args]};
	// A home of its own: the scan is no part of the user's history.
	const env = {HOME: folder, LOOP_DELAY_FILE: file};
	if (isScreen) {
		await runScreen(command, env);
	} else {
		const {code, stderr} = await measureWall({command: '/usr/bin/env', args: [...Object.entries(env).map(([name, value]) => `${name}=${value}`), command.command, ...command.args]});
		if (code !== 0) {
			throw new Error(`${args.join(' ')} ended with code ${String(code)}: ${stderr}`);
		}
	}

	return JSON.parse(await readFile(file, 'utf8')) as LoopDelay;
});
