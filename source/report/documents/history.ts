import type {Count, DocumentVersion, StateCounts, StatusName, Timestamp} from './values.ts';

/** The document that a scan was read from. */
export type ImportDocument = {
	/** Of its file; `-` was standard input. */
	readonly name: string;
	/** What it was, in words: `nmap XML`. */
	readonly format: string;
};

/** A scan that is kept. */
export type KeptScanDocument = {
	/** Names the scan; ids sort by the time it began. */
	readonly id: string;
	readonly startedAt: Timestamp;
	/** Null where it has not ended, or ended without a word. */
	readonly finishedAt: Timestamp | null;
	/** `torn`: it ended without a word, killed or by a crash. `running`: the process that writes it lives, and wrote lately. */
	readonly status: StatusName | 'running' | 'torn';
	/** As they were given. */
	readonly targets: readonly string[];
	/** As they were given. */
	readonly ports: string;
	readonly hostCount: Count;
	/** Over all hosts. */
	readonly counts: StateCounts;
	/** Of its file. */
	readonly bytes: Count;
	/** Whether it stays whatever else is removed. */
	readonly pinned: boolean;
	/** The id of the scan it goes on with; null where it began by itself. */
	readonly continues: string | null;
	/** The id of the scan that went on with it; null where none did. */
	readonly continuedBy: string | null;
	/** The document it was read from; null where portui made the scan. */
	readonly importedFrom: ImportDocument | null;
	/** What the user noted; null where that is nothing. */
	readonly note: string | null;
};

/** The scans that are kept, newest first. */
export type HistoryDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'history';
	/** Newest first. */
	readonly scans: readonly KeptScanDocument[];
};
