import {portCount, type Port} from '../port/port.ts';
import {severities, type Registry} from '../registry/registry.ts';
import {printable} from '../report/printable.ts';
import {formatCount, formatDuration} from '../report/quantity.ts';
import {reasonWords} from '../report/reason-words.ts';
import {acceptsEverything, type HostRecord, type ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {portStates, reasonOf, rttOf, type PortState} from '../scan/verdict.ts';
import {portLink, rich, type RichText} from './rich-text.ts';

const statusWords: Readonly<Record<ScanRecord['status'], string>> = {
	running: 'The scan that runs',
	paused: 'The scan that is paused',
	complete: 'The last scan',
	interrupted: 'The last scan, which was stopped',
	failed: 'The last scan, which failed',
};

/** The lowest port in a state, without a list of all of them: this is asked at every look at a running scan. */
const lowestIn = ({verdicts}: HostRecord, state: PortState): Port | undefined => {
	if (verdicts.counts[state] > 0) {
		for (let port = 0; port < portCount; port++) {
			if (verdicts.stateOf(port as Port) === state) {
				return port as Port;
			}
		}
	}

	return undefined;
};

/** A port that the scan found in a state, with what told it. */
const exampleOf = (record: HostRecord, state: PortState): RichText | undefined => {
	const {host: {address}, verdicts} = record;
	const port = lowestIn(record, state);
	const verdict = port === undefined ? undefined : verdicts.get(port);
	if (port === undefined || verdict === undefined) {
		return undefined;
	}

	const rttMs = rttOf(verdict);
	const rtt = rttMs === undefined ? '' : ` after ${formatDuration(rttMs)}`;
	return rich`${portLink(port)} of ${address.text} is ${state}: ${reasonWords(reasonOf(verdict))}${rtt}.`;
};

/** What the last scan found, in numbers, and a port of each state. */
export const scanExamples = (scan: ScanRecord | undefined): readonly RichText[] => {
	if (scan === undefined) {
		return [rich`Nothing is scanned yet: s asks what to scan, and this page then shows what was found.`];
	}

	const targets = [...new Set(scan.hosts.map(({host}) => printable(host.target)))];
	const target = targets.length === 1 ? targets[0]! : `${targets.length} targets`;
	const counts = portStates.map(state => `${formatCount(scan.hosts.reduce((sum, {verdicts}) => sum + verdicts.counts[state], 0))} ${state}`);
	const found = portStates.flatMap(state => {
		const text = scan.hosts.map(host => exampleOf(host, state)).find(each => each !== undefined);
		return text === undefined ? [] : [text];
	});
	return [rich`${statusWords[scan.status]}, of ${target}: ${counts.join(', ')}.`, ...found];
};

/** The gravest of what the last scan found open, should the usual service be there; nothing of a host that accepts everything. */
export const riskExamples = (scan: ScanRecord | undefined, registry: Registry): readonly RichText[] => {
	const judged = (scan?.openings ?? []).flatMap(({host: index, port}) => {
		const record = scan!.hosts[index]!;
		const {address} = record.host;
		const {exposure} = tcpFactsOf(registry.lookup(port), 'open', vantageOf(address));
		return exposure === null || acceptsEverything(record) ? [] : [{port, address, exposure}];
	});
	const [gravest] = judged.sort((one, other) => severities.indexOf(other.exposure.severity) - severities.indexOf(one.exposure.severity));
	return gravest === undefined
		? []
		: [rich`The last scan found ${portLink(gravest.port)} open on ${gravest.address.text}. If that is ${gravest.exposure.service}, as is usual, the risk there is ${gravest.exposure.severity}.`];
};
