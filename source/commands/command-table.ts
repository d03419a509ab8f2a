/** A flag as it is typed, and as help and errors tell of it. */
export type Flag = {
	/** Without the dashes. A name that begins with `no-` turns off what is on. */
	readonly name: string;
	readonly short?: string;
	/** What its value is called in help; a flag without one is a switch. */
	readonly value?: string;
	/** Whether values like `-1023` are likely, so that they are not taken for flags. */
	readonly takesRanges?: true;
	readonly description: string;
};

export type CommandId = 'screen' | 'scan' | 'lookup';

export type Command = {
	readonly id: CommandId;
	/** The word that is typed for it; the screen needs none. */
	readonly word: string | undefined;
	readonly usage: string;
	readonly description: string;
	/** Said in help after the flags; empty where nothing is to be said. */
	readonly notes: readonly string[];
	readonly flags: readonly Flag[];
	readonly examples: ReadonlyArray<readonly [typed: string, does: string]>;
};

const ports: Flag = {name: 'ports', short: 'p', value: 'list', takesRanges: true, description: 'ports to probe (default: top1000)'};
const excludePorts: Flag = {name: 'exclude-ports', value: 'list', takesRanges: true, description: 'ports to leave out'};

const scanFlags: readonly Flag[] = [
	ports,
	excludePorts,
	{name: 'ipv4', short: '4', description: 'only IPv4 addresses'},
	{name: 'ipv6', short: '6', description: 'only IPv6 addresses'},
	{name: 'concurrency', value: 'n', description: 'most probes in flight to one address (default: as many as it answers well)'},
	{name: 'timeout', value: 'time', description: 'how long to wait for an answer: 500, 500ms, 2s (default: follows the round-trip time)'},
	{name: 'tries', value: 'n', description: 'tries for a silent port (default: follows the loss seen)'},
	{name: 'thorough', description: 'more tries for silent ports; waits for every answer of a host that limits its RSTs'},
	{name: 'keep-going', description: 'ask every port, even of a host that accepts everything or is gone'},
	{name: 'seed', value: 'n', description: 'repeats a random order'},
];

const historyFlag: Flag = {name: 'no-history', description: 'keep no record of the scan; this version never keeps one'};

const reportFlags: readonly Flag[] = [
	{name: 'format', value: 'name', description: 'text or json (default: text)'},
	{name: 'json', description: 'short for --format json'},
	{name: 'quiet', description: 'no progress on standard error'},
];

const commonFlags: readonly Flag[] = [
	{name: 'no-color', description: 'no colours (NO_COLOR does the same)'},
	{name: 'help', short: 'h', description: 'show this help'},
	{name: 'version', description: 'show the version'},
];

const portsNote = 'Ports: 22, 80-90, -1023, 49152-, a name like http, well-known, registered, ephemeral, all, top100; commas between, ! takes away.';

/** Every command of this version. Help, the parser and the check for unknown flags read this table. */
export const commands: readonly Command[] = [
	{
		id: 'screen',
		word: undefined,
		usage: 'portui [target…] [-p ports]',
		description: 'Browse the port registry and scan in full screen; with a target it starts scanning at once.',
		notes: [portsNote],
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
		notes: [
			portsNote,
			'Exit codes: 0 done, 1 a name does not resolve or a host cannot be reached, 2 wrong usage, 130 interrupted (with a report of what was found).',
		],
		flags: [
			...scanFlags,
			{name: 'show', value: 'states', description: 'states to list: open,closed,filtered,unknown (default: open,unknown)'},
			historyFlag,
			...reportFlags,
			...commonFlags,
		],
		examples: [
			['portui scan localhost', 'what is open on this machine'],
			['portui scan 192.0.2.7 -p 1-1024,!25', 'a range of ports, one left out'],
			['portui scan localhost -p all --json', 'for a script'],
		],
	},
	{
		id: 'lookup',
		word: 'lookup',
		usage: 'portui lookup <port|range|name|text…>',
		description: 'Tell what the registry knows of ports.',
		notes: [
			'Words and filters may come in any order, and all must match; ! leaves out. Where nothing matches, the nearest known words are taken, and it says so.',
			'Filters: risk:high (or graver, from the internet), category:database, range:registered, transport:sctp, status:unassigned; commas for any of several values. cleartext and encrypted are words.',
			'Exit codes: 0 found, 1 nothing matches, 2 wrong usage.',
		],
		flags: [...reportFlags, ...commonFlags],
		examples: [
			['portui lookup 5432', 'all that is known of a port'],
			['portui lookup http', 'every port of that name'],
			['portui lookup message queue', 'find by words'],
			['portui lookup risk:high category:database', 'find by facts'],
			['portui lookup web dev \'!8000-8100\'', 'leave ports out'],
		],
	},
];

export const commandNamed = (id: CommandId): Command => commands.find(command => command.id === id)!;

/** Words that will be commands, and so are never taken for a target. */
export const reservedWords: ReadonlySet<string> = new Set(['local', 'free', 'history', 'diff', 'open', 'update', 'completion']);

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
