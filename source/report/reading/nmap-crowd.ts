import type {PortInterval} from '../../port/port-range.ts';
import type {PortSet} from '../../port/port-set.ts';
import {filteredReasonOf} from '../nmap-states.ts';
import {countPorts, readNumber, readPortList} from './nmap-attributes.ts';
import type {XmlAttributes} from './walk-xml.ts';

/** Ports that an `extrareasons` element tells of. */
export type CrowdReason = {
	readonly reason: string;
	readonly count: number;
	/** Undefined where it is not told, as by older versions of nmap: the ports may be of any protocol. */
	readonly protocol: string | undefined;
	/** Undefined where they are not listed, or not of TCP. */
	readonly ports: readonly PortInterval[] | undefined;
};

/** Ports of one host that are told as a crowd: an `extraports` element. */
export type Crowd = {readonly state: string; readonly count: number; readonly reasons: CrowdReason[]};

export const readCrowd = ({state = '', count}: XmlAttributes): Crowd => ({state, count: readNumber(count, Number.MAX_SAFE_INTEGER) ?? 0, reasons: []});

export const readCrowdReason = ({reason = '', count, proto, ports}: XmlAttributes): CrowdReason => ({
	reason,
	count: readNumber(count, Number.MAX_SAFE_INTEGER) ?? 0,
	protocol: proto,
	ports: ports === undefined || (proto !== undefined && proto !== 'tcp') ? undefined : readPortList(ports),
});

export const isOfOtherProtocol = ({protocol}: CrowdReason): boolean => protocol !== undefined && protocol !== 'tcp';

/** Whether it is told which ports the crowd is of. */
export const isListed = ({reasons, count}: Crowd): boolean =>
	reasons.length > 0
	&& reasons.every(reason => reason.ports !== undefined || isOfOtherProtocol(reason))
	&& reasons.reduce((sum, each) => sum + each.count, 0) === count;

/** How many ports crowds tell of, at most: their counts may belie their lists. */
export const sizeOfCrowds = (crowds: readonly Crowd[]): number =>
	crowds.reduce((sum, {count, reasons}) => sum + Math.max(count, reasons.reduce((all, {ports}) => all + countPorts(ports ?? []), 0)), 0);

/** What else is known of a host when a crowd is only counted. */
export type CrowdSurroundings = {
	/** TCP ports that were asked of every host. */
	readonly asked: PortSet;
	/** How many ports of other protocols were asked. */
	readonly othersAsked: number;
	/** TCP ports of the host that are listed one by one. */
	readonly listed: ReadonlySet<number>;
	/** How many of other protocols are. */
	readonly othersListed: number;
	/** All crowds of the host. */
	readonly crowds: readonly Crowd[];
};

/** What a crowd that is only counted is of. */
export type CountedCrowd = {
	/** TCP ports that are not of it, out of those that were asked. */
	readonly without: ReadonlySet<number>;
	readonly otherCount: number;
	/** nmap's commonest reason; empty where none is told. */
	readonly reason: string;
	/** Whether ports of it may have another reason. */
	readonly isReasonUncertain: boolean;
};

/**
Finds out which ports the one crowd of a host is of that is only counted: all that were asked and are not told of otherwise, as long as their number is right.

@returns Undefined where it is not.
*/
export const findCountedCrowd = ({state, count, reasons}: Crowd, {asked, othersAsked, listed, othersListed, crowds}: CrowdSurroundings): CountedCrowd | undefined => {
	const without = new Set(listed);
	let othersTold = othersListed;
	for (const reason of crowds.flatMap(crowd => (isListed(crowd) ? crowd.reasons : []))) {
		if (isOfOtherProtocol(reason)) {
			othersTold += reason.count;
		}

		for (const {first, last} of reason.ports ?? []) {
			for (let port: number = first; port <= last; port++) {
				without.add(port);
			}
		}
	}

	const restCount = asked.size - without.size;
	const otherCount = othersAsked - othersTold;
	if (restCount < 0 || otherCount < 0 || restCount + otherCount !== count) {
		return undefined;
	}

	const [commonest] = [...reasons].sort((one, other) => other.count - one.count);
	return {
		without,
		otherCount,
		reason: commonest?.reason ?? '',
		isReasonUncertain: state === 'filtered' && new Set(reasons.map(({reason}) => filteredReasonOf(reason))).size > 1,
	};
};
