import {formatSize} from '../config/check-value.ts';
import type {Config} from '../config/config.ts';
import {settings, variableOf, type Setting, type SettingName, type SettingValue} from '../config/settings.ts';
import type {Parsed} from '../port/parsed.ts';
import type {ConfigDocument} from '../report/documents/config.ts';
import {formatJson, printable} from '../report/printable.ts';
import type {ConfigOptions} from './config-options.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

export type ConfigSurroundings = Pick<Surroundings, 'stdout' | 'stderr'> & {
	/** The place of the file; undefined where there is no home for it. */
	readonly path: string | undefined;
	readonly config: Parsed<Config>;
};

const formatValue = ({accepts}: Setting, value: SettingValue): string => {
	if (typeof value === 'number') {
		return accepts.kind === 'time' ? `${value}ms` : (accepts.kind === 'size' ? formatSize(value) : String(value));
	}

	return typeof value === 'object' ? value.join(',') : String(value);
};

const formatText = (file: string | undefined, config: Config): string => {
	const rows = (settings as ReadonlyArray<Setting & {readonly name: SettingName}>).map(setting => {
		const set = config.get(setting.name);
		return [setting.name, printable(set === undefined ? setting.unless : formatValue(setting, set.value)), set === undefined ? 'default' : printable(set.origin.place)] as const;
	});
	const nameWidth = Math.max(...rows.map(([name]) => name.length));
	// A long list of hosts pushes its own origin out, and no other.
	const valueWidth = Math.min(36, Math.max(...rows.map(([, value]) => value.length)));
	return [
		`file: ${file === undefined ? 'none: there is no folder for it; set HOME or PORTUI_CONFIG' : printable(file)}`,
		'',
		...rows.map(([name, value, from]) => `${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${from}`),
		'',
	].join('\n');
};

/** Settings that nobody set are null: what holds instead may be no value, such as what follows the round-trip time. */
const formatDocument = (file: string | undefined, config: Config): string => formatJson({
	portui: 1,
	kind: 'config',
	file: file ?? null,
	settings: (settings as ReadonlyArray<Setting & {readonly name: SettingName}>).map(setting => {
		const set = config.get(setting.name);
		return {name: setting.name, value: set?.value ?? null, from: set?.origin.from ?? 'default', place: set?.origin.place ?? null, variable: variableOf(setting), unless: setting.unless};
	}),
} satisfies ConfigDocument);

/** `portui config`: where the file is, what holds, and who says so. The place is told of a broken file too: it is to be mended. */
export const runConfig = async ({format, isPathOnly}: ConfigOptions, {stdout, stderr, path, config}: ConfigSurroundings): Promise<ExitCode> => {
	if (isPathOnly && path === undefined) {
		await writeAll(stderr, 'There is no folder for a config file: set HOME, or PORTUI_CONFIG to a file.\n');
		return exitCodes.failed;
	}

	if (isPathOnly) {
		await writeAll(stdout, format === 'json' ? `${JSON.stringify(path)}\n` : `${printable(path!)}\n`);
		return exitCodes.done;
	}

	if (!config.ok) {
		await writeAll(stderr, `${printable(config.message)}\n`);
		return exitCodes.wrongUsage;
	}

	await writeAll(stdout, format === 'json' ? formatDocument(path, config.value) : formatText(path, config.value));
	return exitCodes.done;
};
