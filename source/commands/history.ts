import {continueScan} from '../history/continue-scan.ts';
import {targetsOf, unendedStatus, type KeptStatus} from '../history/kept-summary.ts';
import {filesNamed, shortId, type KeptFile} from '../history/retention.ts';
import type {ScanHistory} from '../io/scan-history.ts';
import {formatPortSet} from '../port/port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {formatHistoryCsv, formatHistoryJson, formatHistoryMarkdown, formatHistoryText, type HistoryEntry} from '../report/history-list.ts';
import {isResumable, programWords} from '../report/origin-words.ts';
import {printable} from '../report/printable.ts';
import type {RunningScan, ScanPlan, StartScan} from '../scan/scan-plan.ts';
import {confirm} from './confirm.ts';
import {eventsOf, foldKeptScan, type FoldedScan} from './fold-kept-scan.ts';
import {importScan} from './import-scan.ts';
import type {HistoryOptions} from './history-options.ts';
import type {ReportOptions} from './scan-arguments.ts';
import {runScanCommand} from './scan.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';
import {quote} from './tokenize.ts';

export type HistorySurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'signal' | 'loadRegistry' | 'ask'> & {
	readonly history: ScanHistory;
	/** Whether what goes on is kept. */
	readonly isKeeping: boolean;
	readonly startScan: StartScan;
	/** Names a scan that begins now. */
	readonly nameScan: () => string;
	/** Whether a process of that id runs. */
	readonly isRunning: (processId: number) => boolean;
	readonly now: () => number;
};

const statusOf = ({record, kept}: FoldedScan, {writtenAtMs}: KeptFile, {isRunning, now}: HistorySurroundings): KeptStatus =>
	(record.status === 'complete' || record.status === 'interrupted' || record.status === 'failed' ? record.status : unendedStatus(kept.processId, {writtenAtMs, nowMs: now(), isRunning}));

/** What the list tells of a scan: its file is read to its end only where the end does not tell. */
const entryOf = async (file: KeptFile, surroundings: HistorySurroundings): Promise<Parsed<HistoryEntry>> => {
	const summary = await surroundings.history.summarize(file);
	if (summary.ok && summary.value.counts !== undefined) {
		return parsed({...summary.value, counts: summary.value.counts, file, continuedBy: null});
	}

	const folded = await foldKeptScan(surroundings.history, file);
	if (!folded.ok) {
		return folded;
	}

	const {kept, record} = folded.value;
	const targets = targetsOf(kept);
	return parsed({
		file,
		startedAt: kept.startedAt,
		finishedAt: record.finishedAt,
		status: statusOf(folded.value, file, surroundings),
		targets,
		targetCount: targets.length,
		ports: kept.request?.ports ?? record.started.ports,
		hostCount: record.hostCount,
		counts: record.counts,
		continues: kept.continues,
		continuedBy: null,
		importedFrom: kept.importedFrom ?? null,
		note: summary.ok ? summary.value.note : undefined,
	});
};

const formatters = {text: formatHistoryText, json: formatHistoryJson, csv: formatHistoryCsv, markdown: formatHistoryMarkdown} as const;

