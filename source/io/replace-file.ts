import {randomBytes} from 'node:crypto';
import {unlinkSync} from 'node:fs';
import {mkdir, open, rename, rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

const ignore = (): void => {};

/** Makes the rename itself outlast a crash. Not every system lets a folder be synchronised, and then there is nothing to do about it. */
const syncFolder = async (folder: string): Promise<void> => {
	const handle = await open(folder, 'r').catch(ignore);
	await handle?.sync().catch(ignore);
	await handle?.close().catch(ignore);
};

/**
Replaces a file whole or not at all: whoever reads meanwhile sees the old one or the new one, and so does whoever reads after a crash.

Folders that are missing are made, for this user alone. Several at once do no harm: each writes a file of its own, and the last to finish stays.

@throws What the system says of the folder or the file. Nothing is left behind then, nor when the process ends midway by `process.exit`.
*/
export const replaceFile = async (file: string, contents: Uint8Array, signal: AbortSignal): Promise<void> => {
	const folder = path.dirname(file);
	// The XDG Base Directory Specification asks for 0700.
	await mkdir(folder, {recursive: true, mode: 0o700});
	signal.throwIfAborted();
	const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.${randomBytes(6).toString('hex')}`);
	const removeAtOnce = (): void => {
		try {
			unlinkSync(temporary);
		} catch {
			// It is not there, or not any more.
		}
	};

	process.once('exit', removeAtOnce);
	try {
		const handle = await open(temporary, 'wx', 0o644);
		try {
			await handle.writeFile(contents, {signal});
			await handle.sync();
		} finally {
			await handle.close();
		}

		signal.throwIfAborted();
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, {force: true}).catch(ignore);
		throw error;
	} finally {
		process.off('exit', removeAtOnce);
	}

	await syncFolder(folder);
};
