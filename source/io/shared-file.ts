import {closeSync, openSync, readSync, rmSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {StringDecoder} from 'node:string_decoder';

/** A file without a name that another program writes and this one reads. */
export type SharedFile = {
	readonly descriptor: number;
	/** What was written since it was last read. */
	readonly readMore: () => string;
	readonly close: () => void;
};

/** Makes a file for a program to write into. It is in no folder any more when it is written to, so that nothing is left behind, however this ends. */
export const makeSharedFile = async (): Promise<SharedFile> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-'));
	let descriptor: number;
	try {
		descriptor = openSync(path.join(folder, 'document'), 'wx+', 0o600);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}

	const decoder = new StringDecoder('utf8');
	const buffer = Buffer.alloc(65_536);
	let position = 0;
	return {
		descriptor,
		readMore() {
			let text = '';
			for (;;) {
				const length = readSync(descriptor, buffer, 0, buffer.length, position);
				if (length === 0) {
					return text;
				}

				position += length;
				text += decoder.write(buffer.subarray(0, length));
			}
		},
		close() {
			closeSync(descriptor);
		},
	};
};
