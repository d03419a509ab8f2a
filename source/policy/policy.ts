import type {PortSet} from '../port/port-set.ts';
import type {Severity} from '../registry/registry.ts';

/** What is to hold of one target. */
export type Rule = {
	/** A name, an address or a network, as it was written. */
	readonly target: string;
	/** The ports to scan: those that were asked for, and those the rule names. */
	readonly ports: PortSet;
	/** Ports that may be open, those that must be among them; undefined where any may. */
	readonly allow: PortSet | undefined;
	/** Ports that must be open. */
	readonly require: PortSet;
	/** The gravest risk that an open port may have, by its usual service; undefined where any may be. */
	readonly severity: Severity | undefined;
};

/** What is to hold of a network: a rule a target, in the order they were written. */
export type Policy = {readonly rules: readonly Rule[]};
