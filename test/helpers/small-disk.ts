import {mkdir} from 'node:fs/promises';
import {runProgram} from './run-cli.ts';

/**
Mounts a disk of 64 kB at a folder, which is made where it is missing: a scan of all ports needs more.

@returns What unmounts it; or why none can be mounted here (it takes root, and Linux).
*/
export const mountSmallDisk = async (folder: string): Promise<(() => Promise<void>) | string> => {
	await mkdir(folder, {recursive: true});
	const mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).catch((error: Error) => ({code: 1, stderr: error.message}));
	return mounted.code === 0
		? async () => {
			await runProgram('umount', [folder]);
		}
		: `no small disk can be mounted here: ${mounted.stderr.trim()}`;
};
