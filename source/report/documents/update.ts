import type {Count, DocumentVersion, PortList, Timestamp} from './values.ts';

/** A registry was fetched or read, and is shown from now on. */
export type UpdatedDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'update';
	/** What is shown now, as it says of itself. */
	readonly origin: string;
	/** The day of the registry, as `2026-08-17`; null where nothing tells it. */
	readonly date: string | null;
	/** What tells the day: the server's `Last-Modified`, or the newest record. */
	readonly dateFrom: 'last-modified' | 'newest-record' | null;
	readonly fetchedAt: Timestamp;
	/** A web address, or a file as it was given. */
	readonly source: string;
	readonly records: Count;
	readonly recordsWithPort: Count;
	/** What was shown before, as it says of itself. */
	readonly before: string;
	/** How many ports read differently than before. */
	readonly changedPortCount: Count;
	readonly changedPorts: PortList;
	/** Where it is kept. */
	readonly file: string;
};

/** What was fetched before is forgotten, and the built-in registry is shown again. */
export type UpdateRemovedDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'update';
	/** What is shown now, as it says of itself. */
	readonly origin: string;
	/** Whether there was anything to remove. */
	readonly removed: boolean;
};

export type UpdateDocument = UpdatedDocument | UpdateRemovedDocument;
