import {unlinkSync} from 'node:fs';
import {readdir, rename, stat, unlink} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {formatKeptScan, type KeptScan} from '../history/kept-scan.ts';
import {createCountTally} from '../history/count-tally.ts';
import {formatNote} from '../history/kept-note.ts';
import type {KeptSummary} from '../history/kept-summary.ts';
import {chooseRemovals, fileNameOf, nameBeforeRemoval, readFileName, removedNameOf, retention, undoneWithinMs, type KeptFile, type Retention} from '../history/retention.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {RunningScan, Unkept} from '../scan/scan-plan.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {createHistoryWriter, type HistoryWriter} from './history-writer.ts';
import {openKeptScan, type ReadableScan} from './read-kept-scan.ts';
import {writeKeptScan} from './write-kept-scan.ts';
import {appendLine} from './append-line.ts';
import {isProcessRunning} from './process-running.ts';
import {readKeptSummary} from './read-kept-summary.ts';
import {findStateFolder} from './state-folder.ts';
import {codeOf, systemReason} from './system-sentence.ts';

export type KeepOptions = Pick<KeptScan, 'request' | 'continues'> & {
	/** Told once, in a sentence, when the scan is not being kept, or no longer. */
	readonly tell: (sentence: string) => void;
};

/** The scans of this user, each in a file of its own. */
export type ScanHistory = {
	/** Writes a scan down while somebody else reads it. */
	readonly keep: (scan: RunningScan, options: KeepOptions) => RunningScan;
	/** Keeps a scan that was read from a document, whole or not at all, and pinned: it may be older than all others, which go first. @returns Its file; where the scan is kept already, the one it has. */
	readonly add: (scan: Omit<KeptScan, 'processId'>, events: readonly ScanEvent[]) => Promise<Parsed<{readonly file: KeptFile; readonly isNew: boolean}>>;
	/** The kept scans, newest first. */
	readonly list: () => Promise<Parsed<readonly KeptFile[]>>;
	readonly open: (file: KeptFile) => Promise<Parsed<ReadableScan>>;
	/** Reads what a list tells of a scan: the beginning and the end of its file. */
	readonly summarize: (file: KeptFile) => Promise<Parsed<KeptSummary>>;
	readonly remove: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	/** Takes a scan out of the history in a way that can be undone. @returns The file as it is called now. */
	readonly takeAway: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	/** Undoes that. */
	readonly bringBack: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	/** Removes for good what was taken away, at once: nothing of the kind is awaited when a program ends. */
	readonly discard: (file: KeptFile) => void;
	/** What was taken away, neither brought back nor discarded, newest removal first. */
	readonly listTakenAway: () => Promise<readonly KeptFile[]>;
	/** Keeps a note with a scan, in place of the one before; an empty one takes it away. */
	readonly note: (file: KeptFile, text: string) => Promise<Parsed<KeptFile>>;
	/** Has it kept whatever else is removed, or takes that back. */
	readonly pin: (file: KeptFile, isPinned: boolean) => Promise<Parsed<KeptFile>>;
};

const readFolder = async (folder: string): Promise<readonly KeptFile[]> => {
	const files: KeptFile[] = [];
	for (const name of await readdir(folder)) {
		const read = readFileName(name);
		// One that another portui has just removed is none.
		const found = read === undefined ? undefined : await stat(path.join(folder, name)).catch(() => undefined);
		if (read !== undefined && found?.isFile() === true) {
			files.push({...read, name, bytes: found.size, writtenAtMs: found.mtimeMs});
		}
	}

	return files.sort((one, other) => (one.id < other.id ? 1 : -1));
};

/** What was removed and not discarded, with when that was. */
const readRemoved = async (folder: string): Promise<ReadonlyArray<{readonly file: KeptFile; readonly removedAtMs: number}>> => {
	const removed = [];
	for (const name of await readdir(folder)) {
		const before = nameBeforeRemoval(name);
		const found = before === undefined ? undefined : await stat(path.join(folder, name)).catch(() => undefined);
		if (before !== undefined && found?.isFile() === true) {
			// A file that is renamed keeps the time of its writing; that of its last change is the renaming.
			removed.push({file: {...readFileName(before)!, name, bytes: found.size, writtenAtMs: found.mtimeMs}, removedAtMs: found.ctimeMs});
		}
	}

	return removed.sort((one, other) => other.removedAtMs - one.removedAtMs);
};

/** Removes what is kept too long. What cannot be removed stays until the next time. */
const prune = async (folder: string, bounds: Retention): Promise<void> => {
	try {
		for (const {name} of chooseRemovals(await readFolder(folder), Date.now(), bounds)) {
			await unlink(path.join(folder, name)).catch(() => {});
		}

		for (const {file: {name}, removedAtMs} of await readRemoved(folder)) {
			if (Date.now() - removedAtMs > undoneWithinMs) {
				await unlink(path.join(folder, name)).catch(() => {});
			}
		}
	} catch {
		// There is no folder yet, or none that can be read: then nothing is too much.
	}
};

const renameTo = async (place: string, file: KeptFile, name: string, isPinned = file.isPinned): Promise<KeptFile> => {
	await rename(place, path.join(path.dirname(place), name));
	return {...file, name, isPinned};
};

