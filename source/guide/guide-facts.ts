import type {PortInterval} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import type {ScanRecord} from '../scan/scan-record.ts';

export type GuideEnd = {readonly address: string; readonly port: Port};

/** A socket of this machine that waits for others. The name of its process is outside text: any characters. */
export type GuideListener = GuideEnd & {
	/** Null where this user may not see it. */
	readonly process: string | null;
};

/** An established TCP connection of this machine. */
export type GuideConnection = {readonly local: GuideEnd; readonly remote: GuideEnd; readonly process: string | null};

/** What is known of this machine's sockets. A part is null where the system does not tell it. */
export type GuideLocal = {
	readonly listening: readonly GuideListener[] | null;
	/** The UDP sockets that take datagrams of anyone. */
	readonly datagrams: readonly GuideListener[] | null;
	readonly connections: readonly GuideConnection[] | null;
	/** The ports this machine hands to clients. */
	readonly clientRange: PortInterval | null;
};

/** What the examples of the guide are made of. A page leaves out what is not known yet. */
export type GuideFacts = {
	readonly registry: Registry | undefined;
	/** The last scan, running or over. */
	readonly scan: ScanRecord | undefined;
	/** Undefined while it has not been read. */
	readonly local: GuideLocal | undefined;
};

export const noFacts: GuideFacts = {registry: undefined, scan: undefined, local: undefined};
