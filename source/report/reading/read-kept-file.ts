import {rejected, type Parsed} from '../../port/parsed.ts';
import {readPortSet} from '../../port/port-set.ts';
import {createEventDecoder} from '../../history/decode-events.ts';
import {readKeptScan, startedOf} from '../../history/kept-scan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../../scan/scan-record.ts';
import {portStates} from '../../scan/verdict.ts';
import {formatCount} from '../quantity.ts';
import {createScanGatherer, mostHosts, mostVerdicts, TooLarge, type ScanGatherer} from './gather-scan.ts';
import {noteUnlisted} from './portui-gatherer.ts';
import {readLongLine} from './read-portui-ndjson.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

/** News of hosts as a whole: one line can tell of a million. */
const mostHostNews = 40 * mostHosts;

/** No line of events is longer: it is written twice a second. */
const longestLine = 16_000_000;

/** Gathers all that a record holds. */
const gatherRecord = (record: ScanRecord, gatherer: ScanGatherer): void => {
	for (const {host, verdicts, observed, down, judgement, isFinished} of record.hosts) {
		const number = gatherer.hostAt(host.address.text, host.target, host.note)!;
		for (const port of verdicts.portsIn(portStates)) {
			gatherer.tell(number, port, verdicts.get(port)!);
		}

		for (const [port, found] of observed) {
			gatherer.observe(number, port, found);
		}

		if (isFinished) {
			gatherer.end(number, down, judgement ?? undefined);
		}
	}

	for (const {host, down} of record.down.listed) {
		gatherer.end(gatherer.hostAt(host.address.text, host.target, host.note)!, down);
	}
};

/** Reads a file of the history, such as one from another machine; its last line may be torn. */
export const readKeptFile = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let isKept = false;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		const lines = linesOf(text);
		const first = lines.next().value?.text ?? '';
		const kept = readLongLine(first) === undefined ? undefined : readKeptScan(first);
		if (kept === undefined) {
			return gatherer.finish({format: '', engine: '', status: 'failed', tellsOpenOnly: false, notes: []}, options);
		}

		isKept = true;
		if (kept.plan.hosts.length > mostHosts) {
			throw new TooLarge(`more than ${formatCount(mostHosts)} hosts`);
		}

		const record = createScanRecord(startedOf(kept));
		const decoder = createEventDecoder(kept);
		let verdictsLeft = mostVerdicts;
		let hostNewsLeft = mostHostNews;
		for (const {text: line, number, isWhole} of lines) {
			const events = line.length > longestLine ? undefined : decoder.read(line);
			if (events === undefined && isWhole) {
				notes.leaveOut(() => number, 'it is damaged');
			}

			for (const event of events ?? []) {
				verdictsLeft -= event.kind === 'probed' ? 1 : 0;
				hostNewsLeft -= event.kind === 'admitted' || event.kind === 'host' ? 1 : 0;
				if (verdictsLeft < 0 || hostNewsLeft < 0) {
					throw new TooLarge(verdictsLeft < 0 ? `more than ${formatCount(mostVerdicts)} ports` : `more than ${formatCount(mostHostNews)} events of hosts`);
				}

				applyScanEvent(record, event);
			}
		}

		gatherRecord(record, gatherer);
		noteUnlisted(notes, record.unlisted.count + record.down.count - record.down.listed.length);
		if (record.finishedAt === null) {
			notes.add('The scan ended without a word: this is what it had kept.');
		}

		const {id, seed} = kept.plan;
		const lastWritten = new Date(Math.max(Date.parse(kept.startedAt), options.modifiedAtMs ?? 0)).toISOString();
		return gatherer.finish({
			format: 'portui history',
			engine: kept.engine,
			id,
			seed,
			status: record.finishedAt === null ? 'interrupted' : record.status === 'failed' ? 'failed' : record.status === 'complete' ? 'complete' : 'interrupted',
			message: record.message,
			startedAt: new Date(Date.parse(kept.startedAt)).toISOString(),
			finishedAt: record.finishedAt === null ? lastWritten : new Date(Date.parse(record.finishedAt)).toISOString(),
			elapsedMs: record.elapsedMs,
			ports: readPortSet(record.started.ports),
			tellsOpenOnly: kept.tellsOpenOnly === true,
			notes: notes.list(),
		}, options);
	});
	return read.ok && !isKept ? rejected('Line 1 is empty or damaged: it is no kept scan.') : read;
};
