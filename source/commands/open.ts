import type {ScanEvent} from '../scan/event.ts';
import {readPortSet} from '../port/port-set.ts';
import {printable} from '../report/printable.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {ScanHistory} from '../io/scan-history.ts';
import type {OpenedScan} from '../store/scans-state.ts';
import type {OpenOptions} from './open-options.ts';
import {openScanDocument, readScanDocument, type DocumentSurroundings, type OpenedDocument} from './read-scan-document.ts';
import {runScanCommand} from './scan.ts';
import type {ScreenSurroundings} from './screen.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

export type OpenSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal' | 'loadRegistry'> & Pick<ScreenSurroundings, 'stdin' | 'environment'> & Pick<DocumentSurroundings, 'readFile'> & {
	readonly history: ScanHistory;
	/** Shows the screen with these scans until the user quits. @returns The exit code. */
	readonly show: (options: {readonly opened: readonly OpenedScan[]; readonly hasColor: boolean; readonly scanDefaults?: Partial<ScanRequest>}) => Promise<number>;
};

/** A scan that is over, as whoever follows scans wants it. */
const asRunning = ({started, events}: OpenedDocument): RunningScan => {
	async function * all(): AsyncGenerator<readonly ScanEvent[]> {
		yield [started];
		yield * events();
	}

	return {plan: {id: started.id, hosts: started.hosts, ports: readPortSet(started.ports), firstPorts: [], seed: started.seed}, events: all(), pause() {}, resume() {}, stop() {}};
};

/** `portui open`: shows scans that were made elsewhere on the screen, or reports one. */
export const runOpen = async ({words, report, isReport, allowsColor, scanDefaults}: OpenOptions, surroundings: OpenSurroundings): Promise<number> => {
	const {stdin, stdout, stderr, signal, environment, loadRegistry, show} = surroundings;
	const complain = async (sentences: readonly string[]): Promise<void> => {
		if (sentences.length > 0) {
			await writeAll(stderr, sentences.map(sentence => `${printable(sentence)}\n`).join(''));
		}
	};

	const failure = (): ExitCode => (signal.aborted ? exitCodes.interrupted : exitCodes.failed);

	if (words.includes('-') && stdin.isTTY === true) {
		await complain(['Standard input is the terminal: pipe a scan into it, or name a file.']);
		return exitCodes.wrongUsage;
	}

	const isScreen = !isReport && stdin.isTTY === true && stdout.isTTY === true && environment['TERM'] !== 'dumb';
	if (isScreen) {
		const opened: OpenedScan[] = [];
		for (const word of words) {
			const read = await readScanDocument(word, surroundings);
			if (!read.ok) {
				await complain([read.message]);
				return failure();
			}

			opened.push(read.value);
		}

		return show({opened, hasColor: allowsColor, ...(scanDefaults === undefined ? {} : {scanDefaults})});
	}

	if (words.length > 1) {
		await complain(['Without a terminal portui open reports one scan at a time: give one file.']);
		return exitCodes.wrongUsage;
	}

	const read = await openScanDocument(words[0]!, surroundings);
	if (!read.ok) {
		await complain([read.message]);
		return failure();
	}

	const {started, origin} = read.value;
	const code = await runScanCommand(
		// Of the request only the ports are read, for what is expected of them. Where open ports alone are told, any port may have been asked.
		{...report, isQuiet: true, request: {targets: ['localhost'], ports: started.tellsOpenOnly === true || started.ports === '' ? 'all' : started.ports}},
		{stdout, stderr, signal, loadRegistry, createRequestScan: () => async () => ({ok: true, scan: asRunning(read.value)})},
	);
	await complain(read.value.notes);
	if (origin.kind === 'file' && report.format === 'text') {
		// In the report of a scan nothing says that it is another's.
		await complain([`Read from ${origin.name === '-' ? 'standard input' : JSON.stringify(origin.name)} (${origin.format}): no observation of this machine's.`]);
	}

	// That it was interrupted once is in the report; showing it was not.
	return code === exitCodes.interrupted && !signal.aborted ? exitCodes.done : code;
};
