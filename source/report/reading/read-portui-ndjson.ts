import {isFields, parseFields} from '../../history/fields.ts';
import {rejected, type Parsed} from '../../port/parsed.ts';
import {emptyPortSet} from '../../port/port-set.ts';
import {createScanGatherer} from './gather-scan.ts';
import {createPortuiGatherer, readEnding, readHead, readPorts} from './portui-gatherer.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A line with a million hosts in it is longer than one of any other kind. */
const longestLine = 64_000_000;

/** How deep a line of ours is nested, at most; a line that is deeper would take more memory than it should. */
const deepest = 16;

const isFlat = (line: string): boolean => {
	let depth = 0;
	for (let place = 0; place < line.length && depth <= deepest; place++) {
		const code = line.charCodeAt(place);
		depth += code === 0x5B || code === 0x7B ? 1 : code === 0x5D || code === 0x7D ? -1 : 0;
	}

	return depth <= deepest;
};

/** The fields of a line, however long it is; undefined where it is none. Brackets within texts count too: no line of ours has many. */
export const readLongLine = (line: string): Fields | undefined => {
	if (line.length > longestLine || (line.length > 1_000_000 && !isFlat(line))) {
		return undefined;
	}

	return parseFields(line);
};

/** Reads the events of a scan as `--format ndjson` writes them; without the last line where the scan was killed. */
export const readPortuiNdjson = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let rejection: string | undefined;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		let started: Fields | undefined;
		let finished: Fields | undefined;
		let portui: ReturnType<typeof createPortuiGatherer> | undefined;
		const overHosts = new Set<number>();
		let last = 0;

		/** @returns Why it cannot be taken. */
		const take = (fields: Fields): string | undefined => {
			const {kind} = fields;
			if (kind === 'started') {
				if (started !== undefined) {
					return 'a document holds one scan, and this line begins another';
				}

				started = fields;
				portui = createPortuiGatherer(gatherer, notes, readPorts(fields['ports']) ?? emptyPortSet, fields['tells'] === 'open');
				for (const host of Array.isArray(fields['hosts']) ? fields['hosts'] as readonly unknown[] : []) {
					if (isFields(host)) {
						portui.hostOf(host);
					}
				}

				return undefined;
			}

			if (kind === 'finished') {
				finished = fields;
				return undefined;
			}

			if (kind !== 'probed' && kind !== 'observed' && kind !== 'host') {
				// A later version may tell more.
				return typeof kind === 'string' ? undefined : 'it has no kind';
			}

			const host = portui?.hostOf(fields);
			if (host === undefined || portui === undefined) {
				return 'it has no IP address';
			}

			switch (kind) {
				case 'probed': {
					return portui.takePort(host, fields);
				}

				case 'observed': {
					portui.takeObserved(host, Number(fields['port']), fields['observed']);
					return undefined;
				}

				case 'host': {
					if (!overHosts.has(host)) {
						overHosts.add(host);
						portui.endHost(host, fields);
					}

					return undefined;
				}
			}
		};

		for (const {text: line, number, isWhole} of linesOf(text)) {
			last = number;
			const fields = line.trim() === '' ? null : readLongLine(line);
			if (fields === null || (fields === undefined && !isWhole)) {
				continue;
			}

			const wrong = fields === undefined ? 'it is no JSON object' : take(fields);
			if (wrong !== undefined) {
				notes.leaveOut(() => number, wrong);
			}

			if (started === undefined) {
				break;
			}
		}

		if (started === undefined) {
			rejection = `Line ${last} does not begin a scan: the first line of portui's events is of the kind started.`;
		} else if (readPorts(started['ports']) === undefined) {
			rejection = 'Line 1: "ports" is no list of ports, such as 22,80-90.';
		} else if (finished === undefined) {
			notes.add(`The document was cut short on line ${last}, without the event finished: what came before was read.`);
		}

		const head = readHead(started ?? {});
		const hasGaps = portui?.hasGaps() === true || overHosts.size < gatherer.hostCount();
		return gatherer.finish({
			format: 'portui NDJSON', ports: readPorts(started?.['ports']), ...head, ...readEnding(finished ?? {}), tellsOpenOnly: head.tellsOpenOnly || hasGaps, notes: notes.list(),
		}, options);
	});
	return rejection === undefined ? read : rejected(rejection);
};
