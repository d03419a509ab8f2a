import type {Random} from '../port-order.ts';

/**
One in so many tries is a canary: on an open port, and on one that refused.

They are drawn by lot among the tries, because a limit lets through the first of a burst and not the last: a canary that is sent when it is due by the clock comes first, and sees no loss.
*/
const triesPerOpenCanary = 400;
const triesPerOpenCanaryInDoubt = 50;
const triesPerRefusedCanary = 15;

/** Only while more than this share of the last tries was silent is there something to explain. */
const noticedSilence = 0.01;
const silenceMemory = 256;

/** Milliseconds between canaries that find out whether the host still answers at all: the first few, and while it is waited for. */
const urgentIntervalMs = 25;
const seldomIntervalMs = 250;

/** Ports remembered of each kind. */
const mostPorts = 64;

/** An open port is asked no more often than this: some services lock out who connects again and again and says nothing (OpenSSH after some fifteen times). */
const mostToOpen = 10;

/** `lot`: what is lost is to be known; `doubt`: and whether open ports fare as closed ones do. The others find out whether the host still answers at all, and any port that ever did will do. */
export type CanaryNeed = 'lot' | 'doubt' | 'urgent' | 'seldom';

/**
Ports that are known to answer, and when to ask one of them again: if it stays silent, the try was lost.

Open ports tell loss from a limit of RSTs, closed ones trouble no service: so the former are asked seldom, and the latter often.
*/
export type Canary = {
	/** Whether any port is known to answer. */
	readonly knowsAny: boolean;
	/** Whether an open port may be asked again. */
	readonly hasOpen: boolean;
	/** A port answered, open or refused. */
	readonly know: (slot: number, isOpen: boolean) => void;
	/** A try stayed silent. */
	readonly silent: () => void;
	/** @returns The port to ask again now, if any. */
	readonly pick: (nowMs: number, need: CanaryNeed) => number | undefined;
	/** When the next is due that is not drawn by lot. */
	readonly dueMs: (need: CanaryNeed) => number;
};

export const createCanary = (random: Random): Canary => {
	const open: number[] = [];
	/** Open ones that were asked often enough. */
	const spent: number[] = [];
	const refused: number[] = [];
	const askedCounts = new Map<number, number>();
	let lastMs = -Infinity;
	let silentShare = 0;
	let refusedIndex = 0;

	const anyOf = (slots: readonly number[]): number | undefined => slots[Math.floor(random() * slots.length)];

	const pickOpen = (): number | undefined => {
		const slot = anyOf(open);
		if (slot === undefined) {
			return undefined;
		}

		const asked = (askedCounts.get(slot) ?? 0) + 1;
		askedCounts.set(slot, asked);
		if (asked >= mostToOpen) {
			open.splice(open.indexOf(slot), 1);
			spent.push(slot);
		}

		return slot;
	};

	const draw = (triesPerOpen: number): number | undefined => {
		if (silentShare < noticedSilence) {
			return undefined;
		}

		if (open.length > 0 && random() * triesPerOpen < 1) {
			return pickOpen();
		}

		return refused.length > 0 && random() * triesPerRefusedCanary < 1 ? anyOf(refused) : undefined;
	};

	const dueMs = (need: CanaryNeed): number => lastMs + (need === 'seldom' ? seldomIntervalMs : urgentIntervalMs);

	return {
		get knowsAny() {
			return open.length + spent.length + refused.length > 0;
		},
		get hasOpen() {
			return open.length > 0;
		},
		know(slot, isOpen) {
			silentShare -= silentShare / silenceMemory;
			if (isOpen) {
				if (open.length + spent.length < mostPorts) {
					open.push(slot);
				}
			} else if (refused.length < mostPorts) {
				refused.push(slot);
			} else {
				refused[refusedIndex++ % mostPorts] = slot;
			}
		},
		silent() {
			silentShare += (1 - silentShare) / silenceMemory;
		},
		pick(nowMs, need) {
			if (need === 'lot' || need === 'doubt') {
				return draw(need === 'lot' ? triesPerOpenCanary : triesPerOpenCanaryInDoubt);
			}

			if (nowMs < dueMs(need)) {
				return undefined;
			}

			lastMs = nowMs;
			return pickOpen() ?? anyOf([...spent, ...refused]);
		},
		dueMs,
	};
};
