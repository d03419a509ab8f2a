import {portCount, type Port} from '../port/port.ts';
import type {Registry, RegistryEntry} from './registry.ts';

/** Ports that nobody has are alike, whether IANA lists them one by one, as a range, or a source not at all. */
const isTaken = ({status, name}: RegistryEntry): boolean => name !== null || status === 'assigned' || status === 'reserved';

const standingOf = (registry: Pick<Registry, 'lookup'>, port: Port): string => JSON.stringify(registry.lookup(port).entries.filter(entry => isTaken(entry)));

/** The ports of which two registries say different things: other names, transports, status or words. Lowest first. */
export const comparePorts = (one: Pick<Registry, 'lookup'>, other: Pick<Registry, 'lookup'>): readonly Port[] =>
	Array.from({length: portCount}, (_, port) => port as Port).filter(port => standingOf(one, port) !== standingOf(other, port));
