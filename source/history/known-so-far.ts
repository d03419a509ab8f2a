import {portSetOfPorts} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import type {ScanEvent} from '../scan/event.ts';
import type {HostRun, KnownHost, KnownSoFar} from '../scan/known-so-far.ts';
import {hostNumbered, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {FilteredReason, Verdict} from '../scan/verdict.ts';

/** So many open ports and so many closed ones are asked again to see whether the host still answers. */
const mostWitnesses = 8;

/** What silence was told as: it may be taken back as long as the scan of its host goes on (decision 0005). */
const silentReasons: ReadonlySet<string> = new Set<FilteredReason>(['no-answer', 'rst-limit']);

const stands = (verdict: Verdict): boolean => verdict.state !== 'unknown' && !(verdict.state === 'filtered' && silentReasons.has(verdict.reason));

const knownHost = (number: number, {verdicts}: HostRecord): KnownHost => {
	const answered = (state: 'open' | 'closed'): readonly Port[] => verdicts.portsIn([state]).slice(0, mostWitnesses);
	return {
		number,
		ports: portSetOfPorts(verdicts.portsIn(['open', 'closed', 'filtered']).filter(port => stands(verdicts.get(port)!))),
		witnesses: [...answered('open'), ...answered('closed')],
	};
};

/** Gathers, from the events of a scan, what need not be asked again should it go on. */
export type KnownGatherer = {
	/** To be called before the record takes the event in. */
	readonly take: (event: ScanEvent) => void;
	readonly known: (record: ScanRecord) => KnownSoFar;
};

export const createKnownGatherer = (): KnownGatherer => {
	const underWay = new Set<number>();
	const over = new Set<number>();
	return {
		take(event) {
			if (event.kind === 'host') {
				underWay.delete(event.host);
				over.add(event.host);
			} else if ((event.kind === 'admitted' || event.kind === 'probed') && !over.has(event.host)) {
				underWay.add(event.host);
			}
		},
		known(record) {
			const runs: HostRun[] = [];
			for (const number of Float64Array.from(over).sort()) {
				const before = runs.at(-1);
				if (before?.last === number - 1) {
					runs[runs.length - 1] = {first: before.first, last: number};
				} else {
					runs.push({first: number, last: number});
				}
			}

			const hosts = [...underWay].flatMap(number => {
				const host = hostNumbered(record, number);
				return host === undefined ? [] : [knownHost(number, host)];
			});
			return {over: runs, hosts};
		},
	};
};
