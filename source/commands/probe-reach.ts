import {reachTargets, type Probed, type ReachAt} from '../local/reach.ts';
import type {LocalSocket} from '../local/local-socket.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {readAddress} from '../scan/address.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import {reasonOf} from '../scan/verdict.ts';

/**
Connects to every TCP listener at the addresses of this machine where it would answer, and nowhere else.

@returns What was found, or one sentence why nothing was.
*/
export const probeReach = async (sockets: readonly LocalSocket[], addresses: readonly string[], requestScan: RequestScan, signal: AbortSignal): Promise<Parsed<Probed>> => {
	const targets = reachTargets(sockets, addresses);
	if (targets.addresses.length === 0 || targets.ports.length === 0) {
		return parsed(() => undefined);
	}

	const start = await requestScan({targets: targets.addresses, ports: targets.ports.join(',')});
	if (!start.ok) {
		return rejected(start.problem.message);
	}

	const {scan} = start;
	const stop = (): void => {
		scan.stop();
	};

	signal.addEventListener('abort', stop, {once: true});
	let record: ScanRecord | undefined;
	let failure: string | undefined;
	for await (const batch of scan.events) {
		for (const event of batch) {
			if (event.kind === 'started') {
				record = createScanRecord(event);
			} else if (record !== undefined) {
				applyScanEvent(record, event);
			}

			if (event.kind === 'finished' && event.status === 'failed') {
				failure = event.message ?? 'The listeners could not be tried.';
			}
		}
	}

	signal.removeEventListener('abort', stop);
	signal.throwIfAborted();
	if (failure !== undefined || record === undefined) {
		return rejected(failure ?? 'The listeners could not be tried.');
	}

	const tables = new Map(record.hosts.map(({host, verdicts}) => [host.address.text, verdicts]));
	return parsed((address, port): ReachAt | undefined => {
		const verdict = tables.get(readAddress(address)?.text ?? address)?.get(port);
		return verdict === undefined ? undefined : {address, state: verdict.state, reason: reasonOf(verdict)};
	});
};
