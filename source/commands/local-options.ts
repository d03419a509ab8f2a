import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {SocketSelection} from '../report/local-view.ts';
import type {Values} from './arguments.ts';
import {quote} from './tokenize.ts';

/** nmap's XML is a document about scans, so it is none of these. */
export const localFormats = ['text', 'json', 'ndjson', 'csv', 'markdown', 'list'] as const;
export type LocalFormat = (typeof localFormats)[number];

/** Formats that are written event by event. */
const streamFormats: readonly LocalFormat[] = ['text', 'ndjson'];

/** Formats that have a place for what --reach found. */
const reachFormats: readonly LocalFormat[] = ['text', 'json', 'ndjson'];

/** A program to run at every event; its arguments may hold placeholders such as `{port}`. */
export type Hook = {readonly program: string; readonly args: readonly string[]};

export type LocalOptions = {
	readonly selection: SocketSelection;
	/** As typed; undefined is every port. */
	readonly ports: string | undefined;
	readonly format: LocalFormat;
	readonly isWatching: boolean;
	readonly hook: Hook | undefined;
	/** Whether to try from which addresses of this machine each listener answers. */
	readonly isReaching: boolean;
	readonly isQuiet: boolean;
};

/** What a hook is told when it is given no arguments of its own. */
const usualHookArguments: readonly string[] = ['{event}', '{transport}', '{address}', '{port}', '{pid}', '{process}'];

const parseLocalFormat = ({text, isOn}: Values): Parsed<LocalFormat> => {
	const name = text('format');
	if (name === undefined) {
		return parsed(isOn('json') ? 'json' : 'text');
	}

	if (name.toLowerCase() === 'xml') {
		return rejected(`--format xml is nmap's document, which is about scans: portui local takes ${localFormats.join(', ')}.`);
	}

	const format = localFormats.find(each => each === name.toLowerCase());
	if (format === undefined) {
		return rejected(`--format takes ${localFormats.join(', ')}, not ${quote(name)}.`);
	}

	return isOn('json') && format !== 'json' ? rejected(`--json and --format ${format} contradict each other: give one of them.`) : parsed(format);
};

/** Reads the options of `portui local`. With `--exec`, the words are the program's arguments; else they are ports. */
export const parseLocalOptions = (values: Values): Parsed<LocalOptions> => {
	const {words, text, isOn} = values;
	const program = text('exec');
	const isWatching = isOn('watch');
	const format = parseLocalFormat(values);
	if (!format.ok) {
		return format;
	}

	if (isOn('connections') && isOn('all')) {
		return rejected('--connections and --all contradict each other: give --all for both listeners and connections.');
	}

	if (isWatching && !streamFormats.includes(format.value)) {
		return rejected(`--watch writes event by event: give --format ndjson, or text for people, not ${format.value}.`);
	}

	if (program !== undefined && !isWatching) {
		return rejected('--exec runs a program at every event, so it needs --watch.');
	}

	if (program === '') {
		return rejected('--exec needs a program to run, such as --exec notify-send.');
	}

	if (isOn('reach') && (isWatching || isOn('connections') || isOn('all'))) {
		return rejected('--reach looks once at what listens: give it without --watch, --connections and --all.');
	}

	if (isOn('reach') && !reachFormats.includes(format.value)) {
		return rejected(`--reach is told as ${reachFormats.join(', ')}, not as ${format.value}.`);
	}

	const typedPorts = [text('ports'), ...(program === undefined ? words : [])].filter(each => each !== undefined);
	return parsed({
		selection: isOn('all') ? 'all' : (isOn('connections') ? 'connections' : 'listening'),
		ports: typedPorts.length === 0 ? undefined : typedPorts.join(','),
		format: format.value,
		isWatching,
		hook: program === undefined ? undefined : {program, args: words.length === 0 ? usualHookArguments : words},
		isReaching: isOn('reach'),
		isQuiet: isOn('quiet'),
	});
};
