import type {Host} from './event.ts';
import type {HostSequence} from './host-sequence.ts';
import type {HostRun} from './known-so-far.ts';

/** The hosts of a scan with their numbers, without those that are over. */
export type NumberedHosts = {
	/** The next host; undefined after the last one. */
	readonly next: () => {readonly index: number; readonly host: Host} | undefined;
	readonly isAtEnd: boolean;
};

/** @param over - Numbers to pass over, lowest first. */
export const createNumberedHosts = (sequence: HostSequence, over: readonly HostRun[] = []): NumberedHosts => {
	let index = 0;
	let place = 0;

	const passOver = (): void => {
		while (!sequence.isAtEnd) {
			while (over[place] !== undefined && over[place]!.last < index) {
				place++;
			}

			if (over[place] === undefined || over[place]!.first > index) {
				return;
			}

			sequence.next();
			index++;
		}
	};

	passOver();
	return {
		next() {
			const host = sequence.next();
			if (host === undefined) {
				return undefined;
			}

			const numbered = {index, host};
			index++;
			passOver();
			return numbered;
		},
		get isAtEnd() {
			return sequence.isAtEnd;
		},
	};
};
