import type {Random} from '../port-order.ts';

/** The ports that are still to be asked, by their place in the order: fresh ones, and those to ask once more. */
export type Queue = {
	/** Whether any port waits to be asked. */
	readonly hasWork: boolean;
	readonly again: (slot: number) => void;
	readonly take: () => number | undefined;
	/** Leaves nothing to ask. */
	readonly clear: () => void;
};

/**
Makes a queue.

@param isWaiting - Whether a port that was to be asked once more still is: a late answer may have come meanwhile.
*/
export const createQueue = (portCount: number, random: Random, isWaiting: (slot: number) => boolean): Queue => {
	const retries: number[] = [];
	let cursor = 0;
	let takeCount = 0;

	const hasRetry = (): boolean => {
		while (retries.length > 0 && !isWaiting(retries.at(-1)!)) {
			retries.pop();
		}

		return retries.length > 0;
	};

	/** One at random: ports asked together must not be asked together again, or they meet the same loss. */
	const takeRetry = (): number | undefined => {
		while (retries.length > 0) {
			const index = Math.floor(random() * retries.length);
			const slot = retries[index]!;
			retries[index] = retries.at(-1)!;
			retries.pop();
			if (isWaiting(slot)) {
				return slot;
			}
		}

		return undefined;
	};

	return {
		get hasWork() {
			return cursor < portCount || hasRetry();
		},
		again(slot) {
			retries.push(slot);
		},
		take() {
			takeCount++;
			// Fresh ports and second tries take turns: a second try comes at another moment than the first, and neither waits for the other.
			const isFreshTurn = retries.length === 0 || takeCount % 2 === 0;
			const retry = isFreshTurn && cursor < portCount ? undefined : takeRetry();
			return retry ?? (cursor < portCount ? cursor++ : undefined);
		},
		clear() {
			cursor = portCount;
			retries.length = 0;
		},
	};
};
