import {reachTargets, type Probed, type ReachAt} from '../local/reach.ts';
import type {LocalSocket} from '../local/local-socket.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {readAddress} from '../scan/address.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {reasonOf} from '../scan/verdict.ts';
import {followScan} from './follow-scan.ts';

/**
Connects to every TCP listener at the addresses of this machine where it would answer, and nowhere else.

@returns What was found, or one sentence why nothing was.
*/
export const probeReach = async (sockets: readonly LocalSocket[], addresses: readonly string[], requestScan: RequestScan, signal: AbortSignal): Promise<Parsed<Probed>> => {
	// An interface's name may be one that no scan takes for a zone.
	const targets = reachTargets(sockets, addresses.filter(address => readAddress(address) !== undefined));
	if (targets.addresses.length === 0 || targets.ports.length === 0) {
		return parsed(() => undefined);
	}

	const start = await requestScan({targets: targets.addresses, ports: targets.ports.join(','), assumesUp: true, publicScan: 'allowed'});
	if (!start.ok) {
		return rejected(start.problem.message);
	}

	const record = await followScan(start.scan, {signal});
	signal.throwIfAborted();
	if (typeof record === 'string' || record.status === 'failed') {
		return rejected(typeof record === 'string' ? record : (record.message ?? 'The listeners could not be tried.'));
	}

	const tables = new Map(record.hosts.map(({host, verdicts}) => [host.address.text, verdicts]));
	return parsed((address, port): ReachAt | undefined => {
		const verdict = tables.get(readAddress(address)?.text ?? address)?.get(port);
		return verdict === undefined ? undefined : {address, state: verdict.state, reason: reasonOf(verdict)};
	});
};
