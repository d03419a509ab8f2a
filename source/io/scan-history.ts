import {readdir, rename, stat, unlink} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {formatKeptScan, type KeptScan} from '../history/kept-scan.ts';
import {chooseRemovals, fileNameOf, readFileName, type KeptFile} from '../history/retention.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {createHistoryWriter, type HistoryWriter} from './history-writer.ts';
import {openKeptScan, type ReadableScan} from './read-kept-scan.ts';
import {writeKeptScan} from './write-kept-scan.ts';
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
	readonly remove: (file: KeptFile) => Promise<Parsed<KeptFile>>;
	/** Has it kept whatever else is removed, or takes that back. */
	readonly pin: (file: KeptFile, isPinned: boolean) => Promise<Parsed<KeptFile>>;
};

/** Whoever says so keeps nothing; https://no-color.org sets the example that the empty value is none. */
export const isHistoryWanted = (environment: Readonly<Record<string, string | undefined>>): boolean => (environment['PORTUI_NO_HISTORY'] ?? '') === '';

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

/** Removes what is kept too long. What cannot be removed stays until the next time. */
const prune = async (folder: string): Promise<void> => {
	try {
		for (const {name} of chooseRemovals(await readFolder(folder), Date.now())) {
			await unlink(path.join(folder, name)).catch(() => {});
		}
	} catch {
		// There is no folder yet, or none that can be read: then nothing is too much.
	}
};

/** @param findState - Finds the folder for what portui keeps. Default: the user's own. */
export const createScanHistory = (findState: () => Promise<string | undefined> = findStateFolder): ScanHistory => {
	const findFolder = async (): Promise<string | undefined> => {
		const folder = await findState();
		return folder === undefined ? undefined : path.join(folder, 'scans');
	};

	const beginWriting = (kept: KeptScan, tell: KeepOptions['tell']): HistoryWriter => {
		let folder: string | undefined;
		return createHistoryWriter({
			async findFile() {
				folder = await findFolder();
				if (folder === undefined) {
					throw new Error('no folder');
				}

				await prune(folder);
				return path.join(folder, fileNameOf(kept.plan.id, false));
			},
			header: formatKeptScan(kept),
			onProblem(error) {
				tell(folder === undefined
					? 'This scan is not being kept: there is no folder for it; set HOME or XDG_STATE_HOME.'
					: `This scan is not being kept, ${systemReason(error)}: ${quoteTyped(folder, 300)}.`);
			},
		});
	};

	/** Does something to the file of a scan, which another portui may have removed or renamed meanwhile. */
	const change = async (file: KeptFile, act: (place: string) => Promise<KeptFile>): Promise<Parsed<KeptFile>> => {
		const place = path.join(await findFolder() ?? '', file.name);
		try {
			return parsed(await act(place));
		} catch (error) {
			return rejected(`${quoteTyped(place, 300)} cannot be changed: ${systemReason(error)}.`);
		}
	};

	return {
		keep(scan, {request, continues, tell}) {
			let writer: HistoryWriter | undefined;
			async function * kept(): AsyncGenerator<readonly ScanEvent[]> {
				try {
					for await (const batch of scan.events) {
						const started = batch.find(event => event.kind === 'started');
						if (started?.kind === 'started') {
							writer = beginWriting({plan: scan.plan, startedAt: started.startedAt, engine: started.engine, tellsOpenOnly: started.tellsOpenOnly, request, continues, processId: process.pid}, tell);
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

			return {...scan, events: kept(), isKept: () => writer?.isWhole() === true};
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

				await prune(folder);
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
		pin: async (file, isPinned) => change(file, async place => {
			const name = fileNameOf(file.id, isPinned);
			await rename(place, path.join(path.dirname(place), name));
			return {...file, name, isPinned};
		}),
	};
};

/** Has every scan that is started kept. */
export const keepingScans = (requestScan: RequestScan, history: ScanHistory, tell: KeepOptions['tell']): RequestScan => async request => {
	const start = await requestScan(request);
	return start.ok ? {ok: true, scan: history.keep(start.scan, {request, continues: null, tell})} : start;
};
