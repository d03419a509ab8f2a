import test from 'ava';
import {toPort} from '../../source/port/port.ts';
import {loadRegistry} from '../../source/registry/load-registry.ts';
import {lookupDocument} from '../../source/report/lookup-json.ts';
import {assertValid} from '../helpers/schemas.ts';
import {factsOf, lookupContext, lookupRegistry} from '../helpers/lookup-registry.ts';

const {clientRanges} = lookupRegistry;

test('the document has the shape that is promised', t => {
	t.deepEqual(lookupDocument(factsOf(80), lookupContext, clientRanges.slice(0, 1)) as unknown, {
		portui: 1,
		kind: 'lookup',
		origin: 'IANA registry of a test',
		clientRanges: {
			here: {first: 32_768, last: 60_999, reserved: [{first: 40_000, last: 40_002}], readFrom: '/proc/range'},
			defaults: [{system: 'OpenBSD', first: 1024, last: 49_151, source: 'in.h'}],
		},
		ports: [{
			port: 80,
			range: 'well-known',
			purpose: [{transports: ['tcp'], text: 'HTTP: web pages'}, {transports: ['udp'], text: 'Nothing | much'}],
			entries: [{name: 'http', aliases: ['www'], transports: ['tcp', 'udp'], status: 'assigned', description: 'World Wide Web HTTP'}],
			commonly: [],
			exposure: [],
			blockedByBrowsers: false,
			clientRange: {here: 'outside', defaultOf: []},
		}],
	});
});

test('a client range that could not be read is null, not outside', t => {
	const document = lookupDocument(factsOf(50_000), {...lookupContext, ownClientRange: undefined}, []);
	t.deepEqual(document.clientRanges, {here: null, defaults: []});
	t.deepEqual(document.ports[0]!.clientRange, {here: null, defaultOf: ['Windows', 'macOS']});
});

test('the document of no ports is still a document', t => {
	t.deepEqual(lookupDocument([], {...lookupContext, ownClientRange: undefined}, []) as unknown, {
		portui: 1, kind: 'lookup', origin: 'IANA registry of a test', clientRanges: {here: null, defaults: []}, ports: [],
	});
});

test('the documents of every kind of port are as the schema says', t => {
	assertValid(t, 'lookup', lookupDocument(factsOf(0, 80, 5173, 6667, 50_000), lookupContext, clientRanges, 'corrected'));
	assertValid(t, 'lookup', lookupDocument([], {...lookupContext, ownClientRange: undefined}, []));
});

test('what the registry has of every port is as the schema says', async t => {
	const registry = await loadRegistry();
	const all = Array.from({length: 65_536}, (_, port) => registry.lookup(toPort(port)));
	assertValid(t, 'lookup', lookupDocument(all, lookupContext, registry.clientRanges));
});
