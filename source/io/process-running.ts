import process from 'node:process';
import {codeOf} from './system-sentence.ts';

/** Whether a process of that id runs, whoever's it is. */
export const isProcessRunning = (processId: number): boolean => {
	if (processId <= 0) {
		return false;
	}

	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
};
