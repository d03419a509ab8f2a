import test from 'ava';
import fc from 'fast-check';
import {parseArguments, type Invocation} from '../../source/commands/arguments.ts';
import {commands, formatHelp} from '../../source/commands/command-table.ts';
import {ianaUrl} from '../../source/commands/update-options.ts';
import {parsePortSet} from '../../source/port/parse-port-set.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';

const parse = (argv: readonly string[]): Invocation => {
	const parsed = parseArguments(argv);
	if (!parsed.ok) {
		throw new Error(parsed.message);
	}

	return parsed.value;
};

/** The ways a list of ports may be written, and what it must arrive as. */
const portSpellings: ReadonlyArray<readonly [argv: readonly string[], ports: string]> = [
	[['-p', '80'], '80'],
	[['-p80'], '80'],
	[['-p=80'], '80'],
	[['-p', '-1023'], '-1023'],
	[['-p-1023'], '-1023'],
	[['-p', '-4'], '-4'],
	[['-p', '!25'], '!25'],
	[['-p', '!25,!80'], '!25,!80'],
	[['-phttp,80-90'], 'http,80-90'],
	[['-p', '49152-'], '49152-'],
	[['--ports', '-1023'], '-1023'],
	[['--ports=-1023'], '-1023'],
	[['--ports='], ''],
	[['-p', ''], ''],
	[['--ports', 'top100'], 'top100'],
	[['--ports=0x1'], '0x1'],
	[['--ports', '080'], '080'],
	[[], 'top1000'],
];

for (const [argv, ports] of portSpellings) {
	test(`ports as ${JSON.stringify(argv)}`, t => {
		for (const line of [['scan', 'localhost', ...argv], ['scan', ...argv, 'localhost'], [...argv, 'scan', 'localhost'], [...argv, 'localhost']]) {
			const invocation = parse(line);
			t.true(invocation.kind === 'scan' || invocation.kind === 'screen');
			if (invocation.kind === 'scan' || invocation.kind === 'screen') {
				t.is(invocation.options.request?.ports, ports);
				t.deepEqual(invocation.options.request?.targets, ['localhost']);
			}
		}
	});
}

test('a whole command line of a scan', t => {
	t.deepEqual(parse(['scan', 'a', '-p', '1-9', 'b', '--exclude-ports', '-3', '-4', '--concurrency=5', '--timeout', '2s', '--tries', '3', '--seed', '7', '--show', 'closed,open', '--json', '--quiet', '--no-color', '--no-history', 'c']), {
		kind: 'scan',
		options: {
			request: {targets: ['a', 'b', 'c'], ports: '1-9', excludePorts: '-3', family: 4, seed: 7, concurrency: 5, timeoutMs: 2000, tries: 3},
			show: ['open', 'closed'],
			format: 'json',
			isQuiet: true,
			isUnkept: true,
		},
	});
});

const unset = {excludePorts: undefined, family: undefined, seed: undefined, concurrency: undefined, timeoutMs: undefined, tries: undefined};

