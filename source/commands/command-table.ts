import {retention} from '../history/retention.ts';
import {joinWords} from '../report/join-words.ts';
import {engineNames} from '../scan/engine-name.ts';

/** A flag as it is typed, and as help and errors tell of it. */
export type Flag = {
	/** Without the dashes. A name that begins with `no-` turns off what is on. */
	readonly name: string;
	readonly short?: string;
	/** What its value is called in help; a flag without one is a switch. */
	readonly value?: string;
	/** The words its value can be, for completion; undefined where there are too many to list. */
	readonly values?: readonly string[];
	/** Whether values like `-1023` are likely, so that they are not taken for flags. */
	readonly takesRanges?: true;
	/** Whether it may be given several times. */
	readonly isRepeatable?: true;
	readonly description: string;
};

export type CommandId = 'screen' | 'scan' | 'lookup' | 'local' | 'free' | 'history' | 'open' | 'diff' | 'check' | 'update' | 'config' | 'completion';

export type Command = {
	readonly id: CommandId;
	/** The word that is typed for it; the screen needs none. */
	readonly word: string | undefined;
	readonly usage: string;
	readonly description: string;
	/** Said in help after the flags; empty where nothing is to be said. */
	readonly notes: readonly string[];
	readonly flags: readonly Flag[];
	/** What can follow it, for completion: names of hosts, filters of ports such as `risk:high`, one of some words; undefined where anything can. */
	readonly operands?: 'hosts' | 'filters' | readonly string[];
	readonly examples: ReadonlyArray<readonly [typed: string, does: string]>;
};

const ports: Flag = {name: 'ports', short: 'p', value: 'list', takesRanges: true, description: 'ports to probe (default: top1000)'};
const excludePorts: Flag = {name: 'exclude-ports', value: 'list', takesRanges: true, description: 'ports to leave out'};

const scanFlags: readonly Flag[] = [
	ports,
	excludePorts,
	{name: 'exclude', value: 'hosts', isRepeatable: true, description: 'hosts to leave out: names, addresses, blocks, commas between'},
	{name: 'ipv4', short: '4', description: 'only IPv4 addresses'},
	{name: 'ipv6', short: '6', description: 'only IPv6 addresses'},
	{name: 'concurrency', value: 'n', description: 'most probes in flight to one address (default: as many as it answers well)'},
	{name: 'rate', value: 'n', description: 'most probes a second, over all hosts (default: no bound)'},
	{name: 'timeout', value: 'time', description: 'how long to wait for an answer: 500, 500ms, 2s (default: follows the round-trip time)'},
	{name: 'tries', value: 'n', description: 'tries for a silent port (default: follows the loss seen)'},
	{name: 'thorough', description: 'more tries for silent ports; waits for every answer of a host that limits its RSTs'},
	{name: 'keep-going', description: 'ask every port, even of a host that accepts everything or is gone'},
	{name: 'seed', value: 'n', description: 'repeats a random order'},
	{name: 'assume-up', description: 'scan hosts of a block or a list even if none of the first probes is answered'},
	{name: 'engine', value: 'name', values: engineNames, description: 'what makes the scan: socket (portui itself), nmap or masscan where they are installed (default: socket)'},
	{name: 'via', value: 'user@host', description: 'scan from another machine, over ssh: with portui there, else with nmap there'},
	{name: 'yes', description: 'you may scan the public addresses among the targets: do not ask'},
];

const historyFlag: Flag = {name: 'no-history', description: 'keep no record of the scan (PORTUI_NO_HISTORY=1 does the same)'};

const formatFlagOf = (...formats: readonly string[]): Flag => ({name: 'format', value: 'name', values: formats, description: `${joinWords(formats, 'or')} (default: text)`});

const reportFlags: readonly Flag[] = [
	{name: 'json', description: 'short for --format json'},
	{name: 'quiet', description: 'no progress on standard error'},
];

const showFlag: Flag = {name: 'show', value: 'states', values: ['open', 'closed', 'filtered', 'unknown'], description: 'states to list: open,closed,filtered,unknown (default: open,unknown)'};

