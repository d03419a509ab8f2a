import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {findDataFolder} from './data-folder.ts';
import {replaceFile} from './replace-file.ts';

/** Whether the user has ever said that a public address may be scanned: the question is put once. */
export type ScanPermission = {
	readonly isGranted: () => Promise<boolean>;
	/** Keeps the answer. Where it cannot be kept, the question comes again. */
	readonly grant: () => Promise<void>;
};

const content = 'The user of this account has said that public addresses given to portui may be scanned. Remove this file to be asked again.\n';

/** Keeps the answer in a file of the user's own data folder. */
export const createScanPermission = (findFolder = findDataFolder): ScanPermission => {
	const findFile = async (): Promise<string | undefined> => {
		const folder = await findFolder();
		return folder === undefined ? undefined : path.join(folder, 'may-scan-public.txt');
	};

	return {
		async isGranted() {
			const file = await findFile();
			try {
				return file !== undefined && (await readFile(file)).length > 0;
			} catch {
				return false;
			}
		},
		async grant() {
			const file = await findFile();
			try {
				await (file === undefined ? undefined : replaceFile(file, Buffer.from(content), new AbortController().signal));
			} catch {
				// A home that cannot be written to is no reason not to scan.
			}
		},
	};
};
