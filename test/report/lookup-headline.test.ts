import test from 'ava';
import {toPort, type Transport} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {narrowFacts} from '../../source/registry/narrow-facts.ts';
import {formatHeadline, headlineOf, rowOf} from '../../source/report/lookup-headline.ts';

const registry = await loadRegistry();

const headlines: ReadonlyArray<readonly [port: number, transport: Transport | undefined, headline: string]> = [
	[5432, undefined, '5432/tcp  postgresql — PostgreSQL database server: applications connect here to run SQL'],
	[80, undefined, '80/tcp  http — HTTP: web pages and APIs, unencrypted'],
	[6443, undefined, '6443/tcp  commonly Kubernetes API server — kubectl and the nodes reach the API of a cluster here, over TLS; IANA: sun-sr-https'],
	[5173, undefined, '5173/tcp  commonly Vite dev server — Web app under development, served by Vite (npm run dev); IANA: unassigned'],
	[67, undefined, '67/udp  bootps — DHCP server: a device that joins a network asks here for its address (also BOOTP)'],
	[514, undefined, '514/udp  syslog — Syslog: machines send their log lines to a log server here'],
	[514, 'tcp', '514/tcp  shell — rsh: runs commands for machines it trusts, without encryption; SSH replaced it'],
	[443, 'udp', '443/udp  https — HTTP/3: web pages and APIs over QUIC, encrypted'],
	[9100, undefined, '9100/tcp  pdl-datastream — Raw printing (JetDirect): whatever is sent here is printed; also the default of Prometheus node_exporter'],
	[999, undefined, '999/tcp  garcon'],
	[1244, undefined, '1244/tcp  isbconference1'],
	[3610, undefined, '3610/udp  echonet — ECHONET Lite: air conditioners, lights and solar panels at home are found, read and switched, mostly in Japan'],
	[5094, undefined, '5094/udp  hart-ip — HART-IP'],
	[332, undefined, '332  Unassigned; no common use is known'],
	[0, undefined, '0/tcp  Nothing can be reached here: a program that asks to listen on 0 is given any free port'],
	[80, 'dccp', '80/dccp  Unassigned; no common use is known'],
	[60_001, undefined, '60001  Dynamic: never assigned (RFC 6335); no common use is known'],
];

for (const [port, transport, headline] of headlines) {
	test(`the first line of ${port}${transport === undefined ? '' : `/${transport}`}`, t => {
		const facts = registry.lookup(toPort(port));
		t.is(formatHeadline(headlineOf(transport === undefined ? facts : narrowFacts(facts, transport))), headline);
	});
}

test('a line of a list has every transport of its name, whatever its aliases', t => {
	t.is(rowOf(registry.lookup(toPort(80)))[2], 'tcp udp sctp');
	t.is(rowOf(registry.lookup(toPort(888)))[2], 'tcp udp');
});
