import {lstat, realpath, stat} from 'node:fs/promises';
import path from 'node:path';
import {quoteTyped} from '../port/quote.ts';
import {replaceFile} from './replace-file.ts';
import {codeOf, systemReason} from './system-sentence.ts';

/** Where a file really is: the end of its links. @returns Why it cannot be replaced, where it is there and is no plain file. */
const findPlace = async (file: string): Promise<{readonly place: string} | {readonly reason: string}> => {
	try {
		const place = await realpath(file);
		const found = await lstat(place);
		return found.isFile() ? {place} : {reason: found.isDirectory() ? 'it is a folder' : 'it is not a plain file'};
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') {
			throw error;
		}

		const folder = await stat(path.dirname(file)).catch(() => undefined);
		return folder === undefined ? {reason: 'there is no such folder'} : {place: file};
	}
};

/**
Writes a file the user named, whole or not at all. A folder that is not there is likelier a slip than a wish, so none is made.

@returns Why it could not be written, as one sentence; undefined when it was.
*/
export const writeWhole = async (file: string, text: string): Promise<string | undefined> => {
	const fail = (reason: string): string => `${quoteTyped(file, 60)} was not written: ${reason}.`;
	try {
		const found = await findPlace(file);
		if ('reason' in found) {
			return fail(found.reason);
		}

		await replaceFile(found.place, Buffer.from(text), new AbortController().signal);
		return undefined;
	} catch (error) {
		return fail(systemReason(error));
	}
};
