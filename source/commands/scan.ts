import type {Registry} from '../registry/registry.ts';
import {formatJson, printable} from '../report/printable.ts';
import {reasonWords} from '../report/reason-words.ts';
import {scanDocument} from '../report/scan-json.ts';
import {formatScanText} from '../report/scan-text.ts';
import {applyScanEvent, createScanRecord, unreachableReason, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {RequestProblem} from '../scan/scan-request.ts';
import type {ScanOptions} from './arguments.ts';
import {createProgress, type Progress} from './progress.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

/** Settles when the signal aborts. */
const aborted = async (signal: AbortSignal): Promise<'aborted'> => new Promise(resolve => {
	if (signal.aborted) {
		resolve('aborted');
	} else {
		signal.addEventListener('abort', () => {
			resolve('aborted');
		}, {once: true});
	}
});

/** Follows a scan to its end. An abort stops it, and its record says so. @returns The sentence that says why, when it failed before it began. */
export const follow = async (scan: RunningScan, progress: Progress, signal: AbortSignal): Promise<ScanRecord | string> => {
	let record: ScanRecord | undefined;
	let message = 'The scan ended before it began.';
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
			} else if (event.kind === 'finished') {
				message = event.message ?? message;
			}
		}

		if (record !== undefined) {
			progress.show(record);
		}
	}

	signal.removeEventListener('abort', stop);
	progress.erase();
	return record ?? message;
};

const unreachableSentence = ({host: {target, address}}: HostRecord, reason: string): string => {
	const name = target === address.text ? target : `${target} (${address.text})`;
	return `${name} cannot be reached: ${reasonWords(reason)} (${reason}).`;
};

/** What is wrong with a scan that ended by itself, a sentence each. */
const faultsOf = ({status, message, hosts}: ScanRecord): readonly string[] => [
	...(status === 'failed' ? [message ?? 'The scan failed.'] : []),
	...hosts.flatMap(host => {
		const reason = unreachableReason(host);
		return reason === undefined ? [] : [unreachableSentence(host, reason)];
	}),
];

const exitCodeOf = ({kind}: RequestProblem): ExitCode => (kind === 'resolve' ? exitCodes.failed : exitCodes.wrongUsage);

const format = (record: ScanRecord, registry: Registry, {format: name, show}: ScanOptions): string =>
	(name === 'json' ? formatJson(scanDocument(record, registry, show)) : formatScanText(record, registry, show));

/** `portui scan`: scans, and reports what is open. */
export const runScanCommand = async (options: ScanOptions, {stdout, stderr, signal, loadRegistry, createRequestScan}: Surroundings): Promise<ExitCode> => {
	const complain = async (sentence: string): Promise<void> => writeAll(stderr, `${printable(sentence)}\n`);

	const registry = await loadRegistry();
	// A name server may take long to answer, and a look-up cannot be taken back.
	const start = await Promise.race([createRequestScan(registry)(options.request), aborted(signal)]);
	if (start === 'aborted') {
		await complain('Interrupted before the scan began.');
		return exitCodes.interrupted;
	}

	if (!start.ok) {
		await complain(start.problem.message);
		return exitCodeOf(start.problem);
	}

	const record = await follow(start.scan, createProgress(stderr, options.isQuiet), signal);
	if (typeof record === 'string') {
		await complain(record);
		return exitCodes.failed;
	}

	await writeAll(stdout, format(record, registry, options));
	if (record.status === 'interrupted') {
		return exitCodes.interrupted;
	}

	const faults = faultsOf(record);
	for (const fault of faults) {
		await complain(fault);
	}

	return faults.length === 0 ? exitCodes.done : exitCodes.failed;
};
