import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {Values} from './arguments.ts';
import {parseReportOptions, parseScanRequest, scanDefaultsOf, type ReportOptions} from './scan-arguments.ts';

/** What is to be shown of scans that were made elsewhere. */
export type OpenOptions = {
	/** Files, ids of the history, or `-`, as they were typed. */
	readonly words: readonly string[];
	readonly report: ReportOptions;
	/** Whether a report is asked for, even where there is a terminal. */
	readonly isReport: boolean;
	/** Whether colours were not turned off by a flag. */
	readonly allowsColor: boolean;
	/** What the config asks of every scan that is started on the screen, if anything. */
	readonly scanDefaults?: Partial<ScanRequest>;
};

const reportFlags = ['format', 'show', 'expect', 'failOn'] as const;

/** Reads the command line of `portui open`. */
export const parseOpenOptions = (values: Values): Parsed<OpenOptions> => {
	if (values.words.length === 0) {
		return rejected('portui open needs the file of a scan, such as portui open scan.xml; - is standard input.');
	}

	if (values.words.filter(word => word === '-').length > 1) {
		return rejected('Standard input can be read once: give - once.');
	}

	const report = parseReportOptions(values);
	if (!report.ok) {
		return report;
	}

	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	const isReport = values.isOn('json') || values.all('output').length > 0 || reportFlags.some(name => values.isTyped(name));
	return isReport && values.words.length > 1
		? rejected('portui open reports one scan at a time: give one file, or leave the flags of a report out to see them all on the screen.')
		: parsed({words: values.words, report: report.value, isReport, allowsColor: values.isOn('color'), ...scanDefaultsOf(request.value, values)});
};
