import {parsed, type Parsed} from '../port/parsed.ts';
import {createRegistry} from './create-registry.ts';
import {decodeRegistry} from './decode.ts';
import {createRecordTable} from './record-table.ts';
import {reconcileUses} from './reconcile-uses.ts';
import type {Registry} from './registry.ts';
import type {RegistryTables, RegistryText} from './registry-tables.ts';
import {formatOrigin, notShownSentence, type StoredRegistry} from './stored-registry.ts';

/** Reads the registry of the last update. Undefined where there was none; a sentence where what is kept cannot be read. */
export type ReadStored = () => Promise<Parsed<StoredRegistry | undefined>>;

const loadText = async (): Promise<RegistryText> => import('../../generated/registry-data.js');

/** Joins what is kept of IANA with what is built in: uses, exposure, curated ports. */
const joinTables = (text: RegistryText, {registrations, records, provenance}: StoredRegistry): RegistryTables => {
	const tables = decodeRegistry({...text, registrations, origin: formatOrigin(provenance), date: provenance.date ?? ''});
	return {...tables, commonUses: reconcileUses(tables.commonUses, tables.registrations), records: createRecordTable(records)};
};

/** Makes the registry of what is kept; undefined makes the built-in one. */
export const loadShownRegistry = async (stored: StoredRegistry | undefined): Promise<Registry> => {
	const text = await loadText();
	return createRegistry(stored === undefined ? decodeRegistry(text) : joinTables(text, stored));
};

const readNothing: ReadStored = async () => parsed(undefined);

const loadInstead = async (problem: string): Promise<Registry> => Object.assign(await loadShownRegistry(undefined), {problem});

const loadKept = async (readStored: ReadStored): Promise<Registry> => {
	try {
		// Both at once: one is a file, the other code.
		const [stored] = await Promise.all([readStored(), loadText()]);
		return stored.ok ? await loadShownRegistry(stored.value) : await loadInstead(stored.message);
	} catch {
		// Whole by its checksum and yet not what this version writes. What is wrong with the built-in registry itself is thrown here.
		return loadInstead(notShownSentence('what it kept cannot be understood'));
	}
};

let loading: Promise<Registry> | undefined;

/**
Loads the registry: once, on the first call, as a chunk of its own, so that a program that never asks pays nothing.

@param readStored - Reads the registry of the last update. By default there is none, and the built-in one is loaded.
@throws When the data was not built: `scripts/build-registry.ts` writes it.
*/
export const loadRegistry = async (readStored = readNothing): Promise<Registry> => {
	loading ??= loadKept(readStored);
	return loading;
};
