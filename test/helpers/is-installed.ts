import {access, constants} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

/** Whether a program is among those of the system. */
export const isInstalled = async (program: string): Promise<boolean> => {
	for (const folder of [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin']) {
		try {
			await access(path.join(folder, program), constants.X_OK);
			return true;
		} catch {
			// The next folder may have it.
		}
	}

	return false;
};
