import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Which folders of source/ a folder may import from, itself aside. It is the one table of how imports run. */
const mayImport = {
	port: [],
	registry: ['port'],
	scan: ['port', 'registry'],
	identify: ['port', 'registry'],
	local: ['port', 'registry'],
	report: ['port', 'registry', 'scan', 'identify', 'local'],
	store: ['port', 'registry', 'scan', 'identify', 'local'],
	io: ['port', 'registry', 'scan', 'identify', 'local'],
	commands: ['port', 'registry', 'scan', 'identify', 'local', 'report', 'store', 'io'],
	ui: ['port', 'registry', 'scan', 'identify', 'local', 'report', 'store'],
};

/** Folders whose code takes values and returns values. */
const pureFolders = ['port', 'registry', 'scan', 'identify', 'local', 'report', 'store'];

const zones = Object.entries(mayImport).flatMap(([folder, others]) => [
	{
		target: `./source/${folder}`,
		from: './source',
		except: [folder, ...others].map(name => `./${name}`),
		message: `source/${folder} imports only from ${[`source/${folder}`, ...others].join(', ')}: imports run one way.`,
	},
	{target: `./source/${folder}`, from: './cli.tsx', message: 'cli.tsx is the root: nothing imports it.'},
	{target: `./source/${folder}`, from: ['./scripts', './test', './benchmark'], message: 'The program imports nothing of its tools.'},
]);

const sockets = ['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2'];
const isModule = names => `^(node:)?(${names.join('|')})$`;

const noSockets = {regex: isModule(sockets), message: 'The network is touched in source/io alone.'};
const noScreen = {regex: '^(react|ink)([-/].*)?$', message: 'React and Ink belong to source/ui and cli.tsx.'};
// `node:url` is the exception: its domainToASCII is a pure function.
const noWorld = {regex: '^node:(?!url$)', message: 'This folder is pure: what touches the world is in source/io.'};

const noExit = {
	selector: 'MemberExpression[object.name="process"][property.name=/^(exit|exitCode|abort|reallyExit)$/]',
	message: 'Only cli.tsx ends the process: return an exit code.',
};

/** Forbids modules to static imports, and to dynamic ones, which the rule of static imports does not see. */
const restrict = (patterns, ...selectors) => ({
	'no-restricted-imports': ['error', {patterns}],
	'no-restricted-syntax': ['error', ...selectors, ...patterns.map(({regex, message}) => ({selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`, message}))],
});

export default tseslint.config(
	{ignores: ['dist/', 'generated/', 'node_modules/']},
	{
		files: ['**/*.{ts,tsx}'],
		extends: [tseslint.configs.strict],
		plugins: {'import-x': importX},
		languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
		linterOptions: {reportUnusedDisableDirectives: 'error'},
		rules: {
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-var': 'error',
			'object-shorthand': 'error',
			curly: 'error',
			'no-restricted-globals': ['error', {name: 'require', message: 'Import it.'}],
			'import-x/no-default-export': 'error',
			'@typescript-eslint/consistent-type-definitions': ['error', 'type'],
			'@typescript-eslint/consistent-type-imports': ['error', {fixStyle: 'inline-type-imports', disallowTypeAnnotations: false}],
			// The name `_` says that a parameter is only there for the one after it.
			'@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_'}],
			'@typescript-eslint/no-floating-promises': ['error', {ignoreVoid: true}],
			'@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: false}],
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			// An index that was just checked is not undefined, whatever the compiler must assume.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-empty-function': 'off',
			// An empty `catch` says that the failure is expected, with the reason beside it.
			'no-empty': ['error', {allowEmptyCatch: true}],
		},
	},
	{
		files: ['source/**/*.{ts,tsx}'],
		rules: {
			'import-x/no-restricted-paths': ['error', {basePath: import.meta.dirname, zones}],
			...restrict([noSockets, noScreen], noExit),
		},
	},
	{
		files: [`source/{${pureFolders.join(',')}}/**/*.{ts,tsx}`],
		rules: restrict([noSockets, noScreen, noWorld], noExit),
	},
	{
		files: ['source/io/**/*.ts'],
		rules: restrict([noScreen], noExit),
	},
	{
		files: ['source/ui/**/*.{ts,tsx}'],
		rules: restrict([noSockets], noExit),
	},
	{
		files: ['cli.tsx'],
		rules: restrict([noSockets]),
	},
);
