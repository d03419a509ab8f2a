import fc from 'fast-check';
import test from 'ava';
import {toPort, transports, type Transport} from '../../source/port/port.ts';
import {relations, type CommonUse, type PortFacts, type RegistryEntry} from '../../source/registry/registry.ts';
import {formatTransports, summarize} from '../../source/ui/port-summary.ts';

const written: ReadonlyArray<readonly [transports: readonly Transport[], text: string]> = [
	[[], ''],
	[['tcp'], 'tcp'],
	[['sctp'], 'sctp'],
	[['tcp', 'udp'], 'tcp udp'],
	[['tcp', 'sctp'], 'tcp +1'],
	[['tcp', 'udp', 'sctp'], 'tcp +2'],
	[['tcp', 'udp', 'sctp', 'dccp'], 'tcp +3'],
];

for (const [all, text] of written) {
	test(`${JSON.stringify(all)} is written ${JSON.stringify(text)}`, t => {
		t.is(formatTransports(all), text);
	});
}

test('any transports fit in seven columns, the first of them named', t => {
	fc.assert(fc.property(fc.subarray([...transports], {minLength: 1}), all => {
		t.true(formatTransports(all).length <= 7);
		t.true(formatTransports(all).startsWith(all[0]!));
	}));
});

const entry = (changes: Partial<RegistryEntry> = {}): RegistryEntry =>
	({name: 'ssh', aliases: [], transports: ['tcp'], status: 'assigned', description: 'The Secure Shell (SSH) Protocol', ...changes});
const unassigned = entry({name: null, transports: [], status: 'unassigned', description: 'Unassigned'});
const use = (software: string, relation: CommonUse['relation']): CommonUse => ({software, transports: ['tcp'], category: 'web', note: '', relation, source: ''});
const facts = (entries: readonly RegistryEntry[], ...commonly: readonly CommonUse[]): PortFacts => ({port: toPort(22), entries, purposes: [], commonly, exposure: [], isBlockedByBrowsers: false, clientRanges: []});

test('a registered port is its name, its transports and IANA’s words', t => {
	t.deepEqual(summarize(facts([entry()])), {name: 'ssh', over: 'tcp', description: 'The Secure Shell (SSH) Protocol', isRecorded: true});
});

test('software that is what IANA says is not said again', t => {
	t.is(summarize(facts([entry()], use('OpenSSH', 'same'))).description, 'The Secure Shell (SSH) Protocol');
});

test('software that is something else is said after IANA’s words', t => {
	t.is(summarize(facts([entry({description: 'HTTP Alternate'})], use('Tomcat', 'same'), use('Jenkins', 'other'))).description, 'HTTP Alternate; commonly Jenkins');
});

test('a port that nobody registered is a dash, and what really uses it', t => {
	t.deepEqual(summarize(facts([unassigned])), {name: '—', over: '', description: 'Unassigned', isRecorded: false});
	t.is(summarize(facts([unassigned], use('Vite', 'unassigned'))).description, 'commonly Vite');
	t.is(summarize(facts([unassigned], ...relations.map(relation => use(`Soft${relation}`, relation)))).description.includes('Softsame'), false);
});

test('a name without words of its own has only what is common', t => {
	t.is(summarize(facts([entry({description: ''})], use('Thing', 'other'))).description, 'commonly Thing');
	t.is(summarize(facts([entry({description: ''})])).description, '');
});

test('the transports of all registrations that stand like the first are joined, each once', t => {
	const {over, name} = summarize(facts([entry(), entry({name: 'other', transports: ['udp', 'tcp']}), entry({name: null, status: 'reserved', transports: ['dccp']})]));
	t.is(name, 'ssh');
	t.is(over, 'tcp udp');
});
