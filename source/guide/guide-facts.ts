import type {PortInterval} from '../port/port-range.ts';
import type {Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import type {ScanRecord} from '../scan/scan-record.ts';

export type GuideEnd = {readonly address: string; readonly port: Port};

/** Who holds a socket. A process has a name, which is outside text: any characters. `hidden`: this user may not see which; `none`: no process that is seen here does, such as the kernel, or a program in another container. */
export type GuideHolder = {readonly kind: 'process'; readonly name: string} | {readonly kind: 'hidden'} | {readonly kind: 'none'};

/** A socket of this machine that waits for others. */
export type GuideListener = GuideEnd & {readonly holder: GuideHolder};

/** An established TCP connection of this machine. */
export type GuideConnection = {readonly local: GuideEnd; readonly remote: GuideEnd; readonly holder: GuideHolder};

/** A fact about this machine: undefined while it is not known, null where the system does not tell it. */
export type Told<Fact> = Fact | null | undefined;

/** What is known of this machine's sockets. */
export type GuideLocal = {
	/** The TCP sockets that listen. */
	readonly listening: Told<readonly GuideListener[]>;
	/** The UDP sockets that take datagrams of anyone. */
	readonly datagrams: Told<readonly GuideListener[]>;
	readonly connections: Told<readonly GuideConnection[]>;
	/** The ports this machine hands to clients. */
	readonly clientRange: Told<PortInterval>;
	/** Whether sockets of other users are not even listed, so that there may be more of everything. */
	readonly leavesOutOthers: boolean;
};

export const unreadLocal: GuideLocal = {listening: undefined, datagrams: undefined, connections: undefined, clientRange: undefined, leavesOutOthers: false};

/** What the examples of the guide are made of. A page leaves out what is not known yet. */
export type GuideFacts = {
	readonly registry: Registry | undefined;
	/** The last scan, running or over. */
	readonly scan: ScanRecord | undefined;
	readonly local: GuideLocal;
};

export const noFacts: GuideFacts = {registry: undefined, scan: undefined, local: unreadLocal};
