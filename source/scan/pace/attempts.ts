/** One try that is under way. `slot` is the port's place in the order, `epoch` the stretch of sending it belongs to. */
export type OpenAttempt = {
	readonly id: number;
	readonly slot: number;
	readonly startedMs: number;
	readonly epoch: number;
	/** Whether it asks a port that is known to answer. */
	readonly isCanary: boolean;
	/** `young`: an answer is expected. `aged`: on a short path it would have come by now. `overdue`: past its time-out, but its socket still listens. What is over stays at its last stage. */
	stage: 'young' | 'aged' | 'overdue';
	isOver: boolean;
};

/** On a path of no more than two milliseconds an answer that takes as long as this, in milliseconds, is likely none: its place may be used otherwise. */
const agedAfterMs = 10;

/** The attempts of one address: those that hold a place in the window, and those past their time-out whose socket still listens. */
export type Attempts = {
	readonly activeCount: number;
	/** Active ones that are not aged. */
	readonly youngCount: number;
	readonly add: (id: number, slot: number, startedMs: number, epoch: number, isCanary: boolean) => void;
	/** Takes one out. @returns The attempt as it was, or undefined where there is none of that number. */
	readonly remove: (id: number) => OpenAttempt | undefined;
	/** Turns active attempts that are past their time-out into overdue ones, oldest first. */
	readonly expire: (nowMs: number, timeoutMs: number, onOverdue: (attempt: OpenAttempt) => void) => void;
	/** The overdue attempts, oldest first; they may be removed meanwhile. */
	readonly overdue: () => IterableIterator<OpenAttempt>;
	readonly age: (nowMs: number) => void;
	/** When the next one is aged; Infinity where none is young. */
	readonly nextAgingMs: () => number;
	/** When the oldest active one, and the oldest overdue one, were started; Infinity where there is none. */
	readonly oldestActiveMs: () => number;
	readonly oldestOverdueMs: () => number;
};

const startOfFirst = (attempts: ReadonlyMap<number, OpenAttempt>): number => {
	for (const {startedMs} of attempts.values()) {
		return startedMs;
	}

	return Infinity;
};

export const createAttempts = (): Attempts => {
	// Maps keep the order of insertion, which is that of starting.
	const active = new Map<number, OpenAttempt>();
	const overdue = new Map<number, OpenAttempt>();
	let young: OpenAttempt[] = [];
	let firstYoung = 0;
	let agedCount = 0;

	return {
		get activeCount() {
			return active.size;
		},
		get youngCount() {
			return active.size - agedCount;
		},
		add(id, slot, startedMs, epoch, isCanary) {
			const attempt: OpenAttempt = {id, slot, startedMs, epoch, isCanary, stage: 'young', isOver: false};
			active.set(id, attempt);
			young.push(attempt);
		},
		remove(id) {
			const attempt = active.get(id) ?? overdue.get(id);
			if (attempt === undefined) {
				return undefined;
			}

			agedCount -= attempt.stage === 'aged' ? 1 : 0;
			attempt.isOver = true;
			active.delete(id);
			overdue.delete(id);
			return attempt;
		},
		expire(nowMs, timeoutMs, onOverdue) {
			for (const [id, attempt] of active) {
				if (attempt.startedMs + timeoutMs > nowMs) {
					break;
				}

				active.delete(id);
				agedCount -= attempt.stage === 'aged' ? 1 : 0;
				attempt.stage = 'overdue';
				overdue.set(id, attempt);
				onOverdue(attempt);
			}
		},
		overdue: () => overdue.values(),
		age(nowMs) {
			while (firstYoung < young.length && young[firstYoung]!.startedMs + agedAfterMs <= nowMs) {
				const attempt = young[firstYoung++]!;
				if (attempt.stage === 'young' && !attempt.isOver) {
					attempt.stage = 'aged';
					agedCount++;
				}
			}

			if (firstYoung > 1024 && firstYoung * 2 > young.length) {
				young = young.slice(firstYoung);
				firstYoung = 0;
			}
		},
		nextAgingMs() {
			while (firstYoung < young.length && (young[firstYoung]!.isOver || young[firstYoung]!.stage !== 'young')) {
				firstYoung++;
			}

			return firstYoung < young.length ? young[firstYoung]!.startedMs + agedAfterMs : Infinity;
		},
		oldestActiveMs: () => startOfFirst(active),
		oldestOverdueMs: () => startOfFirst(overdue),
	};
};
