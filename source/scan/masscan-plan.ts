import {formatPortSet} from '../port/port-set.ts';
import {targetLines, type ProgramRun} from './nmap-plan.ts';
import type {ScanPlan} from './scan-plan.ts';

/** Packets a second where no rate is asked for: what a home's router bears. masscan itself could send millions. */
const modestRate = 1000;

/** How long it waits for late answers, in seconds. */
const waitSeconds = 5;

/**
How masscan is run for a plan; it takes both families at once.

@param targets - The file with its targets, which are addresses alone: it reads none from a pipe.
*/
export const planMasscan = (plan: ScanPlan, targets: string): ProgramRun => ({
	args: [
		'--rate', String(plan.rate ?? modestRate),
		...(plan.tries === undefined ? [] : ['--retries', String(plan.tries - 1)]),
		'--wait', String(waitSeconds),
		'-p', formatPortSet(plan.ports),
		'-iL', targets,
	],
	input: targetLines(plan, 4) + targetLines(plan, 6),
});
