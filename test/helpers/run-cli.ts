import {spawn, type ChildProcess} from 'node:child_process';
import {devNull} from 'node:os';
import process from 'node:process';
import {fileURLToPath} from 'node:url';

/** The built program, as an installed one runs. */
export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type CliResult = {readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string};

export type RunOptions = {
	readonly cwd?: string;
	readonly env?: NodeJS.ProcessEnv;
	/** Another user to run it as; takes root. */
	readonly uid?: number;
	readonly gid?: number;
	/** Ends the program by force, if it takes longer than this. */
	readonly timeoutMs?: number;
	/** Called once the program runs, to send it a signal. */
	readonly onStart?: (child: ChildProcess) => void;
};

/** Runs a program to its end, its standard input closed, and keeps what it says. */
export const runProgram = async (command: string, args: readonly string[], {onStart, timeoutMs, env = process.env, ...options}: RunOptions = {}): Promise<CliResult> => new Promise((resolve, reject) => {
	const child = spawn(command, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		// What tests scan is nobody's history, and nobody's config is theirs, unless the test says otherwise.
		env: {PORTUI_NO_HISTORY: '1', PORTUI_CONFIG: devNull, ...env},
		...(timeoutMs !== undefined && {timeout: timeoutMs, killSignal: 'SIGKILL'}),
		...options,
	});
	let stdout = '';
	let stderr = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.on('error', reject);
	child.on('close', (code, signal) => {
		resolve({code, signal, stdout, stderr});
	});
	onStart?.(child);
});

export const runCli = async (args: readonly string[], options?: RunOptions): Promise<CliResult> => runProgram(process.execPath, [cliPath, ...args], options);
