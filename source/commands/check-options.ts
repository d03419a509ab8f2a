import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Values} from './arguments.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import {parseFormat} from './parse-format.ts';
import {parseScanRequest} from './scan-arguments.ts';

export const checkFormats = ['text', 'json', 'markdown', 'junit'] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** Which policy is to be checked, and how it is reported. */
export type CheckOptions = {
	/** The file of the policy; `-` is standard input. */
	readonly file: string;
	readonly format: CheckFormat;
	/** Files to write a report to. */
	readonly outputs: ReadonlyArray<{readonly file: string; readonly format: CheckFormat}>;
	readonly isQuiet: boolean;
	/** Whether public addresses may be scanned without asking. */
	readonly isSure: boolean;
	/** Whether the scans are kept out of the history. */
	readonly isUnkept: boolean;
	/** What the config lets no scan do: hosts never to scan, and the bounds of load. */
	readonly bounds: Pick<ScanRequest, 'exclude' | 'rate' | 'concurrency'>;
};

const endings: Readonly<Record<string, CheckFormat>> = {txt: 'text', json: 'json', md: 'markdown', xml: 'junit'};

/** Reads the command line of `portui check`. */
export const parseCheckOptions = (values: Values): Parsed<CheckOptions> => {
	const [file, ...more] = values.words;
	if (file === undefined || more.length > 0) {
		return rejected('portui check needs the file of one policy, such as portui check policy.yaml; - is standard input.');
	}

	const format = parseFormat(values, checkFormats);
	if (!format.ok) {
		return format;
	}

	const request = parseScanRequest(values);
	if (!request.ok) {
		return request;
	}

	const {exclude, rate, concurrency} = request.value;
	const outputs = values.all('output').map(output => ({file: output, format: endings[/[^/\\]\.([a-z]+)$/i.exec(output)?.[1]?.toLowerCase() ?? '']}));
	const wrong = outputs.find(output => output.format === undefined);
	return wrong === undefined
		? parsed({file, format: format.value, outputs: outputs as CheckOptions['outputs'], isQuiet: values.isOn('quiet'), isSure: values.isOn('yes'), isUnkept: !values.isOn('history'), bounds: {exclude, rate, concurrency}})
		: rejected(`The ending of ${JSON.stringify(wrong.file)} names no format of a check: let it end in ${Object.keys(endings).map(each => `.${each}`).join(', ')} (.xml is JUnit).`);
};