const checkFlags: readonly Flag[] = [
	{name: 'expect', value: 'list', takesRanges: true, description: 'exit 3 unless exactly these ports are open on each target; none for no port'},
	{name: 'fail-on', value: 'severity', values: ['info', 'low', 'medium', 'high', 'critical'], description: 'exit 3 when the usual service of an open port is this risky or more: info, low, medium, high, critical'},
];

const outputFlag: Flag = {name: 'output', short: 'o', value: 'file', isRepeatable: true, description: 'write a report to a file too, in the format of its ending: .txt .json .ndjson .csv .md .list .xml'};

const commonFlags: readonly Flag[] = [
	{name: 'no-color', description: 'no colours (NO_COLOR does the same)'},
	{name: 'help', short: 'h', description: 'show this help'},
	{name: 'version', description: 'show the version'},
];

const portsNote = 'Ports: 22, 80-90, -1023, 49152-, a name like http, well-known, registered, ephemeral, all, top100; commas between, ! takes away.';

const targetsNote = 'Targets: names (all their addresses), IPv4 and IPv6 addresses, fe80::1%eth0, 10.0.0.0/24, 2001:db8::/120, 10.0.0.1-20, 10.0.0.1-10.0.1.20.';

const updateCommand: Command = {
	id: 'update',
	word: 'update',
	usage: 'portui update [--from file]',
	description: 'Fetch IANA\'s registry and show it from then on: assignees, dates, references, notes.',
	notes: [
		'Fetched by this command alone, through the proxy of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, and kept in your data folder. It is checked whole before it is used: what is damaged or cut short changes nothing.',
		'Exit codes: 0 done, 1 it could not be fetched, read or kept, 2 wrong usage, 130 interrupted.',
	],
	flags: [
		{name: 'from', value: 'file', description: 'read IANA\'s CSV from a file instead (- for standard input)'},
		{name: 'url', value: 'address', description: 'fetch it from a mirror; plain http only where you write it so'},
		{name: 'remove', description: 'forget what was fetched and show the built-in registry again'},
		{name: 'json', description: 'report as JSON'},
		{name: 'quiet', description: 'no progress on standard error'},
		...commonFlags,
	],
	examples: [
		['portui update', 'the registry as it is today'],
		['portui update --from service-names-port-numbers.csv', 'without the network'],
	],
};

const historyCommand: Command = {
	id: 'history',
	word: 'history',
	usage: 'portui history [show|resume|note|remove|pin|unpin <id>|import <file>]',
	description: 'List the scans that were kept, show one again, go on with one that was cut short.',
	operands: ['show', 'resume', 'note', 'import', 'remove', 'pin', 'unpin'],
	notes: [
		'An id may be cut short as long as it is one scan\'s alone; last is the newest scan.',
		'resume asks what has no answer yet, in the same order and with the same settings; ports that were silent are asked again where their host was not done. The joined result is kept as a scan of its own.',
		'import keeps a scan that another program wrote, or portui elsewhere, in any format that portui open reads. It is pinned, and cannot be resumed.',
		'note keeps a line of text with a scan, which the list shows.',
		`Kept are the last ${retention.scans} scans, ${retention.bytes / 1e6} MB at most, unless the config says otherwise (history.scans, history.bytes); pinned ones do not count and stay.`,
		'Exit codes: those of portui scan; 1 also where a scan cannot be read or removed.',
	],
	flags: [
		formatFlagOf('text', 'json', 'ndjson', 'csv', 'markdown', 'list', 'xml'),
		...reportFlags,
		showFlag,
		...checkFlags,
		outputFlag,
		{name: 'yes', short: 'y', description: 'remove without asking'},
		...commonFlags,
	],
	examples: [
		['portui history', 'the scans that were kept'],
		['portui history show last --json', 'the newest one as JSON'],
		['portui history resume 3f2a', 'go on where it was cut short'],
		['portui history import scan.xml', 'keep what nmap found'],
		['portui history note last before the move', 'a word to know it by'],
	],
};

