import process from 'node:process';
import {checkOpenPorts, openListeners, watchListening} from '../test/helpers/listeners.ts';
import {measureDelay, type DelayedRun} from './loop-delay/measure-delay.ts';
import type {LoopDelay} from './loop-delay/report-delay.ts';
import {
	findProblem, findTimeProblem, formatReport, formatSpread, formatTable, interleave, isInstalled, measure, median, ratios, type Benchmark, type Command,
	type Measurement,
} from './measure.ts';

const host = '127.0.0.1';

const listenerCount = 40;

/** A third where a scanner can meet itself. */
const insideLocalRange = Math.round(listenerCount / 3);

type Contender = {
	readonly name: string;
	readonly command: Command;
	/** The open ports in what the command has printed. */
	readonly parse: (stdout: string) => number[];
};

type Round = Measurement & {readonly missed: readonly number[]; readonly invented: readonly number[]};

type ScanDocument = {readonly hosts: ReadonlyArray<{readonly ports: ReadonlyArray<{readonly port: number; readonly state: string}>}>};

const parsePortui = (stdout: string): number[] => {
	const {hosts} = JSON.parse(stdout) as ScanDocument;
	return hosts.flatMap(({ports}) => ports).filter(({state}) => state === 'open').map(({port}) => port);
};

const parseNmap = (stdout: string): number[] => [...stdout.matchAll(/<port protocol="tcp" portid="(\d+)"><state state="open"/g)].map(match => Number(match[1]));

/** nmap's `-p-` leaves port 0 out; so the range is spelt out. */
const nmapArguments = ['-sT', '-p0-65535', '-n', '-Pn', '-oX', '-', host];

const runRound = async ({command, parse}: Contender): Promise<Round> => {
	const endWatch = await watchListening(host);
	const measured = await measure(command);
	const watched = await endWatch();
	if (measured.code !== 0) {
		throw new Error(`${command.command} ${command.args.join(' ')} ended with code ${measured.code}${measured.isTimedOut ? ', out of time' : ''}: ${measured.stderr}`);
	}

	return {...measured, ...checkOpenPorts(parse(measured.stdout), watched)};
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const delayedRuns: readonly DelayedRun[] = [
	{name: '`portui 127.0.0.1 -p all`, full screen', isScreen: true, args: [host, '-p', 'all']},
	{name: '`portui scan 127.0.0.1 -p all --json`', isScreen: false, args: ['scan', host, '-p', 'all', '--json']},
];

/** The budget for the 99th percentile, in milliseconds: a key is then answered within a frame. */
const delayBudgetMs = 20;

const formatDelays = (results: ReadonlyArray<readonly LoopDelay[]>): string => formatTable(
	['delay of the main thread during a full scan', 'median ms', '99th percentile ms', 'longest ms', `under ${delayBudgetMs} ms`],
	delayedRuns.map(({name}, index) => {
		const measured = results[index]!;
		const spread = (pick: (delay: LoopDelay) => number): string => formatSpread(measured.map(delay => pick(delay)), 1);
		const isKept = measured.every(({p99Ms}) => p99Ms < delayBudgetMs);
		return [name, spread(({medianMs}) => medianMs), spread(({p99Ms}) => p99Ms), spread(({longestMs}) => longestMs), isKept ? 'yes' : 'no'];
	}),
);

/** A full connect scan of loopback beside nmap's: time, CPU, memory, and whether the answers are right. */
export const run: Benchmark = async ({rounds = 7, cli, progress}) => {
	const problem = await findProblem(cli)
		?? await findTimeProblem()
		?? (await isInstalled('nmap') ? undefined : 'This compares with nmap, which is not installed: install it (apt-get install nmap).')
		?? (process.platform === 'linux' ? undefined : 'This asks the kernel what listens, which works on Linux only.');
	if (problem !== undefined) {
		return {problem};
	}

	const contenders: readonly Contender[] = [
		{name: '`nmap -sT`', command: {command: 'nmap', args: nmapArguments}, parse: parseNmap},
		{name: '`nmap -sT -T4`', command: {command: 'nmap', args: ['-T4', ...nmapArguments]}, parse: parseNmap},
		{
			name: '`portui scan`',
			command: {command: process.execPath, args: [cli, 'scan', host, '-p', 'all', '--json', '--no-history']},
			parse: parsePortui,
		},
	];

	const listeners = await openListeners({hosts: [host], insideLocalRange, outsideLocalRange: listenerCount - insideLocalRange});
	try {
		const results = await interleave(rounds, contenders.map(contender => async (round: number) => {
			const result = await runRound(contender);
			const wrong = [...result.missed.map(port => ` missed ${port}`), ...result.invented.map(port => ` invented ${port}`)].join('');
			progress(`round ${round + 1}/${rounds}  ${contender.name}  ${(result.wallMs / 1000).toFixed(2)} s${wrong}`);
			return result;
		}));
		const baseline = results[0]!.map(({wallMs}) => wallMs);
		const table = formatTable(
			['who', 's', 'times `nmap -sT`', 'CPU s', 'peak MB', 'missed', 'invented'],
			contenders.map(({name}, index) => {
				const measured = results[index]!;
				const wallMs = measured.map(result => result.wallMs);
				return [
					name,
					formatSpread(wallMs.map(value => value / 1000), 2),
					formatSpread(ratios(wallMs, baseline), 2),
					formatSpread(measured.map(({cpuMs}) => cpuMs / 1000), 2),
					formatSpread(measured.map(({maxRssMb}) => maxRssMb)),
					String(sum(measured.map(({missed}) => missed.length))),
					String(sum(measured.map(({invented}) => invented.length))),
				];
			}),
		);
		const delays = await interleave(rounds, delayedRuns.map(delayed => async (round: number) => {
			const delay = await measureDelay(cli, delayed);
			progress(`round ${round + 1}/${rounds}  ${delayed.name}  delay ${delay.p99Ms.toFixed(1)} ms at the 99th percentile`);
			return delay;
		}));
		const own = results.at(-1)!;
		const ratio = median(ratios(own.map(({wallMs}) => wallMs), results[1]!.map(({wallMs}) => wallMs)));
		const missedGoals = [
			...(ratio <= 1 ? [] : [`${ratio.toFixed(2)} times as long as nmap -sT -T4 at the median`]),
			...own.flatMap(({missed, invented}, round) => (missed.length + invented.length === 0 ? [] : [`round ${round + 1} missed ${missed.length} and invented ${invented.length}`])),
			...delayedRuns.flatMap(({name}, index) => {
				const worstMs = Math.max(...delays[index]!.map(({p99Ms}) => p99Ms));
				return worstMs < delayBudgetMs ? [] : [`${name}: ${worstMs.toFixed(1)} ms of delay at the 99th percentile`];
			}),
		];
		return {missedGoals, markdown: formatReport('A full connect scan of loopback', {
			rounds,
			table,
			notes: [
				`All 65,536 ports of ${host} with ${listenerCount} listeners opened for it, ${insideLocalRange} of them in the local port range, and whatever else listens. Missed and invented are sums over all rounds, against what the kernel says listens during each.`,
				formatDelays(delays),
				'How late a timer of the main thread is, looked at every millisecond from the first news of the scan to the last, in the program as it is built, each in a run of its own.',
			],
		})};
	} finally {
		await listeners.close();
	}
};
