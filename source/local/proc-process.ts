/** The arguments in `/proc/<pid>/cmdline`, each ended by a zero byte; null where there are none (a kernel thread, a process that has ended). */
export const parseCommandLine = (text: string): readonly string[] | null => {
	// A program that writes its title over its arguments leaves padding behind it.
	const whole = text.replace(/\0+$/, '');
	return whole === '' ? null : whole.split('\0');
};

/** Names of users by number, from `/etc/passwd`. The first line of a number holds, as for getpwuid(3). */
export const parsePasswd = (text: string): ReadonlyMap<number, string> => {
	const names = new Map<number, string>();
	for (const line of text.split('\n')) {
		const [name = '', , uid = ''] = line.split(':');
		if (name !== '' && /^\d+$/.test(uid) && !names.has(Number(uid))) {
			names.set(Number(uid), name);
		}
	}

	return names;
};

/** What the kernel adds to the target of `/proc/<pid>/exe` when the file is gone. */
const deletedMark = ' (deleted)';

/** Splits the target of `/proc/<pid>/exe` into the file and whether it is gone. */
export const parseExecutable = (target: string): {readonly executable: string; readonly isExecutableDeleted: boolean} => {
	const isExecutableDeleted = target.endsWith(deletedMark);
	return {executable: isExecutableDeleted ? target.slice(0, -deletedMark.length) : target, isExecutableDeleted};
};

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The kernel keeps so many bytes of a name (TASK_COMM_LEN − 1). */
const longestKernelName = 15;

/**
The name people know a process by.

The kernel's name, with two mends: one that was cut is completed from the program's own, and `MainThread`, which newer versions of Node call their first thread, says nothing.
*/
export const nameOf = (kernelName: string, commandLine: readonly string[] | null, executable: string | null): string => {
	if (kernelName === 'MainThread' && executable !== null) {
		return baseName(executable);
	}

	if (new TextEncoder().encode(kernelName).length < longestKernelName) {
		return kernelName;
	}

	const candidates = [commandLine?.[0], executable ?? undefined].map(path => (path === undefined ? '' : baseName(path)));
	return candidates.find(name => name.startsWith(kernelName)) ?? kernelName;
};
