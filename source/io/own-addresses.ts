import {networkInterfaces} from 'node:os';

/** The literal addresses of this machine's interfaces, link-local ones with their zone, as they are dialled. */
export const ownAddresses = (): readonly string[] => Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
	(entries ?? []).map(({address}) => (/^fe[89ab]/i.test(address) ? `${address.replace(/%.*$/, '')}%${name}` : address)));
