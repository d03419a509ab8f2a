const words: Readonly<Record<string, string>> = {
	EACCES: 'there is no permission',
	EPERM: 'there is no permission',
	EROFS: 'the file system is read-only',
	ENOSPC: 'the disk is full',
	EDQUOT: 'the disk quota is used up',
	ENOENT: 'there is no such file',
	ENOTDIR: 'a part of the path is no folder',
	EEXIST: 'something else has that name',
	EISDIR: 'it is a folder',
	ELOOP: 'its links lead in a circle',
	ENAMETOOLONG: 'the name is too long',
	EMFILE: 'this process has too many files open',
	ENFILE: 'this machine has too many files open',
};

/** The code of a system's error, such as `EACCES`; undefined for an error of another kind. */
export const codeOf = (error: unknown): string | undefined => {
	const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
	return typeof code === 'string' ? code : undefined;
};

/**
Says why a file or folder could not be used, for the end of a sentence: `there is no permission (EACCES)`.

@throws The error itself when it is none of the system's: a bug.
*/
export const systemReason = (error: unknown): string => {
	const code = codeOf(error);
	if (code === undefined || !/^E[A-Z\d]+$/.test(code)) {
		throw error;
	}

	const reason = words[code];
	return reason === undefined ? code : `${reason} (${code})`;
};