const invocations: ReadonlyArray<readonly [argv: readonly string[], expected: Invocation]> = [
	[[], {kind: 'screen', options: {request: undefined, allowsColor: true}}],
	[['--no-history'], {kind: 'screen', options: {request: undefined, allowsColor: true, isUnkept: true}}],
	[['history'], {kind: 'history', options: {action: 'list', format: 'text'}}],
	[['history', 'list', '--json'], {kind: 'history', options: {action: 'list', format: 'json'}}],
	[['history', 'show', '3f2a', '--format', 'list'], {kind: 'history', options: {action: 'show', id: '3f2a', report: {show: ['open', 'unknown'], format: 'list', isQuiet: false}}}],
	[['history', 'resume', 'last', '--quiet', '--expect', '22'], {kind: 'history', options: {action: 'resume', id: 'last', report: {show: ['open', 'unknown'], format: 'text', isQuiet: true, expect: '22'}}}],
	[['history', 'remove', 'a', 'b', '-y'], {kind: 'history', options: {action: 'remove', ids: ['a', 'b'], isSure: true}}],
	[['history', 'pin', 'a'], {kind: 'history', options: {action: 'pin', ids: ['a']}}],
	[['--no-color'], {kind: 'screen', options: {request: undefined, allowsColor: false}}],
	[['example.com'], {kind: 'screen', options: {request: {...unset, targets: ['example.com'], ports: 'top1000'}, allowsColor: true}}],
	[['--', 'scan'], {kind: 'screen', options: {request: {...unset, targets: ['scan'], ports: 'top1000'}, allowsColor: true}}],
	[['--', 'local', '-x'], {kind: 'screen', options: {request: {...unset, targets: ['local', '-x'], ports: 'top1000'}, allowsColor: true}}],
	[['scan', '--', '-x', '--json'], {kind: 'scan', options: {request: {...unset, targets: ['-x', '--json'], ports: 'top1000'}, show: ['open', 'unknown'], format: 'text', isQuiet: false}}],
	[['scan', 'scan'], {kind: 'scan', options: {request: {...unset, targets: ['scan'], ports: 'top1000'}, show: ['open', 'unknown'], format: 'text', isQuiet: false}}],
	[['scan', 'local', '-6'], {kind: 'scan', options: {request: {...unset, targets: ['local'], ports: 'top1000', family: 6}, show: ['open', 'unknown'], format: 'text', isQuiet: false}}],
	[['lookup', '5432'], {kind: 'lookup', options: {words: ['5432'], format: 'text'}}],
	[['lookup', '-1023'], {kind: 'lookup', options: {words: ['-1023'], format: 'text'}}],
	[['lookup', 'message', 'queue', '--format', 'JSON'], {kind: 'lookup', options: {words: ['message', 'queue'], format: 'json'}}],
	[['--json', 'lookup', 'http'], {kind: 'lookup', options: {words: ['http'], format: 'json'}}],
	[['lookup', 'lookup'], {kind: 'lookup', options: {words: ['lookup'], format: 'text'}}],
	[['open', 'a.xml', 'b.json', '--no-color'], {kind: 'open', options: {words: ['a.xml', 'b.json'], report: {show: ['open', 'unknown'], format: 'text', isQuiet: false}, isReport: false, allowsColor: false}}],
	[['open', '-', '--json'], {kind: 'open', options: {words: ['-'], report: {show: ['open', 'unknown'], format: 'json', isQuiet: false}, isReport: true, allowsColor: true}}],
	[['history', 'import', 'a', 'b'], {kind: 'history', options: {action: 'import', files: ['a', 'b']}}],
	[['update'], {kind: 'update', options: {source: {kind: 'url', url: new URL(ianaUrl)}, format: 'text', isQuiet: false}}],
	[['update', '--url', 'http://mirror.example/x', '--json', '--quiet'], {kind: 'update', options: {source: {kind: 'url', url: new URL('http://mirror.example/x')}, format: 'json', isQuiet: true}}],
	[['update', '--from', '-'], {kind: 'update', options: {source: {kind: 'file', file: '-'}, format: 'text', isQuiet: false}}],
	[['--from=a b.csv', 'update'], {kind: 'update', options: {source: {kind: 'file', file: 'a b.csv'}, format: 'text', isQuiet: false}}],
	[['update', '--remove'], {kind: 'update', options: {source: {kind: 'removed'}, format: 'text', isQuiet: false}}],
	[['--version'], {kind: 'version'}],
	[['scan', '--version'], {kind: 'version'}],
	...commands.flatMap(command => ['--help', '-h'].map(flag => [[...(command.word === undefined ? [] : [command.word]), flag], {kind: 'help', text: formatHelp(command)}] as const)),
];

for (const [argv, expected] of invocations) {
	test(`reads ${JSON.stringify(argv)}`, t => {
		t.deepEqual(parse(argv), expected);
	});
}

test('lists of hosts, files and checks of a scan', t => {
	const invocation = parse(['scan', '-i', '-', '-i', 'hosts.txt', '--exclude', 'a, b', '--exclude', '10.0.0.0/30', '--rate', '500', '--assume-up', '--yes', '--expect', '-80', '--fail-on', 'HIGH', '-o', 'a.json', '--output=b.MD', '--format', 'list']);
	t.true(invocation.kind === 'scan');
	if (invocation.kind === 'scan') {
		t.like(invocation.options.request, {targets: [], inputs: ['-', 'hosts.txt'], exclude: ['a', 'b', '10.0.0.0/30'], rate: 500, assumesUp: true, publicScan: 'allowed'});
		t.like(invocation.options, {expect: '-80', failOn: 'high', format: 'list', outputs: [{file: 'a.json', format: 'json'}, {file: 'b.MD', format: 'markdown'}]});
	}
});

const timeouts: ReadonlyArray<readonly [string, number]> = [['500', 500], ['500ms', 500], ['2s', 2000], ['1.5s', 1500], ['0.4ms', 0], ['601s', 0]];

