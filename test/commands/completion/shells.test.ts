import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {formatBashCompletion} from '../../../source/commands/completion/bash.ts';
import {formatCompletion, parseShell, shells} from '../../../source/commands/completion/shells.ts';
import {commands, type Command} from '../../../source/commands/command-table.ts';
import {loadRegistry} from '../../../source/registry/load-registry.ts';
import {runProgram} from '../../helpers/run-cli.ts';
import {openTerminal} from '../../helpers/terminal.ts';

const isThere = async (program: string): Promise<boolean> => runProgram(program, ['--version']).then(({code}) => code === 0, () => false);

const named = commands.flatMap(({word}) => (word === undefined ? [] : [word]));
const flagsOf = (word: string): readonly string[] => commands.find(command => command.word === word)!.flags.map(({name}) => `--${name}`);

const filters = (await loadRegistry()).listFilters();

/** A table with all that could break a script of a shell. */
const hostile: readonly Command[] = [
	{id: 'screen', word: undefined, usage: '', description: '', notes: [], flags: [], examples: []},
	{
		id: 'scan', word: 'scan', usage: '', description: 'It\'s $(false) `false` "quoted" [a:b] \\ 100%', notes: [], examples: [],
		flags: [{name: 'output', short: 'o', value: 'file', description: 'a \'file\': [x] \\ $(false)'}, {name: 'kind', value: 'word', values: ['one', 'two'], description: 'one: or [two]'}],
	},
];

for (const [words, answer] of [
	[['bash'], 'bash'], [['ZSH'], 'zsh'], [['fish'], 'fish'],
	[[], /^portui completion takes one shell: bash, zsh, fish\.$/],
	[['tcsh'], /, not "tcsh"\.$/], [['bash', 'zsh'], /, not "bash zsh"\.$/], [['\u001B[2J'], /, not "\\u001b\[2J"\.$/],
] as const) {
	test(`portui completion ${JSON.stringify(words)}`, t => {
		const shell = parseShell(words);
		if (typeof answer === 'string') {
			t.deepEqual(shell, {ok: true, value: answer});
		} else {
			t.regex(shell.ok ? '' : shell.message, answer);
		}
	});
}

test('every command and every flag of the table is in every script', t => {
	for (const shell of shells) {
		const script = formatCompletion(shell, filters);
		for (const {word, flags} of commands) {
			t.true(word === undefined || script.includes(word), `${shell} ${word}`);
			for (const {name} of flags) {
				t.true(script.includes(name), `${shell} ${name}`);
			}
		}
	}
});

/** What bash offers for a command line whose last word is being typed. */
const completeInBash = async (line: readonly string[], script = formatCompletion('bash', filters)): Promise<readonly string[]> => {
	const {stdout, stderr, code} = await runProgram('bash', ['--norc', '-c', `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portui; printf '%s\\n' "\${COMPREPLY[@]}"`, 'bash', ...line]);
	if (code !== 0 || stderr !== '') {
		throw new Error(`bash ended with ${code}: ${stderr}`);
	}

	return stdout.split('\n').filter(word => word !== '');
};

test('bash completes commands, flags and the words of a flag', async t => {
	if (!(await isThere('bash'))) {
		t.log('skipped: there is no bash here');
		t.pass();
		return;
	}

	t.deepEqual(await completeInBash(['portui', 'loo']), ['lookup']);
	t.deepEqual((await completeInBash(['portui', ''])).filter(word => named.includes(word)), named);
	for (const word of named) {
		t.deepEqual((await completeInBash(['portui', word, '--'])).filter(flag => flag.startsWith('--')), flagsOf(word));
	}

	t.deepEqual(await completeInBash(['portui', 'scan', '--show', 'c']), ['closed']);
	t.deepEqual(await completeInBash(['portui', 'scan', '-p', '']), []);
	t.deepEqual(await completeInBash(['portui', 'completion', 'z']), ['zsh']);
	t.deepEqual(await completeInBash(['portui', 'lookup', 'ri']), ['risk:any', 'risk:info', 'risk:low', 'risk:medium', 'risk:high', 'risk:critical']);
	t.deepEqual(await completeInBash(['portui', 'lookup', 'risk', ':']), ['any', 'info', 'low', 'medium', 'high', 'critical']);
	t.deepEqual(await completeInBash(['portui', 'lookup', 'vpn', 'risk', ':', 'h']), ['high']);
	t.deepEqual(await completeInBash(['portui', 'lookup', 'category:web-s']), ['category:web-server']);
	t.deepEqual(await completeInBash(['portui', 'scan', '--kind', ''], formatBashCompletion(hostile, filters)), ['one', 'two']);
});

