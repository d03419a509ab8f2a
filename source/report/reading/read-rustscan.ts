import {rejected, type Parsed} from '../../port/parsed.ts';
import {isPort, type Port} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import type {Verdict} from '../../scan/verdict.ts';
import {createScanGatherer} from './gather-scan.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading} from './reading.ts';
import {linesOf} from './text-lines.ts';

const open: Verdict = {state: 'open', tries: 1};

const arrow = ' -> [';

/** All 65,536 ports take fewer characters. */
const longestLine = 500_000;

/** Whether a line is of RustScan's greppable output. */
export const isRustScanLine = (line: string): boolean => {
	const place = line.indexOf(arrow);
	return place > 0 && place <= 60;
};

/** The ports of a list, once each; undefined for something that is none. The end of a list that was cut short may be the beginning of a port, so it counts for nothing. */
const readPorts = (list: string, isWhole: boolean): readonly Port[] | undefined => {
	const words = list.split(',');
	const numbers = (isWhole ? words : words.slice(0, -1)).map(word => (/^ {0,3}\d{1,5} {0,3}$/.test(word) ? Number(word) : Number.NaN));
	return numbers.every(number => isPort(number)) ? [...new Set(numbers)] as Port[] : undefined;
};

/** Reads what `rustscan --greppable` writes: `192.0.2.7 -> [22,80]`, a host a line. It tells no time. */
export const readRustScan = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let isEmpty = true;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		let isTorn = false;
		for (const {text: line, number, isWhole: hasLineEnd} of linesOf(text)) {
			if (line.trim() === '') {
				continue;
			}

			const place = line.length > longestLine ? -1 : line.indexOf(arrow);
			const trimmed = line.trimEnd();
			const isWhole = trimmed.endsWith(']');
			isTorn ||= !isWhole && !hasLineEnd;
			const ports = place === -1 || (hasLineEnd && !isWhole) ? undefined : readPorts(trimmed.slice(place + arrow.length, isWhole ? -1 : undefined), isWhole);
			const host = ports === undefined ? undefined : gatherer.hostAt(line.slice(0, place).trim());
			if (!isWhole && !hasLineEnd) {
				notes.add(`The document was cut short on line ${number}: what came before was read.`);
			} else if (ports === undefined) {
				notes.leaveOut(() => number, 'a line is an address, an arrow and ports, such as 192.0.2.7 -> [22,80]');
			} else if (host === undefined) {
				notes.leaveOut(() => number, `${quoteTyped(line.slice(0, place).trim(), 60)} is no IP address`);
			}

			if (host !== undefined) {
				isEmpty = false;
				for (const port of ports!) {
					gatherer.tell(host, port, open);
				}
			}
		}

		return gatherer.finish({format: 'RustScan greppable', engine: 'rustscan', status: isTorn ? 'interrupted' : 'complete', tellsOpenOnly: true, notes: notes.list()}, options);
	});
	return read.ok && isEmpty ? rejected(`No line of it can be read as RustScan's greppable output. ${read.value.notes[0] ?? 'It is empty.'}`) : read;
};
