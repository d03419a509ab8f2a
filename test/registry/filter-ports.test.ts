import test from 'ava';
import {rangeOf} from '../../source/port/port-range.ts';
import {portCount, toPort, transports} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {severities, statuses, type PortFacts} from '../../source/registry/registry.ts';

const registry = await loadRegistry();
const every = Array.from({length: portCount}, (_, port) => registry.lookup(toPort(port)));
const portsWhere = (isWanted: (facts: PortFacts) => boolean): number[] => every.filter(facts => isWanted(facts)).map(({port}) => port);

const isRiskAtLeast = (least: number) => ({exposure}: PortFacts): boolean =>
	exposure.some(({severity: {internet}}) => internet !== null && severities.indexOf(internet) >= least);
const hasCategory = (...categories: readonly string[]) => ({commonly}: PortFacts): boolean => commonly.some(({category}) => categories.includes(category));
const isOn = (transport: string) => ({entries, commonly, exposure}: PortFacts): boolean =>
	[...entries.filter(({status}) => status === 'assigned'), ...commonly, ...exposure].some(each => (each.transports as readonly string[]).includes(transport));
const isInRange = (id: string) => ({port}: PortFacts): boolean => rangeOf(port).id === id;
const hasStatus = (status: string) => ({entries}: PortFacts): boolean => entries[0]!.status === status;

const filters: ReadonlyArray<readonly [query: string, (facts: PortFacts) => boolean]> = [
	...severities.map((severity, least) => [`risk:${severity}`, isRiskAtLeast(least)] as const),
	['risk:any', isRiskAtLeast(0)],
	['risk:', isRiskAtLeast(0)],
	['risk:hi', isRiskAtLeast(severities.indexOf('high'))],
	['risk:critical,medium', isRiskAtLeast(severities.indexOf('medium'))],
	['category:database', hasCategory('database')],
	['category:database,message-queue', hasCategory('database', 'message-queue')],
	['category:web', hasCategory('web-dev', 'web-server')],
	['category:', ({commonly}) => commonly.length > 0],
	['range:well-known', isInRange('well-known')],
	['range:system', isInRange('well-known')],
	['range:registered', isInRange('registered')],
	['range:user', isInRange('registered')],
	['range:ephemeral', isInRange('ephemeral')],
	['range:dynamic', isInRange('ephemeral')],
	['range:private', isInRange('ephemeral')],
	['range:reg', isInRange('registered')],
	['range:', () => true],
	['client:windows', ({port}) => port >= 49_152],
	['client:linux', ({port}) => port >= 32_768 && port <= 60_999],
	['client:openbsd,macos', ({port}) => port >= 1024],
	['client:', ({clientRanges}) => clientRanges.length > 0],
	...transports.map(transport => [`transport:${transport}`, isOn(transport)] as const),
	...transports.map(transport => [transport, isOn(transport)] as const),
	['transport:sctp,dccp', facts => isOn('sctp')(facts) || isOn('dccp')(facts)],
	['sctp dccp', facts => isOn('sctp')(facts) && isOn('dccp')(facts)],
	...statuses.map(status => [`status:${status}`, hasStatus(status)] as const),
	['status:r', hasStatus('reserved')],
	['!status:assigned', facts => !hasStatus('assigned')(facts)],
	['!risk:any category:database', facts => !isRiskAtLeast(0)(facts) && hasCategory('database')(facts)],
	['risk:high 1000-9999 !8000-8999 tcp', facts => isRiskAtLeast(3)(facts) && facts.port >= 1000 && facts.port <= 9999 && !(facts.port >= 8000 && facts.port <= 8999) && isOn('tcp')(facts)],
];

for (const [query, isWanted] of filters) {
	test(`${query} lists in order the ports whose facts say so`, t => {
		const ports: readonly number[] = registry.search(query);
		t.true(ports.length > 0);
		t.deepEqual(ports, portsWhere(isWanted));
	});
}

test('a value that nothing is like finds nothing', t => {
	for (const query of ['risk:purple', 'category:zzz', 'transport:smoke', 'http status:elsewhere']) {
		t.deepEqual(registry.search(query), [], query);
	}
});