const openCommand: Command = {
	id: 'open',
	word: 'open',
	usage: 'portui open <file…>',
	description: 'Look at a scan that was made elsewhere, on the screen or as a report.',
	notes: [
		'Read are portui\'s JSON, NDJSON, CSV, list and history files, nmap\'s XML, masscan\'s JSON, NDJSON and list, naabu\'s JSON lines, RustScan\'s greppable output, and lines such as 192.0.2.7:22; recognised by what is in them. - is standard input.',
		'Without a terminal, or with any flag of a report, it reports one scan as portui scan does: so it turns one format into another. An id of the history stands for its scan.',
		'What is torn is read as far as it goes. What was left out is told on standard error, with its line; the exit code is 0.',
		'Exit codes: 0 read, 1 it cannot be read or written, 2 wrong usage, 3 --expect or --fail-on does not hold, 130 interrupted.',
	],
	flags: [
		formatFlagOf('text', 'json', 'ndjson', 'csv', 'markdown', 'list', 'xml'),
		...reportFlags,
		showFlag,
		...checkFlags,
		outputFlag,
		...commonFlags,
	],
	examples: [
		['portui open scan.xml', 'look at what nmap found'],
		['portui open monday.json tuesday.json', 'two scans, to go back and forth between'],
		['portui open masscan.json --format csv', 'turn one format into another'],
		['portui open - --json', 'what another program writes into a pipe'],
	],
};

const diffCommand: Command = {
	id: 'diff',
	word: 'diff',
	usage: 'portui diff <before> <after>',
	description: 'Tell what has changed between two scans.',
	notes: [
		'A scan is an id of the history (last is the newest), or a file of any format that portui open reads; - is standard input.',
		'A port that one of the scans did not ask, or could not, is told apart and is no difference. Some documents list open ports alone: --same-ports says that both asked the same, so that what is not listed is not open.',
		'Exit codes: 0 the same, 1 a scan cannot be read, or the two have no host in common, 2 wrong usage, 3 different, 130 interrupted.',
	],
	flags: [
		formatFlagOf('text', 'json', 'markdown'),
		{name: 'json', description: 'short for --format json'},
		{name: 'same-ports', description: 'take both to have asked the same ports of the same hosts'},
		...commonFlags,
	],
	examples: [
		['portui diff 3f2a last', 'an earlier scan and the newest'],
		['portui diff monday.xml tuesday.xml', 'two scans of nmap\'s'],
		['portui diff baseline.json last --format markdown', 'for a pull request'],
	],
};

const checkCommand: Command = {
	id: 'check',
	word: 'check',
	usage: 'portui check <policy.yaml>',
	description: 'Scan what a policy names, and tell whether it holds: what may be open, what must be, how risky.',
	notes: [
		'A policy is YAML: hosts, a list of entries with host, and any of ports (what to scan), allow (what may be open, or none), require (what must be), severity (the gravest risk). The same keys beside hosts hold for every entry that does not say otherwise.',
		'Names, and the risk of an open port, come from its number: a guess, not an observation.',
		'Hosts in scan.exclude of the config are not scanned here either, and scan.rate and scan.concurrency bound the load.',
		'Exit codes: 0 it holds, 1 something could not be found out, 2 wrong usage or a policy that cannot be read, 3 it does not hold, 130 interrupted.',
	],
	flags: [
		formatFlagOf('text', 'json', 'markdown', 'junit'),
		...reportFlags,
		{name: 'output', short: 'o', value: 'file', isRepeatable: true, description: 'write a report to a file too: .xml (JUnit) .json .md .txt'},
		{name: 'yes', short: 'y', description: 'you may scan the public addresses among the targets: do not ask'},
		historyFlag,
		...commonFlags,
	],
	examples: [
		['portui check policy.yaml', 'does it hold?'],
		['portui check policy.yaml -o ports.xml', 'with JUnit XML for continuous integration'],
	],
};

const configNote = 'Defaults of flags can be set in a config file (portui config). A switch that it turns on is turned off by --no-thorough, --no-keep-going, --no-assume-up, one that it turns off is turned on by --history, --color.';

const configCommand: Command = {
	id: 'config',
	word: 'config',
	usage: 'portui config',
	description: 'Tell where the config file is, what is set, and who says so.',
	notes: [
		'The file is TOML: config.toml in portui\'s folder among your configuration, or the file that PORTUI_CONFIG names (/dev/null for none). Flags win over the environment (PORTUI_SCAN_RATE for scan.rate), the environment over the file.',
		'Exit codes: 0 done, 1 there is no place for a file, 2 wrong usage, or the config is wrong: it says where.',
	],
	flags: [
		{name: 'path', description: 'only where the file is, whether there is one or not'},
		formatFlagOf('text', 'json'),
		{name: 'json', description: 'short for --format json'},
		...commonFlags,
	],
	examples: [
		['portui config', 'what is set, and where'],
		['portui config --path', 'where the file is, to open it in an editor'],
	],
};

