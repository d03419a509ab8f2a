import {quoteTyped} from '../../port/quote.ts';
import {formatCount} from '../quantity.ts';

/** What was not read of a document, or not for certain. Counts are of hosts unless they say otherwise. */
export type NmapGaps = {
	/** Ports by their protocol. */
	readonly otherProtocols: ReadonlyMap<string, number>;
	/** Ports by a state that nmap does not have. */
	readonly strangeStates: ReadonlyMap<string, number>;
	/** With crowds of which it is not told which ports they are of. */
	readonly vagueCrowds: number;
	/** With filtered ports of which it is not told which has which reason. */
	readonly vagueReasons: number;
	/** Whose crowds were left out, because there are too many ports. */
	readonly leftOut: number;
	readonly timedOut: number;
	readonly withoutAddress: number;
	/** That were down and are not listed. */
	readonly unlistedDown: number;
	/** Whether hosts without an open port are not listed. */
	readonly isOpenOnly: boolean;
};

const otherProtocol = ['port of another protocol', 'ports of other protocols'] as const;
const protocolNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
	udp: ['UDP port', 'UDP ports'],
	sctp: ['SCTP port', 'SCTP ports'],
	ip: ['IP protocol', 'IP protocols'],
};

const hosts = (count: number): string => `${formatCount(count)} ${count === 1 ? 'host' : 'hosts'}`;
const was = (count: number): string => (count === 1 ? 'was' : 'were');

const describeProtocol = (protocol: string, count: number): string => {
	const [one, many] = Object.hasOwn(protocolNames, protocol) ? protocolNames[protocol]! : otherProtocol;
	return `${formatCount(count)} ${count === 1 ? one : many} ${was(count)} passed over: only TCP is read.`;
};

/** Says what was not read, a sentence each. */
export const describeGaps = ({otherProtocols, strangeStates, vagueCrowds, vagueReasons, leftOut, timedOut, withoutAddress, unlistedDown, isOpenOnly}: NmapGaps): readonly string[] => [
	...(isOpenOnly ? ['The scan was made with --open: hosts without an open port are not listed.'] : []),
	...Array.from(otherProtocols, ([protocol, count]) => describeProtocol(protocol, count)),
	...(vagueCrowds > 0 ? [`Of ${hosts(vagueCrowds)} the document tells how many ports are in a state, but not which: those have no verdict.`] : []),
	...(vagueReasons > 0 ? [`Of ${hosts(vagueReasons)} it does not tell which filtered port has which reason: the commonest stands for all.`] : []),
	...(leftOut > 0 ? [`Of ${hosts(leftOut)} only the ports that are listed one by one were read: the document tells of more ports than are read at once.`] : []),
	...(timedOut > 0 ? [`${hosts(timedOut)} took nmap too long (--host-timeout): nothing was kept of ${timedOut === 1 ? 'its' : 'their'} ports.`] : []),
	...(withoutAddress > 0 ? [`${hosts(withoutAddress)} without an IP address ${was(withoutAddress)} passed over.`] : []),
	...Array.from(strangeStates, ([state, count]) => `${formatCount(count)} ${count === 1 ? 'port' : 'ports'} in the state ${quoteTyped(state, 40)} ${was(count)} passed over: nmap has no such state.`),
	...(unlistedDown > 0 ? [`${hosts(unlistedDown)} ${was(unlistedDown)} down and ${unlistedDown === 1 ? 'is' : 'are'} not listed.`] : []),
];
