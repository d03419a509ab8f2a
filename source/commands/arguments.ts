import meow from 'meow';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import {printable} from '../report/printable.ts';
import {commandNamed, commands, formatHelp, type Command, type CommandId, type Flag} from './command-table.ts';
import {parseCheckOptions, type CheckOptions} from './check-options.ts';
import {noConfig, valueForFlag, type Config} from '../config/config.ts';
import {parseConfigOptions, type ConfigOptions} from './config-options.ts';
import {parseShell, type Shell} from './completion/shells.ts';
import {parseDiffOptions, type DiffOptions} from './diff-options.ts';
import {parseFreeOptions, type FreeOptions} from './free-options.ts';
import {parseHistoryOptions, type HistoryOptions} from './history-options.ts';
import {parseLocalOptions, type LocalOptions} from './local-options.ts';
import {parseOpenOptions, type OpenOptions} from './open-options.ts';
import {parseFormat} from './parse-format.ts';
import {parseScanOptions, parseScanRequest, scanDefaultsOf, type ScanOptions} from './scan-arguments.ts';
import {findFirstWord, tokenize, type Token} from './tokenize.ts';
import {parseUpdateOptions, type UpdateOptions} from './update-options.ts';

export type {ScanOptions} from './scan-arguments.ts';

export const lookupFormats = ['text', 'json', 'csv', 'markdown'] as const;
export type LookupFormat = (typeof lookupFormats)[number];

export type LookupOptions = {readonly words: readonly string[]; readonly format: LookupFormat};

export type ScreenOptions = {
	/** Undefined where no target was given. */
	readonly request: ScanRequest | undefined;
	/** Whether colours were not turned off, by a flag, the environment (https://no-color.org) or the config. */
	readonly allowsColor: boolean;
	/** Whether its scans are kept out of the history. */
	readonly isUnkept?: true;
	/** What flags and config ask of every scan that is started there, if anything. */
	readonly scanDefaults?: Partial<ScanRequest>;
};

/** What the command line asks for. */
export type Invocation =
	| {readonly kind: 'help'; readonly text: string}
	| {readonly kind: 'version'}
	| {readonly kind: 'screen'; readonly options: ScreenOptions}
	| {readonly kind: 'scan'; readonly options: ScanOptions}
	| {readonly kind: 'lookup'; readonly options: LookupOptions}
	| {readonly kind: 'local'; readonly options: LocalOptions}
	| {readonly kind: 'free'; readonly options: FreeOptions}
	| {readonly kind: 'history'; readonly options: HistoryOptions}
	| {readonly kind: 'open'; readonly options: OpenOptions}
	| {readonly kind: 'diff'; readonly options: DiffOptions}
	| {readonly kind: 'check'; readonly options: CheckOptions}
	| {readonly kind: 'update'; readonly options: UpdateOptions}
	| {readonly kind: 'config'; readonly options: ConfigOptions}
	| {readonly kind: 'completion'; readonly shell: Shell};

const toCamelCase = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The flags as meow names them: `no-color` is the boolean `color`, on unless turned off. */
const meowFlags = ({flags}: Command): Record<string, {type: 'boolean'; default: boolean} | {type: 'string'}> => Object.fromEntries(flags.map(({name, value}) => {
	if (value !== undefined) {
		return [toCamelCase(name), {type: 'string'}];
	}

	return name.startsWith('no-') ? [toCamelCase(name.slice(3)), {type: 'boolean', default: true}] : [toCamelCase(name), {type: 'boolean', default: false}];
}));

/** Writes a token the one way that every parser of options reads alike. */
const spellToken = (token: Extract<Token, {kind: 'flag'}>): string => `--${token.flag.name}${token.value === undefined ? '' : `=${token.value}`}`;

/** What was typed, by the names of flags as meow spells them: `excludePorts`. */
export type Values = {
	readonly words: readonly string[];
	readonly text: (name: string) => string | undefined;
	/** The values of a flag that may be given several times. */
	readonly all: (name: string) => readonly string[];
	readonly isOn: (name: string) => boolean;
	/** Whether it was typed, and does not come from the config. */
	readonly isTyped: (name: string) => boolean;
};

/** The commands whose flags the config has defaults for. */
const configured: ReadonlySet<CommandId> = new Set(['screen', 'scan', 'open', 'check']);

/** Flags whose values add up with those of the config: what is never to be scanned is not scanned because something else is left out too. */
const addsUp: ReadonlySet<string> = new Set(['exclude']);

/** A flag by the name meow gives it: `--no-thorough` and `--thorough` are the same one. */
const meowName = ({name, value}: Flag): string => toCamelCase(value === undefined && name.startsWith('no-') ? name.slice(3) : name);

