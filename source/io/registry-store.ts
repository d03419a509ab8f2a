import {readFile, unlink} from 'node:fs/promises';
import path from 'node:path';
import {crc32} from 'node:zlib';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {formatStoredRegistry, parseStoredRegistry, type StoredRegistry} from '../registry/stored-registry.ts';
import {findDataFolder} from './data-folder.ts';
import {codeOf, systemReason} from './system-sentence.ts';

/** The registry of the last update, kept in the user's data folder. */
export type RegistryStore = {
	/** Undefined when none is kept. */
	readonly read: () => Promise<Parsed<StoredRegistry | undefined>>;
	/** Replaces what is kept, whole or not at all. @returns The file it is kept in. Rejects with the signal's reason. */
	readonly save: (registry: StoredRegistry, signal: AbortSignal) => Promise<Parsed<string>>;
	/** @returns Whether one was kept. */
	readonly remove: () => Promise<Parsed<boolean>>;
};

const fileName = 'registry';

const noFolder = rejected('There is no folder to keep the registry in: set HOME or XDG_DATA_HOME.');

/** A path may hold anything, and the sentence goes to a terminal. */
const quote = (file: string): string => quoteTyped(file, 300);

/** @param findFolder - Finds the folder. Default: the user's own. */
export const createRegistryStore = (findFolder: () => Promise<string | undefined> = findDataFolder): RegistryStore => ({
	async read() {
		const folder = await findFolder();
		if (folder === undefined) {
			return parsed(undefined);
		}

		const file = path.join(folder, fileName);
		try {
			return parseStoredRegistry(await readFile(file), quote(file), bytes => crc32(bytes));
		} catch (error) {
			return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR'
				? parsed(undefined)
				: rejected(`${quote(file)} cannot be read, and the built-in registry is shown: ${systemReason(error)}.`);
		}
	},
	async save(registry, signal) {
		const folder = await findFolder();
		if (folder === undefined) {
			return noFolder;
		}

		const file = path.join(folder, fileName);
		try {
			const {replaceFile} = await import('./replace-file.ts');
			await replaceFile(file, formatStoredRegistry(registry, bytes => crc32(bytes)), signal);
			return parsed(file);
		} catch (error) {
			signal.throwIfAborted();
			return rejected(`The registry cannot be kept in ${quote(file)}: ${systemReason(error)}. What was shown before stays.`);
		}
	},
	async remove() {
		const folder = await findFolder();
		if (folder === undefined) {
			return noFolder;
		}

		const file = path.join(folder, fileName);
		try {
			await unlink(file);
			return parsed(true);
		} catch (error) {
			return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? parsed(false) : rejected(`${quote(file)} cannot be removed: ${systemReason(error)}.`);
		}
	},
});
