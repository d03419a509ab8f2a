import {mkdtemp, mkdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {runProgram} from '../helpers/run-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'portui-examples-'));
await mkdir(path.join(folder, 'node_modules'));
await symlink(root, path.join(folder, 'node_modules', 'portui'));

const text = await readFile(path.join(root, 'docs', 'library.md'), 'utf8');
const examples = Array.from(text.matchAll(/^```js\n([^]*?)^```$/gm), ([, code]) => code!);

/** What an example prints, by a word that is in it alone. */
const printed: Readonly<Record<string, RegExp>> = {
	'hosts[0].counts': /^complete \{/,
	'never asked': /^(interrupted \d+ closed so far \d+|complete 655\d\d closed so far 0) never asked\n$/,
	'lookup(5432)': /^postgresql PostgreSQL/,
	'http,8000-8100': /^\d+ false 80,.*8000-8079,8081-8100.* \d+\n$/,
	htpp: /^ERR_INVALID_PORTS No service is named "htpp"; did you mean http\?\n$/,
};

test.after.always(async () => {
	await rm(folder, {recursive: true, force: true});
});

for (const [index, code] of examples.entries()) {
	test(`example ${index + 1} of docs/library.md runs`, async t => {
		const file = path.join(folder, `example-${index}.mjs`);
		await writeFile(file, code);
		const {code: exitCode, stdout, stderr} = await runProgram(process.execPath, [file], {cwd: folder});
		t.is(stderr, '');
		t.is(exitCode, 0);
		for (const [word, pattern] of Object.entries(printed)) {
			if (code.includes(word)) {
				t.regex(stdout, pattern);
			}
		}
	});
}

test('every example that prints something known is there', t => {
	for (const word of Object.keys(printed)) {
		t.is(examples.filter(code => code.includes(word)).length, 1, word);
	}
});
