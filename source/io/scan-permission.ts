import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';

/** Whether the user has ever said that a public address may be scanned: the question is put once. */
export type ScanPermission = {
	readonly isGranted: () => Promise<boolean>;
	/** Keeps the answer. Where it cannot be kept, the question comes again. */
	readonly grant: () => Promise<void>;
};

const content = 'The user of this account has said that public addresses given to portui may be scanned. Remove this file to be asked again.\n';

/** Keeps the answer in a file of the user's own data folder (on Linux that of the XDG base directories). */
export const createScanPermission = (folder = envPaths('portui', {suffix: ''}).data): ScanPermission => {
	const file = path.join(folder, 'may-scan-public.txt');
	return {
		async isGranted() {
			try {
				await readFile(file);
				return true;
			} catch {
				return false;
			}
		},
		async grant() {
			try {
				await mkdir(folder, {recursive: true, mode: 0o700});
				await writeFile(file, content);
			} catch {
				// A home that cannot be written to is no reason not to scan.
			}
		},
	};
};
