import meow from 'meow';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {checkSetting, defaultPorts, settingSentence, type SettingName} from '../scan/parse-request.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import {portStates, type PortState} from '../scan/verdict.ts';
import {printable} from '../report/printable.ts';
import {shownByDefault} from '../report/scan-json.ts';
import {commandNamed, commands, formatHelp, reservedWords, type Command} from './command-table.ts';
import {findFirstWord, quote, tokenize, type Token} from './tokenize.ts';

export const reportFormats = ['text', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export type ScanOptions = {
	readonly request: ScanRequest;
	readonly show: readonly PortState[];
	readonly format: ReportFormat;
	readonly isQuiet: boolean;
};

export type LookupOptions = {readonly words: readonly string[]; readonly format: ReportFormat};

export type ScreenOptions = {
	/** Undefined where no target was given. */
	readonly request: ScanRequest | undefined;
	/** Whether colours were not turned off by a flag. */
	readonly allowsColor: boolean;
};

/** What the command line asks for. */
export type Invocation =
	| {readonly kind: 'help'; readonly text: string}
	| {readonly kind: 'version'}
	| {readonly kind: 'screen'; readonly options: ScreenOptions}
	| {readonly kind: 'scan'; readonly options: ScanOptions}
	| {readonly kind: 'lookup'; readonly options: LookupOptions};

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

type Values = {
	readonly words: readonly string[];
	readonly text: (name: string) => string | undefined;
	readonly isOn: (name: string) => boolean;
};

const readValues = (tokens: readonly Token[], command: Command): Values => {
	const {flags} = meow({
		importMeta: import.meta,
		// Given, so that no package.json is looked for on every start.
		pkg: {name: 'portui'},
		argv: tokens.filter(token => token.kind === 'flag').map(token => spellToken(token)),
		flags: meowFlags(command),
		// These would end the process.
		autoHelp: false,
		autoVersion: false,
		description: false,
	});
	return {
		words: tokens.filter(token => token.kind === 'word').map(({text}) => text),
		text(name) {
			const value = flags[name];
			return typeof value === 'string' ? value : undefined;
		},
		isOn: name => flags[name] === true,
	};
};

const parseSetting = (name: SettingName, text: string | undefined): Parsed<number | undefined> => {
	if (text === undefined) {
		return parsed(undefined);
	}

	return /^\d{1,15}$/.test(text) ? checkSetting(name, Number(text)) : rejected(settingSentence(name, quote(text)));
};

const millisecondsIn: Readonly<Record<string, number>> = {'': 1, ms: 1, s: 1000};

/** Parses a time: `500`, `500ms`, `2s`, `1.5s`. */
const parseTimeout = (text: string | undefined): Parsed<number | undefined> => {
	if (text === undefined) {
		return parsed(undefined);
	}

	const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|)$/.exec(text) ?? [];
	return amount === undefined || unit === undefined
		? rejected(`--timeout takes a time such as 500, 500ms or 2s, not ${quote(text)}.`)
		: checkSetting('timeoutMs', Math.round(Number(amount) * millisecondsIn[unit]!));
};

const parseShow = (text: string | undefined): Parsed<readonly PortState[]> => {
	if (text === undefined) {
		return parsed(shownByDefault);
	}

	const wanted = text.split(',').map(word => word.trim().toLowerCase());
	const wrong = wanted.find(word => !(portStates as readonly string[]).includes(word));
	return wrong === undefined
		? parsed(portStates.filter(state => wanted.includes(state)))
		: rejected(`--show takes ${portStates.join(', ')}, commas between, not ${quote(wrong)}.`);
};

const parseFormat = ({text, isOn}: Values): Parsed<ReportFormat> => {
	const name = text('format');
	if (name === undefined) {
		return parsed(isOn('json') ? 'json' : 'text');
	}

	const format = reportFormats.find(each => each === name.toLowerCase());
	if (format === undefined) {
		return rejected(`--format takes ${reportFormats.join(' or ')} in this version, not ${quote(name)}.`);
	}

	return isOn('json') && format !== 'json' ? rejected(`--json and --format ${format} contradict each other: give one of them.`) : parsed(format);
};