for (const [text, expected] of timeouts) {
	test(`--timeout ${text}`, t => {
		const parsed = parseArguments(['scan', 'x', '--timeout', text]);
		t.is(parsed.ok && parsed.value.kind === 'scan' ? parsed.value.options.request.timeoutMs : 0, expected);
	});
}

const mistakes: ReadonlyArray<readonly [argv: readonly string[], sentence: string]> = [
	[['--prots', '80'], '"--prots" is not a flag of portui; did you mean --ports?'],
	[['scan', 'x', '--prots', '80'], '"--prots" is not a flag of portui scan; did you mean --ports?'],
	[['scan', 'x', '--jsno'], '"--jsno" is not a flag of portui scan; did you mean --json?'],
	[['scan', 'x', '--exclude-port', '1'], '"--exclude-port" is not a flag of portui scan; did you mean --exclude-ports?'],
	[['scan', 'x', '--JSON'], '"--JSON" is not a flag of portui scan; did you mean --json?'],
	[['scan', 'x', '--constructor'], '"--constructor" is not a flag of portui scan: portui scan --help lists them.'],
	[['scan', 'x', '--__proto__=1'], '"--__proto__" is not a flag of portui scan: portui scan --help lists them.'],
	[['scan', 'x', '-o', 'file'], 'The ending of "file" names no format: let it end in .txt, .json, .ndjson, .jsonl, .csv, .md, .markdown, .list, .xml.'],
	[['scan', 'x', '-o', 'a.yaml'], 'The ending of "a.yaml" names no format: let it end in .txt, .json, .ndjson, .jsonl, .csv, .md, .markdown, .list, .xml.'],
	[['scan', 'x', '-o', 'a.json', '-o', 'a.json'], '--output names "a.json" twice: give each file once.'],
	[['scan', 'x', '-o'], '--output needs a value: --output <file>.'],
	[['scan', 'x', '--exclude', ' ,'], '--exclude is empty: write hosts to leave out, commas between.'],
	[['scan', 'x', '--rate', '0'], '--rate takes a whole number of attempts a second from 1 to 1000000, not 0.'],
	[['scan', 'x', '--fail-on', 'grave'], '--fail-on takes info, low, medium, high, critical, not "grave".'],
	[['localhost', '-i', 'x'], '"-i" is a flag of portui scan, not of portui.'],
	[['scan', 'x', '-6x'], '"-6x" is not a flag of portui scan: portui scan --help lists them.'],
	[['lookup', '5', '--timeout', '3'], '"--timeout" is a flag of portui and portui scan, not of portui lookup.'],
	[['localhost', '--json'], '"--json" is a flag of portui scan, portui lookup, portui local, portui history, portui open, portui diff, portui check, portui update and portui config, not of portui.'],
	[['scan', 'x', '-p'], '--ports needs a value: --ports <list>.'],
	[['scan', 'x', '-p', '--json'], '--ports needs a value: --ports <list>.'],
	[['scan', 'x', '-p', '--'], '--ports needs a value: --ports <list>.'],
	[['scan', 'x', '--tries', '-4'], '--tries needs a value: --tries <n>.'],
	[['scan', 'x', '--seed'], '--seed needs a value: --seed <n>.'],
	[['scan', 'x', '--json=yes'], '--json takes no value.'],
	[['scan', 'x', '-p', '22', '-p', '80'], '--ports is given twice: give it once, commas between its ports.'],
	[['scan', 'x', '--seed', '2', '--seed', '3'], '--seed is given twice: give it once.'],
	[['scan', 'x', '-4', '-6'], '-4 and -6 contradict each other: give one of them, or neither for both.'],
	[['scan', 'x', '--json', '--format', 'text'], '--json and --format text contradict each other: give one of them.'],
	[['scan', 'x', '--format', 'yaml'], '--format takes text, json, ndjson, csv, markdown, list or xml in this version, not "yaml".'],
	[['scan', 'x', '--show', 'opne'], '--show takes open, closed, filtered, unknown, commas between, not "opne".'],
	[['scan', 'x', '--seed', 'abc'], '--seed takes a whole number from 0 to 4294967295, not "abc".'],
	[['scan', 'x', '--seed', '-1'], '--seed takes a whole number from 0 to 4294967295, not "-1".'],
	[['scan', 'x', '--tries', '0'], '--tries takes a whole number from 1 to 20, not 0.'],
	[['scan', 'x', '--concurrency='], '--concurrency takes a whole number from 1 to 65536, not "".'],
	[['scan', 'x', '--timeout', '2h'], '--timeout takes a time such as 500, 500ms or 2s, not "2h".'],
	[['scan', 'x', '--timeout', '0'], '--timeout takes a whole number of milliseconds from 1 to 600000, not 0.'],
	[['scan'], 'portui scan needs a target: a host name or an IP address, such as portui scan localhost.'],
	[['lookup'], 'portui lookup needs something to look up: a port, a range, a name or words, such as portui lookup 5432.'],
	[['lookup', ''], 'portui lookup needs something to look up: a port, a range, a name or words, such as portui lookup 5432.'],
	[['update', 'ports.csv'], 'portui update takes no words, and "ports.csv" is one; a file is given as --from "ports.csv".'],
	[['update', '--from'], '--from needs a value: --from <file>.'],
	[['update', '--from='], '--from takes the name of a file, or - for standard input; the name is empty.'],
	[['update', '--url', 'ftp://x'], '--url takes a web address such as https://mirror.example/ports.csv, not "ftp://x".'],
	[['update', '--url', 'mirror.example'], '--url takes a web address such as https://mirror.example/ports.csv, not "mirror.example".'],
	[['update', '--from', 'x', '--remove'], '--from and --remove contradict each other: give one of them.'],
	[['update', '--from', 'x', '--url', 'https://x', '--remove'], '--from, --url and --remove contradict each other: give one of them.'],
	[['-p', '80'], '--ports needs a target to scan: portui localhost -p 80'],
	[['scan', 'x', '--show', 'a\u001B[2J\u202E'], '--show takes open, closed, filtered, unknown, commas between, not "a\\u001b[2j\\u202e".'],
];

