import {distance} from 'fastest-levenshtein';
import {ParseError, parseTOML, type AST} from 'toml-eslint-parser';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {joinWords} from '../report/join-words.ts';
import {checkValue, type WrittenValue} from './check-value.ts';
import type {Config, Origin} from './config.ts';
import {settings, type Setting, type SettingName, type SettingValue} from './settings.ts';

const quote = (text: string): string => quoteTyped(text, 60);

/** More brackets than any setting has, and few enough for a parser that goes down one call a bracket. */
const mostBrackets = 1000;

const tables: ReadonlySet<string> = new Set(settings.map(({name}) => name.split('.')[0]!));

/** The name nearest to one that is none: of a few slips, or with its table left out. */
const nearestName = (name: string): string | undefined => {
	const bare = settings.find(setting => setting.name.split('.')[1] === name);
	const [nearest] = settings.map(setting => ({name: setting.name, slips: distance(setting.name, name)})).sort((one, other) => one.slips - other.slips);
	return bare?.name ?? (nearest !== undefined && nearest.slips <= 3 ? nearest.name : undefined);
};

const valueOf = (node: AST.TOMLContentNode): WrittenValue => {
	switch (node.type) {
		case 'TOMLArray': {
			return node.elements.map(element => valueOf(element));
		}

		case 'TOMLInlineTable': {
			return {other: 'a table'};
		}

		case 'TOMLValue': {
			const {value} = node;
			return typeof value === 'object' ? {other: 'a date'} : value;
		}
	}
};

type Written = {readonly path: readonly string[]; readonly key: AST.TOMLKey; readonly value: AST.TOMLContentNode | undefined};

const pathOf = ({keys}: AST.TOMLKey): readonly string[] => keys.map(key => (key.type === 'TOMLBare' ? key.name : key.value));

/** Every key of a table, those of tables within it included. */
const writtenIn = (path: readonly string[], body: readonly AST.TOMLKeyValue[]): readonly Written[] => body.flatMap(({key, value}) => {
	const whole = [...path, ...pathOf(key)];
	return value.type === 'TOMLInlineTable' && whole.length === 1 && tables.has(whole[0]!) ? writtenIn(whole, value.body) : [{path: whole, key, value}];
});

const writtenBy = (program: AST.TOMLTopLevelTable): readonly Written[] => program.body.flatMap(node => {
	if (node.type === 'TOMLKeyValue') {
		return writtenIn([], [node]);
	}

	const path = pathOf(node.key);
	return node.kind === 'standard' && path.length === 1 && tables.has(path[0]!) ? writtenIn(path, node.body) : [{path, key: node.key, value: undefined}];
});

/** How a setting is written, in a sentence: `rate in [scan]`. */
const inTable = (name: string): string => {
	const [table, key] = name.split('.');
	return `${key} in [${table}]`;
};

const unknown = (path: readonly string[]): string => {
	const name = path.join('.');
	if (path.length === 1 && tables.has(name)) {
		return `${quote(name)} is a table: write [${name}], and its settings below.`;
	}

	const nearest = name.length > 100 ? undefined : nearestName(name);
	if (nearest !== undefined && nearest !== name) {
		return `${quote(name)} is no setting; did you mean ${inTable(nearest)}?`;
	}

	const table = [...tables].find(each => distance(each, path[0]!.slice(0, 100)) <= 2);
	const others = [...tables].map(each => `[${each}]`);
	return table === undefined || table === path[0]
		? `${quote(name)} is no setting: the tables are ${joinWords(others)}, and portui config lists what they hold.`
		: `${quote(path[0]!)} is no table; did you mean [${table}]?`;
};

/**
Parses a config file: TOML 1.0, with every key and value checked.

@param file - How the file is called in sentences and origins.
@returns What it sets, or a sentence that begins with `file:line:column:`, both counted from 1. Never throws.
*/
export const parseConfig = (text: string, file: string): Parsed<Config> => {
	const wrongAt = (line: number, column: number, message: string): {readonly ok: false; readonly message: string} => rejected(`${file}:${line}:${column + 1}: ${message}`);
	// Those of texts and comments count too: nobody has so many of them either.
	let count = 0;
	for (const {index} of text.matchAll(/[[{]/g)) {
		count++;
		if (count > mostBrackets) {
			const before = text.slice(0, index).split('\n');
			return wrongAt(before.length, before.at(-1)!.length, `there are more than ${mostBrackets} brackets, and no config has so many.`);
		}
	}

	let program: AST.TOMLProgram;
	try {
		program = parseTOML(text, {tomlVersion: '1.0'});
	} catch (error) {
		if (error instanceof ParseError) {
			return wrongAt(error.lineNumber, error.column, `this is not TOML: ${error.message.replace(/\.$/, '')}.`);
		}

		// The parser spreads the characters of a text or number over the arguments of one call.
		if (error instanceof RangeError) {
			return rejected(`${file}: a text or a number in it is too long to be read.`);
		}

		throw error;
	}

	const config = new Map<SettingName, {readonly value: SettingValue; readonly origin: Origin}>();
	for (const {path, key, value} of writtenBy(program.body[0])) {
		const {line, column} = key.loc.start;
		const setting = (settings as ReadonlyArray<Setting & {readonly name: SettingName}>).find(({name}) => name === path.join('.') && path.length === 2);
		if (setting === undefined) {
			return wrongAt(line, column, unknown(path));
		}

		if (value === undefined) {
			return wrongAt(line, column, `${setting.name} is a setting, and no table: write ${path[1]} = ${setting.example} below [${path[0]}].`);
		}

		const checked = checkValue(setting, valueOf(value));
		if (!checked.ok) {
			return wrongAt(value.loc.start.line, value.loc.start.column, `${setting.name} ${checked.message}`);
		}

		config.set(setting.name, {value: checked.value, origin: {from: 'file', place: `${file}:${line}:${column + 1}`}});
	}

	return parsed(config);
};
