import {formatPortSet} from '../port/port-set.ts';
import type {ScanStatus} from '../scan/event.ts';
import {countHosts} from '../scan/host-sequence.ts';
import type {StateCounts} from '../scan/scan-record.ts';
import {portStates} from '../scan/verdict.ts';
import {isFields, parseFields, type Fields} from './fields.ts';
import {readKeptScan, type KeptScan} from './kept-scan.ts';
import {readNote} from './kept-note.ts';

/** `torn`: it ended without a word, killed, by a crash or on a full disk. `running`: the process that writes it lives, and wrote lately. */
export type KeptStatus = ScanStatus | 'running' | 'torn';

/** What a list tells of a kept scan. */
export type KeptSummary = {
	readonly startedAt: string;
	readonly finishedAt: string | null;
	readonly status: KeptStatus;
	/** As they were typed. */
	readonly targets: readonly string[];
	/** How many there are, should only the first be listed. */
	readonly targetCount: number;
	/** As they were typed. */
	readonly ports: string;
	readonly seed: number;
	readonly engine: string;
	readonly hostCount: number;
	/** Undefined where only the whole file tells. */
	readonly counts: StateCounts | undefined;
	/** The scan it goes on with. */
	readonly continues: string | null;
	/** The document it was read from; null for a scan that portui made. */
	readonly importedFrom: NonNullable<KeptScan['importedFrom']> | null;
	readonly processId: number;
	/** Undefined where there is none. */
	readonly note: string | undefined;
};

/** The writer of a scan that is not paused writes twice a second. */
const lateMs = 60_000;

export type StatusSurroundings = {
	/** When the file was written to last, in milliseconds since 1970. */
	readonly writtenAtMs: number;
	readonly nowMs: number;
	/** Whether a process of that id runs. */
	readonly isRunning: (processId: number) => boolean;
};

/** How a scan stands that has told no end. */
export const unendedStatus = (processId: number, {writtenAtMs, nowMs, isRunning}: StatusSurroundings): 'running' | 'torn' =>
	(nowMs - writtenAtMs < lateMs && isRunning(processId) ? 'running' : 'torn');

export const targetsOf = ({request, plan: {hosts}}: Pick<KeptScan, 'request' | 'plan'>): readonly string[] =>
	(request === null || request.targets.length === 0 ? [...new Set(hosts.map(({target}) => target))] : request.targets);

/** The last lines of a file, as far as a list wants to know them. */
export type KeptEnd = {readonly status: ScanStatus | undefined; readonly finishedAt: string | null; readonly counts: StateCounts | undefined; readonly note: string | undefined};

const statuses: ReadonlySet<unknown> = new Set<ScanStatus>(['complete', 'interrupted', 'failed']);

const readCounts = (value: unknown): StateCounts | undefined =>
	(isFields(value) && portStates.every(state => Number.isSafeInteger(value[state]) && (value[state] as number) >= 0)
		? Object.fromEntries(portStates.map(state => [state, value[state]])) as StateCounts
		: undefined);

const readLine = (line: string): Fields | undefined => {
	// Lines of verdicts are long, and tell nothing of this.
	if (!line.startsWith('{"kind":"finished"') && !line.startsWith('{"kind":"note"')) {
		return undefined;
	}

	return parseFields(line);
};

/** Reads how a kept scan ended, and its note, from the end of its file. A first line that is cut is passed over. Never throws. */
export const readKeptEnd = (text: string): KeptEnd => {
	let note: string | undefined;
	let isNoted = false;
	for (const line of text.split('\n').reverse()) {
		const fields = readLine(line);
		if (fields?.['kind'] === 'note' && !isNoted) {
			note = readNote(fields);
			isNoted = true;
		}

		const {kind, status, finishedAt, counts} = fields ?? {};
		if (kind === 'finished' && statuses.has(status) && typeof finishedAt === 'string' && !Number.isNaN(Date.parse(finishedAt))) {
			return {status: status as ScanStatus, finishedAt, counts: readCounts(counts), note};
		}
	}

	return {status: undefined, finishedAt: null, counts: undefined, note};
};

/** Sums a kept scan up from its first line and its end. @returns Undefined when the first line is none. Never throws. */
export const summarizeKept = (firstLine: string, end: KeptEnd, surroundings: StatusSurroundings): KeptSummary | undefined => {
	const kept = readKeptScan(firstLine);
	if (kept === undefined) {
		return undefined;
	}

	const {plan, startedAt, engine, request, continues, processId, importedFrom = null} = kept;
	const targets = targetsOf(kept);
	return {
		startedAt,
		finishedAt: end.finishedAt,
		status: end.status ?? unendedStatus(processId, surroundings),
		targets,
		targetCount: targets.length,
		ports: request?.ports ?? formatPortSet(plan.ports),
		seed: plan.seed,
		engine,
		hostCount: Number(countHosts(plan)),
		counts: end.counts,
		continues,
		importedFrom,
		processId,
		note: end.note,
	};
};
