import {rejected, type Parsed} from '../../port/parsed.ts';
import {quoteTyped} from '../../port/quote.ts';
import {createJsonCursor, JsonProblem} from './json-cursor.ts';
import {isHostPortLine, readHostPorts} from './read-host-ports.ts';
import {readKeptFile} from './read-kept-file.ts';
import {readMasscanJson} from './read-masscan-json.ts';
import {readMasscanList} from './read-masscan-list.ts';
import {readMasscanNdjson} from './read-masscan-ndjson.ts';
import {readNaabu} from './read-naabu.ts';
import {readNmapXml} from './read-nmap-xml.ts';
import {isScanCsvHeader, readPortuiCsv} from './read-portui-csv.ts';
import {readPortuiJson} from './read-portui-json.ts';
import {readLongLine, readPortuiNdjson} from './read-portui-ndjson.ts';
import {isRustScanLine, readRustScan} from './read-rustscan.ts';
import type {ReadScan} from './read-scan.ts';
import type {ReadingOptions} from './reading-options.ts';
import {textOf} from './reading.ts';
import {linesOf} from './text-lines.ts';

type Reader = (text: string, options: ReadingOptions) => Parsed<ReadScan>;

/** What is read, for the sentence about what is not. */
export const knownFormats = 'portui\'s own documents, nmap\'s XML, masscan\'s JSON, NDJSON and list, naabu\'s JSON lines, RustScan\'s greppable output, and lines such as 192.0.2.7:22';

/** So many lines are looked at for one that tells what they are. */
const mostLinesAsked = 1000;

const no = (message: string): Reader => () => rejected(message);

/** The events of a scan, as portui's lines of JSON name them. */
const eventKinds: ReadonlySet<unknown> = new Set(['started', 'probed', 'observed', 'host', 'finished']);

const portuiReader = (kind: unknown): Reader => {
	if (kind === 'kept-scan') {
		return readKeptFile;
	}

	if (eventKinds.has(kind)) {
		return readPortuiNdjson;
	}

	return kind === 'scan' ? readPortuiJson : no(`It is a document of portui's of the kind ${quoteTyped(String(kind), 40)}, which holds no scan.`);
};

/** What a JSON object says it is: of its members only these two are read. Undefined where it ends before it says so. */
const readPortuiKind = (text: string): {readonly portui?: unknown; readonly kind?: unknown} => {
	const found: {portui?: unknown; kind?: unknown} = {};
	const cursor = createJsonCursor(text);
	try {
		for (const name of cursor.members()) {
			if (name === 'portui' || name === 'kind') {
				found[name] = cursor.take();
			} else {
				cursor.skip();
			}

			if (found.portui !== undefined && found.kind !== undefined) {
				break;
			}
		}
	} catch (error) {
		if (!(error instanceof JsonProblem)) {
			throw error;
		}
	}

	return found;
};

/** Whose lines of JSON they are, by the first of them. */
const readerOfObject = (text: string): Reader => {
	const {portui, kind} = readPortuiKind(text);
	if (portui !== undefined) {
		return portui === 1 ? portuiReader(kind) : no(`It is a document of portui's of version ${quoteTyped(String(portui), 20)}, and this portui reads version 1.`);
	}

	for (const {text: line, number, isWhole} of linesOf(text)) {
		if (line.trim() === '') {
			continue;
		}

		const fields = readLongLine(line);
		if (fields === undefined) {
			return no(isWhole ? `Line ${number} is no JSON object, or not whole: as lines of JSON, those of portui, masscan and naabu are read.` : `The document was cut short on line ${number}, the first, and tells nothing.`);
		}

		if (fields['rec_type'] !== undefined || (textOf(fields['ip']) !== undefined && Array.isArray(fields['ports']))) {
			return readMasscanNdjson;
		}

		return fields['port'] !== undefined && (textOf(fields['ip']) ?? textOf(fields['host'])) !== undefined
			? readNaabu
			: no(`Line ${number} is JSON, but no record of a scan that is known: as lines of JSON, those of portui, masscan and naabu are read.`);
	}

	return no('It is empty.');
};

const isXml = (text: string): boolean => ['<?xml', '<nmaprun', '<!doctype nmaprun', '<!--'].some(beginning => text.slice(0, 20).toLowerCase().startsWith(beginning));

const isNmapText = (line: string): boolean => line.startsWith('# Nmap ') || line.startsWith('Starting Nmap ') || line.startsWith('Nmap scan report ');

/** Whose lines they are, by the first that tells. */
const readerOfLines = (text: string): Reader => {
	for (const {text: line, number} of linesOf(text)) {
		if (number > mostLinesAsked) {
			break;
		}

		const start = line.slice(0, 2000).trimStart();
		if (start === '#masscan' || /^(?:open|closed|banner) (?:tcp|udp|sctp|icmp|oproto) \d{1,5} \S/.test(start.slice(0, 60))) {
			return readMasscanList;
		}

		if (isNmapText(start)) {
			return no('nmap wrote it for people to read, not as XML: nmap -oX file.xml writes what is read here.');
		}

		if (isRustScanLine(start)) {
			return readRustScan;
		}

		if (isHostPortLine(start)) {
			return readHostPorts;
		}

		if (isScanCsvHeader(line)) {
			return readPortuiCsv;
		}
	}

	return no(`It is of no format that is known. What is read: ${knownFormats}.`);
};

/** Finds the reader by what a document looks like, not by its name. */
const readerOf = (text: string): Reader => {
	const start = text.slice(0, 100_000).trimStart();
	if (start === '') {
		return no('It is empty, as masscan leaves its file when it found nothing.');
	}

	if (start.includes('\u0000')) {
		return no(start.startsWith('masscan/')
			? 'It is in masscan\'s own binary form: masscan --readscan file -oJ file.json makes a document that is read here.'
			: 'It is no text.');
	}

	if (isXml(start)) {
		return readNmapXml;
	}

	// `[::1]:22` begins with a bracket as well.
	if (/^\[\s{0,1000}(?:[{\],]|$)/.test(start.slice(0, 1010))) {
		return readMasscanJson;
	}

	return start.startsWith('{') ? readerOfObject(text) : readerOfLines(text);
};

/** Reads a document of any known format, recognised by its content. A rejection is a sentence that names the line where it can. Never throws. */
export const readDocument = (text: string, options: ReadingOptions = {}): Parsed<ReadScan> => {
	const document = text.startsWith('\uFEFF') ? text.slice(1) : text;
	return readerOf(document)(document, options);
};
