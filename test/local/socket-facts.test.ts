import test from 'ava';
import {isSameService, socketFactsOf} from '../../source/local/socket-facts.ts';
import {toPort} from '../../source/port/port.ts';
import type {Exposure} from '../../source/registry/registry.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {createFakeRegistry} from '../helpers/fake-registry.ts';
import {processOf} from '../helpers/local-sockets.ts';

const same: ReadonlyArray<readonly [process: string, services: readonly string[], isSame: boolean]> = [
	['sshd', ['ssh'], true],
	['postgres', ['PostgreSQL'], true],
	['redis-server', ['Redis'], true],
	['node.exe', ['Next.js / Node dev server'], false],
	['node', ['Node.js inspector'], false],
	['python3.11', ['Python http.server'], false],
	['nginx', ['http'], false],
	['server', ['Grafana / dev servers'], false],
	['node', ['Grafana'], false],
	['a', ['a'], false],
	['', ['http'], false],
	['x', [], false],
];

for (const [process, services, isSame] of same) {
	test(`${process || 'nobody'} is ${isSame ? '' : 'not '}${services.join(', ') || 'nothing'}`, t => {
		t.is(isSameService(process, services), isSame);
	});
}

const exposure: Exposure = {
	service: 'Redis', transports: ['tcp'], encrypted: 'cleartext', concern: 'no password', safer: 'a password',
	severity: {internet: 'critical', lan: 'high', loopback: 'low'}, references: '', knownExploited: [], basis: 'own judgement', confidence: 'high', source: '',
};
const {lookup} = createFakeRegistry({6379: {name: 'redis', exposure: [exposure]}});

test('the judgement is that of the scope, and a guess unless the process agrees', t => {
	const told = (scope: 'loopback' | 'private' | 'public' | 'every-interface', name: string, transport: 'tcp' | 'udp' = 'tcp') => {
		const facts = socketFactsOf(lookup(toPort(6379)), {transport, scope, owners: [processOf(5, {name})]});
		return [facts.usual?.name, facts.usual?.isGuess, facts.exposure?.severity, facts.exposure?.from, facts.isExposureGuess];
	};

	t.deepEqual(told('loopback', 'redis-server'), ['redis', false, 'low', 'loopback', false]);
	t.deepEqual(told('private', 'java'), ['redis', true, 'high', 'lan', true]);
	t.deepEqual(told('public', 'java'), ['redis', true, 'critical', 'internet', true]);
	t.deepEqual(told('every-interface', 'redis-server'), ['redis', false, 'critical', 'internet', false]);
	t.deepEqual(told('every-interface', 'redis-server', 'udp'), [undefined, undefined, undefined, undefined, false]);
});

test('of several usual services the one the process is named for is told', async t => {
	const registry = await loadRegistry();
	const facts = (name: string) => socketFactsOf(registry.lookup(toPort(3000)), {transport: 'tcp', scope: 'loopback', owners: [processOf(5, {name})]}).usual;
	t.deepEqual(facts('grafana'), {name: 'Grafana', isGuess: false});
	t.true(facts('something')?.isGuess);
});
