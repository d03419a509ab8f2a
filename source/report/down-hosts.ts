import type {HostDown} from '../scan/event.ts';
import type {DownHosts, ScanRecord} from '../scan/scan-record.ts';
import {isOfAnotherProgram} from './origin-words.ts';
import {formatCount} from './quantity.ts';
import {reasonWords} from './reason-words.ts';

/** More hosts than this are told of by their number. */
const mostNamed = 10;

/** Other programs' documents do not tell how many there were. */
const probes = (askedCount: number): string => (askedCount === 0 ? 'any probe' : askedCount === 1 ? 'the first probe' : `the first ${askedCount} probes`);

const describeReason = ({reason, askedCount}: HostDown): string =>
	reason === 'no-answer' ? `did not answer ${probes(askedCount)}` : `cannot be reached: ${reasonWords(reason)} (${reason})`;

const describeCount = ({count, reasons, askedCount}: DownHosts, advice: string): string => {
	const words = Array.from(reasons, ([reason, number]) =>
		(reason === 'no-answer' ? `${formatCount(number)} did not answer ${probes(askedCount)}` : `${formatCount(number)} cannot be reached: ${reasonWords(reason)} (${reason})`));
	return `${formatCount(count)} hosts are taken as down${advice}: ${words.join('; ')}.`;
};

/** Says which hosts were taken as down, and why: each by itself where they are few, else in one sentence. Text from outside in it is not yet made printable. */
export const describeDownHosts = ({down, started}: ScanRecord): readonly string[] => {
	if (down.count === 0) {
		return [];
	}

	// What another program took as down no option of portui's would have had it scan.
	const advice = isOfAnotherProgram(started.engine) ? '' : ` (--assume-up scans ${down.count > mostNamed ? 'them' : 'it'} all the same)`;
	return down.count > mostNamed
		? [describeCount(down, advice)]
		: down.listed.map(({host: {address}, down: reason}) => `${address.text} ${describeReason(reason)}; taken as down${advice}.`);
};

/** Says what became of hosts that are not listed one by one, because nothing is open there. */
export const describeUnlistedHosts = ({unlisted: {count, counts}}: ScanRecord): readonly string[] =>
	count === 0
		? []
		: [`${formatCount(count)} more ${count === 1 ? 'host has' : 'hosts have'} no open port: ${formatCount(counts.closed)} closed, ${formatCount(counts.filtered)} filtered, ${formatCount(counts.unknown)} unknown.`];
