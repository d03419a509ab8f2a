import process from 'node:process';
import type {LocalSockets} from '../local/local-socket.ts';
import {createLsofSockets} from './read-lsof.ts';
import {createProcReader} from './read-proc.ts';
import {createWindowsSockets} from './read-windows.ts';
import {createWorkerSockets} from './read-in-worker.ts';

export type LocalSocketsOptions = {
	/** The built `local-worker.js`, for a program that must answer keys meanwhile; without it Linux is read in this thread. */
	readonly workerUrl?: URL;
	readonly platform?: NodeJS.Platform;
};

/** Makes what reads this machine's sockets: from `/proc` on Linux, with PowerShell on Windows, with `lsof` anywhere else. */
export const createLocalSockets = ({workerUrl, platform = process.platform}: LocalSocketsOptions = {}): LocalSockets => {
	if (platform === 'win32') {
		return createWindowsSockets();
	}

	if (platform !== 'linux') {
		return createLsofSockets();
	}

	if (workerUrl !== undefined) {
		return createWorkerSockets(workerUrl);
	}

	const read = createProcReader();
	return {
		async read(signal) {
			signal?.throwIfAborted();
			return read();
		},
		async close() {},
	};
};