const readValues = (tokens: readonly Token[], command: Command, config: Config): Values => {
	const typed = new Set(tokens.flatMap(token => (token.kind === 'flag' ? [meowName(token.flag)] : [])));
	const setFor = (name: string): boolean | string | undefined => (configured.has(command.id) ? valueForFlag(config, name) : undefined);

	const {flags} = meow({
		importMeta: import.meta,
		// Given, so that no package.json is looked for on every start.
		pkg: {name: 'portui'},
		argv: tokens.filter(token => token.kind === 'flag' && token.flag.isRepeatable !== true).map(token => spellToken(token as Extract<Token, {kind: 'flag'}>)),
		flags: meowFlags(command),
		// These would end the process.
		autoHelp: false,
		autoVersion: false,
		description: false,
	});
	return {
		words: tokens.filter(token => token.kind === 'word').map(({text}) => text),
		text(name) {
			const value = typed.has(name) ? flags[name] : setFor(name);
			return typeof value === 'string' ? value : undefined;
		},
		all(name) {
			const set = typed.has(name) && !addsUp.has(name) ? undefined : setFor(name);
			const given = tokens.flatMap(token => (token.kind === 'flag' && toCamelCase(token.flag.name) === name && token.value !== undefined ? [token.value] : []));
			// An empty one, likely a script's empty variable, is to be told even so.
			const isEmpty = given.length > 0 && given.every(text => /^[\s,]*$/.test(text));
			return typeof set === 'string' && set !== '' && !isEmpty ? [...given, set] : given;
		},
		isOn: name => (typed.has(name) ? flags[name] : setFor(name) ?? flags[name]) === true,
		isTyped: name => typed.has(name),
	};
};

const parseLookup = (values: Values): Parsed<Invocation> => {
	if (values.words.every(word => word.trim() === '')) {
		return rejected('portui lookup needs something to look up: a port, a range, a name or words, such as portui lookup 5432.');
	}

	const format = parseFormat(values, lookupFormats);
	return format.ok ? parsed({kind: 'lookup', options: {words: values.words, format: format.value}}) : format;
};

const parseScreen = (values: Values): Parsed<Invocation> => {
	const shared = {allowsColor: values.isOn('color'), ...(values.isOn('history') ? {} : {isUnkept: true as const})};
	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	const withDefaults = {...shared, ...scanDefaultsOf(request.value, values)};
	if (values.words.length > 0) {
		return parsed({kind: 'screen', options: {request: request.value, ...withDefaults}});
	}

	return !values.isTyped('ports')
		? parsed({kind: 'screen', options: {request: undefined, ...withDefaults}})
		: rejected(`--ports needs a target to scan: portui localhost -p ${values.text('ports')}`);
};

/** Makes an invocation of the options of a command that has a parser of its own. */
const asInvocation = <Kind extends Invocation['kind'], Options>(kind: Kind, parseOptions: (values: Values) => Parsed<Options>) => (values: Values): Parsed<{readonly kind: Kind; readonly options: Options}> => {
	const options = parseOptions(values);
	return options.ok ? parsed({kind, options: options.value}) : options;
};

const parsers: Readonly<Record<CommandId, (values: Values) => Parsed<Invocation>>> = {
	screen: parseScreen,
	scan: asInvocation('scan', parseScanOptions),
	lookup: parseLookup,
	local: asInvocation('local', parseLocalOptions),
	free: asInvocation('free', parseFreeOptions),
	history: asInvocation('history', parseHistoryOptions),
	open: asInvocation('open', parseOpenOptions),
	diff: asInvocation('diff', parseDiffOptions),
	check: asInvocation('check', parseCheckOptions),
	update: asInvocation('update', parseUpdateOptions),
	config: asInvocation('config', parseConfigOptions),
	completion({words}) {
		const shell = parseShell(words);
		return shell.ok ? parsed({kind: 'completion', shell: shell.value}) : shell;
	},
};

const parseInvocation = (argv: readonly string[], config: Config): Parsed<Invocation> => {
	const first = findFirstWord(argv);
	if (first === 'help' && argv.length === 1) {
		return parsed({kind: 'help', text: formatHelp(commandNamed('screen'))});
	}

	if (first === 'version' && argv.length === 1) {
		return parsed({kind: 'version'});
	}

	// A first word that is no command is a target, so it belongs to the screen.
	const named = first === undefined ? undefined : commands.find(({word}) => word === first);
	const command = named ?? commandNamed('screen');
	const tokens = tokenize(argv, command);
	if (!tokens.ok) {
		return tokens;
	}

	const commandIndex = named === undefined ? -1 : tokens.value.findIndex(token => token.kind === 'word' && token.text === first);
	const values = readValues(tokens.value.filter((_, index) => index !== commandIndex), command, config);
	if (values.isOn('help')) {
		return parsed({kind: 'help', text: formatHelp(command)});
	}

	return values.isOn('version') ? parsed({kind: 'version'}) : parsers[command.id](values);
};

/**
Parses a command line.

@param argv - The arguments, without the program.
@param config - What holds for flags that are not typed.
@returns What is asked for, or one printable sentence that says what is wrong. Never throws, never ends the process.
*/
export const parseArguments = (argv: readonly string[], config: Config = noConfig): Parsed<Invocation> => {
	const invocation = parseInvocation(argv, config);
	return invocation.ok ? invocation : rejected(printable(invocation.message));
};