/**
@param findState - Finds the folder for what portui keeps. Default: the user's own.
@param bounds - How much is kept.
*/
export const createScanHistory = (findState: () => Promise<string | undefined> = findStateFolder, bounds: Retention = retention): ScanHistory => {
	const findFolder = async (): Promise<string | undefined> => {
		const folder = await findState();
		return folder === undefined ? undefined : path.join(folder, 'scans');
	};

	const beginWriting = (kept: KeptScan, onUnkept: (unkept: Unkept) => void): HistoryWriter => {
		let folder: string | undefined;
		return createHistoryWriter({
			async findFile() {
				folder = await findFolder();
				if (folder === undefined) {
					throw new Error('no folder');
				}

				await prune(folder, bounds);
				return path.join(folder, fileNameOf(kept.plan.id, false));
			},
			header: formatKeptScan(kept),
			tally: createCountTally(kept.plan.ports),
			onProblem(error, isBegun) {
				if (folder === undefined) {
					onUnkept({isBegun, reason: 'there is no folder for it', sentence: 'This scan is not being kept: there is no folder for it; set HOME or XDG_STATE_HOME.'});
					return;
				}

				const reason = systemReason(error);
				onUnkept({isBegun, reason, sentence: `This scan is ${isBegun ? 'no longer' : 'not'} being kept, ${reason}: ${quoteTyped(folder, 300)}.`});
			},
		});
	};

	/** Where `list` found the files. */
	let listed = '';

	/** Does something to the file of a scan, which another portui may have removed or renamed meanwhile. */
	const change = async (file: KeptFile, act: (place: string) => Promise<KeptFile>): Promise<Parsed<KeptFile>> => {
		listed = await findFolder() ?? '';
		const place = path.join(listed, file.name);
		try {
			return parsed(await act(place));
		} catch (error) {
			return rejected(`${quoteTyped(place, 300)} cannot be changed: ${systemReason(error)}.`);
		}
	};

	return {
		keep(scan, {request, continues, tell}) {
			let writer: HistoryWriter | undefined;
			let unkept: Unkept | undefined;
			const onUnkept = (problem: Unkept): void => {
				unkept = problem;
				tell(problem.sentence);
			};

			async function * kept(): AsyncGenerator<readonly ScanEvent[]> {
				try {
					for await (const batch of scan.events) {
						const started = batch.find(event => event.kind === 'started');
						if (started?.kind === 'started') {
							writer = beginWriting({plan: scan.plan, startedAt: started.startedAt, engine: started.engine, tellsOpenOnly: started.tellsOpenOnly, request, continues, processId: process.pid}, onUnkept);
						}

						writer?.take(batch);
						if (batch.some(({kind}) => kind === 'finished')) {
							// Whoever hears of the end may end the process.
							await writer?.end();
						}

						yield batch;
					}
				} finally {
					await writer?.end();
				}
			}

			return {...scan, events: kept(), isKept: () => writer?.isWhole() === true, unkept: () => unkept};
		},
		async add(scan, events) {
			const folder = await findFolder();
			if (folder === undefined) {
				return rejected('There is no folder for the history: set HOME or XDG_STATE_HOME.');
			}

			const {id} = scan.plan;
			const find = async (): Promise<KeptFile | undefined> => (await readFolder(folder).catch(() => [])).find(file => file.id === id);
			try {
				const before = await find();
				if (before !== undefined) {
					return parsed({file: before, isNew: false});
				}

				await prune(folder, bounds);
				const isNew = await writeKeptScan(path.join(folder, fileNameOf(id, true)), {...scan, processId: process.pid}, events);
				const file = await find();
				return file === undefined ? rejected(`Scan ${id} was removed while it was being kept.`) : parsed({file, isNew});
			} catch (error) {
				return rejected(`The scan is not kept, ${systemReason(error)}: ${quoteTyped(folder, 300)}.`);
			}
		},
		async list() {
			const folder = await findFolder();
			if (folder === undefined) {
				return rejected('There is no folder for the history: set HOME or XDG_STATE_HOME.');
			}

			try {
				return parsed(await readFolder(folder));
			} catch (error) {
				return codeOf(error) === 'ENOENT' ? parsed([]) : rejected(`The history in ${quoteTyped(folder, 300)} cannot be read: ${systemReason(error)}.`);
			}
		},
		async open({name}) {
			return openKeptScan(path.join(await findFolder() ?? '', name));
		},
		remove: async file => change(file, async place => {
			await unlink(place);
			return file;
		}),
		async summarize(file) {
			return readKeptSummary(path.join(await findFolder() ?? '', file.name), {writtenAtMs: file.writtenAtMs, nowMs: Date.now(), isRunning: isProcessRunning});
		},
		takeAway: async file => change(file, async place => renameTo(place, file, removedNameOf(file.name))),
		bringBack: async file => change(file, async place => renameTo(place, file, nameBeforeRemoval(file.name) ?? file.name)),
		discard({name}) {
			try {
				if (nameBeforeRemoval(name) !== undefined) {
					unlinkSync(path.join(listed, name));
				}
			} catch {
				// Somebody else has brought it back, or removed it: then there is nothing to do.
			}
		},
		async listTakenAway() {
			const folder = await findFolder();
			const removed = folder === undefined ? [] : await readRemoved(folder).catch(() => []);
			return removed.filter(({removedAtMs}) => Date.now() - removedAtMs <= undoneWithinMs).map(({file}) => file);
		},
		note: async (file, text) => change(file, async place => {
			await appendLine(place, formatNote(text));
			return file;
		}),
		pin: async (file, isPinned) => change(file, async place => renameTo(place, file, fileNameOf(file.id, isPinned), isPinned)),
	};
};

/** Has every scan that is started kept. */
export const keepingScans = (requestScan: RequestScan, history: ScanHistory, tell: KeepOptions['tell']): RequestScan => async request => {
	const start = await requestScan(request);
	return start.ok ? {...start, scan: history.keep(start.scan, {request, continues: null, tell})} : start;
};
