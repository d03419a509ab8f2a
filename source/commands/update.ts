import type {Parsed} from '../port/parsed.ts';
import {comparePorts} from '../registry/compare-registries.ts';
import {encodeRegistrations} from '../registry/encode.ts';
import {importIana, type SourceBytes} from '../registry/import-iana.ts';
import type {KnownNames} from '../registry/join-iana-records.ts';
import {encodeRecords} from '../registry/record-table.ts';
import type {Registry} from '../registry/registry.ts';
import type {RegistryProvenance, StoredRegistry} from '../registry/stored-registry.ts';
import {formatJson, printable} from '../report/printable.ts';
import {formatUpdateText, removedDocument, updateDocument, type UpdateReport} from '../report/update.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';
import type {UpdateOptions, UpdateSource} from './update-options.ts';

/** A file as it came, and the day its server says it was last modified. */
type Received = SourceBytes & {readonly lastModified?: string | undefined};

export type UpdateSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal'> & {
	/** What is shown at present. */
	readonly loadRegistry: () => Promise<Registry>;
	/** The built-in registry, which knows of several names which is preferred. */
	readonly loadBuiltIn: () => Promise<Registry>;
	/** The registry that will be shown of what is to be kept. */
	readonly createShown: (stored: StoredRegistry) => Promise<Registry>;
	readonly fetchSource: (url: URL, signal: AbortSignal) => Promise<Parsed<Received>>;
	readonly readSource: (file: string, signal: AbortSignal) => Promise<Parsed<Received>>;
	readonly store: {
		/** Resolves with the file it is kept in. */
		readonly save: (registry: StoredRegistry, signal: AbortSignal) => Promise<Parsed<string>>;
		/** Resolves with whether there was one. */
		readonly remove: () => Promise<Parsed<boolean>>;
	};
	readonly now: () => Date;
};

const knownNames = ({lookup}: Registry): KnownNames => (port, transport) =>
	lookup(port).entries.filter(({transports}) => transports.includes(transport)).flatMap(({name, aliases}) => (name === null ? [] : [name, ...aliases]));

const remove = async ({store, loadBuiltIn, stdout, stderr}: UpdateSurroundings, {format}: UpdateOptions): Promise<ExitCode> => {
	const removed = await store.remove();
	if (!removed.ok) {
		await writeAll(stderr, `${printable(removed.message)}\n`);
		return exitCodes.failed;
	}

	const {origin} = await loadBuiltIn();
	const words = `${removed.value ? 'What was fetched is removed' : 'Nothing was kept, so nothing is removed'}: the registry shown is the built-in one (${origin}).\n`;
	await writeAll(stdout, format === 'json' ? formatJson(removedDocument(origin, removed.value)) : words);
	return exitCodes.done;
};

const receive = async (source: Exclude<UpdateSource, {kind: 'removed'}>, {fetchSource, readSource, signal}: UpdateSurroundings): Promise<Parsed<Received>> =>
	(source.kind === 'url' ? fetchSource(source.url, signal) : readSource(source.file, signal));

/** Turns what came into what is kept; nothing is changed yet. */
const take = async ({name, bytes, lastModified}: Received, {loadBuiltIn, now}: UpdateSurroundings): Promise<Parsed<StoredRegistry>> => {
	const imported = importIana({name, bytes}, knownNames(await loadBuiltIn()));
	if (!imported.ok) {
		return imported;
	}

	const {registrations, records, recordCount, recordWithPortCount, newestDate} = imported.value;
	const date: Pick<RegistryProvenance, 'date' | 'dateBasis'> = lastModified === undefined
		? {date: newestDate ?? null, dateBasis: newestDate === undefined ? null : 'newest-record'}
		: {date: lastModified, dateBasis: 'last-modified'};
	const text = encodeRecords(records);
	return {ok: true, value: {
		provenance: {source: printable(name), fetchedAt: now().toISOString(), ...date, recordCount, recordWithPortCount},
		registrations: encodeRegistrations(registrations),
		records: () => text,
	}};
};

const update = async (source: Exclude<UpdateSource, {kind: 'removed'}>, surroundings: UpdateSurroundings): Promise<Parsed<UpdateReport>> => {
	const {loadRegistry, createShown, store, signal} = surroundings;
	const received = await receive(source, surroundings);
	if (!received.ok) {
		return received;
	}

	const taken = await take(received.value, surroundings);
	if (!taken.ok) {
		return taken;
	}

	const before = await loadRegistry();
	const changed = comparePorts(before, await createShown(taken.value));
	const file = await store.save(taken.value, signal);
	return file.ok ? {ok: true, value: {provenance: taken.value.provenance, before: before.origin, changed, file: printable(file.value)}} : file;
};

/** `portui update`: fetches IANA's registry, checks it whole and keeps it; or forgets it again. */
export const runUpdate = async (options: UpdateOptions, surroundings: UpdateSurroundings): Promise<ExitCode> => {
	const {source, format, isQuiet} = options;
	const {stdout, stderr, signal} = surroundings;
	if (source.kind === 'removed') {
		return remove(surroundings, options);
	}

	if (source.kind === 'url' && !isQuiet) {
		await writeAll(stderr, `Fetching the registry from ${source.url.host} …\n`);
	}

	try {
		const report = await update(source, surroundings);
		if (!report.ok) {
			await writeAll(stderr, `${printable(report.message)}\n`);
			return exitCodes.failed;
		}

		await writeAll(stdout, format === 'json' ? formatJson(updateDocument(report.value)) : formatUpdateText(report.value));
		return exitCodes.done;
	} catch (error) {
		if (!signal.aborted) {
			throw error;
		}

		await writeAll(stderr, 'Interrupted: the registry is as it was.\n');
		return exitCodes.interrupted;
	}
};
