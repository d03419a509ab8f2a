import {randomInt} from 'node:crypto';
import type {Registry} from '../registry/registry.ts';
import {parseRequest} from '../scan/parse-request.ts';
import type {StartScan} from '../scan/scan-plan.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {resolveTargets} from './resolve-target.ts';

export type RequestScanSurroundings = {
	readonly registry: Registry;
	readonly startScan: StartScan;
	readonly resolve?: typeof resolveTargets;
	readonly now?: () => Date;
	/** A whole number from 0 to 2³² − 1. */
	readonly random?: () => number;
};

/**
Names a scan. Names sort by the time the scan began, and fit in a file name.

@example 20260131T120000123Z-0a1b2c3d
*/
const formatScanId = (startedAt: Date, random: number): string =>
	`${startedAt.toISOString().replaceAll(/[-:.]/g, '')}-${random.toString(16).padStart(8, '0')}`;

/** Makes what turns a request into a running scan: parses it, resolves its names, decides the rest, starts. */
export const createRequestScan = ({
	registry,
	startScan,
	resolve = resolveTargets,
	now = () => new Date(),
	random = () => randomInt(2 ** 32),
}: RequestScanSurroundings): RequestScan => async request => {
	const parsed = parseRequest(request, registry);
	if (!parsed.ok) {
		return parsed;
	}

	const resolved = await resolve(parsed.targets, request.family);
	if (!resolved.ok) {
		return resolved;
	}

	const scan = startScan({
		id: formatScanId(now(), random()),
		hosts: resolved.hosts,
		ports: parsed.ports,
		firstPorts: registry.topPorts,
		seed: request.seed ?? random(),
		concurrency: request.concurrency,
		timeoutMs: request.timeoutMs,
		tries: request.tries,
		isThorough: request.isThorough,
		keepsGoing: request.keepsGoing,
	});
	return {ok: true, scan};
};
