import type {Port} from '../port/port.ts';
import type {Address} from './address.ts';
import type {Doing, HostDown, ScanEvent} from './event.ts';
import type {HostJudgement} from './host-judgement.ts';
import {createHostSequence} from './host-sequence.ts';
import type {Observed} from './observed.ts';
import type {ScanPlan} from './scan-plan.ts';
import type {Verdict} from './verdict.ts';

/** Turns what is told of addresses into the events of a plan's hosts. What is told of an address that is none of the plan's is passed over. */
export type ScanTeller = {
	readonly probed: (address: Address, port: Port, verdict: Verdict) => void;
	readonly observed: (address: Address, port: Port, observed: Observed) => void;
	/** Nothing more is told of this host. */
	readonly over: (address: Address, down?: HostDown, judgement?: HostJudgement) => void;
	/** What the program says it is at. */
	readonly doing: (doing: Doing) => void;
	/** Ends every host that is listed and not over. */
	readonly endListed: () => void;
};

/** @param emit - Is given the events in order. @param onDoing - Is given what the program is at. */
export const createScanTeller = (plan: ScanPlan, emit: (event: ScanEvent) => void, onDoing: (doing: Doing) => void): ScanTeller => {
	const sequence = createHostSequence(plan, plan.seed);
	const listedCount = plan.hosts.length;
	const admitted = new Set<number>();
	const over = new Set<number>();
	/** Open ports by host: programs tell of them when they are found, and once more at the end. */
	const open = new Map<number, Set<Port>>();

	/** The number of a host that is not over; of a block's, it is told that its turn has come. */
	const numberOf = (address: Address): number | undefined => {
		const number = sequence.numberOf(address);
		if (number === undefined || over.has(number)) {
			return undefined;
		}

		if (number >= listedCount && !admitted.has(number)) {
			admitted.add(number);
			emit({kind: 'admitted', host: number, target: sequence.at(number)!.target, address});
		}

		return number;
	};

	const isNews = (number: number, port: Port, {state}: Verdict): boolean => {
		const ports = open.get(number) ?? new Set();
		const wasOpen = ports.has(port);
		if (state === 'open') {
			open.set(number, ports.add(port));
		} else {
			ports.delete(port);
		}

		return state !== 'open' || !wasOpen;
	};

	const end = (number: number, down?: HostDown, judgement?: HostJudgement): void => {
		over.add(number);
		open.delete(number);
		emit({kind: 'host', host: number, ...(down === undefined ? {} : {down}), ...(judgement === undefined ? {} : {judgement})});
	};

	return {
		probed(address, port, verdict) {
			const host = numberOf(address);
			if (host !== undefined && isNews(host, port, verdict)) {
				emit({kind: 'probed', host, port, verdict});
			}
		},
		observed(address, port, observed) {
			const host = numberOf(address);
			if (host !== undefined) {
				emit({kind: 'observed', host, port, observed});
			}
		},
		over(address, down, judgement) {
			const host = numberOf(address);
			if (host !== undefined) {
				end(host, down, judgement);
			}
		},
		doing: onDoing,
		endListed() {
			for (let number = 0; number < listedCount; number++) {
				if (!over.has(number)) {
					end(number);
				}
			}
		},
	};
};
