import {homedir} from 'node:os';
import path from 'node:path';

/**
Finds a folder of this user's for portui.

@param kind - As `env-paths` calls it.
@param fallback - Where it is by default, below the home.
@returns Undefined where the system knows no home of this user.
*/
export const findUserFolder = async (kind: 'data' | 'log' | 'config', fallback: readonly string[]): Promise<string | undefined> => {
	try {
		// It asks for the home when it is loaded, and there may be none: `docker run --user 1234`.
		const {default: envPaths} = await import('env-paths');
		const folder = envPaths('portui', {suffix: ''})[kind];
		// The XDG Base Directory Specification: "If an implementation encounters a relative path […] it should consider the path invalid and ignore it."
		return path.isAbsolute(folder) ? folder : path.join(homedir(), ...fallback, 'portui');
	} catch {
		return undefined;
	}
};

/** The folder for what portui keeps of its own: `$XDG_DATA_HOME/portui` or `~/.local/share/portui`, on macOS in Application Support, on Windows in the local application data. */
export const findDataFolder = async (): Promise<string | undefined> => findUserFolder('data', ['.local', 'share']);
