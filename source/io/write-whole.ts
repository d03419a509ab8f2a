import {lstat, realpath, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {quoteTyped} from '../port/quote.ts';

const sentences: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full',
	EDQUOT: 'your share of the disk is full',
	EACCES: 'you may not write there',
	EPERM: 'you may not write there',
	EROFS: 'the file system is read-only',
	ENOENT: 'there is no such folder',
	ENOTDIR: 'there is no such folder',
	EISDIR: 'it is a folder',
	ENAMETOOLONG: 'its name is too long',
};

/** Where a file really is: the end of its links. What is no plain file is not to be replaced by one. */
const findPlace = async (file: string): Promise<string> => {
	try {
		const place = await realpath(file);
		const found = await lstat(place);
		if (!found.isFile()) {
			throw Object.assign(new Error('no file'), {code: found.isDirectory() ? 'EISDIR' : 'ENOTFILE'});
		}

		return place;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			return file;
		}

		throw error;
	}
};

/**
Writes a file whole or not at all: beside its place first, then moved there.

@returns Why it could not be written, as one sentence; undefined when it was. Never rejects.
*/
export const writeWhole = async (file: string, text: string): Promise<string | undefined> => {
	let temporary: string | undefined;
	try {
		const place = await findPlace(file);
		temporary = path.join(path.dirname(place), `.${path.basename(place).slice(0, 100)}.${process.pid}.tmp`);
		await writeFile(temporary, text, {flag: 'wx', flush: true});
		await rename(temporary, place);
		return undefined;
	} catch (error) {
		const {code = 'UNKNOWN'} = error as NodeJS.ErrnoException;
		if (temporary !== undefined && code !== 'EEXIST') {
			await rm(temporary, {force: true}).catch(() => {});
		}

		return `${quoteTyped(file, 60)} was not written: ${sentences[code] ?? (code === 'ENOTFILE' ? 'it is not a plain file' : code)}.`;
	}
};
