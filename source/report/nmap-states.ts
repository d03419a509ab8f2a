import type {FilteredReason, Verdict} from '../scan/verdict.ts';

/** A state of a port and the reason for it, in nmap's words. */
export type NmapState = {readonly state: string; readonly reason: string};

/** nmap's word for each reason of ours. */
const reasons: Readonly<Record<Exclude<FilteredReason, 'rst-limit'>, string>> = {
	'no-answer': 'no-response',
	'host-unreachable': 'host-unreach',
	'net-unreachable': 'net-unreach',
	'protocol-unreachable': 'proto-unreach',
	'admin-prohibited': 'admin-prohibited',
};

/**
States of nmap in which it could not tell, each with the commonest reason for it. Read, they are `unknown` verdicts with the state for a reason.

`closed|filtered` is told of an idle scan; for silent ports of a host that limits its RSTs (`--defeat-rst-ratelimit`) it is `rst-limit`.
*/
const undecided: Readonly<Record<string, string>> = {
	'open|filtered': 'no-response',
	unfiltered: 'reset',
	'closed|filtered': 'no-ipid-change',
};
export const undecidedStates = Object.keys(undecided);

/** A verdict as nmap tells it of a connect scan; undefined for a failure of this machine, which is no state of the target. */
export const nmapStateOf = (verdict: Verdict): NmapState | undefined => {
	switch (verdict.state) {
		case 'open': {
			return {state: 'open', reason: 'syn-ack'};
		}

		case 'closed': {
			return {state: 'closed', reason: 'conn-refused'};
		}

		case 'filtered': {
			return verdict.reason === 'rst-limit' ? {state: 'closed|filtered', reason: 'no-response'} : {state: 'filtered', reason: reasons[verdict.reason]};
		}

		case 'unknown': {
			return Object.hasOwn(undecided, verdict.reason) ? {state: verdict.reason, reason: undecided[verdict.reason]!} : undefined;
		}
	}
};

/** nmap's word for the reason why a host is down; undefined for a failure of this machine. */
export const nmapDownReason = (reason: string): string | undefined => (Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : undefined);

/** Our reason for each of nmap's that goes with `filtered`. Old versions of nmap write plurals where several ports have a reason. */
const filteredReasons: Readonly<Record<string, FilteredReason>> = {
	'no-response': 'no-answer',
	'host-unreach': 'host-unreachable',
	'dest-unreach': 'host-unreachable',
	'time-exceeded': 'host-unreachable',
	'net-unreach': 'net-unreachable',
	'proto-unreach': 'protocol-unreachable',
	// A host answers a closed TCP port with a RST, so this is a firewall that rejects, as are the others.
	'port-unreach': 'admin-prohibited',
	'admin-prohibited': 'admin-prohibited',
	'net-prohibited': 'admin-prohibited',
	'host-prohibited': 'admin-prohibited',
	'perm-denied': 'admin-prohibited',
};

const singular = (reason: string): string => reason.replace(/(?<=unreach)es$|s$/, '');

/** The reason of ours for one of nmap's; one that is not known is silence. */
export const filteredReasonOf = (reason: string): FilteredReason => {
	const name = singular(reason);
	return Object.hasOwn(filteredReasons, name) ? filteredReasons[name]! : 'no-answer';
};

/** The document does not say how often a port was tried: once at least. */
const tries = 1;

/** The verdict for a state and a reason of nmap; undefined for a state that is none of nmap's. A round-trip time is not told. */
export const verdictOfNmap = ({state, reason}: NmapState): Verdict | undefined => {
	switch (state) {
		case 'open': {
			return {state, tries};
		}

		case 'closed': {
			return {state, reason: 'refused', tries};
		}

		case 'filtered': {
			return {state, reason: filteredReasonOf(reason), tries};
		}

		case 'closed|filtered': {
			return singular(reason) === 'no-response' ? {state: 'filtered', reason: 'rst-limit', tries} : {state: 'unknown', reason: state, tries};
		}

		case 'open|filtered':
		case 'unfiltered':
		case 'unknown': {
			return {state: 'unknown', reason: state, tries};
		}

		default: {
			return undefined;
		}
	}
};
