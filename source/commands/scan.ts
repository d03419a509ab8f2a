import {shortId} from '../history/retention.ts';
import {writeWhole} from '../io/write-whole.ts';
import {describeDownHosts} from '../report/down-hosts.ts';
import {isResumable} from '../report/origin-words.ts';
import {printable} from '../report/printable.ts';
import {reasonWords} from '../report/reason-words.ts';
import {formatScan} from '../report/scan-formats.ts';
import {createNdjsonWriter} from '../report/scan-ndjson.ts';
import {unreachableReason, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {parseRequest} from '../scan/parse-request.ts';
import {followScan} from '../scan/follow-scan.ts';
import {createProgress} from './progress.ts';
import type {OutputFile, ScanOptions} from './scan-arguments.ts';
import {checkExpected, checkSeverity, parseExpected} from './scan-checks.ts';
import {describeLargeScan} from './scan-estimate.ts';
import {exitCodeOf, startScan} from './start-scan.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

const unreachableSentence = ({host: {target, address}}: HostRecord, reason: string): string => {
	const name = target === address.text ? target : `${target} (${address.text})`;
	return `${name} cannot be reached: ${reasonWords(reason)} (${reason}).`;
};

/** Whether nobody was there because nobody could be reached; silence is another matter. */
const isEveryHostUnreachable = ({down: {count, reasons}, hostCount}: ScanRecord): boolean => count > 0 && count === hostCount && !reasons.has('no-answer');

/** What is wrong with a scan that ended by itself, a sentence each. */
const faultsOf = (record: ScanRecord): readonly string[] => [
	...(record.status === 'failed' ? [record.message ?? 'The scan failed.'] : []),
	...(isEveryHostUnreachable(record) ? describeDownHosts(record) : []),
	...record.hosts.flatMap(host => {
		const reason = unreachableReason(host);
		return reason === undefined ? [] : [unreachableSentence(host, reason)];
	}),
];

/** Whether a scan has failed: it broke off, or of some target no address can be reached. A name may have addresses of a family that this machine has not. */
const hasFailed = (record: ScanRecord): boolean => {
	const {status, hosts} = record;
	const unreached = new Set(hosts.filter(host => unreachableReason(host) !== undefined).map(({host: {target}}) => target));
	const reached = new Set(hosts.filter(host => unreachableReason(host) === undefined).map(({host: {target}}) => target));
	return status === 'failed' || isEveryHostUnreachable(record) || [...unreached].some(target => !reached.has(target));
};

/** Writes the files that were asked for. @returns What went wrong, a sentence each. */
const writeOutputs = async (outputs: readonly OutputFile[], textOf: (format: OutputFile['format']) => string): Promise<readonly string[]> => {
	const sentences: string[] = [];
	for (const {file, format} of outputs) {
		const sentence = await writeWhole(file, textOf(format));
		if (sentence !== undefined) {
			sentences.push(sentence);
		}
	}

	return sentences;
};

/** `portui scan`: scans, and reports what is open. */
export const runScanCommand = async (options: ScanOptions, {stdout, stderr, signal, loadRegistry, createRequestScan, ask}: Surroundings): Promise<ExitCode> => {
	const {request, show, format, isQuiet, outputs = [], failOn} = options;
	const complain = async (sentences: readonly string[]): Promise<void> => {
		if (sentences.length > 0) {
			await writeAll(stderr, sentences.map(sentence => `${printable(sentence)}\n`).join(''));
		}
	};

	const registry = await loadRegistry();
	const parsedRequest = parseRequest(request, registry);
	const expected = options.expect === undefined || !parsedRequest.ok ? undefined : parseExpected(options.expect, parsedRequest.ports, registry);
	if (expected?.ok === false) {
		await complain([expected.message]);
		return exitCodes.wrongUsage;
	}

	const progress = createProgress(stderr, isQuiet);
	const tell = (sentence: string): void => {
		progress.erase();
		void complain([sentence]);
	};

	const start = await startScan(request, createRequestScan(registry, tell), {ask, signal, stderr});
	if (start === 'aborted') {
		await complain(['Interrupted before the scan began.']);
		return exitCodes.interrupted;
	}

	if (!start.ok) {
		await complain(start.problem.message.split('\n'));
		return exitCodeOf(start.problem);
	}

	const {unresolved = []} = start;
	await complain(unresolved);
	const ndjson = createNdjsonWriter(registry, show);
	const keepsLines = outputs.some(output => output.format === 'ndjson');
	let kept = '';
	let hasReader = true;
	const record = await followScan(start.scan, {
		progress,
		signal,
		async onStarted(event) {
			const estimate = isQuiet ? undefined : describeLargeScan(event, request.rate);
			await complain(estimate === undefined ? [] : [estimate]);
		},
		formatLine: format === 'ndjson' || keepsLines ? ndjson.format : () => '',
		async takeLines(text) {
			kept += keepsLines ? text : '';
			hasReader = format !== 'ndjson' || (hasReader && await writeAll(stdout, text));
			// A scan whose only reader has left is not worth finishing.
			return hasReader || outputs.length > 0;
		},
	});
	if (typeof record === 'string') {
		await complain([record]);
		return exitCodes.failed;
	}

	if (format !== 'ndjson') {
		await writeAll(stdout, formatScan(format, record, registry, show));
	}

	const unwritten = await writeOutputs(outputs, each => (each === 'ndjson' ? kept : formatScan(each, record, registry, show)));
	await complain(unwritten);
	if (record.status === 'interrupted') {
		if (hasReader && start.scan.isKept?.() === true) {
			const id = shortId(start.scan.plan.id);
			await complain([isResumable(record.started.engine) ? `Interrupted: kept as ${id}; portui history resume ${id} goes on.` : `Interrupted: kept as ${id}; portui history show ${id} shows it.`]);
		}

		return hasReader ? exitCodes.interrupted : exitCodes.done;
	}

	await complain(faultsOf(record));
	if (hasFailed(record) || unwritten.length > 0 || unresolved.length > 0) {
		return exitCodes.failed;
	}

	const differences = [...(expected === undefined ? [] : checkExpected(record, expected.value)), ...(failOn === undefined ? [] : checkSeverity(record, registry, failOn))];
	await complain(differences);
	return differences.length === 0 ? exitCodes.done : exitCodes.checkFailed;
};
