import type {Port} from '../port/port.ts';
import {reasonWords} from '../report/reason-words.ts';
import {printable} from '../report/printable.ts';
import {formatRtt} from '../report/round-trip.ts';
import {describeObserved} from '../scan/observed.ts';
import type {ScanRecord} from '../scan/scan-record.ts';
import {portStates, reasonOf} from '../scan/verdict.ts';
import type {Paragraph} from './components/paragraphs.tsx';

/** Of many hosts, so many are told of one by one: those with the port open first. */
const mostHostsTold = 8;

/** What the scan saw of a port, host by host; nothing where it has not been there. */
export const observedParagraphs = (record: ScanRecord | undefined, port: Port): readonly Paragraph[] => {
	const told = (record?.hosts ?? []).flatMap(({host, verdicts, observed}) => {
		const verdict = verdicts.get(port);
		return verdict === undefined ? [] : [{host, verdict, observed: observed.get(port)}];
	});
	if (told.length === 0) {
		return [];
	}

	const chosen = told.length <= mostHostsTold ? told : [...told.filter(({verdict}) => verdict.state === 'open'), ...told.filter(({verdict}) => verdict.state !== 'open')].slice(0, mostHostsTold);
	const paragraphs = chosen.map(({host, verdict, observed}): Paragraph => {
		const rtt = formatRtt(verdict);
		const tries = verdict.tries === 1 ? '' : `, ${verdict.tries} tries`;
		return {role: verdict.state, text: `${verdict.state === 'open' ? '● ' : ''}${verdict.state} on ${host.address.text}: ${observed === undefined ? '' : `${printable(describeObserved(observed))}; `}${reasonWords(reasonOf(verdict))}${rtt === undefined ? '' : `, ${rtt}`}${tries}`, indent: 1};
	});
	const others = portStates.flatMap(state => {
		const count = told.filter(each => each.verdict.state === state && !chosen.includes(each)).length;
		return count === 0 ? [] : [`${state} on ${count} more`];
	});
	return [
		{role: 'strong', text: 'Observed by the scan'},
		...paragraphs,
		...(others.length === 0 ? [] : [{role: 'faint', text: others.join(', '), indent: 1} as const]),
	];
};
