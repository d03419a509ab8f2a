import {parseNote} from '../history/kept-note.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import {parseFormat} from './parse-format.ts';
import {parseReportOptions, type ReportOptions} from './scan-arguments.ts';
import {quote} from './tokenize.ts';

export const historyFormats = ['text', 'json', 'csv', 'markdown'] as const;
export type HistoryFormat = (typeof historyFormats)[number];

/** What is to be done with kept scans. Ids are as they were typed. */
export type HistoryOptions =
	| {readonly action: 'list'; readonly format: HistoryFormat}
	| {readonly action: 'show' | 'resume'; readonly id: string; readonly report: ReportOptions}
	| {readonly action: 'import'; readonly files: readonly string[]}
	| {readonly action: 'remove'; readonly ids: readonly string[]; readonly isSure: boolean}
	/** An empty text takes the note away. */
	| {readonly action: 'note'; readonly id: string; readonly text: string}
	| {readonly action: 'pin' | 'unpin'; readonly ids: readonly string[]};

const parseList = (values: Values): Parsed<HistoryOptions> => {
	const format = parseFormat(values, historyFormats);
	return format.ok ? parsed({action: 'list', format: format.value}) : format;
};

const parseOne = (action: 'show' | 'resume', ids: readonly string[], values: Values): Parsed<HistoryOptions> => {
	if (ids.length !== 1) {
		return rejected(`portui history ${action} takes one id: portui history lists them.`);
	}

	const report = parseReportOptions(values);
	return report.ok ? parsed({action, id: ids[0]!, report: report.value}) : report;
};

const parseNoting = ([id, ...words]: readonly string[]): Parsed<HistoryOptions> => {
	if (id === undefined || words.length === 0) {
		return rejected('portui history note takes an id and a text, such as: portui history note last before the move. An empty text (\'\') takes the note away.');
	}

	const note = parseNote(words.join(' '));
	return note.ok ? parsed({action: 'note', id, text: note.value}) : note;
};

/** Reads the options of `portui history`. */
export const parseHistoryOptions = (values: Values): Parsed<HistoryOptions> => {
	const [action, ...ids] = values.words;
	if (ids.length === 0 && (action === 'remove' || action === 'pin' || action === 'unpin')) {
		return rejected(`portui history ${action} needs an id: portui history lists them.`);
	}

	switch (action) {
		case undefined:
		case 'list': {
			return ids.length === 0 ? parseList(values) : rejected(`portui history list takes nothing more, not ${quote(ids[0]!)}.`);
		}

		case 'show':
		case 'resume': {
			return parseOne(action, ids, values);
		}

		case 'import': {
			return ids.length === 0 ? rejected('portui history import needs the file of a scan, such as portui history import scan.xml.') : parsed({action, files: ids});
		}

		case 'remove': {
			return parsed({action, ids, isSure: values.isOn('yes')});
		}

		case 'note': {
			return parseNoting(ids);
		}

		case 'pin':
		case 'unpin': {
			return parsed({action, ids});
		}

		default: {
			return rejected(`portui history does not know ${quote(action)}: it takes show, resume, note, import, remove, pin and unpin.`);
		}
	}
};
