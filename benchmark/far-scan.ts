import process from 'node:process';
import type {Firewall} from '../test/helpers/test-bed/firewall.ts';
import {createTestBed, findBedProblem, type BedLink, type TestBed} from '../test/helpers/test-bed/test-bed.ts';
import {
	findProblem, findTimeProblem, formatReport, formatSpread, formatTable, isInstalled, measure, ratios, type Benchmark, type Command,
	type Measurement,
} from './measure.ts';

const portCount = 65_536;

/** What listens on the far host: ports everybody asks first, and others anywhere. */
const openPorts = [22, 80, 443, 1234, 5432, 8080, 11_111, 23_456, 34_567, 44_444, 55_555, 65_000];

/** Longer than this nobody waits; whoever is not done by then is ended, and the table says so. */
const longestMs = 150_000;

type Bed = {
	readonly name: string;
	readonly link: BedLink;
	readonly firewall: Firewall;
	/** nmap is given the first so many ports, where all would take many minutes; undefined gives it all. */
	readonly nmapPortCount?: number;
	/** How many times as long nmap is to take for all ports, at least. */
	readonly goal?: number;
	/** Whether masscan is compared with, where it is installed: it tells open ports alone, asks each once, and knows no pace of its own, so there is little to compare. */
	readonly hasMasscan?: boolean;
	/** Whether closed ports may be told as filtered: behind a firewall they are, and where RSTs are limited. */
	readonly mayFilter?: boolean;
};

/** Of 10,000 closed ports, one may be told as filtered. */
const mostFiltered = Math.floor(portCount / 10_000);

/** Loss is told there and back; the link loses half of that each way. */
const lossy = (rttMs: number, loss: number): BedLink => ({kind: 'tun', rttMs, loss: 1 - Math.sqrt(1 - loss)});

const beds: readonly Bed[] = [
	{name: '0.1 ms, all closed but 12', link: {kind: 'veth'}, firewall: {kind: 'none'}},
	{name: '20 ms, all closed but 12', link: lossy(20, 0), firewall: {kind: 'none'}, goal: 2.5, hasMasscan: true},
	{name: '50 ms, all closed but 12', link: lossy(50, 0), firewall: {kind: 'none'}, goal: 2.5},
	{name: '20 ms, 2 % loss', link: lossy(20, 0.02), firewall: {kind: 'none'}, goal: 20},
	{name: '20 ms, all dropped but 12', link: lossy(20, 0), firewall: {kind: 'drop'}, nmapPortCount: 10_000, goal: 20, mayFilter: true, hasMasscan: true},
	{name: '20 ms, 2 % loss, all dropped but 12', link: lossy(20, 0.02), firewall: {kind: 'drop'}, nmapPortCount: 10_000, goal: 20, mayFilter: true},
	{name: '20 ms, 1,000 RSTs a second', link: lossy(20, 0), firewall: {kind: 'rst-limit', rate: 1000}, goal: 10, mayFilter: true},
	{name: '20 ms, 5,000 SYNs a second', link: lossy(20, 0), firewall: {kind: 'syn-limit', rate: 5000}, goal: 1},
];

type Answer = {readonly open: readonly number[]; readonly filteredCount: number};

type Contender = {
	readonly name: string;
	readonly portCount: number;
	readonly command: Command;
	readonly parse: (stdout: string) => Answer;
};

type Result = Measurement & Answer & {readonly missedCount: number; readonly inventedCount: number};

type ScanDocument = {readonly hosts: ReadonlyArray<{readonly counts: {readonly filtered: number}; readonly ports: ReadonlyArray<{readonly port: number}>}>};

const parsePortui = (stdout: string): Answer => {
	const [host] = (JSON.parse(stdout) as ScanDocument).hosts;
	return {open: host!.ports.map(({port}) => port), filteredCount: host!.counts.filtered};
};

const parseNmap = (stdout: string): Answer => ({
	open: [...stdout.matchAll(/portid="(\d+)"><state state="open"/g)].map(match => Number(match[1])),
	filteredCount: [...stdout.matchAll(/<extraports state="filtered" count="(\d+)"/g)].reduce((sum, match) => sum + Number(match[1]), 0)
		+ [...stdout.matchAll(/<state state="filtered"/g)].length,
});

/** Runs a program on the scanning host of a bed. */
const within = ({command: [program, ...args]}: TestBed, inner: readonly string[]): Command => ({command: program, args: [...args, ...inner]});

