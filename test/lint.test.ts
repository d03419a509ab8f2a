import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {ESLint} from 'eslint';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));
const eslint = new ESLint({cwd: root});

/** A file of each folder: the rules go by the path, and need one that exists. */
const files: Readonly<Record<string, string>> = {
	port: 'source/port/port.ts',
	registry: 'source/registry/registry.ts',
	scan: 'source/scan/run-scan.ts',
	report: 'source/report/lookup-json.ts',
	store: 'source/store/state.ts',
	io: 'source/io/socket-engine.ts',
	commands: 'source/commands/scan.ts',
	ui: 'source/ui/layout.ts',
	library: 'source/library/scan.ts',
	index: 'index.ts',
	cli: 'cli.tsx',
	test: 'test/helpers/listeners.ts',
	script: 'benchmark/run.ts',
};

const rulesBroken = async (code: string, file: string): Promise<string[]> => {
	const [result] = await eslint.lintText(`${code}\n`, {filePath: path.join(root, file)});
	return [...new Set(result!.messages.map(({ruleId, message}) => ruleId ?? message))];
};

const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

/** Which folder may import which: `+` it may, `-` it may not. In the order of `columns`. */
const columns = ['port', 'registry', 'scan', 'report', 'store', 'io', 'commands', 'ui'];
const directions: Readonly<Record<string, string>> = {
	port: '+-------',
	registry: '++------',
	scan: '+++-----',
	report: '++++----',
	store: '+++-+---',
	io: '+++--+--',
	commands: '+++++++-',
	ui: '+++++--+',
	library: '++++----',
	index: '++++-+--',
	cli: '++++++++',
};

for (const [from, marks] of Object.entries(directions)) {
	for (const [index, to] of columns.entries()) {
		const isAllowed = marks[index] === '+';
		test(`${from} ${isAllowed ? 'may' : 'may not'} import ${to}`, async t => {
			const target = path.relative(path.dirname(files[from]!), files[to]!);
			const specifier = target.startsWith('.') ? target : `./${target}`;
			if (files[from] === files[to]) {
				t.pass();
				return;
			}

			t.deepEqual(await rulesBroken(`export * from '${specifier}';`, files[from]!), isAllowed ? [] : [imports]);
			t.deepEqual(await rulesBroken(`export const load = async () => import('${specifier}');`, files[from]!), isAllowed ? [] : [syntax]);
		});
	}
}

const code = {
	net: 'export {Socket} from \'node:net\';',
	bareNet: 'export {Socket} from \'net\';',
	lazyNet: 'export const load = async () => import(\'node:net\');',
	dns: 'export {promises} from \'node:dns\';',
	files: 'export {readFileSync} from \'node:fs\';',
	url: 'export {domainToASCII} from \'node:url\';',
	react: 'export {useState} from \'react\';',
	runtime: 'export {jsx} from \'react/jsx-runtime\';',
	ink: 'export {Box} from \'ink\';',
	lazyInk: 'export const load = async () => import(\'ink\');',
	exit: 'export const end = () => process.exit(1);',
	exitCode: 'export const end = () => {\n\tprocess.exitCode = 1;\n};',
	defaultExport: 'const value = 1;\nexport default value;',
	interface: 'export interface Shape {readonly size: number}',
	equality: 'export const isSame = (a: unknown, b: unknown) => a == b;',
	any: 'export const value: any = 1;',
	floating: 'const work = async () => {};\nexport const start = () => {\n\twork();\n};',
	cli: 'export * from \'../../cli.tsx\';',
};

const table: ReadonlyArray<readonly [code: keyof typeof code, folder: string, broken: readonly string[]]> = [
	...['port', 'registry', 'scan', 'report', 'store', 'commands', 'ui', 'cli'].flatMap(folder => [
		['net', folder, [imports]],
		['bareNet', folder, [imports]],
		['lazyNet', folder, [syntax]],
		['dns', folder, [imports]],
	] as const),
	['net', 'io', []],
	['lazyNet', 'io', []],
	['net', 'test', []],
	...['port', 'scan', 'report', 'store', 'io', 'commands'].flatMap(folder => [
		['react', folder, [imports]],
		['runtime', folder, [imports]],
		['ink', folder, [imports]],
		['lazyInk', folder, [syntax]],
	] as const),
	['ink', 'ui', []],
	['ink', 'cli', []],
	...['port', 'registry', 'scan', 'report', 'store'].map(folder => ['files', folder, [imports]] as const),
	['files', 'io', []],
	['url', 'scan', []],
	...['port', 'io', 'store', 'commands', 'ui'].flatMap(folder => [['exit', folder, [syntax]], ['exitCode', folder, [syntax]]] as const),
	['exit', 'cli', []],
	['exit', 'script', []],
	...['port', 'ui', 'cli', 'test'].map(folder => ['defaultExport', folder, [syntax]] as const),
	['interface', 'port', ['@typescript-eslint/consistent-type-definitions']],
	['equality', 'port', ['eqeqeq']],
	['any', 'port', ['@typescript-eslint/no-explicit-any']],
	['floating', 'port', ['@typescript-eslint/no-floating-promises']],
	['cli', 'commands', [imports]],
];

for (const [name, folder, broken] of table) {
	test(`${name} in ${folder}: ${broken.length === 0 ? 'allowed' : broken.join()}`, async t => {
		t.deepEqual(await rulesBroken(code[name], files[folder]!), [...broken]);
	});
}

test('every folder of the source has its direction', async t => {
	for (const folder of await readdir(path.join(root, 'source'))) {
		const file = (await readdir(path.join(root, 'source', folder))).find(name => /\.tsx?$/.test(name))!;
		t.deepEqual(await rulesBroken('export * from \'../../cli.tsx\';', `source/${folder}/${file}`), [imports], folder);
	}
});
