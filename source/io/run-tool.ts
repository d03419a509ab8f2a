import {execFile} from 'node:child_process';
import process from 'node:process';

/** What a tool of the system wrote. `code` is its exit code, or the error code of a tool that could not be run (`ENOENT`). */
export type ToolAnswer = {readonly stdout: string; readonly stderr: string; readonly code: number | string};

/** A table of a busy machine's sockets takes a few megabytes. */
const mostBytes = 256 * 1024 * 1024;

/** No table takes as long; a tool that hangs on a dead network drive must not keep the program. */
const timeoutMs = 30_000;

/**
Runs a tool of the system and keeps what it writes, in English and UTC where it knows them.

@throws The signal's reason when it aborts.
*/
export const runTool = async (command: string, args: readonly string[], signal?: AbortSignal): Promise<ToolAnswer> => {
	signal?.throwIfAborted();
	return new Promise((resolve, reject) => {
		execFile(command, [...args], {
			signal, timeout: timeoutMs, maxBuffer: mostBytes, windowsHide: true, env: {...process.env, LC_ALL: 'C', TZ: 'UTC0'},
		}, (error, stdout, stderr) => {
			if (signal?.aborted) {
				reject(signal.reason as Error);
				return;
			}

			resolve({stdout, stderr, code: error === null ? 0 : (error.code ?? 'UNKNOWN')});
		});
	});
};
