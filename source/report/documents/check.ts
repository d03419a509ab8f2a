import type {DocumentVersion, Timestamp} from './values.ts';

/** One thing that was to hold. */
export type CheckedDocument = {
	/** What was to hold, in words. */
	readonly name: string;
	/** `undecided`: it could not be found out. */
	readonly outcome: 'held' | 'broken' | 'undecided';
	/** What was found, where it does not hold; at most 21. */
	readonly sentences: readonly string[];
};

/** What became of a target of the policy. */
export type CheckedTarget = {
	/** As the policy has it. */
	readonly target: string;
	/** When its scan began; null where none did. */
	readonly startedAt: Timestamp | null;
	/**
	How long the scan took, in milliseconds.

	@minimum 0
	*/
	readonly elapsedMs: number;
	/** What was to hold there, one by one. */
	readonly checks: readonly CheckedDocument[];
};

/** What became of a policy. */
export type CheckDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'check';
	/** Whether all of it holds; false too where something could not be found out. */
	readonly holds: boolean;
	/** In the order of the policy; those that were not reached before an interrupt are missing. */
	readonly targets: readonly CheckedTarget[];
};
