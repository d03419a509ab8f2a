import {randomBytes} from 'node:crypto';
import {link, open, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {createEventEncoder} from '../history/encode-events.ts';
import {formatKeptScan, type KeptScan} from '../history/kept-scan.ts';
import type {ScanEvent} from '../scan/event.ts';
import {makeFolder} from './replace-file.ts';
import {codeOf} from './system-sentence.ts';

/** Events that are encoded together: no line becomes longer than one of a scan that runs, and nothing is held twice. */
const batchSize = 100_000;

/** Gives a file its name, unless another has it: by a link, which never replaces anything, or by a rename where there are no links. @returns Whether the name was free. */
const giveName = async (temporary: string, file: string): Promise<boolean> => {
	try {
		await link(temporary, file);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST' || await stat(file).then(() => true, () => false)) {
			return false;
		}

		await rename(temporary, file);
		return true;
	}
};

/**
Writes the file of a scan that is over, for this user alone, in the lines that a scan writes while it runs.

Under a name of its own first: it is there whole or not at all, and never in place of another.

@returns Whether the name was free: another portui may have written the same scan meanwhile.

@throws What the system says of the folder or the file.
*/
export const writeKeptScan = async (file: string, kept: KeptScan, events: readonly ScanEvent[]): Promise<boolean> => {
	await makeFolder(path.dirname(file));
	const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
	const handle = await open(temporary, 'wx', 0o600);
	try {
		try {
			await handle.writeFile(formatKeptScan(kept));
			const encoder = createEventEncoder();
			for (let from = 0; from < events.length; from += batchSize) {
				for (const event of events.slice(from, from + batchSize)) {
					encoder.take(event);
				}

				await handle.writeFile(encoder.flush());
			}

			await handle.datasync();
		} finally {
			await handle.close();
		}

		return await giveName(temporary, file);
	} finally {
		await rm(temporary, {force: true});
	}
};