/** Every command of this version. Help, the parser and the check for unknown flags read this table. */
export const commands: readonly Command[] = [
	{
		id: 'screen',
		word: undefined,
		usage: 'portui [target…] [-p ports]',
		description: 'Browse the port registry and scan in full screen; with a target it starts scanning at once.',
		notes: [targetsNote, portsNote, configNote],
		operands: 'hosts',
		flags: [...scanFlags, historyFlag, ...commonFlags],
		examples: [
			['portui', 'browse all 65,536 ports'],
			['portui localhost', 'scan this machine, live'],
		],
	},
	{
		id: 'scan',
		word: 'scan',
		usage: 'portui scan <target…> [-p ports]',
		description: 'Scan TCP ports and report what is open.',
		operands: 'hosts',
		notes: [
			targetsNote,
			portsNote,
			configNote,
			'Exit codes: 0 done, 1 a name does not resolve, a host cannot be reached or a file cannot be written, 2 wrong usage, 3 --expect or --fail-on does not hold, 130 interrupted (with a report of what was found).',
		],
		flags: [
			{name: 'input', short: 'i', value: 'file', isRepeatable: true, description: 'read targets from a file, one a line, # begins a comment; - is standard input'},
			...scanFlags,
			showFlag,
			...checkFlags,
			historyFlag,
			formatFlagOf('text', 'json', 'ndjson', 'csv', 'markdown', 'list', 'xml'),
			...reportFlags,
			outputFlag,
			...commonFlags,
		],
		examples: [
			['portui scan localhost', 'what is open on this machine'],
			['portui scan 192.0.2.7 -p 1-1024,!25', 'a range of ports, one left out'],
			['portui scan 10.0.0.0/24 --exclude 10.0.0.1', 'a network but for one host'],
			['portui scan localhost -p all --json', 'for a script'],
			['portui scan localhost -p 1-1024 --expect 22,80', 'check what is open'],
		],
	},
	{
		id: 'lookup',
		word: 'lookup',
		usage: 'portui lookup <port|range|name|text…>',
		operands: 'filters',
		description: 'Tell what the registry knows of ports.',
		notes: [
			'Words and filters may come in any order, and all must match; ! leaves out. Where nothing matches, the nearest known words are taken, and it says so.',
			'Filters: risk:high (or graver, from the internet), category:database, range:registered, transport:sctp, status:unassigned, client:linux (default client range); commas for any of several values. cleartext and encrypted are words.',
			'Exit codes: 0 found, 1 nothing matches, 2 wrong usage.',
		],
		flags: [formatFlagOf('text', 'json', 'csv', 'markdown'), ...reportFlags, ...commonFlags],
		examples: [
			['portui lookup 5432', 'all that is known of a port'],
			['portui lookup 53/udp', 'what is known of it on one transport'],
			['portui lookup http', 'every port of that name'],
			['portui lookup message queue', 'find by words'],
			['portui lookup risk:high category:database', 'find by facts'],
			['portui lookup 8000-8100 --format csv', 'a table for a spreadsheet'],
			['portui lookup web dev \'!8000-8100\'', 'leave ports out'],
		],
	},
	{
		id: 'local',
		word: 'local',
		usage: 'portui local [port|range|name…]',
		description: 'Tell what listens on this machine, who it is and who can reach it.',
		notes: [
			'--watch looks about once a second: first what is there as present, then opened and closed; what comes and goes between two looks is not seen. With --format ndjson each is a line of JSON.',
			'--exec runs a program at every opened and closed, never through a shell. Its arguments come after --, and may hold {event} {transport} {address} {port} {scope} {pid} {process} {user} {command}. Up to four run at once; what they write goes to standard error.',
			'A socket bound to :: may take IPv4 too, which /proc does not tell. Sockets in the network namespaces of containers are not listed.',
			'Exit codes: 0 done, 1 nothing listens on the ports asked for or the sockets cannot be read, 2 wrong usage, 130 interrupted.',
		],
		flags: [
			{name: 'ports', short: 'p', value: 'list', takesRanges: true, description: 'only these ports; the words do the same'},
			{name: 'connections', description: 'connections instead of what listens'},
			{name: 'all', description: 'what listens and connections'},
			{name: 'reach', description: 'try at which addresses of this machine each listener answers: shows what a firewall does'},
			{name: 'watch', description: 'keep looking, and tell what opens and closes'},
			{name: 'exec', value: 'program', description: 'with --watch: run it at every event'},
			{name: 'format', value: 'name', description: 'text, json, ndjson, csv, markdown or list (default: text)'},
			{name: 'json', description: 'short for --format json'},
			{name: 'quiet', description: 'no hints on standard error'},
			...commonFlags,
		],
		examples: [
			['portui local', 'what listens here'],
			['portui local 3000', 'what is on port 3000'],
			['portui local --all --json', 'for a script'],
			['portui local --watch --exec notify-send -- {event} {process}:{port}', 'be told'],
		],
	},
	{
		id: 'free',
		word: 'free',
		usage: 'portui free <port…>',
		description: 'Stop what listens on a port, so that it becomes free.',
		notes: [
			'It says what it would stop and asks, sends SIGTERM, waits until the port is free, and offers SIGKILL to what still runs. All processes that hold the port are stopped; PID 1 and portui itself never are.',
			'Exit codes: 0 free (or with --dry-run: could be stopped), 1 still taken, 2 wrong usage, 130 interrupted.',
		],
		flags: [
			{name: 'yes', short: 'y', description: 'do not ask'},
			{name: 'force', short: 'f', description: 'send SIGKILL to what does not end; also stop what portui itself runs in'},
			{name: 'dry-run', short: 'n', description: 'say what would be stopped, and stop nothing'},
			{name: 'wait', value: 'time', description: 'how long a process may take to end by itself (default: 3s)'},
			{name: 'quiet', description: 'no steps on standard error'},
			...commonFlags,
		],
		examples: [
			['portui free 3000', 'free port 3000'],
			['portui free 3000 8080 --yes --force', 'for a script'],
		],
	},
	historyCommand,
	openCommand,
	diffCommand,
	checkCommand,
	updateCommand,
	configCommand,
	{
		id: 'completion',
		word: 'completion',
		usage: 'portui completion <bash|zsh|fish>',
		description: 'Write a script that has a shell complete commands and flags.',
		notes: [
			'bash: a line in ~/.bashrc, source <(portui completion bash)',
			'zsh: a line in ~/.zshrc after compinit, source <(portui completion zsh)',
			'fish: portui completion fish > ~/.config/fish/completions/portui.fish',
		],
		flags: commonFlags,
		operands: ['bash', 'zsh', 'fish'],
		examples: [
			['portui completion bash', 'the script for bash'],
		],
	},
];

