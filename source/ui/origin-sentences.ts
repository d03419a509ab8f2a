import {originWords, programWords, viaOf} from '../report/origin-words.ts';
import {printable} from '../report/printable.ts';
import type {ScanView} from '../store/state.ts';
import {formatMoment} from './clock-words.ts';

/** Says of a scan that was made elsewhere where it was read, who made it and when; nothing of one that was made here. */
export const originSentences = ({record: {started}, opened}: ScanView): readonly string[] => {
	const via = viaOf(started.engine);
	if (opened === undefined) {
		return via === undefined ? [] : [`Seen from ${printable(via)}: ${programWords(started.engine.split(' ', 1)[0]!)} there makes the scan.`];
	}

	const {origin, notes} = opened;
	const program = programWords(started.engine);
	return [
		origin.kind === 'history'
			? `Kept in ${originWords(origin)}: what was found at ${formatMoment(started.startedAt)}.`
			: `Read from ${originWords(origin)}: what ${program} found at ${formatMoment(started.startedAt)}. No observation of this machine's.`,
		...(started.tellsOpenOnly === true ? ['Of ports that it does not list it is not known whether they were asked.'] : []),
		...notes.map(note => printable(note)),
	];
};