const parseScanRequest = ({words, text, isOn}: Values): Parsed<ScanRequest> => {
	if (isOn('ipv4') && isOn('ipv6')) {
		return rejected('-4 and -6 contradict each other: give one of them, or neither for both.');
	}

	const [seed, concurrency, tries] = (['seed', 'concurrency', 'tries'] as const).map(name => parseSetting(name, text(name)));
	const timeout = parseTimeout(text('timeout'));
	const wrong = [seed!, concurrency!, timeout, tries!].find(each => !each.ok);
	if (wrong?.ok === false) {
		return wrong;
	}

	const valueOf = (setting: Parsed<number | undefined>): number | undefined => (setting.ok ? setting.value : undefined);
	return parsed({
		targets: words,
		ports: text('ports') ?? defaultPorts,
		excludePorts: text('excludePorts'),
		family: isOn('ipv4') ? 4 : (isOn('ipv6') ? 6 : undefined),
		seed: valueOf(seed!),
		concurrency: valueOf(concurrency!),
		timeoutMs: valueOf(timeout),
		tries: valueOf(tries!),
		isThorough: isOn('thorough') ? true : undefined,
		keepsGoing: isOn('keepGoing') ? true : undefined,
	});
};

const parseScan = (values: Values): Parsed<Invocation> => {
	if (values.words.length === 0) {
		return rejected('portui scan needs a target: a host name or an IP address, such as portui scan localhost.');
	}

	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	const show = parseShow(values.text('show'));
	if (!show.ok) {
		return show;
	}

	const format = parseFormat(values);
	return format.ok ? parsed({kind: 'scan', options: {request: request.value, show: show.value, format: format.value, isQuiet: values.isOn('quiet')}}) : format;
};

const parseLookup = (values: Values): Parsed<Invocation> => {
	if (values.words.every(word => word.trim() === '')) {
		return rejected('portui lookup needs something to look up: a port, a range, a name or words, such as portui lookup 5432.');
	}

	const format = parseFormat(values);
	return format.ok ? parsed({kind: 'lookup', options: {words: values.words, format: format.value}}) : format;
};

const parseScreen = (values: Values): Parsed<Invocation> => {
	const allowsColor = values.isOn('color');
	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	if (values.words.length > 0) {
		return parsed({kind: 'screen', options: {request: request.value, allowsColor}});
	}

	return values.text('ports') === undefined
		? parsed({kind: 'screen', options: {request: undefined, allowsColor}})
		: rejected(`--ports needs a target to scan: portui localhost -p ${values.text('ports')}`);
};

const parseOptions = {screen: parseScreen, scan: parseScan, lookup: parseLookup} as const;

const parseInvocation = (argv: readonly string[]): Parsed<Invocation> => {
	const first = findFirstWord(argv);
	if (first !== undefined && reservedWords.has(first)) {
		return rejected(`${quote(first)} is not a command of this version: it has scan, lookup and the screen. For a host of that name write portui -- ${first}.`);
	}

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
	const values = readValues(tokens.value.filter((_, index) => index !== commandIndex), command);
	if (values.isOn('help')) {
		return parsed({kind: 'help', text: formatHelp(command)});
	}

	return values.isOn('version') ? parsed({kind: 'version'}) : parseOptions[command.id](values);
};

/**
Parses a command line.

@param argv - The arguments, without the program.
@returns What is asked for, or one printable sentence that says what is wrong. Never throws, never ends the process.
*/
export const parseArguments = (argv: readonly string[]): Parsed<Invocation> => {
	const invocation = parseInvocation(argv);
	return invocation.ok ? invocation : rejected(printable(invocation.message));
};
