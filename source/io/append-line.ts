import {Buffer} from 'node:buffer';
import {constants} from 'node:fs';
import {open} from 'node:fs/promises';

/** Appends a line to a file that is there, on a line of its own even where the last one was cut short. When it was written to last stays as it was. */
export const appendLine = async (place: string, line: string): Promise<void> => {
	// Without O_CREAT: a file that was removed meanwhile does not come back as one line.
	const handle = await open(place, constants.O_RDWR | constants.O_APPEND);
	try {
		const {size, atime, mtime} = await handle.stat();
		const last = Buffer.alloc(1);
		const {bytesRead} = await handle.read(last, 0, 1, Math.max(0, size - 1));
		await handle.writeFile(`${bytesRead === 1 && last.toString() !== '\n' ? '\n' : ''}${line}`);
		await handle.utimes(atime, mtime);
		await handle.datasync();
	} finally {
		await handle.close();
	}
};
