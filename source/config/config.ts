import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {checkValue, type WrittenValue} from './check-value.ts';
import {settings, variableOf, type Setting, type SettingName, type SettingValue} from './settings.ts';

/** Where a value comes from: `file` and `environment` say the place, such as `config.toml:3:1` or `PORTUI_SCAN_RATE`. */
export type Origin = {readonly from: 'file' | 'environment'; readonly place: string};

/** What the file and the environment set. What neither sets is not there, and the command line wins over all of it. */
export type Config = ReadonlyMap<SettingName, {readonly value: SettingValue; readonly origin: Origin}>;

export type Environment = Readonly<Record<string, string | undefined>>;

export const noConfig: Config = new Map();

/** A variable is text: what it says as a value of the file. */
const writtenIn = (text: string, {accepts}: Setting): WrittenValue => {
	switch (accepts.kind) {
		case 'switch': {
			return text === 'true' || text === '1' ? true : (text === 'false' || text === '0' ? false : text);
		}

		case 'number': {
			return /^\d{1,15}$/.test(text) ? Number(text) : text;
		}

		default: {
			return text;
		}
	}
};

/**
Reads the settings of the environment. A variable that is set to nothing is not set.

@returns What is set, or a sentence that names the variable.
*/
export const readEnvironment = (environment: Environment): Parsed<Config> => {
	const config = new Map<SettingName, {readonly value: SettingValue; readonly origin: Origin}>();
	for (const setting of settings as ReadonlyArray<Setting & {readonly name: SettingName}>) {
		const {offVariable} = setting;
		// Of two that contradict each other the more careful one holds.
		if (offVariable !== undefined && (environment[offVariable] ?? '') !== '') {
			config.set(setting.name, {value: false, origin: {from: 'environment', place: offVariable}});
			continue;
		}

		const place = variableOf(setting);
		const text = environment[place] ?? '';
		if (text === '') {
			continue;
		}

		const value = checkValue(setting, writtenIn(text, setting));
		if (!value.ok) {
			return rejected(`${quoteTyped(place, 60).slice(1, -1)} ${value.message}`);
		}

		config.set(setting.name, {value: value.value, origin: {from: 'environment', place}});
	}

	return parsed(config);
};

/** Joins file and environment: the environment wins. Hosts never to scan add up, for whoever names one in the file means every scan. */
export const mergeConfig = (file: Config, environment: Config): Config => {
	const merged = new Map([...file, ...environment]);
	const [own, other] = [file.get('scan.exclude'), environment.get('scan.exclude')];
	if (own !== undefined && other !== undefined) {
		merged.set('scan.exclude', {value: [...own.value as readonly string[], ...other.value as readonly string[]], origin: {from: 'environment', place: `${other.origin.place} and ${own.origin.place}`}});
	}

	return merged;
};

/** A setting that is a number, or what holds where it is not set. */
export const numberOf = (config: Config, name: SettingName, unless: number): number => {
	const value = config.get(name)?.value;
	return typeof value === 'number' ? value : unless;
};

/** Whether a switch is on. */
export const isOn = (config: Config, name: SettingName, unless: boolean): boolean => {
	const value = config.get(name)?.value;
	return typeof value === 'boolean' ? value : unless;
};

/** What a flag that was not typed is worth: text as it would be typed, or whether it is on; undefined where nothing sets it. */
export const valueForFlag = (config: Config, flag: string): boolean | string | undefined => {
	const setting = (settings as readonly Setting[]).find(each => each.flag === flag);
	const value = setting === undefined ? undefined : config.get(setting.name as SettingName)?.value;
	return value === undefined || typeof value === 'boolean' ? value : (typeof value === 'object' ? value.join(',') : String(value));
};
