import {formatCount, formatDuration} from '../report/quantity.ts';
import {doingWords, isOfAnotherProgram, programWords, viaOf} from '../report/origin-words.ts';
import {printable} from '../report/printable.ts';
import {reasonWords} from '../report/reason-words.ts';
import {leftCount, type ScanRecord} from '../scan/scan-record.ts';
import {mostSockets} from '../scan/socket-bound.ts';
import {paceOf, rateOf, type PaceHistory} from '../store/pace-history.ts';
import type {ScanView} from '../store/state.ts';

/** Less loss than this is not worth a sentence. */
const leastLoss = 0.005;

/** From this share of a bound on, it is the bound that holds a scan up. */
const nearBound = 0.9;

/** Reasons that say that something of this machine ran out. */
const lacks = ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS', 'EAGAIN'];

const plural = (count: number, one: string, many: string): string => `${formatCount(count)} ${count === 1 ? one : many}`;

const tallyOf = ({hosts}: ScanRecord, reason: string): {readonly count: number; readonly mostTries: number} => {
	let [count, mostTries] = [0, 0];
	for (const {verdicts} of hosts) {
		const tally = verdicts.tallyOf(reason);
		count += tally.count;
		mostTries = Math.max(mostTries, tally.mostTries);
	}

	return {count, mostTries};
};

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** A share with a decimal, rounded: `2.1 %`. */
export const formatLoss = (share: number): string => `${(100 * share).toFixed(1)} %`;

const silenceSentence = (record: ScanRecord): string => {
	const {count, mostTries} = tallyOf(record, 'no-answer');
	return count === 0 ? '' : `${plural(count, 'port', 'ports')} did not answer: each was waited for and asked${mostTries > 1 ? ' up to' : ''} ${times(mostTries)}.`;
};

const limitSentence = (record: ScanRecord): string => {
	const {count} = tallyOf(record, 'rst-limit');
	const hosts = record.hosts.filter(({verdicts}) => verdicts.tallyOf('rst-limit').count > 0);
	return count === 0 ? '' : `${hosts.length === 1 ? hosts[0]!.host.address.text : `${formatCount(hosts.length)} hosts`} limits its RSTs: ${plural(count, 'port is', 'ports are')} closed or filtered.`.replace(/hosts limits its/, 'hosts limit their');
};

const lossSentence = (record: ScanRecord): string => {
	const {lossRate} = paceOf(record);
	const isOne = record.hosts.length === 1;
	return lossRate < leastLoss ? '' : `${formatLoss(lossRate)} of the tries ${isOne ? '' : 'to a host '}are lost: asked again.`;
};

const lackSentences = (record: ScanRecord): readonly string[] => lacks.flatMap(reason => {
	const {count} = tallyOf(record, reason);
	return count === 0 ? [] : [`${plural(count, 'port', 'ports')} could not be asked: ${reasonWords(reason)} (${reason}).`];
});

/** What of this machine is used up at present: then it is not the network that is slow. */
const brakeSentence = ({brake}: ScanRecord): string => {
	switch (brake?.kind) {
		case undefined: {
			return '';
		}

		case 'lack': {
			return `Held up by this machine: ${reasonWords(brake.code).replace('this machine', 'it')} (${brake.code}), and what could not be asked is asked again.`;
		}

		case 'sockets': {
			const isOurs = brake.socketLimit >= mostSockets;
			return `All ${formatCount(brake.socketLimit)} sockets ${isOurs ? 'a scan may have open' : 'this machine lets it open'} are in use${isOurs ? '' : ': a higher descriptor limit (ulimit -n) lets it go faster'}.`;
		}
	}
};

/** Other reasons than silence for which ports answered nothing: whoever is on the way to a host told so, or this machine could not ask. */
const otherSentences = (record: ScanRecord): readonly string[] =>
	['host-unreachable', 'net-unreachable', 'protocol-unreachable', 'admin-prohibited', 'self-connect', 'ENETUNREACH', 'EHOSTUNREACH', 'EPERM', 'EACCES', 'EINVAL'].flatMap(reason => {
		const {count} = tallyOf(record, reason);
		return count === 0 ? [] : [`${plural(count, 'port', 'ports')}: ${reasonWords(reason)} (${reason}).`];
	});

