import {closeSync, openSync, readSync, rmSync, writeSync} from 'node:fs';
import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {StringDecoder} from 'node:string_decoder';

/** A file without a name that this program and another hand each other. */
export type SharedFile = {
	readonly descriptor: number;
	/** What was written since it was last read. */
	readonly readMore: () => string;
	/** Writes a text to its beginning, for the program to read. */
	readonly write: (text: string) => void;
	readonly close: () => void;
};

/** Makes a file to share with a program. It is in no folder any more when it is written to, so that nothing is left behind, however this ends. */
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
		write(text) {
			const bytes = Buffer.from(text);
			let written = 0;
			while (written < bytes.length) {
				// By place: where the program shares this descriptor, it begins to read at the beginning all the same.
				written += writeSync(descriptor, bytes, written, bytes.length - written, written);
			}
		},
		close() {
			closeSync(descriptor);
		},
	};
};
