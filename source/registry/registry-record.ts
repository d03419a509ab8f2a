import type {PortInterval} from '../port/port-range.ts';
import type {Transport} from '../port/port.ts';

/**
A record of IANA's registry in IANA's words, on one line each; records that differ in nothing but their transport are one.

A field that IANA left empty is the empty text.
*/
export type RegistryRecord = PortInterval & {
	/** Null for a record that names no service: reserved, unassigned. */
	readonly name: string | null;
	/** In the order of `transports`; all of them where IANA's record names none. */
	readonly transports: readonly Transport[];
	readonly description: string;
	readonly assignee: string;
	readonly contact: string;
	/** When it was registered, as `2013-05-28` or `2002-09`. */
	readonly registered: string;
	/** When it was last modified, written like `registered`. */
	readonly modified: string;
	/** In brackets, one after the other: `[RFC6335][RFC9000]`. */
	readonly reference: string;
	/** The service code of DCCP (RFC 4340, section 8.1.2), a number. */
	readonly serviceCode: string;
	readonly unauthorizedUse: string;
	readonly notes: string;
};
