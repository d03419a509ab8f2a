import type {LocalSocket} from '../local/local-socket.ts';
import {reachTargets, type Probed, type ReachAt} from '../local/reach.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {readAddress} from '../scan/address.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {reasonOf} from '../scan/verdict.ts';

/** What was found, and when that was begun, ISO 8601; `at` is null where there was nothing to try. */
export type Reached = {readonly at: string | null; readonly probed: Probed};

/** Follows a scan to its end. @returns Its record; the sentence that says why, when it failed. */
const followToEnd = async (scan: RunningScan, signal: AbortSignal): Promise<Parsed<ScanRecord>> => {
	let record: ScanRecord | undefined;
	let message: string | null = null;
	const stop = (): void => {
		scan.stop();
	};

	signal.addEventListener('abort', stop, {once: true});
	if (signal.aborted) {
		stop();
	}

	for await (const batch of scan.events) {
		for (const event of batch) {
			if (event.kind === 'started') {
				record = createScanRecord(event);
			} else if (record !== undefined) {
				applyScanEvent(record, event);
			}

			if (event.kind === 'finished') {
				message = event.message;
			}
		}
	}

	signal.removeEventListener('abort', stop);
	signal.throwIfAborted();
	return record === undefined || record.status === 'failed' ? rejected(message ?? 'The listeners could not be tried.') : parsed(record);
};

/**
Connects to every TCP listener at the addresses of this machine where it would answer, and nowhere else.

@returns What was found, or one sentence why nothing was.
@throws The signal's reason when it aborts.
*/
export const probeReach = async (sockets: readonly LocalSocket[], addresses: readonly string[], requestScan: RequestScan, signal: AbortSignal): Promise<Parsed<Reached>> => {
	// An interface's name may be one that no scan takes for a zone.
	const targets = reachTargets(sockets, addresses.filter(address => readAddress(address) !== undefined));
	if (targets.addresses.length === 0 || targets.ports.length === 0) {
		return parsed({at: null, probed: () => undefined});
	}

	const start = await requestScan({targets: targets.addresses, ports: targets.ports.join(','), assumesUp: true, publicScan: 'allowed'});
	if (!start.ok) {
		return rejected(start.problem.message);
	}

	const record = await followToEnd(start.scan, signal);
	if (!record.ok) {
		return record;
	}

	const tables = new Map(record.value.hosts.map(({host, verdicts}) => [host.address.text, verdicts]));
	return parsed({
		at: record.value.started.startedAt,
		probed(address, port): ReachAt | undefined {
			const verdict = tables.get(readAddress(address)?.text ?? address)?.get(port);
			return verdict === undefined ? undefined : {address, state: verdict.state, reason: reasonOf(verdict)};
		},
	});
};
