import {parsePortSet, type PortVocabulary} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {portSetOf, type PortSet} from '../port/port-set.ts';
import {largestSeed} from './port-order.ts';
import type {RequestProblem, ScanRequest} from './scan-request.ts';
import {parseTarget, type Target} from './target.ts';
import {parseVia} from './via.ts';

/** The ports of a scan that names none: the curated table, or its first thousand. */
export const defaultPorts = 'top1000';

/** The settings of a scan that are numbers, and how they are written on the command line. */
export const settingNames = ['seed', 'concurrency', 'rate', 'timeoutMs', 'tries'] as const;
export type SettingName = (typeof settingNames)[number];

type Setting = {readonly flag: string; readonly least: number; readonly most: number; readonly unit: string};

export const settings: Readonly<Record<SettingName, Setting>> = {
	seed: {flag: '--seed', least: 0, most: largestSeed, unit: ''},
	// There are no more ports than this to have in flight.
	concurrency: {flag: '--concurrency', least: 1, most: 65_536, unit: ''},
	// No machine comes near a million connects a second.
	rate: {flag: '--rate', least: 1, most: 1_000_000, unit: ' attempts a second'},
	// Ten minutes: systems give a connect up after about two.
	timeoutMs: {flag: '--timeout', least: 1, most: 600_000, unit: ' milliseconds'},
	tries: {flag: '--tries', least: 1, most: 20, unit: ''},
};

/** The sentence that rejects what was given for a setting. */
export const settingSentence = (name: SettingName, given: string): string => {
	const {flag, least, most, unit} = settings[name];
	return `${flag} takes a whole number${unit === '' ? '' : ` of${unit}`} from ${least} to ${most}, not ${given}.`;
};

/** Checks a number that is to be a setting: whole, and within its bounds. */
export const checkSetting = (name: SettingName, value: number): Parsed<number> => {
	const {least, most} = settings[name];
	return Number.isInteger(value) && value >= least && value <= most ? parsed(value) : rejected(settingSentence(name, String(value)));
};

export type ParsedRequest =
	| {readonly ok: true; readonly targets: readonly Target[]; readonly exclude: readonly Target[]; readonly ports: PortSet}
	| {readonly ok: false; readonly problem: RequestProblem};

const wrong = (kind: RequestProblem['kind'], message: string): {readonly ok: false; readonly problem: RequestProblem} => ({ok: false, problem: {kind, message}});

const parseTargets = (texts: readonly string[]): Parsed<readonly Target[]> => {
	const targets: Target[] = [];
	for (const text of texts) {
		const target = parseTarget(text);
		if (!target.ok) {
			return target;
		}

		targets.push(target.value);
	}

	return parsed(targets);
};

const parsePorts = ({ports, excludePorts}: ScanRequest, vocabulary: PortVocabulary): Parsed<PortSet> => {
	const included = parsePortSet(ports, vocabulary);
	if (!included.ok || excludePorts === undefined) {
		return included;
	}

	const excluded = parsePortSet(excludePorts, vocabulary);
	if (!excluded.ok) {
		return excluded;
	}

	const left = portSetOf(included.value.intervals, excluded.value.intervals);
	return left.size === 0 ? rejected('Nothing is left to scan: every port asked for is taken away by --exclude-ports.') : parsed(left);
};

/** Another program is told only what it has a word for. */
const checkEngine = ({engine, seed, isThorough, keepsGoing, concurrency, timeoutMs}: ScanRequest): Parsed<undefined> => {
	if (engine === undefined || engine === 'socket') {
		return parsed(undefined);
	}

	const given = [
		seed === undefined ? '' : '--seed',
		isThorough === true ? '--thorough' : '',
		keepsGoing === true ? '--keep-going' : '',
		...(engine === 'nmap' ? [] : [concurrency === undefined ? '' : '--concurrency', timeoutMs === undefined ? '' : '--timeout']),
	].find(flag => flag !== '');
	return given === undefined ? parsed(undefined) : rejected(`${given} says nothing to ${engine}: leave it out, or scan without --engine.`);
};

/**
Parses a request: its targets, its ports, and the bounds of its settings. Names are not resolved and files not read yet.

@returns The targets in the order they were given, or the first thing that is wrong. Never throws.
*/
export const parseRequest = (request: ScanRequest, vocabulary: PortVocabulary): ParsedRequest => {
	if (request.targets.length === 0 && (request.inputs ?? []).length === 0) {
		return wrong('target', 'There is no target: write a host name or an IP address, such as localhost.');
	}

	const targets = parseTargets(request.targets);
	if (!targets.ok) {
		return wrong('target', targets.message);
	}

	const exclude = parseTargets(request.exclude ?? []);
	if (!exclude.ok) {
		return wrong('target', `--exclude: ${exclude.message}`);
	}

	const ports = parsePorts(request, vocabulary);
	if (!ports.ok) {
		return wrong('ports', ports.message);
	}

	for (const name of settingNames) {
		const value = request[name];
		const checked = value === undefined ? undefined : checkSetting(name, value);
		if (checked?.ok === false) {
			return wrong('setting', checked.message);
		}
	}

	const via = request.via === undefined ? undefined : parseVia(request.via);
	if (via?.ok === false) {
		return wrong('setting', via.message);
	}

	const foreign = checkEngine(request);
	if (!foreign.ok) {
		return wrong('setting', foreign.message);
	}

	return {ok: true, targets: targets.value, exclude: exclude.value, ports: ports.value};
};
