import {randomInt} from 'node:crypto';
import {rejected} from '../port/parsed.ts';
import type {Registry} from '../registry/registry.ts';
import {parseRequest} from '../scan/parse-request.ts';
import type {ProgramName} from '../scan/engine-name.ts';
import type {ScanPlan, StartProgram, StartScan} from '../scan/scan-plan.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {findPublic} from '../scan/public-address.ts';
import {readTargets} from './read-targets.ts';
import type {StartVia} from './start-via.ts';
import {resolveTargets} from './resolve-target.ts';
import {createScanPermission, type ScanPermission} from './scan-permission.ts';

export type RequestScanSurroundings = {
	readonly registry: Registry;
	readonly startScan: StartScan;
	/** Other programs that can make a scan. */
	readonly programs?: Readonly<Record<ProgramName, StartProgram>> | undefined;
	readonly startVia?: StartVia | undefined;
	readonly resolve?: typeof resolveTargets;
	readonly read?: typeof readTargets;
	/** Whether public addresses may be scanned, as the user has said. */
	readonly permission?: ScanPermission;
	readonly now?: () => Date;
	/** A whole number from 0 to 2³² − 1. */
	readonly random?: () => number;
};

/**
Names a scan. Names sort by the time the scan began, and fit in a file name.

@example 20260131T120000123Z-0a1b2c3d
*/
export const formatScanId = (startedAt: Date, random: number): string =>
	`${startedAt.toISOString().replaceAll(/[-:.]/g, '')}-${random.toString(16).padStart(8, '0')}`;

/** Names a scan that begins now. */
export const nameScan = (): string => formatScanId(new Date(), randomInt(2 ** 32));

/** Makes what turns a request into a running scan: parses it, resolves its names, decides the rest, starts. */
export const createRequestScan = ({
	registry,
	startScan,
	programs,
	startVia,
	resolve = resolveTargets,
	read = readTargets,
	permission = createScanPermission(),
	now = () => new Date(),
	random = () => randomInt(2 ** 32),
}: RequestScanSurroundings): RequestScan => async request => {
	const parsed = parseRequest(request, registry);
	if (!parsed.ok) {
		return parsed;
	}

	const input = await read(request.inputs ?? []);
	if (!input.ok) {
		return input;
	}

	const targets = [...parsed.targets, ...input.targets];
	if (request.via !== undefined) {
		if (startVia === undefined) {
			return {ok: false, problem: {kind: 'engine', message: 'This portui cannot scan from another machine.'}};
		}

		const mayScanPublic = request.publicScan !== undefined || await permission.isGranted();
		if (request.publicScan === 'confirmed') {
			await permission.grant();
		}

		return startVia({targets, exclude: parsed.exclude, ports: parsed.ports, request, mayScanPublic}, formatScanId(now(), random()), random());
	}

	const resolved = await resolve(targets, {family: request.family, exclude: parsed.exclude});
	if (!resolved.ok) {
		return resolved;
	}

	const publicTarget = findPublic(resolved);
	if (publicTarget !== undefined && request.publicScan === undefined && !await permission.isGranted()) {
		const question = `${publicTarget} is public: scan it only if it is yours or you have leave`;
		return {ok: false, problem: {kind: 'public', message: `${question}; --yes says that you may.`, question}};
	}

	if (publicTarget !== undefined && request.publicScan === 'confirmed') {
		await permission.grant();
	}

	const plan: ScanPlan = {
		id: formatScanId(now(), random()),
		hosts: resolved.hosts,
		blocks: resolved.blocks,
		// One host that was named is scanned whatever it does not say; among several, one that is dead would hold up the others.
		skipsSilentHosts: request.assumesUp !== true && (targets.length > 1 || resolved.blocks.length > 0),
		rate: request.rate,
		ports: parsed.ports,
		firstPorts: registry.topPorts,
		seed: request.seed ?? random(),
		concurrency: request.concurrency,
		timeoutMs: request.timeoutMs,
		tries: request.tries,
		isThorough: request.isThorough,
		keepsGoing: request.keepsGoing,
	};
	if (request.engine === undefined || request.engine === 'socket') {
		return {ok: true, scan: startScan(plan), ...(resolved.unresolved && {unresolved: resolved.unresolved})};
	}

	const started = await programs?.[request.engine](plan) ?? rejected(`This portui cannot run ${request.engine}.`);
	return started.ok ? {ok: true, scan: started.value, ...(resolved.unresolved && {unresolved: resolved.unresolved})} : {ok: false, problem: {kind: 'engine', message: started.message}};
};
