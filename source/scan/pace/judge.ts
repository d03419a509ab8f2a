import type {HostJudgement} from '../host-judgement.ts';
import type {FilteredReason} from '../verdict.ts';

/** The ports people care about come first in the order, and many of them may well be open; those after them are at random. */
const firstRandomSlot = 1024;

/** Fewer ports are soon asked, and their choice may have been a wise one. */
const leastPorts = 4096;

/** Answers of random ports that are looked at, at least; when twice as many, the older count half. */
const leastSample = 200;
const leastShare = 0.98;

/** From this share on of connections that were reset before this machine had noticed that they were there, it is the host's way. A reset that comes later is not seen, so there may be more. */
const leastResetShare = 0.5;

/** Routers and kernels look for a neighbour for about three seconds (arp(7): three times, a second apart) before they tell that it is unreachable; a firewall says so at once, or when the kernel repeats the SYN after a second: between two namespaces of one machine Linux hears ICMPv6 only then. */
const slowAnswerMs = 2000;
const leastUnreachable = 3;

/** What is said of a host or its network, and not of whoever asks or of TCP. */
const ofHost: ReadonlySet<FilteredReason> = new Set(['host-unreachable', 'net-unreachable']);

/**
Judges the host as a whole by the answers of its ports.

@param portCount - How many ports are to be probed.
*/
export type Judge = {
	readonly judgement: HostJudgement | undefined;
	/** @param isReset - Whether an open port reset the connection at once. */
	readonly answered: (slot: number, isOpen: boolean, isReset?: boolean) => void;
	/**
	Somebody on the way told that the host or its network cannot be reached.

	@param sinceStartMs - Since the first attempt: an attempt that began late in the search for a neighbour fails as soon as the search does.
	*/
	readonly unreachable: (reason: FilteredReason, sinceStartMs: number) => void;
	readonly vanished: () => void;
};

export const createJudge = (portCount: number): Judge => {
	let judgement: HostJudgement | undefined;
	let hasAnswer = false;
	let sampleCount = 0;
	let openCount = 0;
	let resetCount = 0;
	let unreachableCount = 0;

	return {
		get judgement() {
			return judgement;
		},
		answered(slot, isOpen, isReset = false) {
			hasAnswer = true;
			if (portCount < leastPorts || slot < firstRandomSlot) {
				return;
			}

			sampleCount++;
			openCount += isOpen ? 1 : 0;
			resetCount += isReset ? 1 : 0;
			if (sampleCount >= leastSample && openCount >= leastShare * sampleCount) {
				judgement ??= {kind: 'accepts-everything', ...(resetCount >= leastResetShare * openCount && {areReset: true})};
			}

			if (sampleCount >= 2 * leastSample) {
				sampleCount /= 2;
				openCount /= 2;
				resetCount /= 2;
			}
		},
		unreachable(reason, sinceStartMs) {
			if (sinceStartMs < slowAnswerMs) {
				hasAnswer = true;
			}

			unreachableCount += ofHost.has(reason) ? 1 : 0;
			if (!hasAnswer && unreachableCount >= leastUnreachable) {
				judgement ??= {kind: 'unreachable', reason};
			}
		},
		vanished() {
			judgement ??= {kind: 'vanished'};
		},
	};
};
