import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import type {Exposure, PortFacts, RegistryEntry} from '../../source/registry/registry.ts';
import {tcpFactsOf} from '../../source/scan/tcp-facts.ts';

const entry = (changes: Partial<RegistryEntry>): RegistryEntry => ({name: 'x', aliases: [], transports: ['tcp'], status: 'assigned', description: 'X', ...changes});

const exposure = (concern: string, transport: 'tcp' | 'udp', loopback: Exposure['severity']['loopback']): Exposure => ({
	service: 'X', transports: [transport], encrypted: 'cleartext', concern, safer: 'less', severity: {internet: 'high', lan: 'medium', loopback}, references: '', knownExploited: [], basis: '', confidence: 'high', source: '',
});

const facts = (changes: Partial<PortFacts>): PortFacts => ({port: toPort(1), entries: [entry({})], purposes: [], commonly: [], exposure: [], isBlockedByBrowsers: false, clientRanges: [], ...changes});

test('a name that is registered for UDP alone is not said of a TCP port', t => {
	t.is(tcpFactsOf(facts({entries: [entry({transports: ['udp']})]}), 'open', 'lan').registry, null);
	t.deepEqual(tcpFactsOf(facts({entries: [entry({transports: ['udp']}), entry({name: 'y'})]}), 'open', 'lan').registry, {name: 'y', description: 'X'});
});

test('an unassigned port has no registration, a reserved one has', t => {
	t.is(tcpFactsOf(facts({entries: [entry({name: null, status: 'unassigned'})]}), 'open', 'lan').registry, null);
	t.is(tcpFactsOf(facts({entries: [entry({name: null, status: 'reserved', description: 'Reserved'})]}), 'open', 'lan').registry?.description, 'Reserved');
});

test('the gravest judgement for that vantage counts', t => {
	const exposures = [exposure('a', 'tcp', 'info'), exposure('b', 'tcp', 'low'), exposure('c', 'tcp', null), exposure('d', 'udp', 'critical')];
	t.deepEqual(tcpFactsOf(facts({exposure: exposures}), 'open', 'loopback').exposure, {service: 'X', severity: 'low', from: 'loopback', concern: 'b', safer: 'less'});
	t.like(tcpFactsOf(facts({exposure: exposures}), 'open', 'lan').exposure, {severity: 'medium', concern: 'a'});
	t.is(tcpFactsOf(facts({exposure: [exposure('c', 'tcp', null)]}), 'open', 'loopback').exposure, null);
});

test('only an open port is exposed', t => {
	for (const state of ['closed', 'filtered', 'unknown'] as const) {
		t.is(tcpFactsOf(facts({exposure: [exposure('a', 'tcp', 'low')]}), state, 'lan').exposure, null);
	}
});
