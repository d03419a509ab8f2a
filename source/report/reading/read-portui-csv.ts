import {rejected, type Parsed} from '../../port/parsed.ts';
import {isPort} from '../../port/port.ts';
import {quoteTyped} from '../../port/quote.ts';
import {createScanGatherer} from './gather-scan.ts';
import {createVerdictReader} from './portui-gatherer.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {createReadingNotes} from './reading-notes.ts';
import {reading, textOf} from './reading.ts';
import {linesOf} from './text-lines.ts';

/** No line of ours is longer. */
const longestLine = 100_000;

/**
The cells of a line (RFC 4180); undefined where a quotation mark is never closed.

No cell of ours has a line end in it, so a line is read by itself: of a large document nothing is held but the line in hand.
*/
export const splitCsvLine = (line: string): readonly string[] | undefined => {
	const cells: string[] = [];
	let from = 0;
	while (from <= line.length) {
		if (line[from] !== '"') {
			const comma = line.indexOf(',', from);
			const end = comma === -1 ? line.length : comma;
			cells.push(line.slice(from, end));
			from = end + 1;
			continue;
		}

		let cell = '';
		let place = from + 1;
		for (;;) {
			const quote = line.indexOf('"', place);
			if (quote === -1) {
				return undefined;
			}

			cell += line.slice(place, quote);
			place = quote + 1;
			if (line[place] !== '"') {
				break;
			}

			cell += '"';
			place++;
		}

		if (place < line.length && line[place] !== ',') {
			return undefined;
		}

		cells.push(cell);
		from = place + 1;
	}

	return cells;
};

/** Takes away the apostrophe that keeps a spreadsheet from running a cell. */
const withoutDefusal = (cell: string): string => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell);

const needed = ['address', 'port', 'state'] as const;

/** Whether a line is the first one of a scan as CSV. */
export const isScanCsvHeader = (line: string): boolean => {
	const cells = line.length > 2000 ? undefined : splitCsvLine(line);
	return cells !== undefined && needed.every(name => cells.includes(name));
};

const readNumber = (text: string | undefined): number | undefined => (text === undefined || text === '' || text.length > 30 ? undefined : Number(text));

/** Reads portui's own CSV of a scan. It lists ports and no more: what is not in it may have been asked or not, and no time is told. */
export const readPortuiCsv = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	let rejection: string | undefined;
	const read = reading(text, () => {
		const gatherer = createScanGatherer();
		const notes = createReadingNotes();
		const readVerdict = createVerdictReader();
		let header: ReadonlyMap<string, number> | undefined;
		let isTorn = false;

		/** @returns Why it cannot be taken. */
		const take = (cells: readonly string[]): string | undefined => {
			const cell = (name: string): string | undefined => {
				const place = header!.get(name);
				return place === undefined || cells[place] === undefined ? undefined : withoutDefusal(cells[place]);
			};
			const port = readNumber(cell('port'));
			const transport = cell('transport') ?? 'tcp';
			if (transport !== 'tcp') {
				notes.passOver(/^[a-z\d]{1,10}$/i.test(transport) ? transport.toUpperCase() : 'another protocol');
				return undefined;
			}

			if (port === undefined || !isPort(port)) {
				return 'it has no port from 0 to 65535';
			}

			const verdict = readVerdict({state: cell('state'), reason: cell('reason'), rttMs: readNumber(cell('rttMs')), tries: readNumber(cell('tries'))});
			if (verdict === undefined) {
				return `${quoteTyped(cell('state') ?? '', 40)} and its reason are no state of a port`;
			}

			const host = gatherer.hostAt(cell('address') ?? '', cell('target'));
			if (host === undefined) {
				return `${quoteTyped(cell('address') ?? '', 60)} is no IP address`;
			}

			gatherer.tell(host, port, verdict);
			const [protocol = null, product = null, version = null] = ['observedProtocol', 'observedProduct', 'observedVersion'].map(name => textOf(cell(name)));
			if (protocol !== null || product !== null || version !== null) {
				gatherer.observe(host, port, {protocol, product, version, banner: null});
			}

			return undefined;
		};

		for (const {text: line, number, isWhole} of linesOf(text)) {
			if (line.trim() === '') {
				continue;
			}

			const cells = line.length > longestLine ? undefined : splitCsvLine(line);
			if (header === undefined) {
				header = new Map((cells ?? []).map((name, place) => [name, place]));
				const missing = needed.find(name => !header!.has(name));
				rejection = missing === undefined ? undefined : `Line ${number} is no header of a scan as CSV: it has no column ${missing}.`;
				continue;
			}

			if (!isWhole) {
				// Its last cell may be the beginning of a longer one.
				isTorn = true;
				notes.add(`The document was cut short on line ${number}: what came before was read.`);
				continue;
			}

			const wrong = cells === undefined ? 'a quotation mark is not closed, or the line is too long' : take(cells);
			if (wrong !== undefined) {
				notes.leaveOut(() => number, wrong);
			}
		}

		return gatherer.finish({format: 'portui CSV', engine: 'unknown', status: isTorn ? 'interrupted' : 'complete', tellsOpenOnly: true, notes: notes.list()}, options);
	});
	return rejection === undefined ? read : rejected(rejection);
};