/** Packets a second that masscan is to send: as many as portui comes to on these beds. */
const masscanRate = 20_000;

/** What masscan prints as a list: `open tcp 22 198.18.0.2 1795595092`. */
const parseMasscan = (stdout: string): Answer => ({open: [...stdout.matchAll(/^open tcp (\d+) /gm)].map(match => Number(match[1])), filteredCount: Number.NaN});

const contendersFor = (bed: TestBed, cli: string, nmapPortCount: number, hasMasscan: boolean): readonly Contender[] => [
	{
		name: '`nmap -sT -T4`',
		portCount: nmapPortCount,
		command: within(bed, ['nmap', '-sT', '-T4', `-p0-${nmapPortCount - 1}`, '-n', '-Pn', '-oX', '-', bed.address]),
		parse: parseNmap,
	},
	...(hasMasscan ? [{
		name: `\`masscan --rate ${masscanRate}\``,
		portCount,
		// It sends from the one device of the bed's namespace, and nowhere else.
		command: within(bed, ['masscan', bed.address, '-p0-65535', '--rate', String(masscanRate), '--wait', '1', '--adapter', bed.device, '--adapter-ip', bed.ownAddress, '-oL', '-']),
		parse: parseMasscan,
	}] : []),
	{
		name: '`portui scan`',
		portCount,
		command: within(bed, [process.execPath, cli, 'scan', bed.address, '-p', 'all', '--json', '--show', 'open', '--no-history']),
		parse: parsePortui,
	},
];

const runOnce = async ({command, parse, portCount: asked}: Contender): Promise<Result> => {
	const measured = await measure(command, longestMs);
	if (measured.code !== 0 && !measured.isTimedOut) {
		throw new Error(`${command.args.join(' ')} ended with code ${measured.code}: ${measured.stderr}`);
	}

	const answer = measured.isTimedOut ? {open: [], filteredCount: Number.NaN} : parse(measured.stdout);
	const truth = openPorts.filter(port => port < asked);
	return {
		...measured,
		...answer,
		missedCount: measured.isTimedOut ? Number.NaN : truth.filter(port => !answer.open.includes(port)).length,
		inventedCount: answer.open.filter(port => !openPorts.includes(port)).length,
	};
};

/** What the scans of one bed came to: by contender, portui last, the results of each round. */
type Row = {readonly bed: Bed; readonly contenders: readonly Contender[]; readonly results: readonly Result[][]};

const sum = (values: readonly number[]): string => {
	const total = values.reduce((left, right) => left + right, 0);
	return Number.isNaN(total) ? '–' : String(total);
};

/** How many times as long as portui a contender took, by round: for all ports, whoever was given fewer. */
const ratiosOf = ({contenders, results}: Row, index: number): readonly number[] => {
	const allMs = contenders.map(({portCount: asked}, each) => results[each]!.map(({wallMs}) => wallMs * portCount / asked));
	return ratios(allMs[index]!, allMs.at(-1)!);
};

const formatRow = (row: Row): ReadonlyArray<readonly string[]> => row.contenders.map(({name: who, portCount: asked}, index) => {
	const measured = row.results[index]!;
	const over = measured.some(({isTimedOut}) => isTimedOut) ? 'over ' : '';
	return [
		row.bed.name,
		asked === portCount ? who : `${who}, ${asked.toLocaleString('en')} ports`,
		over + formatSpread(measured.map(({wallMs}) => wallMs / 1000), 1),
		over + formatSpread(ratiosOf(row, index), 1),
		formatSpread(measured.map(({cpuMs}) => cpuMs / 1000), 1),
		formatSpread(measured.map(({maxRssMb}) => maxRssMb)),
		sum(measured.map(({missedCount}) => missedCount)),
		sum(measured.map(({inventedCount}) => inventedCount)),
		sum(measured.map(({filteredCount}) => filteredCount)),
	];
});

/** What one run of portui told that is not so, a few words each. */
const faultsOf = ({mayFilter = false}: Bed, {missedCount, inventedCount, filteredCount, isTimedOut}: Result): readonly string[] => [
	...(isTimedOut ? ['out of time'] : []),
	...(missedCount === 0 ? [] : [`missed ${missedCount}`]),
	...(inventedCount === 0 ? [] : [`invented ${inventedCount}`]),
	...(mayFilter || filteredCount <= mostFiltered ? [] : [`${filteredCount} closed told as filtered`]),
];

type Run = {readonly ratio: number; readonly faults: readonly string[]; readonly isSlow: boolean};