for (const [argv, sentence] of mistakes) {
	test(`a sentence for ${JSON.stringify(argv)}`, t => {
		t.deepEqual(parseArguments(argv), {ok: false, message: sentence});
	});
}

test('help offers what works, and nothing else', t => {
	for (const command of commands) {
		const help = formatHelp(command);
		for (const {name} of command.flags) {
			t.true(help.includes(`--${name}`));
		}

		t.true(help.split('\n').every(line => line === line.trimEnd()));
	}
});

test('every example of the help is a command line that is accepted', t => {
	for (const [typed] of commands.flatMap(({examples}) => examples)) {
		const [program, ...argv] = typed.split(' ');
		t.is(program, 'portui');
		t.notThrows(() => parse(argv), typed);
	}
});

const knownWords = commands.flatMap(({word, flags}) => [...(word === undefined ? [] : [word]), ...flags.flatMap(({name, short}) => [`--${name}`, `--${name}=`, ...(short === undefined ? [] : [`-${short}`])])]);
const argument = fc.oneof(fc.string({unit: 'binary', maxLength: 20}), fc.constantFrom(...knownWords, '--', '-', '--=', '-p-', '80', '-1023', '!25', 'localhost', '__proto__', '[object]'));

test('any command line is accepted or answered with one printable sentence', t => {
	fc.assert(fc.property(fc.array(argument, {maxLength: 8}), argv => {
		const parsed = parseArguments(argv);
		return parsed.ok || (!/[\u0000-\u001F\u007F-\u009F\u2028-\u202E]/.test(parsed.message) && parsed.message.length > 10 && parsed.message.length < 400);
	}), {numRuns: 3000});
	t.pass();
});

test('words and values arrive as they were typed', t => {
	const word = fc.string({unit: 'binary', minLength: 1, maxLength: 20}).filter(text => !text.startsWith('-') && !knownWords.includes(text));
	// The parser of options takes quotes off a value: a shell has left none there but on purpose.
	const value = fc.string({unit: 'binary', maxLength: 20}).filter(text => !/^(["']).*\1$/s.test(text));
	fc.assert(fc.property(fc.array(word, {minLength: 1, maxLength: 4}), value, (words, ports) => {
		const invocation = parse(['scan', ...words, `--ports=${ports}`]);
		return invocation.kind === 'scan' && invocation.options.request.ports === ports && JSON.stringify(invocation.options.request.targets) === JSON.stringify(words);
	}), {numRuns: 1000});
	t.pass();
});

test('the default list of ports is one that is known', async t => {
	const invocation = parse(['scan', 'x']);
	t.true(invocation.kind === 'scan' && parsePortSet(invocation.options.request.ports, await loadRegistry()).ok);
});
