import process from 'node:process';
import {parsed, rejected} from '../port/parsed.ts';
import type {ProgramName} from '../scan/engine-name.ts';
import {planMasscan} from '../scan/masscan-plan.ts';
import {planNmap} from '../scan/nmap-plan.ts';
import type {ReadProgram} from '../scan/program-reader.ts';
import type {StartProgram} from '../scan/scan-plan.ts';
import {startProgramScan} from './program-scan.ts';
import {runTool} from './run-tool.ts';
import {startProgram} from './running-program.ts';
import {makeSharedFile} from './shared-file.ts';

const homes: Readonly<Record<ProgramName, string>> = {nmap: 'https://nmap.org', masscan: 'https://github.com/robertdavidgraham/masscan'};

/** Why a program cannot be run; undefined where it can. */
const findLack = async (program: ProgramName): Promise<string | undefined> => {
	const {code} = await runTool(program, ['--version']);
	// masscan tells its version and ends with 1.
	if (typeof code === 'number') {
		return undefined;
	}

	return code === 'ENOENT'
		? `--engine ${program} needs ${program}, which is not installed here: the package ${program} of your system has it (apt, dnf, brew), or ${homes[program]}.`
		: `${program} cannot be run here (${code}).`;
};

/** Whether a program can be handed a file that is open: where `/dev/fd` is. */
const hasDescriptorFiles = process.platform !== 'win32';

/** Runs nmap for a plan. It says on its output which ports are open as it finds them, and writes its document beside. */
export const startNmap = (read: ReadProgram): StartProgram => async plan => {
	const lack = await findLack('nmap');
	return lack === undefined ? parsed(startProgramScan(plan, {
		engine: 'nmap',
		name: 'nmap',
		runs: planNmap(plan, hasDescriptorFiles ? '/dev/fd/3' : '-').map(({args, input}) => async () => {
			const file = hasDescriptorFiles ? await makeSharedFile() : undefined;
			return {program: startProgram('nmap', args, {descriptor: file?.descriptor}), input, file};
		}),
		read,
	})) : rejected(lack);
};

/** Runs masscan for a plan. It tells of open ports alone, and needs the right to send packets of its own making: where it has none it says so itself. */
export const startMasscan = (read: ReadProgram): StartProgram => async plan => {
	if (!hasDescriptorFiles) {
		return rejected('--engine masscan does not work on Windows: --engine nmap does.');
	}

	const lack = await findLack('masscan');
	return lack === undefined ? parsed(startProgramScan(plan, {
		engine: 'masscan',
		name: 'masscan',
		runs: [async () => {
			const {args, input} = planMasscan(plan, '/dev/fd/3');
			const targets = await makeSharedFile();
			try {
				targets.write(input);
				return {program: startProgram('masscan', args, {descriptor: targets.descriptor}), input: ''};
			} finally {
				// It has a descriptor of its own by then.
				targets.close();
			}
		}],
		read,
		tellsOpenOnly: true,
	})) : rejected(lack);
};
