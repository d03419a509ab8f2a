import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {commands, type Command} from '../../source/commands/command-table.ts';
import {formatManPage} from '../../scripts/man-page.ts';
import {runProgram} from '../helpers/run-cli.ts';

/** What a reader of the page sees, and what groff has to say of it; undefined where there is no groff. */
const read = async (page: string): Promise<{readonly text: string; readonly warnings: string} | undefined> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-man-'));
	const file = path.join(folder, 'portui.1');
	try {
		await writeFile(file, page);
		const {stdout, stderr} = await runProgram('groff', ['-man', '-Tutf8', '-ww', '-P-cbou', '-rLL=200n', '-k', file]);
		return {text: stdout.replaceAll('−', '-'), warnings: stderr};
	} catch {
		return undefined;
	} finally {
		await rm(folder, {recursive: true});
	}
};

test('groff reads the page without a warning, and everything of the table is in it', async t => {
	const page = await read(formatManPage('1.2.3'));
	if (page === undefined) {
		t.log('skipped: there is no groff here');
		t.pass();
		return;
	}

	t.is(page.warnings, '');
	t.regex(page.text, /portui 1\.2\.3/);
	for (const {usage, description, flags, examples} of commands) {
		for (const part of [usage, description, ...flags.map(({name}) => `--${name}`), ...examples.flat()]) {
			t.true(page.text.includes(part), part);
		}
	}
});

test('no text of the table becomes an order to roff', async t => {
	const texts = ['.so /etc/passwd', '\'br', '\\fBx', 'a \\\\ b', '-1023'];
	const hostile: readonly Command[] = [{id: 'scan', word: 'scan', usage: 'portui scan', description: texts[0]!, notes: texts.slice(1), flags: texts.map(text => ({name: 'x', description: text})), examples: [['portui', texts[1]!]]}];
	const page = await read(formatManPage('0', hostile));
	if (page === undefined) {
		t.log('skipped: there is no groff here');
		t.pass();
		return;
	}

	t.is(page.warnings, '');
	for (const text of texts) {
		t.true(page.text.includes(text), text);
	}
});