/** `portui history`, and what it does with one scan. */
export const runHistory = async (options: HistoryOptions, surroundings: HistorySurroundings): Promise<ExitCode> => {
	const {stdout, stderr, signal, ask, history, isKeeping, startScan, nameScan} = surroundings;
	const complain = async (sentence: string): Promise<void> => {
		await writeAll(stderr, `${printable(sentence)}\n`);
	};

	const files = await history.list();
	if (!files.ok) {
		await complain(files.message);
		return exitCodes.failed;
	}

	const find = (id: string): Parsed<KeptFile> => {
		const found = id === 'last' ? files.value.slice(0, 1) : filesNamed(files.value, id);
		if (found.length === 1) {
			return parsed(found[0]!);
		}

		return rejected(found.length === 0
			? `No kept scan has the id ${quote(id)}: portui history lists them.`
			: `${quote(id)} is the beginning of ${found.length} ids: ${found.slice(0, 5).map(file => shortId(file.id)).join(', ')}${found.length > 5 ? ', …' : ''}.`);
	};

	const list = async (format: keyof typeof formatters): Promise<ExitCode> => {
		const entries: HistoryEntry[] = [];
		for (const file of files.value) {
			const entry = await entryOf(file, surroundings);
			if (entry.ok) {
				entries.push(entry.value);
			} else {
				await complain(entry.message);
			}
		}

		const continuedBy = new Map(entries.toReversed().map(({continues, file}) => [continues, file.id]));
		const joined = entries.map(entry => ({...entry, continuedBy: continuedBy.get(entry.file.id) ?? null}));
		await writeAll(stdout, formatters[format](joined, stdout.isTTY === true ? stdout.columns : undefined));
		return exitCodes.done;
	};

	/** Reports a scan as `portui scan` does. */
	const report = async (scan: RunningScan, {plan}: {readonly plan: ScanPlan}, options: ReportOptions, isQuiet: boolean): Promise<ExitCode> => runScanCommand(
		// Of the request only the ports are read, for what is expected of them.
		{...options, isQuiet, request: {targets: ['localhost'], ports: formatPortSet(plan.ports), rate: plan.rate}},
		{stdout, stderr, signal, loadRegistry: surroundings.loadRegistry, createRequestScan: () => async () => ({ok: true, scan})},
	);

	const readOne = async (id: string): Promise<{readonly file: KeptFile; readonly folded: FoldedScan} | ExitCode> => {
		const file = find(id);
		const folded = file.ok ? await foldKeptScan(history, file.value, sentence => void complain(sentence)) : file;
		if (!file.ok || !folded.ok) {
			await complain(file.ok ? (folded as {message: string}).message : file.message);
			return file.ok ? exitCodes.failed : exitCodes.wrongUsage;
		}

		return {file: file.value, folded: folded.value};
	};

	const show = async (id: string, options: ReportOptions): Promise<ExitCode> => {
		const read = await readOne(id);
		if (typeof read === 'number') {
			return read;
		}

		const {file, folded} = read;
		const status = statusOf(folded, file, surroundings);
		const {importedFrom} = folded.kept;
		if (importedFrom !== undefined) {
			await complain(`This scan was read from ${quote(importedFrom.name)} (${importedFrom.format}): no observation of this machine's.`);
		}

		if (status === 'running' || status === 'torn') {
			await complain(status === 'running' ? 'This scan still runs: this is what it has kept so far.' : `This scan ended without a word: this is what it had kept.${isResumable(folded.kept.engine) ? ` portui history resume ${shortId(file.id)} goes on.` : ''}`);
		}

		const code = await report({plan: folded.kept.plan, events: eventsOf(folded, file), pause() {}, resume() {}, stop() {}}, folded.kept, options, true);
		// That it was interrupted once is in the report; showing it was not.
		return code === exitCodes.interrupted && !signal.aborted ? exitCodes.done : code;
	};

	const resume = async (id: string, options: ReportOptions): Promise<ExitCode> => {
		const read = await readOne(id);
		if (typeof read === 'number') {
			return read;
		}

		const {file, folded: {kept, record, known, events}} = read;
		if (kept.importedFrom !== undefined) {
			await complain(`Scan ${shortId(file.id)} was read from ${quote(kept.importedFrom.name)} (${kept.importedFrom.format}), and what was asked there, and how, is not known: it cannot be resumed. portui scan asks anew.`);
			return exitCodes.failed;
		}

		if (!isResumable(kept.engine)) {
			await complain(`Scan ${shortId(file.id)} was made by ${programWords(kept.engine)}, and what was left to ask is not known: it cannot be resumed. portui scan asks anew.`);
			return exitCodes.failed;
		}

		if (record.status === 'complete') {
			await complain(`Scan ${shortId(file.id)} is complete, nothing is left to ask: portui history show ${shortId(file.id)} shows it.`);
			return exitCodes.done;
		}

		if (statusOf(read.folded, file, surroundings) === 'running') {
			await complain(`Scan ${shortId(file.id)} still runs (process ${kept.processId}): stop it before it is resumed.`);
			return exitCodes.failed;
		}

		const scan = continueScan({kept, earlier: events(), elapsedMs: record.elapsedMs, scan: startScan({...kept.plan, id: nameScan(), known})});
		const keptScan = isKeeping ? history.keep(scan, {request: kept.request, continues: file.id, tell: sentence => void complain(sentence)}) : scan;
		return report(keptScan, kept, options, options.isQuiet);
	};

	const importAll = async (names: readonly string[]): Promise<ExitCode> => {
		let code: ExitCode = exitCodes.done;
		for (const name of names) {
			const imported = await importScan(name, {history, signal});
			for (const note of imported.notes) {
				await complain(note);
			}

			await (imported.isKept ? writeAll(stdout, `${printable(imported.sentence)}\n`) : complain(imported.sentence));
			code = imported.isKept ? code : signal.aborted ? exitCodes.interrupted : exitCodes.failed;
		}

		return code;
	};

	const changeAll = async (ids: readonly string[], act: (file: KeptFile) => Promise<Parsed<unknown>>, question?: (count: number) => string): Promise<ExitCode> => {
		const found = ids.map(id => find(id));
		for (const each of found) {
			if (!each.ok) {
				await complain(each.message);
				return exitCodes.wrongUsage;
			}
		}

		const chosen = new Set(found.flatMap(each => (each.ok ? [each.value] : [])));
		if (question !== undefined && !await confirm(question(chosen.size), ask, signal, stderr.columns)) {
			await complain(ask === undefined ? 'Nothing was removed: --yes removes without asking.' : 'Nothing was removed.');
			return ask === undefined ? exitCodes.wrongUsage : exitCodes.failed;
		}

		let code: ExitCode = exitCodes.done;
		for (const file of chosen) {
			const changed = await act(file);
			if (!changed.ok) {
				await complain(changed.message);
				code = exitCodes.failed;
			}
		}

		return code;
	};

	switch (options.action) {
		case 'list': {
			return list(options.format);
		}

		case 'show': {
			return show(options.id, options.report);
		}

		case 'resume': {
			return resume(options.id, options.report);
		}

		case 'import': {
			return importAll(options.files);
		}

		case 'remove': {
			const question = (count: number): string => `Remove ${count === 1 ? 'this scan' : `these ${count} scans`} for good?`;
			return changeAll(options.ids, history.remove, options.isSure ? undefined : question);
		}

		case 'note': {
			return changeAll([options.id], async file => history.note(file, options.text));
		}

		case 'pin':
		case 'unpin': {
			return changeAll(options.ids, async file => history.pin(file, options.action === 'pin'));
		}
	}
};