/** The runs of portui on one bed: nmap's time as a multiple of its own, and what went wrong. */
const runsOf = (row: Row): readonly Run[] => {
	const byRound = ratiosOf(row, 0);
	return row.results.at(-1)!.map((result, round) => {
		const ratio = byRound[round]!;
		return {ratio, faults: faultsOf(row.bed, result), isSlow: row.bed.goal !== undefined && !(ratio >= row.bed.goal)};
	});
};

const formatGoals = (rows: readonly Row[], rounds: number): string => formatTable(
	['host', 'goal', ...Array.from({length: rounds}, (_, round) => `run ${round + 1}`), 'held'],
	rows.map(row => {
		const runs = runsOf(row);
		const isHeld = runs.every(({faults, isSlow}) => faults.length === 0 && !isSlow);
		return [row.bed.name, row.bed.goal === undefined ? '–' : `${row.bed.goal} times`, ...runs.map(({ratio, faults}) => [ratio.toFixed(1), ...faults].join(', ')), isHeld ? 'yes' : 'no'];
	}),
);

const missedGoalsOf = (rows: readonly Row[]): readonly string[] => rows.flatMap(row => runsOf(row).flatMap(({ratio, faults, isSlow}, round) =>
	[...(isSlow ? [`${ratio.toFixed(1)} times, not ${row.bed.goal}`] : []), ...faults].map(words => `${row.bed.name}, run ${round + 1}: ${words}`)));

/** Full connect scans of a host in another network namespace, over links with delay and loss and behind firewalls, beside nmap's. */
export const run: Benchmark = async ({rounds = 1, cli, progress}) => {
	const bedProblem = await findBedProblem();
	const problem = await findProblem(cli)
		?? await findTimeProblem()
		?? (await isInstalled('nmap') ? undefined : 'This compares with nmap, which is not installed: install it (apt-get install nmap).')
		?? (bedProblem === undefined ? undefined : `This makes two network namespaces, and ${bedProblem}.`);
	if (problem !== undefined) {
		return {problem};
	}

	const isMasscanInstalled = await isInstalled('masscan');
	const rows: Array<Row & {readonly results: Result[][]}> = [];
	// One run after the other, each over all beds: what holds in one round holds for a run as a user would start it.
	for (let round = 0; round < rounds; round++) {
		for (const [place, bed] of beds.entries()) {
			const testBed = await createTestBed({link: bed.link, openPorts, firewall: bed.firewall});
			try {
				const contenders = contendersFor(testBed, cli, bed.nmapPortCount ?? portCount, isMasscanInstalled && bed.hasMasscan === true);
				rows[place] ??= {bed, contenders, results: contenders.map(() => [])};
				// Each run begins with another one.
				for (let turn = 0; turn < contenders.length; turn++) {
					const index = (round + turn) % contenders.length;
					const contender = contenders[index]!;
					const result = await runOnce(contender);
					rows[place].results[index]!.push(result);
					progress(`run ${round + 1}/${rounds}  ${bed.name}  ${contender.name}  ${(result.wallMs / 1000).toFixed(1)} s${result.isTimedOut ? ', ended' : ''}  missed ${result.missedCount}  invented ${result.inventedCount}  filtered ${sum([result.filteredCount])}`);
				}
			} finally {
				await testBed.close();
			}
		}
	}

	return {
		markdown: formatReport('Full connect scans of a far host', {
			rounds,
			table: formatTable(['host', 'who', 's', 'times `portui`, for all ports', 'CPU s', 'peak MB', 'missed', 'invented', 'filtered'], rows.flatMap(row => formatRow(row))),
			notes: [
				`All 65,536 ports of a host in another network namespace, ${openPorts.length} of them open. Delay and loss are there and back, made by a userspace link between two TUN devices; the first host is joined by veth. Where nmap was given the first ports alone, its time is multiplied for the ratio. Who takes over ${longestMs / 1000} s is ended. Missed, invented and filtered are sums over all runs.`,
				...(isMasscanInstalled ? ['masscan needs root, sends each SYN once at the rate it is given, and tells open ports alone: its time is that rate, and what it missed is the price.'] : []),
				formatGoals(rows, rounds),
				`Each run by itself: nmap's time as a multiple of portui's, and whether the goal held, with none missed, none invented, and at most ${mostFiltered} closed ports told as filtered.`,
			],
		}),
		missedGoals: missedGoalsOf(rows),
	};
};
