import type {Transport} from '../port/port.ts';
import type {PortFacts, RegistryEntry} from './registry.ts';

type Transported = {readonly transports: readonly Transport[]};

/**
What is known of a port on one transport: `53/udp` of 53.

What names no transport holds for each, such as the entry of a port without a record.
*/
export const narrowFacts = (facts: PortFacts, transport: Transport): PortFacts => {
	const narrow = <Fact extends Transported>(all: readonly Fact[]): readonly Fact[] => all.flatMap(fact => {
		if (fact.transports.length === 0) {
			return fact;
		}

		return fact.transports.includes(transport) ? {...fact, transports: [transport]} : [];
	});
	const entries = narrow(facts.entries);
	const none: RegistryEntry = {name: null, aliases: [], transports: [transport], status: 'unassigned', description: 'Unassigned'};
	return {
		...facts,
		entries: entries.length === 0 ? [none] : entries,
		purposes: narrow(facts.purposes),
		commonly: narrow(facts.commonly),
		exposure: narrow(facts.exposure),
		...(facts.records && {records: narrow(facts.records)}),
	};
};
