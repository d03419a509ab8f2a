import {readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';

/** Whether a process runs; one that has ended and was not waited for does not. */
const isRunning = async (pid: string): Promise<boolean> => readFile(`/proc/${pid}/stat`, 'utf8').then(text => !/\) [ZX]/.test(text), () => false);

/** Waits until a process has ended, for half a minute at most. @returns Whether it has. */
export const hasEnded = async (pid: string): Promise<boolean> => {
	const deadlineMs = Date.now() + 30_000;
	while (await isRunning(pid)) {
		if (Date.now() > deadlineMs) {
			return false;
		}

		await wait(50);
	}

	return true;
};
