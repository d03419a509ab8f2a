import {mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {createRegistryStore} from '../../source/io/registry-store.ts';
import type {StoredRegistry} from '../../source/registry/stored-registry.ts';

const folders: string[] = [];

const makeFolder = async (): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-store-'));
	folders.push(folder);
	return folder;
};

test.after.always(async () => {
	await Promise.all(folders.map(async folder => rm(folder, {recursive: true, force: true})));
});

const storeIn = (folder: string) => createRegistryStore(async () => folder);

const registryOf = (source: string): StoredRegistry => ({
	provenance: {source, fetchedAt: '2026-08-18T00:00:00.000Z', date: '2026-08-17', dateBasis: 'newest-record', recordCount: 2, recordWithPortCount: 1},
	registrations: '80\t\t3\tassigned\thttp\t\tWorld Wide Web',
	records: () => '80\t80\t3\thttp\tWorld Wide Wéb √\t\t\t\t\t\t\t\t',
});

const forever = new AbortController().signal;

const readBack = async (folder: string): Promise<string> => {
	const stored = await storeIn(folder).read();
	return stored.ok && stored.value !== undefined ? JSON.stringify([stored.value.provenance, stored.value.registrations, stored.value.records()]) : JSON.stringify(stored);
};

const textOf = ({provenance, registrations, records}: StoredRegistry): string => JSON.stringify([provenance, registrations, records()]);

test('what is kept reads back as it was, in a folder that was not there', async t => {
	const folder = path.join(await makeFolder(), 'share', 'portui');
	t.deepEqual(await storeIn(folder).save(registryOf('a'), forever), {ok: true, value: path.join(folder, 'registry')});
	t.is(await readBack(folder), textOf(registryOf('a')));
	t.deepEqual(await readdir(folder), ['registry']);
	t.is((await stat(folder)).mode & 0o777, 0o700);
	t.is((await stat(path.join(folder, 'registry'))).mode & 0o7133, 0);
});

test('nothing kept is nothing wrong', async t => {
	const folder = path.join(await makeFolder(), 'missing');
	t.deepEqual(await storeIn(folder).read(), {ok: true, value: undefined});
	t.deepEqual(await storeIn(folder).remove(), {ok: true, value: false});
	t.deepEqual(await createRegistryStore(async () => undefined).read(), {ok: true, value: undefined});
});

test('what is kept can be removed', async t => {
	const folder = await makeFolder();
	await storeIn(folder).save(registryOf('a'), forever);
	t.deepEqual(await storeIn(folder).remove(), {ok: true, value: true});
	t.deepEqual(await readdir(folder), []);
});

test('many at once do no harm: one of them stays, whole', async t => {
	const folder = await makeFolder();
	const sources = Array.from({length: 20}, (_, index) => `source ${index}`);
	const saved = await Promise.all(sources.map(async source => storeIn(folder).save(registryOf(source), forever)));
	t.true(saved.every(({ok}) => ok));
	t.true(sources.map(source => textOf(registryOf(source))).includes(await readBack(folder)));
	t.deepEqual(await readdir(folder), ['registry']);
});

test('whoever interrupts leaves what was there, and nothing else', async t => {
	const folder = await makeFolder();
	await storeIn(folder).save(registryOf('a'), forever);
	await t.throwsAsync(storeIn(folder).save(registryOf('b'), AbortSignal.abort(new Error('enough'))), {message: 'enough'});
	t.is(await readBack(folder), textOf(registryOf('a')));
	t.deepEqual(await readdir(folder), ['registry']);
});

