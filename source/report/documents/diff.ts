import type {ObservedService, ScanAddress} from './scan.ts';
import type {Count, DocumentVersion, PortList, PortNumber, StateName, Timestamp} from './values.ts';

/** One of the two scans. */
export type ComparedScanDocument = {
	/** How it was named: an id of the history, a file. */
	readonly name: string;
	readonly startedAt: Timestamp;
	/** The program that scanned. */
	readonly engine: string;
	/** The ports it asked, or, where it tells of open ports alone, those it tells of. */
	readonly ports: PortList;
};

/** What one of the scans says of a port. */
export type SeenDocument = {
	/** `not-open`: closed or filtered, which of them is not told. `not-asked`: not scanned, or nobody tells. */
	readonly state: StateName | 'not-open' | 'not-asked';
	/** As of the scan; null where it told none. */
	readonly reason: string | null;
	/** What answered there; null where nobody asked. */
	readonly observed: ObservedService | null;
};

/** A port of which both scans can tell, and that has changed. */
export type PortChangeDocument = {
	/** `service`: open in both, and what answers is another. */
	readonly kind: 'opened' | 'closed' | 'service';
	readonly port: PortNumber;
	readonly transport: 'tcp';
	readonly before: SeenDocument;
	readonly after: SeenDocument;
};

/** Ports whose state is another, and was not open before or after. */
export type StateShiftDocument = {
	/** The state before. */
	readonly from: StateName;
	/** The state after. */
	readonly to: StateName;
	readonly ports: PortList;
};

/** A port that is open in one scan, and of which the other cannot tell. */
export type UntoldDocument = {
	readonly port: PortNumber;
	readonly transport: 'tcp';
	/** The scan that found it open. */
	readonly openIn: 'before' | 'after';
	/** Why the other cannot tell: it did not ask, or it could not find out. */
	readonly why: 'not-asked' | 'unknown';
};

/** A host with something to tell. */
export type HostDiffDocument = ScanAddress & {
	/** Whether the host was taken as down in one of the scans and answered in the other. */
	readonly presence: 'same' | 'came-up' | 'went-down';
	/** Lowest port first. */
	readonly changes: readonly PortChangeDocument[];
	/** Ports that were closed and are filtered, or the other way round. */
	readonly shifts: readonly StateShiftDocument[];
	/** Ports that are open in one scan, and of which the other cannot tell: no difference. */
	readonly untold: readonly UntoldDocument[];
};

/** Two scans compared. */
export type DiffDocument = {
	readonly portui: DocumentVersion;
	readonly kind: 'diff';
	/** Whether nothing has changed of which both scans can tell. */
	readonly same: boolean;
	readonly before: ComparedScanDocument;
	readonly after: ComparedScanDocument;
	/** How many hosts both scans tell of. */
	readonly comparedHostCount: Count;
	/** Those with something to tell, by address. */
	readonly hosts: readonly HostDiffDocument[];
};
