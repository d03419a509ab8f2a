import {homedir, platform} from 'node:os';
import path from 'node:path';
import {findDataFolder} from './data-folder.ts';

/**
The folder for what portui keeps of what it did: `$XDG_STATE_HOME/portui` or `~/.local/state/portui`; macOS and Windows have none apart from the data folder.

@returns Undefined where the system knows no home of this user.
*/
export const findStateFolder = async (): Promise<string | undefined> => {
	if (platform() === 'darwin' || platform() === 'win32') {
		return findDataFolder();
	}

	try {
		// It asks for the home when it is loaded, and there may be none.
		const {default: envPaths} = await import('env-paths');
		const {log} = envPaths('portui', {suffix: ''});
		// A relative path is to be ignored (XDG Base Directory Specification).
		return path.isAbsolute(log) ? log : path.join(homedir(), '.local', 'state', 'portui');
	} catch {
		return undefined;
	}
};
