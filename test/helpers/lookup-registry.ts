import {interval} from '../../source/port/port-range.ts';
import {toPort, type Port} from '../../source/port/port.ts';
import {createRegistry} from '../../source/registry/create-registry.ts';
import type {PortFacts} from '../../source/registry/registry.ts';
import type {LookupContext} from '../../source/report/lookup-sections.ts';

/** A registry of three ports that has a fact of each kind. */
export const lookupRegistry = createRegistry({
	origin: 'IANA registry of a test',
	registrations: [
		{...interval(80, 80), entry: {name: 'http', aliases: ['www'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}},
		{...interval(6667, 6667), entry: {name: 'ircu', aliases: [], transports: ['tcp'], status: 'assigned', description: 'IRCU'}},
		{...interval(6667, 6667), entry: {name: null, aliases: [], transports: ['udp'], status: 'reserved', description: 'Reserved'}},
	],
	purposes: [
		{port: toPort(80), purpose: {transports: ['tcp'], text: 'HTTP: web pages'}},
		{port: toPort(80), purpose: {transports: ['udp'], text: 'Nothing | much'}},
		{port: toPort(6667), purpose: {transports: ['tcp'], text: 'IRC: chat clients connect to a server here'}},
	],
	commonUses: [
		{port: toPort(5173), use: {software: 'Vite', transports: ['tcp'], category: 'web-dev', note: 'npm run dev', relation: 'unassigned', source: 'a page'}},
	],
	exposures: [
		{port: toPort(6667), exposure: {
			service: 'IRC', transports: ['tcp'], encrypted: 'cleartext', concern: 'passwords in cleartext', safer: 'TLS on 6697',
			severity: {internet: 'low', lan: 'info', loopback: null}, references: 'CVE-2010-2075', knownExploited: [], basis: 'own judgement', confidence: 'high', source: '',
		}},
	],
	topPorts: [toPort(80)],
	portsBlockedByBrowsers: [toPort(6667)],
	clientRanges: [
		{...interval(1024, 49_151), system: 'OpenBSD', readWith: 'sysctl', source: 'in.h'},
		{...interval(49_152, 65_535), system: 'Windows', readWith: 'netsh', source: 'KB 929851'},
		{...interval(49_152, 65_535), system: 'macOS', readWith: 'sysctl', source: 'in_pcb.c'},
	],
});

export const lookupContext: LookupContext = {
	origin: lookupRegistry.origin,
	ownClientRange: {...interval(32_768, 60_999), reserved: [interval(40_000, 40_002)], readFrom: '/proc/range'},
};

export const factsOf = (...numbers: readonly number[]): readonly PortFacts[] => numbers.map(number => lookupRegistry.lookup(toPort(number) as Port));
