import {homedir} from 'node:os';
import path from 'node:path';

/**
The folder for what portui keeps of its own: `$XDG_DATA_HOME/portui` or `~/.local/share/portui`, on macOS in Application Support, on Windows in the local application data.

@returns Undefined where the system knows no home of this user.
*/
export const findDataFolder = async (): Promise<string | undefined> => {
	try {
		// It asks for the home when it is loaded, and there may be none: `docker run --user 1234`.
		const {default: envPaths} = await import('env-paths');
		const {data} = envPaths('portui', {suffix: ''});
		// The XDG Base Directory Specification: "If an implementation encounters a relative path […] it should consider the path invalid and ignore it."
		return path.isAbsolute(data) ? data : path.join(homedir(), '.local', 'share', 'portui');
	} catch {
		return undefined;
	}
};
