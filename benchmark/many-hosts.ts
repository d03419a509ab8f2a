import {monitorEventLoopDelay} from 'node:perf_hooks';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {scanInWorker} from '../source/io/scan-in-worker.ts';
import {interval} from '../source/port/port-range.ts';
import {portSetOf} from '../source/port/port-set.ts';
import {parseBlock, type AddressBlock} from '../source/scan/address-block.ts';
import {createNeighbours} from '../test/helpers/neighbours.ts';
import {
	findProblem, findTimeProblem, formatReport, formatSpread, formatTable, interleave, isInstalled, measure, ratios, type Benchmark, type Command,
	type Measurement,
} from './measure.ts';

/** The hosts that are up in a network of 256 addresses, beside the one that scans. */
const up = ['10.77.0.5', '10.77.0.60', '10.77.0.100', '10.77.0.170', '10.77.0.240'];

const network = '10.77.0.0/24';
const listeningPort = 8080;

/** A thousand ports, the one that is listened on among them. */
const ports = '7500-8499';

type Contender = {readonly name: string; readonly command: Command; readonly findOpen: (stdout: string) => readonly string[]};

const endpointsOf = (stdout: string): readonly string[] => stdout.split('\n').filter(line => line !== '');

const hostsOfNmap = (stdout: string): readonly string[] =>
	[...stdout.matchAll(/addr="([\d.]+)" addrtype="ipv4"(?:(?!<\/host>)[^])*?portid="8080"><state state="open"/g)].map(match => `${match[1]}:${listeningPort}`);

/** One run of the network for each contender. */
const compareInNetwork = async (rounds: number, cli: string, progress: (line: string) => void): Promise<string> => {
	const neighbours = await createNeighbours(up);
	if (typeof neighbours === 'string') {
		throw new TypeError(neighbours);
	}

	const inside = (...args: readonly string[]): Command => ({command: neighbours.command[0], args: [...neighbours.command.slice(1), ...args]});
	const nmapArguments = ['-sT', '-n', '-p', ports, '-oX', '-', network];
	const contenders: readonly Contender[] = [
		{name: '`nmap -sT` as root (asks by ARP who is there)', command: inside('nmap', ...nmapArguments), findOpen: hostsOfNmap},
		{name: '`nmap -sT --unprivileged`', command: inside('nmap', '--unprivileged', ...nmapArguments), findOpen: hostsOfNmap},
		{name: '`portui scan`', command: inside(process.execPath, cli, 'scan', network, '-p', ports, '--format', 'list', '--no-history'), findOpen: endpointsOf},
	];
	try {
		await neighbours.listen(listeningPort);
		const results = await interleave(rounds, contenders.map(({name, command, findOpen}) => async (round: number) => {
			const measured = await measure(command);
			const open = findOpen(measured.stdout);
			const missed = up.filter(address => !open.includes(`${address}:${listeningPort}`)).length;
			progress(`round ${round + 1}/${rounds}  ${name}  ${(measured.wallMs / 1000).toFixed(2)} s  missed ${missed}`);
			return {...measured, missed};
		}));
		const baseline = results[1]!.map(({wallMs}) => wallMs);
		return formatTable(
			['who', 's', 'times unprivileged nmap', 'peak MB', 'hosts missed'],
			contenders.map(({name}, index) => {
				const measured = results[index]!;
				return [
					name,
					formatSpread(measured.map(({wallMs}) => wallMs / 1000), 2),
					formatSpread(ratios(measured.map(({wallMs}) => wallMs), baseline), 2),
					formatSpread(measured.map(({maxRssMb}) => maxRssMb)),
					String(measured.reduce((sum, {missed}) => sum + missed, 0)),
				];
			}),
		);
	} finally {
		await neighbours.remove();
	}
};

/** Loopback is a /8 that answers everywhere, so many hosts cost nothing but themselves. */
const crowds: ReadonlyArray<readonly [name: string, target: string]> = [
	['1 host, 1 port', '127.79.0.1'],
	['2,000 hosts, 1 port', '127.79.0.0-127.79.7.207'],
	['65,536 hosts, 1 port', '127.79.0.0/16'],
];

