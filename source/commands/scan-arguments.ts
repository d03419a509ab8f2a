import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {severities, type Severity} from '../registry/registry.ts';
import {formatOfFile, scanFormats, type ScanFormat} from '../report/scan-formats.ts';
import {joinWords} from '../report/join-words.ts';
import {shownByDefault} from '../report/scan-json.ts';
import {engineNames} from '../scan/engine-name.ts';
import {checkSetting, defaultPorts, settingSentence, type SettingName} from '../scan/parse-request.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import {portStates, type PortState} from '../scan/verdict.ts';
import type {Values} from './arguments.ts';
import {parseDurationMs} from '../port/duration.ts';
import {parseFormat} from './parse-format.ts';
import {quote} from './tokenize.ts';

/** A file to write a report to. */
export type OutputFile = {readonly file: string; readonly format: ScanFormat};

export type ScanOptions = {
	readonly request: ScanRequest;
	readonly show: readonly PortState[];
	readonly format: ScanFormat;
	readonly isQuiet: boolean;
	readonly outputs?: readonly OutputFile[] | undefined;
	/** The ports that must be open, and no others, as they were typed. */
	readonly expect?: string | undefined;
	/** A risk at least this grave is one too many. */
	readonly failOn?: Severity | undefined;
	/** Whether the scan is kept out of the history. */
	readonly isUnkept?: true;
};

export type ReportOptions = Omit<ScanOptions, 'request' | 'isUnkept'>;

const parseSetting = (name: SettingName, text: string | undefined): Parsed<number | undefined> => {
	if (text === undefined) {
		return parsed(undefined);
	}

	return /^\d{1,15}$/.test(text) ? checkSetting(name, Number(text)) : rejected(settingSentence(name, quote(text)));
};

const parseTimeout = (text: string | undefined): Parsed<number | undefined> => {
	if (text === undefined) {
		return parsed(undefined);
	}

	const durationMs = parseDurationMs(text);
	return durationMs === undefined ? rejected(`--timeout takes a time such as 500, 500ms or 2s, not ${quote(text)}.`) : checkSetting('timeoutMs', durationMs);
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

const parseFailOn = (text: string | undefined): Parsed<Severity | undefined> => {
	const severity = severities.find(each => each === text?.toLowerCase());
	return text === undefined || severity !== undefined ? parsed(severity) : rejected(`--fail-on takes ${severities.join(', ')}, not ${quote(text)}.`);
};

const parseOutputs = (files: readonly string[]): Parsed<readonly OutputFile[]> => {
	const outputs: OutputFile[] = [];
	for (const file of files) {
		const format = formatOfFile(file);
		if (!format.ok) {
			return format;
		}

		if (outputs.some(output => output.file === file)) {
			return rejected(`--output names ${quote(file)} twice: give each file once.`);
		}

		outputs.push({file, format: format.value});
	}

	return parsed(outputs);
};

/** A list as it is typed: commas between, in one flag or several. */
const splitList = (texts: readonly string[]): readonly string[] => texts.flatMap(text => text.split(',')).map(text => text.trim()).filter(text => text !== '');

/** Reads what a scan is to be: for the command, and for the screen when it is to start with one. */
export const parseScanRequest = ({words, text, all, isOn}: Values): Parsed<ScanRequest> => {
	if (isOn('ipv4') && isOn('ipv6')) {
		return rejected('-4 and -6 contradict each other: give one of them, or neither for both.');
	}

	const [seed, concurrency, tries, rate] = (['seed', 'concurrency', 'tries', 'rate'] as const).map(name => parseSetting(name, text(name)));
	const timeout = parseTimeout(text('timeout'));
	const wrong = [seed!, concurrency!, timeout, tries!, rate!].find(each => !each.ok);
	if (wrong?.ok === false) {
		return wrong;
	}

	const engine = engineNames.find(name => name === text('engine')?.toLowerCase());
	if (text('engine') !== undefined && engine === undefined) {
		return rejected(`--engine takes ${joinWords(engineNames, 'or')}, not ${quote(text('engine')!)}.`);
	}

	if (all('exclude').length > 0 && splitList(all('exclude')).length === 0) {
		return rejected('--exclude is empty: write hosts to leave out, commas between.');
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
		...(all('exclude').length === 0 ? {} : {exclude: splitList(all('exclude'))}),
		...(all('input').length === 0 ? {} : {inputs: all('input')}),
		...(text('rate') === undefined ? {} : {rate: valueOf(rate!)}),
		...(isOn('thorough') ? {isThorough: true} : {}),
		...(isOn('keepGoing') ? {keepsGoing: true} : {}),
		...(isOn('assumeUp') ? {assumesUp: true} : {}),
		...(engine === undefined ? {} : {engine}),
		...(text('via') === undefined ? {} : {via: text('via')}),
		...(isOn('yes') ? {publicScan: 'allowed'} : {}),
	});
};

/** What flags and config ask of every scan that is started on the screen, if anything. */
export const scanDefaultsOf = (request: ScanRequest, {text}: Values): {readonly scanDefaults?: Partial<ScanRequest>} => {
	// The seed and the leave to scan public addresses are of the scan they were typed for.
	const ofThisScan = {targets: undefined, seed: undefined, publicScan: undefined, ...(text('ports') === undefined ? {ports: undefined} : {})};
	const scanDefaults: Partial<ScanRequest> = Object.fromEntries(Object.entries({...request, ...ofThisScan}).filter(([, value]) => value !== undefined));
	return Object.keys(scanDefaults).length === 0 ? {} : {scanDefaults};
};

/** Reads how a scan is to be reported, and what is to hold of it. */
export const parseReportOptions = (values: Values): Parsed<ReportOptions> => {
	const show = parseShow(values.text('show'));
	if (!show.ok) {
		return show;
	}

	const format = parseFormat(values, scanFormats);
	if (!format.ok) {
		return format;
	}

	const outputs = parseOutputs(values.all('output'));
	if (!outputs.ok) {
		return outputs;
	}

	const failOn = parseFailOn(values.text('failOn'));
	if (!failOn.ok) {
		return failOn;
	}

	return parsed({
		show: show.value,
		format: format.value,
		isQuiet: values.isOn('quiet'),
		...(outputs.value.length === 0 ? {} : {outputs: outputs.value}),
		...(values.text('expect') === undefined ? {} : {expect: values.text('expect')}),
		...(failOn.value === undefined ? {} : {failOn: failOn.value}),
	});
};

/** Reads the command line of `portui scan`. */
export const parseScanOptions = (values: Values): Parsed<ScanOptions> => {
	if (values.words.length === 0 && values.all('input').length === 0) {
		return rejected('portui scan needs a target: a host name or an IP address, such as portui scan localhost.');
	}

	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	const report = parseReportOptions(values);
	return report.ok ? parsed({request: request.value, ...report.value, ...(values.isOn('history') ? {} : {isUnkept: true})}) : report;
};
