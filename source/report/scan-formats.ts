import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import type {Registry} from '../registry/registry.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import type {PortState} from '../scan/verdict.ts';
import {formatJson} from './printable.ts';
import {formatScanCsv} from './scan-csv.ts';
import {scanDocument} from './scan-json.ts';
import {formatScanList} from './scan-list.ts';
import {formatScanMarkdown} from './scan-markdown.ts';
import {formatScanText} from './scan-text.ts';
import {formatScanXml} from './scan-xml.ts';

/** The ways to write a scan; the first is the default. */
export const scanFormats = ['text', 'json', 'ndjson', 'csv', 'markdown', 'list', 'xml'] as const;
export type ScanFormat = (typeof scanFormats)[number];

/** The format that the ending of a file's name asks for. */
const endings: Readonly<Record<string, ScanFormat>> = {txt: 'text', json: 'json', ndjson: 'ndjson', jsonl: 'ndjson', csv: 'csv', md: 'markdown', markdown: 'markdown', list: 'list', xml: 'xml'};

/** Finds the format for a file by the ending of its name. */
export const formatOfFile = (file: string): Parsed<ScanFormat> => {
	const ending = /[^/\\]\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
	return Object.hasOwn(endings, ending)
		? parsed(endings[ending]!)
		: rejected(`The ending of ${quoteTyped(file, 60)} names no format: let it end in ${Object.keys(endings).map(each => `.${each}`).join(', ')}.`);
};

/** Formats that are written when the scan has ended. */
const formatters: Readonly<Record<Exclude<ScanFormat, 'ndjson'>, (record: ScanRecord, registry: Registry, show: readonly PortState[]) => string>> = {
	text: formatScanText,
	json: (record, registry, show) => formatJson(scanDocument(record, registry, show)),
	csv: formatScanCsv,
	markdown: formatScanMarkdown,
	list: formatScanList,
	xml: formatScanXml,
};

/** Writes a scan that has ended. `ndjson` is not among the formats: it is written while the scan runs. */
export const formatScan = (format: Exclude<ScanFormat, 'ndjson'>, record: ScanRecord, registry: Registry, show: readonly PortState[]): string => formatters[format](record, registry, show);
