/** What is known of the file of a kept scan without reading it. */
export type KeptFile = {
	/** The name of the file, without its folder. */
	readonly name: string;
	/** The id of the scan: names sort by the time it began. */
	readonly id: string;
	readonly isPinned: boolean;
	readonly bytes: number;
	/** When it was written to last, in milliseconds since 1970. */
	readonly writtenAtMs: number;
};

/** How much is kept: scans, and bytes of them all. */
export type Retention = {readonly scans: number; readonly bytes: number};

/** Unless the config says otherwise, at most so many scans are kept, and so many bytes; pinned ones do not count. A full scan of a host takes about half a megabyte. */
export const retention: Retention = {scans: 100, bytes: 200_000_000};

/** A file that was written to so recently may be of a scan that goes on, here or in another portui; in milliseconds. */
const recentMs = 600_000;

const ending = '.ndjson';
const pinnedEnding = '.pinned.ndjson';

/** Whether a text is an id as the history gives them. */
export const isHistoryId = (text: string): boolean => /^\d{8}T\d{9}Z-[\da-f]{8}$/.test(text);

/** Finds the id in the name of a file. @returns Undefined when the file is none of portui's. */
export const readFileName = (name: string): Pick<KeptFile, 'id' | 'isPinned'> | undefined => {
	const isPinned = name.endsWith(pinnedEnding);
	const id = name.slice(0, -(isPinned ? pinnedEnding : ending).length);
	return name.endsWith(ending) && isHistoryId(id) ? {id, isPinned} : undefined;
};

export const fileNameOf = (id: string, isPinned: boolean): string => `${id}${isPinned ? pinnedEnding : ending}`;

const removedEnding = '.removed';

/** The name of a file that was removed, as long as that can be undone. */
export const removedNameOf = (name: string): string => `${name}${removedEnding}`;

/** What a removed file was called before. @returns Undefined when it is none. */
export const nameBeforeRemoval = (name: string): string | undefined => {
	const before = name.slice(0, -removedEnding.length);
	return name.endsWith(removedEnding) && readFileName(before) !== undefined ? before : undefined;
};

/** A removal that nobody confirmed, because portui was killed, can be undone for so long, in milliseconds: a day. */
export const undoneWithinMs = 86_400_000;

/** An id as people type it: what is random about it. */
export const shortId = (id: string): string => id.slice(-8);

/** The files a word stands for: an id, a short id, or the beginning of either. */
export const filesNamed = <File extends Pick<KeptFile, 'id'>>(files: readonly File[], word: string): readonly File[] => {
	const typed = word.toLowerCase();
	return files.filter(({id}) => shortId(id).startsWith(typed) || id.toLowerCase().startsWith(typed));
};

/** Chooses the scans that are kept no longer: the oldest beyond the bounds. Never a pinned one, nor one that may be going on. */
export const chooseRemovals = (files: readonly KeptFile[], nowMs: number, {scans, bytes}: Retention = retention): readonly KeptFile[] => {
	let scansLeft = scans;
	let bytesLeft = bytes;
	return files.filter(({isPinned}) => !isPinned).sort((one, other) => (one.id < other.id ? 1 : -1)).filter(file => {
		scansLeft--;
		bytesLeft -= file.bytes;
		return (scansLeft < 0 || bytesLeft < 0) && nowMs - file.writtenAtMs > recentMs;
	});
};
