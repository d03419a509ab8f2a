/*
The full set of scans over real networks, of which the tests run a few: all 65,536 ports at each distance and loss, with and without a firewall, behind each rejection and each limit, over IPv4 and IPv6.

Usage: npm run network-matrix -- [--only words] [--list]

Prints a table, a line a scan as it ends, and what was wrong at the end. Exit code 0 when every scan told the truth, 1 when there can be no test bed, 2 for wrong usage, 130 when interrupted, 3 when anything was missed, invented or told as what it is not.
*/
import {existsSync} from 'node:fs';
import process from 'node:process';
import {parseArgs} from 'node:util';
import {cliPath} from '../helpers/run-cli.ts';
import {scanInBed} from '../helpers/test-bed/bed-scan.ts';
import {createTestBed, findBedProblem} from '../helpers/test-bed/test-bed.ts';
import {findFaults, matrix, matrixPorts, type Cell} from './matrix-cells.ts';

const usage = 'Usage: npm run network-matrix -- [--only words] [--list]';

const parse = (): {readonly only: string; readonly list: boolean} | string => {
	try {
		return parseArgs({options: {only: {type: 'string', default: ''}, list: {type: 'boolean', default: false}}}).values;
	} catch (error) {
		return `${(error as Error).message}\n${usage}`;
	}
};

/** Scans one bed. @returns What was wrong. */
const runCell = async ({name, link, family, firewall, expected, flags = []}: Cell): Promise<readonly string[]> => {
	const bed = await createTestBed({link, firewall, openPorts: matrixPorts});
	try {
		const startedMs = performance.now();
		const scan = await scanInBed(bed, family === 4 ? bed.address : bed.address6, '-p', 'all', ...flags);
		const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
		const faults = findFaults(scan, expected);
		const {open, closed, filtered, unknown} = scan.counts;
		const cells = [name, seconds, open, closed, filtered, unknown, scan.judgement ?? '', faults.length === 0 ? 'yes' : '**no**'];
		process.stdout.write(`| ${cells.join(' | ')} |\n`);
		return faults;
	} finally {
		await bed.close();
	}
};

const run = async (): Promise<number> => {
	const options = parse();
	if (typeof options === 'string') {
		process.stderr.write(`${options}\n`);
		return 2;
	}

	const cells = matrix.filter(({name}) => name.includes(options.only));
	if (options.list || cells.length === 0) {
		process.stdout.write(cells.map(({name}) => `${name}\n`).join(''));
		process.stderr.write(cells.length === 0 ? `No scan has ${JSON.stringify(options.only)} in its name.\n${usage}\n` : '');
		return cells.length === 0 ? 2 : 0;
	}

	const bedProblem = existsSync(cliPath) ? await findBedProblem() : undefined;
	const problem = existsSync(cliPath) ? bedProblem && `No network can be made: ${bedProblem}.` : `${cliPath} is not there: build it first (npm run build).`;
	if (problem !== undefined) {
		process.stderr.write(`${problem}\n`);
		return 1;
	}

	// Ctrl-C reaches the scan under way, too: it ends, and its bed is taken away before this does.
	let isInterrupted = false;
	process.once('SIGINT', () => {
		isInterrupted = true;
	});

	process.stdout.write('| host | s | open | closed | filtered | unknown | judgement | true |\n|---|---:|---:|---:|---:|---:|---|---|\n');
	const faults: string[] = [];
	for (const cell of cells) {
		if (isInterrupted) {
			process.stdout.write('\nInterrupted.\n');
			return 130;
		}

		const found = await runCell(cell).catch((error: unknown) => [(error as Error).message]);
		faults.push(...found.map(fault => `${cell.name}: ${fault}`));
	}

	process.stdout.write(`\n${cells.length} scans of 65,536 ports, ${faults.length === 0 ? 'all true' : `${faults.length} faults`}.\n${faults.map(fault => `${fault}\n`).join('')}`);
	return faults.length === 0 ? 0 : 3;
};

process.exitCode = await run();