const failures: ReadonlyArray<readonly [what: string, prepare: (folder: string) => Promise<string>, reason: string]> = [
	['a file in the place of the folder', async folder => {
		await writeFile(path.join(folder, 'portui'), 'mine');
		return path.join(folder, 'portui');
	}, 'something else has that name (EEXIST)'],
	['a file in the place of a folder above', async folder => {
		await writeFile(path.join(folder, 'share'), 'mine');
		return path.join(folder, 'share', 'portui');
	}, 'a part of the path is no folder (ENOTDIR)'],
	['a folder in the place of the file', async folder => {
		await mkdir(path.join(folder, 'registry', 'x'), {recursive: true});
		return folder;
	}, 'it is a folder (EISDIR)'],
	['links that lead in a circle', async folder => {
		await symlink('portui', path.join(folder, 'portui'));
		return path.join(folder, 'portui');
	}, 'its links lead in a circle (ELOOP)'],
	['a file system that takes nothing', async () => '/proc/portui', 'there is no such file (ENOENT)'],
];

for (const [what, prepare, reason] of failures) {
	test(`${what} is told in a sentence, and nothing is lost`, async t => {
		const above = await makeFolder();
		const folder = await prepare(above);
		const before = await readdir(above, {recursive: true});
		const saved = await storeIn(folder).save(registryOf('a'), forever);
		t.false(saved.ok);
		const message = saved.ok ? '' : saved.message;
		t.is(message, `The registry cannot be kept in "${path.join(folder, 'registry')}": ${reason}. What was shown before stays.`);
		t.deepEqual(await readdir(above, {recursive: true}), before);
	});
}

test('no home is told in a sentence', async t => {
	const store = createRegistryStore(async () => undefined);
	const message = 'There is no folder to keep the registry in: set HOME or XDG_DATA_HOME.';
	t.like(await store.save(registryOf('a'), forever), {ok: false, message});
	t.like(await store.remove(), {ok: false, message});
});

test('a folder in the place of the file is no registry', async t => {
	const folder = await makeFolder();
	await mkdir(path.join(folder, 'registry'));
	t.deepEqual(await storeIn(folder).read(), {ok: false, message: `"${path.join(folder, 'registry')}" cannot be read, and the built-in registry is shown: it is a folder (EISDIR).`});
	t.false((await storeIn(folder).remove()).ok);
});

test('another version is told from damage', async t => {
	const folder = await makeFolder();
	const file = path.join(folder, 'registry');
	const advice = 'The built-in registry is shown until portui update runs: ';
	await storeIn(folder).save(registryOf('a'), forever);
	const kept = await readFile(file, 'utf8');
	// Version 1 is what was kept before other names were told by transport.
	for (const version of ['1', '3']) {
		await writeFile(file, kept.replace('portui-registry 2', `portui-registry ${version}`));
		t.deepEqual(await storeIn(folder).read(), {ok: false, message: `${advice}"${file}" was written by another version of portui.`});
	}

	await writeFile(file, 'Service Name,Port Number\n');
	t.deepEqual(await storeIn(folder).read(), {ok: false, message: `${advice}"${file}" is not a registry of portui.`});
	await writeFile(file, kept.replace('http', 'hxxp'));
	t.deepEqual(await storeIn(folder).read(), {ok: false, message: `${advice}"${file}" is damaged.`});
});

test('a file that is torn, edited or emptied anywhere is never taken for whole', async t => {
	const folder = await makeFolder();
	const file = path.join(folder, 'registry');
	await storeIn(folder).save(registryOf('a'), forever);
	const kept = await readFile(file);
	const place = fc.nat({max: kept.length - 1});
	const change = fc.oneof(
		place.map(end => kept.subarray(0, end)),
		fc.tuple(place, fc.integer({min: 1, max: 255})).map(([at, by]) => Uint8Array.from(kept, (byte, index) => (index === at ? byte ^ by : byte))),
		fc.tuple(place, fc.uint8Array({minLength: 1, maxLength: 5})).map(([at, added]) => Buffer.concat([kept.subarray(0, at), added, kept.subarray(at)])),
	);
	await fc.assert(fc.asyncProperty(change, async changed => {
		await writeFile(file, changed);
		return !(await storeIn(folder).read()).ok;
	}), {numRuns: 300});
	t.pass();
});