export const commandNamed = (id: CommandId): Command => commands.find(command => command.id === id)!;

/** How a command is called in a sentence. */
export const titleOf = ({word}: Command): string => (word === undefined ? 'portui' : `portui ${word}`);

const formatFlag = ({name, short, value}: Flag): string => `${short === undefined ? '   ' : `-${short},`} --${name}${value === undefined ? '' : ` <${value}>`}`;

const formatColumns = (rows: ReadonlyArray<readonly [string, string]>): readonly string[] => {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
};

/** The help of a command. The screen's is also the help of the whole program, so it lists the commands. */
export const formatHelp = (command: Command): string => {
	const others = commands.filter(({id}) => id !== command.id);
	const isWhole = command.id === 'screen';
	return [
		command.description,
		'',
		'Usage',
		...(isWhole ? formatColumns(commands.map(({usage, description}) => [usage, description] as const)) : [`  ${command.usage}`]),
		'',
		'Flags',
		...formatColumns(command.flags.map(flag => [formatFlag(flag), flag.description] as const)),
		...command.notes.flatMap(note => ['', note]),
		'',
		'Examples',
		...formatColumns(command.examples),
		...(isWhole ? ['', `Each command has help of its own: ${others.map(other => `${titleOf(other)} --help`).join(', ')}.`] : []),
		'',
	].join('\n');
};
