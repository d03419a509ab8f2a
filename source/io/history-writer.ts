import {writeSync} from 'node:fs';
import {open, unlink, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import type {CountTally} from '../history/count-tally.ts';
import {createEventEncoder} from '../history/encode-events.ts';
import type {ScanEvent} from '../scan/event.ts';
import {makeFolder} from './replace-file.ts';

/** Writes a scan to a file of its own while it goes on. */
export type HistoryWriter = {
	readonly take: (events: readonly ScanEvent[]) => void;
	/** Writes what is left and closes the file. Never rejects. */
	readonly end: () => Promise<void>;
	/** Whether all that was taken is written, or will be. */
	readonly isWhole: () => boolean;
};

/** What is taken is written at the latest after this time, in milliseconds: `kill -9` costs less than a second. */
const writeIntervalMs = 500;

/** A disk that does not answer holds the end of a scan up no longer than this, in milliseconds. */
const longestEndMs = 3000;

export type HistoryWriterOptions = {
	/** Finds the file to make, and makes room for it. */
	readonly findFile: () => Promise<string>;
	/** The first line. */
	readonly header: string;
	/** Counts what is written, for the last line. */
	readonly tally: CountTally;
	/** Called once, with what went wrong, when nothing more is written. `isBegun` tells whether the file has been made. */
	readonly onProblem: (error: unknown, isBegun: boolean) => void;
};

/**
Makes the file, for this user alone, and appends to it.

Written beside the scan and never waited for but at its end: a slow disk slows nothing down, and one that is full ends the writing, not the scan.
*/
export const createHistoryWriter = ({findFile, header, tally, onProblem}: HistoryWriterOptions): HistoryWriter => {
	const encoder = createEventEncoder(tally);
	let handle: FileHandle | undefined;
	let timer: NodeJS.Timeout | undefined;
	let isBroken = false;
	let isWriting = false;
	let isEnded = false;

	const openFile = async (): Promise<FileHandle> => {
		const file = await findFile();
		await makeFolder(path.dirname(file));
		// A file of that name is another scan's.
		const opened = await open(file, 'ax', 0o600);
		try {
			await opened.writeFile(header);
		} catch (error) {
			// Without its first line it is of no use.
			await opened.close().catch(() => {});
			await unlink(file).catch(() => {});
			throw error;
		}

		return opened;
	};

	const write = async (): Promise<void> => {
		if (isBroken) {
			return;
		}

		isWriting = true;
		try {
			handle ??= await openFile();
			await handle.writeFile(encoder.flush());
			// A crash of the whole machine is to lose no more than one of the process.
			await handle.datasync();
		} catch (error) {
			isBroken = true;
			onProblem(error, handle !== undefined);
		} finally {
			isWriting = false;
		}
	};

	/** The last words of a process that ends by `process.exit`: nothing that takes a while is done any more. */
	const writeAtExit = (): void => {
		try {
			if (handle !== undefined && !isBroken && !isWriting) {
				writeSync(handle.fd, `${encoder.flush()}${JSON.stringify({kind: 'finished', finishedAt: new Date().toISOString(), status: 'interrupted', message: null, counts: tally.counts()})}\n`);
			}
		} catch {
			// There is nobody left to tell.
		}
	};

	let written = write();
	process.on('exit', writeAtExit);

	const writeAgain = (): void => {
		timer = undefined;
		written = written.then(write);
	};

	return {
		take(events) {
			if (isBroken || isEnded) {
				return;
			}

			for (const event of events) {
				encoder.take(event);
			}

			timer ??= setTimeout(writeAgain, writeIntervalMs);
		},
		async end() {
			if (isEnded) {
				return;
			}

			isEnded = true;
			clearTimeout(timer);
			process.off('exit', writeAtExit);
			let limit: NodeJS.Timeout | undefined;
			const closed = written.then(write).then(async () => handle?.close()).catch(() => {});
			await Promise.race([closed, new Promise<void>(resolve => {
				limit = setTimeout(resolve, longestEndMs);
			})]);
			clearTimeout(limit);
		},
		isWhole: () => !isBroken,
	};
};