/** Bounds that were asked for, and are reached. */
const boundSentences = ({request, record, history}: ScanView): readonly string[] => {
	const {rate, concurrency, timeoutMs} = request;
	const {inFlightCount, windowSize} = paceOf(record);
	return [
		rate !== undefined && rateOf(record, history) >= nearBound * rate ? `Limited by --rate ${rate}: that many tries a second at most.` : '',
		concurrency !== undefined && (windowSize >= concurrency || inFlightCount >= nearBound * concurrency) ? `Limited by --concurrency ${concurrency}: that many in flight to an address at most.` : '',
		timeoutMs !== undefined && tallyOf(record, 'no-answer').count > 0 ? `Each silent try is waited for ${formatDuration(timeoutMs)}, as --timeout says.` : '',
	];
};

/** From this round-trip time on, in milliseconds, the way there is what takes time. */
const longWayMs = 20;

const waySentence = (record: ScanRecord, history: PaceHistory): string => {
	const {rttMs, windowSize} = paceOf(record);
	return rttMs === null || rttMs < longWayMs || history.length === 0 || windowSize === 0 ? '' : `An answer takes ${formatDuration(rttMs)}, and ${formatCount(windowSize)} may be in flight at once.`;
};

const stateSentence = (record: ScanRecord): string => {
	switch (record.status) {
		case 'paused': {
			return 'Paused: Space lets it go on.';
		}

		case 'interrupted': {
			return `Stopped: ${plural(leftCount(record), 'port was', 'ports were')} not finished.`;
		}

		case 'failed': {
			return record.message ?? 'The scan failed.';
		}

		default: {
			return '';
		}
	}
};

/**
Answers "why is it slow?", most telling first; each sentence says what the record of the scan holds, none is a guess.

@returns At least one sentence of a scan that was made here.
*/
export const paceSentences = (scan: ScanView): readonly string[] => {
	const {record, history} = scan;
	const isEnded = record.finishedAt !== null;
	if (scan.opened !== undefined && record.started.tellsOpenOnly === true) {
		// Of what was not told nothing follows.
		return record.status === 'complete' ? [] : ['It was cut short: there may be more.'];
	}

	if (isOfAnotherProgram(record.started.engine) && scan.opened === undefined) {
		const program = printable(programWords(record.started.engine));
		const says = record.doing === null ? `${program} has not said how far it is.` : `${program} says: ${doingWords(record.doing)}.`;
		return [stateSentence(record), ...(isEnded ? [] : [says]), `${program} keeps its own pace${isEnded ? '.' : ', and tells of most ports when their host is done.'}`].filter(sentence => sentence !== '');
	}

	const via = scan.opened === undefined ? viaOf(record.started.engine) : undefined;
	const found = [
		stateSentence(record),
		via === undefined ? '' : `It is made on ${printable(via)}, and how fast it goes is decided there.`,
		...(isEnded ? [] : [...boundSentences(scan), brakeSentence(record)]),
		...lackSentences(record),
		limitSentence(record),
		lossSentence(record),
		silenceSentence(record),
		...otherSentences(record),
		record.down.count === 0 ? '' : `${plural(record.down.count, 'host was', 'hosts were')} taken as down after the first probes.`,
		isEnded ? '' : waySentence(record, history),
	].filter(sentence => sentence !== '');
	if (found.length > 0) {
		return found;
	}

	if (scan.opened !== undefined) {
		return [];
	}

	const {filtered, unknown} = record.counts;
	if (filtered + unknown > 0) {
		return [`${plural(filtered + unknown, 'port', 'ports')} gave no answer: / then filtered or unknown lists why.`];
	}

	return [record.probedCount === 0 ? 'No port has a verdict yet.' : isEnded ? 'Nothing held it up: every port answered.' : 'Nothing holds it up: every port so far has answered.'];
};
