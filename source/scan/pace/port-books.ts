/** How far a port has come. A silent port may still be asked again; a decided one may still turn out open. */
export const progress = {waiting: 0, silent: 1, decided: 2} as const;

/**
What is kept of each port while it is scanned, in columns by its place in the order: sixteen bytes a port.

The columns are changed in place by the pacer, and by nobody else.
*/
export type PortBooks = {
	readonly status: Uint8Array;
	readonly tries: Uint8Array;
	readonly silentTries: Uint8Array;
	/** Attempts under way whose port it is, canaries left out. */
	readonly openAttempts: Uint8Array;
	readonly exhaustions: Uint8Array;
	readonly refusalsOfOurs: Uint8Array;
	readonly selfConnects: Uint8Array;
	readonly isOpen: Uint8Array;
	/** Tries it is to have if it stays silent, whatever else is known. */
	readonly wantedTries: Uint8Array;
	/** The epoch of its last silent try, and how many silent tries it had in that one. */
	readonly lostEpoch: Uint8Array;
	readonly lostInEpoch: Uint8Array;
	/** Odds that all silent tries of the epochs before that were lost on the way. */
	readonly lostOddsBefore: Float32Array;
};

export const createPortBooks = (count: number): PortBooks => {
	const column = (): Uint8Array => new Uint8Array(count);
	return {
		status: column(),
		tries: column(),
		silentTries: column(),
		openAttempts: column(),
		exhaustions: column(),
		refusalsOfOurs: column(),
		selfConnects: column(),
		isOpen: column(),
		wantedTries: column(),
		lostEpoch: column(),
		lostInEpoch: column(),
		lostOddsBefore: new Float32Array(count).fill(1),
	};
};

/** Notes a silent try. The loss of an epoch is taken into the odds when the next one begins: until then more is learnt of it. */
export const noteSilence = (books: PortBooks, slot: number, epoch: number, lossOf: (epoch: number) => number): void => {
	books.silentTries[slot]!++;
	if (books.lostEpoch[slot] !== epoch && books.lostInEpoch[slot]! > 0) {
		books.lostOddsBefore[slot]! *= lossOf(books.lostEpoch[slot]!) ** books.lostInEpoch[slot]!;
		books.lostInEpoch[slot] = 0;
	}

	books.lostEpoch[slot] = epoch;
	books.lostInEpoch[slot]!++;
};

/** Takes the last silent try back: it was sent while nothing came through at all, and says nothing. */
export const forgetSilence = (books: PortBooks, slot: number): void => {
	if (books.lostInEpoch[slot]! > 0) {
		books.lostInEpoch[slot]!--;
		books.silentTries[slot]!--;
		books.tries[slot]!--;
	}
};

/** The odds that every silent try of this port was lost on the way, from what is known now. */
export const lostOdds = (books: PortBooks, slot: number, lossOf: (epoch: number) => number): number =>
	books.lostOddsBefore[slot]! * lossOf(books.lostEpoch[slot]!) ** books.lostInEpoch[slot]!;
