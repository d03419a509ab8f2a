import test from 'ava';
import {lookupDocument} from '../../source/report/lookup-json.ts';
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
	const document = lookupDocument(factsOf(50_000), {...lookupContext, ownClientRange: undefined}, []) as {clientRanges: object; ports: Array<{clientRange: object}>};
	t.deepEqual(document.clientRanges, {here: null, defaults: []});
	t.deepEqual(document.ports[0]!.clientRange, {here: null, defaultOf: ['Windows', 'macOS']});
});

test('the document of no ports is still a document', t => {
	t.deepEqual(lookupDocument([], {...lookupContext, ownClientRange: undefined}, []) as unknown, {
		portui: 1, kind: 'lookup', origin: 'IANA registry of a test', clientRanges: {here: null, defaults: []}, ports: [],
	});
});
