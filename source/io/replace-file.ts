import {randomBytes} from 'node:crypto';
import {unlinkSync} from 'node:fs';
import {mkdir, open, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {codeOf} from './system-sentence.ts';

const ignore = (): void => {};

/** Files that are being written and are nobody's yet. */
const unfinished = new Set<string>();

const removeUnfinished = (): void => {
	for (const file of unfinished) {
		try {
			unlinkSync(file);
		} catch {
			// It is not there, or not any more.
		}
	}
};

/**
Makes a folder and those above it, for this user alone, as the XDG Base Directory Specification asks.

Not by `mkdir` with `recursive`: that tries for ever where a file system has no folders to make, such as /proc (Node 20).
*/
export const makeFolder = async (folder: string, isAgain = false): Promise<void> => {
	try {
		await mkdir(folder, 0o700);
	} catch (error) {
		const parent = path.dirname(folder);
		if (codeOf(error) === 'ENOENT' && parent !== folder && !isAgain) {
			await makeFolder(parent);
			await makeFolder(folder, true);
		} else if (codeOf(error) !== 'EEXIST' || !(await stat(folder)).isDirectory()) {
			throw error;
		}
	}
};

/** Makes the rename itself outlast a crash. Not every system lets a folder be synchronised, and then there is nothing to do about it. */
const syncFolder = async (folder: string): Promise<void> => {
	const handle = await open(folder, 'r').catch(ignore);
	await handle?.sync().catch(ignore);
	await handle?.close().catch(ignore);
};

const writeNew = async (file: string, contents: Uint8Array, signal: AbortSignal): Promise<void> => {
	const handle = await open(file, 'wx', 0o644);
	try {
		await handle.writeFile(contents, {signal});
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/**
Replaces a file whole or not at all: whoever reads meanwhile sees the old one or the new one, and so does whoever reads after a crash.

Folders that are missing are made. Several at once do no harm: each writes a file of its own, and the last to finish stays.

@throws What the system says of the folder or the file. Nothing is left behind then, nor when the process ends midway by `process.exit`.
*/
export const replaceFile = async (file: string, contents: Uint8Array, signal: AbortSignal): Promise<void> => {
	signal.throwIfAborted();
	const folder = path.dirname(file);
	await makeFolder(folder);
	const temporary = path.join(folder, `.${path.basename(file)}.${process.pid}.${randomBytes(6).toString('hex')}`);
	// Added once, however often it is said.
	process.off('exit', removeUnfinished).on('exit', removeUnfinished);
	unfinished.add(temporary);
	try {
		await writeNew(temporary, contents, signal);
		signal.throwIfAborted();
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, {force: true}).catch(ignore);
		throw error;
	} finally {
		unfinished.delete(temporary);
	}

	await syncFolder(folder);
};
