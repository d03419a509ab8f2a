import test from 'ava';
import {toPort, type Transport} from '../../source/port/port.ts';
import {narrowFacts} from '../../source/registry/narrow-facts.ts';
import type {PortFacts} from '../../source/registry/registry.ts';
import type {RegistryRecord} from '../../source/registry/registry-record.ts';

const recordOf = (name: string, transports: readonly Transport[]): RegistryRecord =>
	({first: toPort(888), last: toPort(888), name, transports, description: '', assignee: '', contact: '', registered: '', modified: '', reference: '', serviceCode: '', unauthorizedUse: '', notes: ''});

const facts: PortFacts = {
	port: toPort(888),
	entries: [
		{name: 'accessbuilder', aliases: ['cddbp'], transports: ['tcp'], status: 'assigned', description: ''},
		{name: 'accessbuilder', aliases: [], transports: ['udp'], status: 'assigned', description: ''},
	],
	purposes: [], commonly: [], exposure: [], isBlockedByBrowsers: false, clientRanges: [],
};

test('one transport has its own entries, names and records', t => {
	const narrow = narrowFacts({...facts, records: [recordOf('accessbuilder', ['tcp', 'udp']), recordOf('cddbp', ['tcp'])]}, 'udp');
	t.deepEqual(narrow.entries, [facts.entries[1]!]);
	t.deepEqual(narrow.records, [recordOf('accessbuilder', ['udp'])]);
});

test('a transport that nobody has is unassigned, and a registry without records has none', t => {
	const narrow = narrowFacts(facts, 'dccp');
	t.deepEqual(narrow.entries, [{name: null, aliases: [], transports: ['dccp'], status: 'unassigned', description: 'Unassigned'}]);
	t.false('records' in narrow);
});
