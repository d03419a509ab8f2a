import {open} from 'node:fs/promises';
import {devNull} from 'node:os';
import path from 'node:path';
import {mergeConfig, noConfig, readEnvironment, type Config, type Environment} from '../config/config.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {findUserFolder} from './data-folder.ts';
import {codeOf, systemReason} from './system-sentence.ts';

/** A config has some hundreds of bytes. What is much larger is something else, or has no end. */
export const mostConfigBytes = 1_000_000;

/** A variable that names the file; set to nothing, it is not set. */
const fileVariable = 'PORTUI_CONFIG';

export type ConfigFile = {
	readonly path: string;
	/** Whether `PORTUI_CONFIG` names it: then it must be there. */
	readonly isNamed: boolean;
};

/** The file of this user: the one that `PORTUI_CONFIG` names, else `$XDG_CONFIG_HOME/portui/config.toml` or `~/.config/portui/config.toml`, on macOS in Preferences, on Windows in the roaming application data. @returns Undefined where there is no home. */
export const findConfigFile = async (environment: Environment): Promise<ConfigFile | undefined> => {
	const named = environment[fileVariable] ?? '';
	if (named !== '') {
		return {path: named, isNamed: true};
	}

	const folder = await findUserFolder('config', ['.config']);
	return folder === undefined ? undefined : {path: path.join(folder, 'config.toml'), isNamed: false};
};

/** @returns The bytes; undefined when there are too many. */
const readBytes = async (file: string): Promise<Uint8Array | undefined | 'special'> => {
	// Without waiting: whoever opens a named pipe waits for its writer.
	const {O_RDONLY, O_NONBLOCK = 0} = (await import('node:fs')).constants;
	const handle = await open(file, O_RDONLY | O_NONBLOCK);
	try {
		const found = await handle.stat();
		if (found.isDirectory()) {
			throw Object.assign(new Error('a folder'), {code: 'EISDIR'});
		}

		if (!found.isFile()) {
			return 'special';
		}

		const buffer = new Uint8Array(mostConfigBytes + 1);
		let length = 0;
		while (length < buffer.length) {
			const {bytesRead} = await handle.read(buffer, length, buffer.length - length);
			if (bytesRead === 0) {
				break;
			}

			length += bytesRead;
		}

		return length > mostConfigBytes ? undefined : buffer.subarray(0, length);
	} finally {
		await handle.close();
	}
};

const readFileConfig = async ({path: file, isNamed}: ConfigFile): Promise<Parsed<Config>> => {
	if (file === devNull) {
		return parsed(noConfig);
	}

	const name = quoteTyped(file, 300);
	let bytes: Uint8Array | undefined | 'special';
	try {
		bytes = await readBytes(file);
	} catch (error) {
		const isMissing = codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
		return isMissing && !isNamed ? parsed(noConfig) : rejected(`The config file ${name} cannot be read: ${systemReason(error)}.${isNamed ? ` ${fileVariable} names it.` : ''}`);
	}

	if (bytes === 'special' || bytes === undefined) {
		return rejected(`The config file ${name} ${bytes === 'special' ? 'is no regular file' : `has more than ${mostConfigBytes / 1e6} MB`}: it was not read.`);
	}

	let text: string;
	try {
		text = new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		return rejected(`The config file ${name} is not UTF-8, as TOML must be: save it as UTF-8.`);
	}

	// Not before there is a file to parse: most have none, and the first frame waits for this.
	const {parseConfig} = await import('../config/parse-config.ts');
	return parseConfig(text, file);
};

export type ReadConfig = {readonly file: ConfigFile | undefined; readonly config: Parsed<Config>};

/** Reads the config of this user, file and environment. */
export const readConfig = async (environment: Environment): Promise<ReadConfig> => {
	const file = await findConfigFile(environment);
	const fromFile = file === undefined ? parsed(noConfig) : await readFileConfig(file);
	const fromEnvironment = readEnvironment(environment);
	const config = !fromFile.ok ? fromFile : (fromEnvironment.ok ? parsed(mergeConfig(fromFile.value, fromEnvironment.value)) : fromEnvironment);
	return {file, config};
};