const compareCrowds = async (rounds: number, cli: string, progress: (line: string) => void): Promise<string> => {
	const results = await interleave(rounds, crowds.map(([name, target]) => async (round: number): Promise<Measurement> => {
		const measured = await measure({command: process.execPath, args: [cli, 'scan', target, '-p', '1', '--json', '--no-history', '--quiet']});
		progress(`round ${round + 1}/${rounds}  ${name}  ${(measured.wallMs / 1000).toFixed(2)} s  ${measured.maxRssMb.toFixed(0)} MB`);
		return measured;
	}));
	return formatTable(
		['what', 's', 'peak MB'],
		crowds.map(([name], index) => [name, formatSpread(results[index]!.map(({wallMs}) => wallMs / 1000), 2), formatSpread(results[index]!.map(({maxRssMb}) => maxRssMb))]),
	);
};

type Reaction = {readonly delayMs: number; readonly pauseMs: number; readonly stopMs: number};

const loopback = (): AddressBlock => {
	const block = parseBlock('127.80.0.0/16');
	if (block?.ok !== true) {
		throw new Error('127.80.0.0/16 is a block');
	}

	return block.value;
};

/** How late the thread that draws is while a scan runs at full speed, and how soon the scan obeys. */
const measureReaction = async (cli: string): Promise<Reaction> => {
	const startScan = scanInWorker(pathToFileURL(path.join(path.dirname(cli), 'scan-worker.js')));
	const delay = monitorEventLoopDelay({resolution: 1});
	const scan = startScan({id: 'reaction', hosts: [], blocks: [loopback()], skipsSilentHosts: true, ports: portSetOf([interval(1, 100)]), firstPorts: [], seed: 7});
	let pausedAtMs = 0;
	let pauseMs = Number.NaN;
	let stoppedAtMs = 0;
	let probedCount = 0;
	delay.enable();
	for await (const batch of scan.events) {
		for (const event of batch) {
			probedCount += event.kind === 'probed' ? 1 : 0;
			if (event.kind === 'paused') {
				pauseMs = performance.now() - pausedAtMs;
				scan.resume();
			} else if (event.kind === 'resumed') {
				delay.disable();
				stoppedAtMs = performance.now();
				scan.stop();
			}
		}

		if (probedCount > 40_000 && pausedAtMs === 0) {
			pausedAtMs = performance.now();
			scan.pause();
		}
	}

	// The resolution itself is in each sample.
	return {delayMs: delay.percentile(99) / 1e6 - 1, pauseMs, stopMs: performance.now() - stoppedAtMs};
};

/** Many hosts at once: a network with few hosts up beside nmap, memory by number of hosts, and how soon a scan obeys. */
export const run: Benchmark = async ({rounds = 5, cli, progress}) => {
	const problem = await findProblem(cli)
		?? await findTimeProblem()
		?? (await isInstalled('nmap') ? undefined : 'This compares with nmap, which is not installed: install it (apt-get install nmap).')
		?? (process.platform === 'linux' ? undefined : 'This makes network namespaces, which are there on Linux only.');
	if (problem !== undefined) {
		return {problem};
	}

	const inNetwork = await compareInNetwork(rounds, cli, progress);
	const byNumber = await compareCrowds(rounds, cli, progress);
	const reactions: Reaction[] = [];
	for (let round = 0; round < rounds; round++) {
		const reaction = await measureReaction(cli);
		reactions.push(reaction);
		progress(`round ${round + 1}/${rounds}  delay ${reaction.delayMs.toFixed(1)} ms  pause ${reaction.pauseMs.toFixed(0)} ms  stop ${reaction.stopMs.toFixed(0)} ms`);
	}

	const spread = (pick: (reaction: Reaction) => number): string => formatSpread(reactions.map(reaction => pick(reaction)), 1);
	const reacting = formatTable(['while 65,536 hosts are scanned', 'ms'], [
		['delay of the thread that draws, 99th percentile', spread(({delayMs}) => delayMs)],
		['from pause to paused', spread(({pauseMs}) => pauseMs)],
		['from stop to finished, the last socket closed', spread(({stopMs}) => stopMs)],
	]);
	return {markdown: formatReport('Many hosts', {
		rounds,
		table: inNetwork,
		notes: [
			`A network ${network} of two namespaces with ${up.length} hosts up beside the one that scans, all other addresses dead; 1,000 ports, one of them open on each of the ${up.length}.`,
			byNumber,
			'Addresses of loopback, all of which refuse: the largest resident set and the time by number of hosts.',
			reacting,
		],
	})};
};
