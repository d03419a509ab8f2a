import {formatPortSet} from '../port/port-set.ts';
import type {Address} from './address.ts';
import {prefixesOf} from './block-prefixes.ts';
import type {ScanPlan} from './scan-plan.ts';

/** How a program is run, and what it is given on its standard input. */
export type ProgramRun = {readonly args: readonly string[]; readonly input: string};

/** The settings of a plan that nmap has a flag for, and no targets. */
export const nmapSettings = ({ports, rate, tries, concurrency, timeoutMs, skipsSilentHosts}: Pick<ScanPlan, 'ports' | 'rate' | 'tries' | 'concurrency' | 'timeoutMs' | 'skipsSilentHosts'>): readonly string[] => [
	// Told of hosts that are down too, and asked nothing of name servers.
	'-v',
	'-n',
	'--stats-every',
	'1s',
	...(skipsSilentHosts === true ? [] : ['-Pn']),
	...(rate === undefined ? [] : ['--max-rate', String(rate)]),
	...(tries === undefined ? [] : ['--max-retries', String(tries - 1)]),
	...(concurrency === undefined ? [] : ['--max-parallelism', String(concurrency)]),
	...(timeoutMs === undefined ? [] : ['--max-rtt-timeout', `${timeoutMs}ms`]),
	'-p',
	formatPortSet(ports),
];

/** The targets of a plan of one family, a line each, as nmap and masscan read them. */
export const targetLines = ({hosts, blocks = []}: Pick<ScanPlan, 'hosts' | 'blocks'>, family: Address['family']): string => [
	...hosts.filter(({address}) => address.family === family).map(({address}) => address.text),
	...blocks.filter(({first}) => first.family === family).flatMap(block => prefixesOf(block)),
].map(line => `${line}\n`).join('');

/**
How nmap is run for a plan: once for each family, because it takes but one at a time.

Targets go to its standard input and are addresses alone, so that none can be a flag. How it asks is its own choice: bare SYNs where it may send them, connects elsewhere.

@param document - Where it writes its XML.
*/
export const planNmap = (plan: ScanPlan, document: string): readonly ProgramRun[] => ([4, 6] as const).flatMap(family => {
	const input = targetLines(plan, family);
	return input === '' ? [] : [{args: [...nmapSettings(plan), ...(family === 6 ? ['-6'] : []), '-oX', document, '-iL', '-'], input}];
});
