import {platform} from 'node:os';
import {findDataFolder, findUserFolder} from './data-folder.ts';

/** The folder for what portui keeps of what it did: `$XDG_STATE_HOME/portui` or `~/.local/state/portui`; macOS and Windows have none apart from the data folder. */
export const findStateFolder = async (): Promise<string | undefined> =>
	// `env-paths` calls it by what most programs keep there.
	platform() === 'darwin' || platform() === 'win32' ? findDataFolder() : findUserFolder('log', ['.local', 'state']);
