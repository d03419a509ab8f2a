import type {Port} from '../port/port.ts';
import type {HostDown, ScanEvent} from '../scan/event.ts';
import type {HostJudgement} from '../scan/host-judgement.ts';
import {portStates, reasonOf, rttOf, type PortState, type Verdict} from '../scan/verdict.ts';
import type {CountTally} from './count-tally.ts';
import {formatRuns} from './runs.ts';

/** Collects the events of a scan, and writes what they come to as few lines. */
export type EventEncoder = {
	readonly take: (event: ScanEvent) => void;
	/** The lines of all that was taken since the last time, with their line ends; empty where that is nothing. */
	readonly flush: () => string;
};

/** Microseconds in three digits: finer is noise, and it is a third of the file. */
export const roundRtt = (rttMs: number): number => {
	const us = Math.round(rttMs * 1000);
	const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, us))) - 2);
	return Math.round(us / step) * step;
};

type Group = {readonly host: number; readonly state: PortState; readonly reason: string; readonly tries: number; readonly ports: Port[]; readonly rttUs: number[]};

const ports = 65_536;

/** The verdicts of one host, state, reason and number of tries are one line: the ports as runs, the round-trip times in their order. */
const formatVerdicts = (verdicts: ReadonlyMap<number, Verdict>): string => {
	const groups = new Map<string, Group>();
	const keys = Float64Array.from(verdicts.keys()).sort();
	for (const key of keys) {
		const verdict = verdicts.get(key)!;
		const host = Math.floor(key / ports);
		const reason = reasonOf(verdict);
		const rttMs = rttOf(verdict);
		const name = `${host} ${verdict.state} ${verdict.tries} ${rttMs === undefined ? '' : 'timed '}${reason}`;
		let group = groups.get(name);
		if (group === undefined) {
			group = {host, state: verdict.state, reason, tries: verdict.tries, ports: [], rttUs: []};
			groups.set(name, group);
		}

		group.ports.push((key % ports) as Port);
		if (rttMs !== undefined) {
			group.rttUs.push(roundRtt(rttMs));
		}
	}

	// Open ports first: should the line after be lost, they are what matters.
	return [...groups.values()]
		.sort((one, other) => portStates.indexOf(one.state) - portStates.indexOf(other.state))
		.map(({host, state, reason, tries, ports: found, rttUs}) => `${JSON.stringify({kind: 'probed', host, state, reason, tries, ports: formatRuns(found), ...(rttUs.length === 0 ? {} : {rttUs})})}\n`)
		.join('');
};

type Over = {readonly down: HostDown | undefined; readonly judgement: HostJudgement | undefined; readonly hosts: number[]};

const formatOver = (groups: Iterable<Over>): string =>
	Array.from(groups, ({down, judgement, hosts}) => `${JSON.stringify({kind: 'host', hosts: formatRuns(hosts.sort((one, other) => one - other)), down, judgement})}\n`).join('');

/** @param tally - Told of every event, and written with the end: a list of many scans then reads the ends alone. Left out, it is not told. */
export const createEventEncoder = (tally?: CountTally): EventEncoder => {
	/** The last verdict of each port, by 65,536 times its host's number and its own. */
	let verdicts = new Map<number, Verdict>();
	let admitted: number[] = [];
	let over = new Map<string, Over>();
	let observed = '';
	let elapsedMs: number | undefined;
	let last = '';

	return {
		take(event) {
			tally?.take(event);
			switch (event.kind) {
				case 'admitted': {
					admitted.push(event.host);
					break;
				}

				case 'probed': {
					verdicts.set((event.host * ports) + event.port, event.verdict);
					break;
				}

				case 'observed': {
					const {kind, host, port, observed: found} = event;
					observed += `${JSON.stringify({kind, host, port, ...found})}\n`;
					break;
				}

				case 'host': {
					const {host, down, judgement} = event;
					const name = JSON.stringify({down, judgement});
					const group = over.get(name) ?? {down, judgement, hosts: []};
					group.hosts.push(host);
					over.set(name, group);
					break;
				}

				case 'paced': {
					elapsedMs = Math.round(event.elapsedMs);
					break;
				}

				case 'finished': {
					const {finishedAt, status, message} = event;
					last = `${JSON.stringify({kind: 'finished', finishedAt, status, message, counts: tally?.counts()})}\n`;
					break;
				}

				case 'started':
				case 'paused':
				case 'resumed': {
					break;
				}
			}
		},
		flush() {
			const lines = (admitted.length === 0 ? '' : `${JSON.stringify({kind: 'admitted', hosts: formatRuns(admitted.sort((one, other) => one - other))})}\n`)
				+ formatVerdicts(verdicts)
				+ observed
				+ formatOver(over.values())
				+ (elapsedMs === undefined ? '' : `${JSON.stringify({kind: 'paced', elapsedMs})}\n`)
				+ last;
			verdicts = new Map();
			admitted = [];
			over = new Map();
			observed = '';
			elapsedMs = undefined;
			last = '';
			return lines;
		},
	};
};