test('bash completes a file whose name has blanks', async t => {
	if (!(await isThere('bash'))) {
		t.log('skipped: there is no bash here');
		t.pass();
		return;
	}

	const folder = await mkdtemp(path.join(tmpdir(), 'portui-completion-'));
	try {
		await writeFile(path.join(folder, 'a b.json'), '');
		t.deepEqual(await completeInBash(['portui', 'scan', '-o', `${folder}/a`], formatBashCompletion(hostile, filters)), [`${folder}/a b.json`]);
	} finally {
		await rm(folder, {recursive: true});
	}
});

/** What fish offers, descriptions left out. */
const completeInFish = async (line: string, script: string): Promise<readonly string[]> => {
	const {stdout, stderr, code} = await runProgram('fish', ['--no-config', '-c', `${script}\ncomplete -C ${JSON.stringify(line)}`]);
	if (code !== 0 || stderr !== '') {
		throw new Error(`fish ended with ${code}: ${stderr}`);
	}

	return stdout.split('\n').map(each => each.split('\t')[0]!).filter(word => word !== '');
};

test('fish completes commands, flags and the words of a flag', async t => {
	if (!(await isThere('fish'))) {
		t.log('skipped: there is no fish here');
		t.pass();
		return;
	}

	const script = formatCompletion('fish', filters);
	t.deepEqual(await completeInFish('portui loo', script), ['lookup']);
	for (const word of named) {
		t.deepEqual((await completeInFish(`portui ${word} --`, script)).toSorted(), flagsOf(word).toSorted(), word);
	}

	t.deepEqual(await completeInFish('portui scan --show c', script), ['closed']);
	t.deepEqual(await completeInFish('portui completion z', script), ['zsh']);
	t.deepEqual(await completeInFish('portui lookup risk:h', script), ['risk:high']);
	t.deepEqual(await completeInFish('portui scan --kind ', formatCompletion('fish', filters, hostile)), ['one', 'two']);
});

/** What zsh makes of a command line when Tab is pressed behind it. */
const completeInZsh = async (line: string, expected: string, script: string): Promise<void> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'portui-completion-'));
	const terminal = openTerminal({command: 'zsh', args: ['-f', '-i'], columns: 120, rows: 20, env: {HOME: folder, PS1: '%% '}});
	try {
		await writeFile(path.join(folder, 'portui.zsh'), script);
		await terminal.waitFor('%');
		terminal.type(`autoload -Uz compinit && compinit -u -D && source ${folder}/portui.zsh && clear && echo re''ady\r`);
		await terminal.waitFor('ready');
		terminal.type(line);
		await terminal.waitFor(line.trimEnd());
		terminal.press('tab');
		await terminal.waitFor(expected);
	} finally {
		await terminal.close();
		await rm(folder, {recursive: true, force: true});
	}
};

test('zsh completes commands, flags and the words of a flag', async t => {
	if (!(await isThere('zsh'))) {
		t.log('skipped: there is no zsh here');
		t.pass();
		return;
	}

	const script = formatCompletion('zsh', filters);
	await completeInZsh('portui loo', 'portui lookup', script);
	await completeInZsh('portui scan --exclude-p', 'portui scan --exclude-ports', script);
	await completeInZsh('portui scan --show cl', 'portui scan --show closed', script);
	await completeInZsh('portui completion z', 'portui completion zsh', script);
	await completeInZsh('portui lookup ri', 'portui lookup risk:', script);
	await completeInZsh('portui lookup vpn risk:h', 'portui lookup vpn risk:high', script);
	await completeInZsh('portui scan --kind tw', 'portui scan --kind two', formatCompletion('zsh', filters, hostile));
	t.pass();
});
