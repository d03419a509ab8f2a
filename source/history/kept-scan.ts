import {formatPortSet, readPortSet} from '../port/port-set.ts';
import {lastPort, portCount, toPort, type Port} from '../port/port.ts';
import {readAddress} from '../scan/address.ts';
import type {Host, StartedEvent} from '../scan/event.ts';
import {countHosts} from '../scan/host-sequence.ts';
import {packBlocks, unpackBlocks} from '../scan/packed-blocks.ts';
import {largestSeed} from '../scan/port-order.ts';
import type {ScanPlan} from '../scan/scan-plan.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import {isFields, parseFields, type Fields} from './fields.ts';
import {readRuns} from './runs.ts';

/** The first line of a kept scan: what was asked, and all that is needed to go on with it. */
export type KeptScan = {
	/** Of the scan itself; `known` is in the lines that follow. */
	readonly plan: ScanPlan;
	/** When it began, ISO 8601, UTC; a scan that continues another began with that one. */
	readonly startedAt: string;
	readonly engine: string;
	/** As of the event that started it. */
	readonly tellsOpenOnly?: true | undefined;
	/** As it was typed; null where it is not known. */
	readonly request: Pick<ScanRequest, 'targets' | 'ports' | 'excludePorts' | 'inputs' | 'exclude'> | null;
	/** The id of the scan it goes on with. */
	readonly continues: string | null;
	/** The process that writes it. */
	readonly processId: number;
	/** The document it was read from; undefined for a scan that portui made. */
	readonly importedFrom?: {readonly name: string; readonly format: string} | undefined;
};

const settingNames = ['rate', 'concurrency', 'timeoutMs', 'tries'] as const;
const switchNames = ['skipsSilentHosts', 'isThorough', 'keepsGoing'] as const;

/** Writes the first line, with its line end. */
export const formatKeptScan = ({plan, startedAt, engine, tellsOpenOnly, request, continues, processId, importedFrom}: KeptScan): string => {
	const {id, hosts, blocks = [], ports, firstPorts, seed} = plan;
	const asked = new Set<number>(ports.intervals.flatMap(({first, last}) => Array.from({length: last - first + 1}, (_, index) => first + index)));
	return `${JSON.stringify({
		portui: 1,
		kind: 'kept-scan',
		id,
		startedAt,
		engine,
		...(tellsOpenOnly === true ? {tellsOpenOnly} : {}),
		seed,
		ports: formatPortSet(ports),
		hosts: hosts.map(({target, address, note}) => ({target, address: address.text, note})),
		...(blocks.length === 0 ? {} : {blocks: packBlocks(blocks)}),
		...Object.fromEntries([...settingNames, ...switchNames].filter(name => plan[name] !== undefined).map(name => [name, plan[name]])),
		request,
		continues,
		processId,
		...(importedFrom === undefined ? {} : {importedFrom}),
		firstPorts: firstPorts.filter(port => asked.has(port)),
	})}\n`;
};

const isDate = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value));

const isWhole = (value: unknown, most: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(item => typeof item === 'string');

const readHost = (value: unknown): Host | undefined => {
	if (!isFields(value)) {
		return undefined;
	}

	const {target, note} = value;
	const address = typeof value['address'] === 'string' ? readAddress(value['address']) : undefined;
	return typeof target === 'string' && address !== undefined && (note === null || typeof note === 'string') ? {target, address, note} : undefined;
};

const readBlocks = (value: unknown): ScanPlan['blocks'] => {
	try {
		const blocks = typeof value === 'string' ? unpackBlocks(value) : undefined;
		// A text that is no address gives none.
		return blocks?.every(({first, last}) => first !== undefined && last !== undefined && first.family === last.family) === true ? blocks : undefined;
	} catch {
		return undefined;
	}
};

const readRequest = (value: unknown): KeptScan['request'] => {
	if (!isFields(value) || !isTexts(value['targets']) || typeof value['ports'] !== 'string') {
		return null;
	}

	const {targets, ports, excludePorts, inputs, exclude} = value;
	return {
		targets,
		ports,
		...(typeof excludePorts === 'string' ? {excludePorts} : {}),
		...(isTexts(inputs) ? {inputs} : {}),
		...(isTexts(exclude) ? {exclude} : {}),
	};
};

const readImportedFrom = (value: unknown): KeptScan['importedFrom'] => {
	const {name, format} = isFields(value) ? value : {};
	return typeof name === 'string' && typeof format === 'string' ? {name, format} : undefined;
};

const readPlan = (fields: Fields): ScanPlan | undefined => {
	const {id, seed, hosts, ports, firstPorts} = fields;
	const readHosts = Array.isArray(hosts) ? hosts.map(host => readHost(host)) : [undefined];
	const blocks = fields['blocks'] === undefined ? [] : readBlocks(fields['blocks']);
	const isRight = typeof id === 'string' && /^[\w-]{1,100}$/.test(id)
		&& isWhole(seed, largestSeed)
		&& !readHosts.includes(undefined)
		&& blocks !== undefined
		&& readRuns(ports, lastPort, portCount) !== undefined
		&& Array.isArray(firstPorts) && firstPorts.every(port => isWhole(port, lastPort))
		&& settingNames.every(name => fields[name] === undefined || isWhole(fields[name], Number.MAX_SAFE_INTEGER))
		&& switchNames.every(name => fields[name] === undefined || typeof fields[name] === 'boolean');
	return !isRight ? undefined : {
		id,
		hosts: readHosts as readonly Host[],
		...(blocks.length === 0 ? {} : {blocks}),
		ports: readPortSet(ports as string),
		firstPorts: firstPorts.map((port: number): Port => toPort(port)),
		seed,
		...Object.fromEntries([...settingNames, ...switchNames].filter(name => fields[name] !== undefined).map(name => [name, fields[name]])),
	};
};

/** Reads the first line of a kept scan. @returns Undefined when it is none. Never throws. */
export const readKeptScan = (line: string): KeptScan | undefined => {
	const value = parseFields(line);
	if (value === undefined || value['portui'] !== 1 || value['kind'] !== 'kept-scan') {
		return undefined;
	}

	const plan = readPlan(value);
	const {startedAt, engine, continues, processId} = value;
	const importedFrom = readImportedFrom(value['importedFrom']);
	return plan === undefined || !isDate(startedAt) || typeof engine !== 'string' ? undefined : {
		plan,
		startedAt,
		engine,
		...(value['tellsOpenOnly'] === true ? {tellsOpenOnly: true} : {}),
		request: readRequest(value['request']),
		continues: typeof continues === 'string' ? continues : null,
		processId: isWhole(processId, 2 ** 31) ? processId : 0,
		...(importedFrom === undefined ? {} : {importedFrom}),
	};
};

/** The event that began a kept scan. */
export const startedOf = ({plan, startedAt, engine, tellsOpenOnly}: KeptScan): StartedEvent => ({
	kind: 'started',
	id: plan.id,
	startedAt,
	engine,
	seed: plan.seed,
	ports: formatPortSet(plan.ports),
	portCount: plan.ports.size,
	hosts: plan.hosts,
	...(plan.blocks === undefined || plan.blocks.length === 0 ? {} : {hostCount: Number(countHosts(plan))}),
	...(tellsOpenOnly === true ? {tellsOpenOnly} : {}),
});
