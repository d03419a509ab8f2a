import {mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {writeWhole} from '../../source/io/write-whole.ts';
import {runProgram} from '../helpers/run-cli.ts';

const makeFolder = async (t: {teardown: (remove: () => Promise<void>) => void}): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-test-'));
	t.teardown(async () => rm(folder, {recursive: true}));
	return folder;
};

test('a file is written, and an older one replaced, with nothing left beside it', async t => {
	const folder = await makeFolder(t);
	const file = path.join(folder, 'a.json');
	t.is(await writeWhole(file, 'one'), undefined);
	t.is(await writeWhole(file, 'two'), undefined);
	t.is(await readFile(file, 'utf8'), 'two');
	t.deepEqual(await readdir(folder), ['a.json']);
});

test('a link stays a link, and what it leads to is replaced', async t => {
	const folder = await makeFolder(t);
	await writeFile(path.join(folder, 'real.csv'), 'old');
	await symlink('real.csv', path.join(folder, 'link.csv'));
	t.is(await writeWhole(path.join(folder, 'link.csv'), 'new'), undefined);
	t.is(await readFile(path.join(folder, 'real.csv'), 'utf8'), 'new');
	t.deepEqual((await readdir(folder)).sort(), ['link.csv', 'real.csv']);
});

test('what cannot be written is said in a sentence, and nothing is left', async t => {
	const folder = await makeFolder(t);
	await mkdir(path.join(folder, 'sub.json'));
	t.regex(String(await writeWhole(path.join(folder, 'none', 'a.json'), 'x')), /^".*" was not written: there is no such folder\.$/);
	t.regex(String(await writeWhole(path.join(folder, 'sub.json'), 'x')), /^".*" was not written: it is a folder\.$/);
	t.regex(String(await writeWhole(path.join(folder, `${'a'.repeat(300)}.json`), 'x')), /^".*" was not written: the name is too long \(ENAMETOOLONG\)\.$/);
	t.deepEqual(await readdir(folder), ['sub.json']);
});

test('a device is not replaced by a file', async t => {
	t.is(await writeWhole('/dev/null', 'x'), '"/dev/null" was not written: it is not a plain file.');
	t.true((await stat('/dev/null')).isCharacterDevice());
});

test('a full disk is said, and the older file stays whole', async t => {
	const folder = await makeFolder(t);
	const mounted = await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]).catch((error: Error) => ({code: 1, stderr: error.message}));
	if (mounted.code !== 0) {
		t.log(`skipped, because no small file system can be mounted here: ${mounted.stderr.trim()}`);
		t.pass();
		return;
	}

	try {
		const file = path.join(folder, 'a.json');
		t.is(await writeWhole(file, 'old'), undefined);
		t.regex(String(await writeWhole(file, 'x'.repeat(100_000))), /was not written: the disk is full \(ENOSPC\)\.$/);
		t.is(await readFile(file, 'utf8'), 'old');
		t.deepEqual(await readdir(folder), ['a.json']);
	} finally {
		await runProgram('umount', [folder]);
	}
});
