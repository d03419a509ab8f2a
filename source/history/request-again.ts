import {formatPortSet} from '../port/port-set.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {KeptScan} from './kept-scan.ts';
import {targetsOf} from './kept-summary.ts';

/** Asks for what a kept scan asked for, with its settings, and with a seed of its own. @param exclude - Hosts to leave out, beside those that were left out then. */
export const requestAgain = (kept: KeptScan, exclude: readonly string[] = []): ScanRequest => {
	const {plan: {ports, rate, concurrency, timeoutMs, tries, skipsSilentHosts, isThorough, keepsGoing}, request} = kept;
	return {
		...request,
		targets: targetsOf(kept),
		ports: request?.ports ?? formatPortSet(ports),
		rate,
		concurrency,
		timeoutMs,
		tries,
		isThorough,
		keepsGoing,
		...(exclude.length === 0 ? {} : {exclude: [...new Set([...request?.exclude ?? [], ...exclude])]}),
		...(skipsSilentHosts === true ? {} : {assumesUp: true}),
	};
};
