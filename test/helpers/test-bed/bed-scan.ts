import process from 'node:process';
import {cliPath} from '../run-cli.ts';
import type {TestBed} from './test-bed.ts';

/** What a scan of the bed's target said. */
export type BedScan = {
	readonly code: number | null;
	readonly stderr: string;
	readonly open: readonly number[];
	readonly counts: Readonly<Record<'open' | 'closed' | 'filtered' | 'unknown', number>>;
	/** How many ports were told with each state and reason, as `state reason`. */
	readonly reasons: Readonly<Record<string, number>>;
	readonly judgement: string | null;
};

type Document = {readonly hosts: ReadonlyArray<{
	readonly counts: BedScan['counts'];
	readonly judgement: string | null;
	readonly ports: ReadonlyArray<{readonly port: number; readonly state: string; readonly reason: string}>;
}>};

/** Scans an address from the scanning host of a bed, with the built program. */
export const scanInBed = async (bed: TestBed, address: string, ...flags: readonly string[]): Promise<BedScan> => {
	const {code, signal, stdout, stderr} = await bed.run(process.execPath, cliPath, 'scan', address, '--json', '--show', 'open,closed,filtered,unknown', '--no-history', ...flags);
	if (signal !== null) {
		throw new Error(`The scan of ${address} was ended: it took too long.`);
	}

	const [host] = (JSON.parse(stdout) as Document).hosts;
	const reasons: Record<string, number> = {};
	for (const {state, reason} of host!.ports) {
		const said = `${state} ${reason}`;
		reasons[said] = (reasons[said] ?? 0) + 1;
	}

	return {code, stderr, open: host!.ports.filter(({state}) => state === 'open').map(({port}) => port), counts: host!.counts, reasons, judgement: host!.judgement};
};
