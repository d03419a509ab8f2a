import test from 'ava';
import {parseArguments} from '../../source/commands/arguments.ts';
import type {FreeOptions} from '../../source/commands/free-options.ts';
import type {LocalOptions} from '../../source/commands/local-options.ts';

const usual: LocalOptions = {selection: 'listening', ports: undefined, format: 'text', isWatching: false, hook: undefined, isReaching: false, isQuiet: false};
const placeholders = ['{event}', '{transport}', '{address}', '{port}', '{pid}', '{process}'];

const lines: ReadonlyArray<readonly [argv: readonly string[], changes: Partial<LocalOptions>]> = [
	[[], {}],
	[['--json'], {format: 'json'}],
	[['--format', 'CSV'], {format: 'csv'}],
	[['--connections', '--quiet'], {selection: 'connections', isQuiet: true}],
	[['--all'], {selection: 'all'}],
	[['3000'], {ports: '3000'}],
	[['3000', 'http', '-1023'], {ports: '3000,http,-1023'}],
	[['-p', '80', '3000'], {ports: '80,3000'}],
	[['--watch', '--format', 'ndjson'], {isWatching: true, format: 'ndjson'}],
	[['--watch', '--exec', 'hook.sh'], {isWatching: true, hook: {program: 'hook.sh', args: placeholders}}],
	[['--watch', '-p', '80', '--exec', 'hook.sh', '--', '--port', '{port}', 'a b'], {isWatching: true, ports: '80', hook: {program: 'hook.sh', args: ['--port', '{port}', 'a b']}}],
	[['--reach'], {isReaching: true}],
];

for (const [argv, changes] of lines) {
	test(`portui local ${argv.join(' ')}`, t => {
		t.deepEqual(parseArguments(['local', ...argv]), {ok: true, value: {kind: 'local', options: {...usual, ...changes}}});
	});
}

const mistakes: ReadonlyArray<readonly [argv: readonly string[], sentence: string]> = [
	[['local', '--format', 'xml'], '--format xml is nmap\'s document, which is about scans: portui local takes text, json, ndjson, csv, markdown, list.'],
	[['local', '--format', 'yaml'], '--format takes text, json, ndjson, csv, markdown, list, not "yaml".'],
	[['local', '--json', '--format', 'csv'], '--json and --format csv contradict each other: give one of them.'],
	[['local', '--connections', '--all'], '--connections and --all contradict each other: give --all for both listeners and connections.'],
	[['local', '--watch', '--json'], '--watch writes event by event: give --format ndjson, or text for people, not json.'],
	[['local', '--exec', 'x'], '--exec runs a program at every event, so it needs --watch.'],
	[['local', '--watch', '--exec='], '--exec needs a program to run, such as --exec notify-send.'],
	[['local', '--reach', '--watch'], '--reach looks once at what listens: give it without --watch, --connections and --all.'],
	[['free'], 'portui free needs a port, such as portui free 3000.'],
	[['free', ','], 'portui free needs a port, such as portui free 3000.'],
	[['free', 'http'], '"http" is not a port to free: give each as a number, such as portui free 3000.'],
	[['free', '3000-3005'], '"3000-3005" is not a port to free: give each as a number, such as portui free 3000.'],
	[['free', 'all'], '"all" is not a port to free: give each as a number, such as portui free 3000.'],
	[['free', '-1'], '"-1" is not a port to free: give each as a number, such as portui free 3000.'],
	[['free', '65536'], 'Port 65536 cannot be listened on: ports to free go from 1 to 65535.'],
	[['free', '0'], 'Port 0 cannot be listened on: ports to free go from 1 to 65535.'],
	[['free', '80', '--wait', '2h'], '--wait takes a time such as 500ms or 10s, up to ten minutes, not "2h".'],
	[['free', '80', '--wait', '601s'], '--wait takes a time such as 500ms or 10s, up to ten minutes, not "601s".'],
];

for (const [argv, message] of mistakes) {
	test(`a sentence for ${JSON.stringify(argv)}`, t => {
		t.deepEqual(parseArguments(argv), {ok: false, message});
	});
}

const gentle = {isSure: false, isForced: false, isDryRun: false, graceMs: 3000, isQuiet: false};

const freeLines: ReadonlyArray<readonly [argv: readonly string[], options: Omit<FreeOptions, 'ports'> & {readonly ports: readonly number[]}]> = [
	[['3000'], {...gentle, ports: [3000]}],
	[[':3000', '3001,3002', '3000'], {...gentle, ports: [3000, 3001, 3002]}],
	[['3000', '--yes', '--force', '--wait', '10s', '--quiet'], {...gentle, ports: [3000], isSure: true, isForced: true, graceMs: 10_000, isQuiet: true}],
	[['-y', '-f', '-n', '3000', '--wait', '0'], {...gentle, ports: [3000], isSure: true, isForced: true, isDryRun: true, graceMs: 0}],
];

for (const [argv, options] of freeLines) {
	test(`portui free ${argv.join(' ')}`, t => {
		t.deepEqual(parseArguments(['free', ...argv]) as unknown, {ok: true, value: {kind: 'free', options}});
	});
}
