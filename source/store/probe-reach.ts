import type {LocalSocket} from '../local/local-socket.ts';
import {reachTargets, type Probed, type ReachAt} from '../local/reach.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {readAddress} from '../scan/address.ts';
import {followScan} from '../scan/follow-scan.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {reasonOf} from '../scan/verdict.ts';

/** What was found, and when that was begun, ISO 8601; `at` is null where there was nothing to try. */
export type Reached = {readonly at: string | null; readonly probed: Probed};

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

	const record = await followScan(start.scan, {signal});
	signal.throwIfAborted();
	if (typeof record === 'string' || record.status === 'failed') {
		return rejected(typeof record === 'string' ? record : record.message ?? 'The listeners could not be tried.');
	}

	const tables = new Map(record.hosts.map(({host, verdicts}) => [host.address.text, verdicts]));
	return parsed({
		at: record.started.startedAt,
		probed(address, port): ReachAt | undefined {
			const verdict = tables.get(readAddress(address)?.text ?? address)?.get(port);
			return verdict === undefined ? undefined : {address, state: verdict.state, reason: reasonOf(verdict)};
		},
	});
};
