import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** A folder of a test's own that portui takes for the user's state folder. */
export type HistoryPlace = {
	/** For the program under test. */
	readonly env: NodeJS.ProcessEnv;
	readonly state: string;
	/** Where the files of scans are. */
	readonly scans: string;
	/** The names of the files there. */
	readonly files: () => Promise<readonly string[]>;
	readonly remove: () => Promise<void>;
};

export const createHistoryPlace = async (): Promise<HistoryPlace> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-history-'));
	const scans = path.join(folder, 'portui', 'scans');
	return {
		env: {...process.env, XDG_STATE_HOME: folder, PORTUI_NO_HISTORY: ''},
		state: path.join(folder, 'portui'),
		scans,
		files: async () => readdir(scans),
		remove: async () => rm(folder, {recursive: true, force: true}),
	};
};
