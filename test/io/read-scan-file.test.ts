import {chmod, mkdtemp, rm, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {PassThrough, Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {readTextFile, type ReadTextOptions} from '../../source/io/read-scan-file.ts';

const makeFolder = async (t: ExecutionContext): Promise<string> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-read-'));
	t.teardown(async () => rm(folder, {recursive: true, force: true}));
	return folder;
};

const read = async (name: string, changes: Partial<ReadTextOptions> = {}) => readTextFile(name, {mostBytes: 1000, signal: new AbortController().signal, ...changes});

test('a file is read whole, with its time and what stands for its contents', async t => {
	const folder = await makeFolder(t);
	await writeFile(path.join(folder, 'a'), 'text ä');
	await writeFile(path.join(folder, 'b'), 'text ä');
	await writeFile(path.join(folder, 'c'), 'another');
	const [a, b, c] = await Promise.all(['a', 'b', 'c'].map(async name => read(path.join(folder, name))));
	t.like(a, {ok: true, value: {text: 'text ä', notes: []}});
	t.true(a!.ok && b!.ok && c!.ok && a!.value.digest === b!.value.digest && a!.value.digest !== c!.value.digest && /^[\da-f]{8}$/.test(a!.value.digest) && a!.value.modifiedAtMs > 1e12);
});

test('- is standard input, with the time of now', async t => {
	t.like(await read('-', {stdin: Readable.from([Buffer.from('te'), Buffer.from('xt')]), now: () => 7}), {ok: true, value: {text: 'text', modifiedAtMs: 7}});
});

test('UTF-16 with a mark is decoded; bytes that are no UTF-8 are told with the line of the first', async t => {
	const folder = await makeFolder(t);
	const file = path.join(folder, 'file');
	for (const [bytes, text] of [
		[Buffer.from([0xFF, 0xFE, 0x61, 0, 0xE4, 0]), 'aä'],
		[Buffer.from([0xFE, 0xFF, 0, 0x61, 0, 0xE4]), 'aä'],
		[Buffer.from('\uFEFFa'), '\uFEFFa'],
	] as const) {
		await writeFile(file, bytes);
		t.like(await read(file), {ok: true, value: {text, notes: []}});
	}

	await writeFile(file, Buffer.from([0x61, 0x0A, 0x62, 0xFF, 0x0A, 0xFE]));
	t.like(await read(file), {ok: true, value: {text: 'a\nb\uFFFD\n\uFFFD', notes: ['It holds bytes that are no UTF-8, the first on line 2: they are shown as \uFFFD.']}});
});

test('what cannot be read is told in a sentence with the name', async t => {
	const folder = await makeFolder(t);
	const file = path.join(folder, 'file');
	await writeFile(file, 'x'.repeat(1001));
	t.deepEqual(await read(file), {ok: false, message: `${JSON.stringify(file)} is larger than 0 MB, which is more than is read at once: split it.`});
	t.deepEqual(await read(folder), {ok: false, message: `${JSON.stringify(folder)} is a folder: name a file in it.`});
	t.deepEqual(await read(`${folder}/none`), {ok: false, message: `${JSON.stringify(`${folder}/none`)} cannot be read: there is no such file (ENOENT).`});
	t.deepEqual(await read(`${file}/none`), {ok: false, message: `${JSON.stringify(`${file}/none`)} cannot be read: a part of the path is no folder (ENOTDIR).`});
	t.deepEqual(await read('a\u0000b'), {ok: false, message: '"a\\u0000b" cannot be read: its name has a NUL in it.'});
	if (process.getuid?.() !== 0) {
		await chmod(file, 0);
		t.deepEqual(await read(file), {ok: false, message: `${JSON.stringify(file)} cannot be read: there is no permission (EACCES).`});
	}
});

test('what never ends is read no further than the bound', async t => {
	const stdin = new Readable({
		read() {
			this.push(Buffer.alloc(400));
		},
	});
	t.like(await read('-', {stdin}), {ok: false, message: 'standard input is larger than 0 MB, which is more than is read at once: split it.'});
	t.true(stdin.destroyed);
	t.false((await read('/dev/zero')).ok);
});

test('a sparse file of many gigabytes is refused by its size', async t => {
	const file = path.join(await makeFolder(t), 'file');
	await writeFile(file, '');
	await truncate(file, 50e9);
	t.false((await read(file, {mostBytes: 256_000_000})).ok);
});

test('an interruption ends the waiting for standard input', async t => {
	const controller = new AbortController();
	const reading = read('-', {stdin: new PassThrough(), signal: controller.signal});
	controller.abort();
	t.deepEqual(await reading, {ok: false, message: 'Interrupted while standard input was read.'});
});
