import tseslint from 'typescript-eslint';

/** Which folders of source/ a folder may import from, itself aside. It is the one table of how imports run. */
const mayImport = {
	port: [],
	registry: ['port'],
	scan: ['port', 'registry'],
	identify: ['port', 'registry'],
	local: ['port', 'registry'],
	history: ['port', 'registry', 'scan'],
	policy: ['port', 'registry', 'scan'],
	report: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'policy'],
	config: ['port', 'registry', 'scan', 'history', 'report'],
	guide: ['port', 'registry', 'scan', 'identify', 'local', 'report'],
	store: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'guide'],
	io: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'config'],
	library: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'report'],
	commands: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'policy', 'report', 'config', 'guide', 'store', 'io'],
	ui: ['port', 'registry', 'scan', 'identify', 'local', 'history', 'report', 'guide', 'store'],
};

/** Folders whose code takes values and returns values. */
const pureFolders = ['port', 'registry', 'scan', 'identify', 'local', 'history', 'policy', 'report', 'config', 'guide', 'store', 'library'];

/** A path out of a folder of source/ and into one it may not know, or into what is no part of the program. A folder's own files are no `../folder/`. */
const noWrongWay = folder => {
	const known = [folder, ...mayImport[folder]];
	const unknown = Object.keys(mayImport).filter(name => !known.includes(name));
	return {
		regex: `^(\\.\\./)+(source/)?(${[...unknown, 'cli\\.tsx$', 'index\\.ts$', 'scripts', 'test', 'benchmark'].map(name => (name.endsWith('$') ? name : `${name}/`)).join('|')})`,
		message: `source/${folder} imports only from ${known.map(name => `source/${name}`).join(', ')}: imports run one way.`,
	};
};

const sockets = ['net', 'tls', 'dgram', 'dns', 'dns/promises', 'http', 'https', 'http2'];
const isModule = names => `^(node:)?(${names.join('|')})$`;

const noSockets = {regex: isModule(sockets), message: 'The network is touched in source/io alone.'};
const noScreen = {regex: '^(react|ink)([-/].*)?$', message: 'React and Ink belong to source/ui and cli.tsx.'};
// `node:url` is the exception: its domainToASCII is a pure function.
const noWorld = {regex: '^node:(?!url$)', message: 'This folder is pure: what touches the world is in source/io.'};

/** What belongs to the program alone. */
const noProgram = {regex: '^\\./(cli\\.tsx|source/(commands|ui|store)/)', message: 'The library sees neither commands nor screen.'};

const noExit = {
	selector: 'MemberExpression[object.name="process"][property.name=/^(exit|exitCode|abort|reallyExit)$/]',
	message: 'Only cli.tsx ends the process: return an exit code.',
};

const noDefaultExport = {selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]', message: 'Export it by its name.'};

/** Forbids modules to static imports, and to dynamic ones, which the rule of static imports does not see. */
const restrict = (patterns, ...selectors) => ({
	'no-restricted-imports': ['error', {patterns}],
	'no-restricted-syntax': ['error', noDefaultExport, ...selectors, ...patterns.map(({regex, message}) => ({selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\/')}/]`, message}))],
});

/** What a folder may not import: the wrong way, and the modules that belong elsewhere. */
const forbiddenIn = folder => [
	noWrongWay(folder),
	...(folder === 'io' ? [] : [noSockets]),
	...(folder === 'ui' ? [] : [noScreen]),
	...(pureFolders.includes(folder) ? [noWorld] : []),
];

export default tseslint.config(
	{ignores: ['dist/', 'generated/', 'node_modules/']},
	{
		files: ['**/*.{ts,tsx}'],
		extends: [tseslint.configs.strict],
		languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
		linterOptions: {reportUnusedDisableDirectives: 'error'},
		rules: {
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-var': 'error',
			'object-shorthand': 'error',
			curly: 'error',
			'no-restricted-globals': ['error', {name: 'require', message: 'Import it.'}],
			...restrict([]),
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
	...Object.keys(mayImport).map(folder => ({
		files: [`source/${folder}/**/*.{ts,tsx}`],
		rules: restrict(forbiddenIn(folder), noExit),
	})),
	{
		files: ['cli.tsx'],
		rules: restrict([noSockets]),
	},
	{
		// What cli.tsx loads together: each file is a piece of the bundle.
		files: ['cli/**/*.ts'],
		rules: restrict([noSockets], noExit),
	},
	{
		// The library for other programs: it neither draws nor ends the process, and speaks to no terminal.
		files: ['index.ts'],
		rules: restrict([noSockets, noScreen, noProgram], noExit),
	},
);
