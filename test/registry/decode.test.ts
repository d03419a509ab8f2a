import fc from 'fast-check';
import test from 'ava';
import {transports, type Port} from '../../source/port/port.ts';
import {decodeRegistry} from '../../source/registry/decode.ts';
import {encodeRegistry} from '../../source/registry/encode.ts';
import {confidences, encryptions, relations, severities} from '../../source/registry/registry.ts';
import type {RegistryTables} from '../../source/registry/registry-tables.ts';

const port = fc.integer({min: 0, max: 65_535}).map(value => value as Port);
const text = fc.string({unit: 'grapheme'}).filter(value => !/[\t\n]/.test(value));
const word = fc.stringMatching(/^[\w*+./-]{1,15}$/);
const someTransports = fc.subarray([...transports]);
const severity = fc.constantFrom(null, ...severities);

const entry = fc.record({
	name: fc.option(word),
	aliases: fc.array(word, {maxLength: 3}),
	transports: someTransports,
	status: fc.constantFrom('assigned' as const, 'reserved' as const, 'unassigned' as const),
	description: text,
});

const use = fc.record({software: text, transports: someTransports, category: text, note: text, relation: fc.constantFrom(...relations), source: text});

const exposure = fc.record({
	service: text,
	transports: someTransports,
	encrypted: fc.constantFrom(...encryptions),
	concern: text,
	safer: text,
	severity: fc.record({internet: severity, lan: severity, loopback: severity}),
	references: text,
	knownExploited: fc.array(word, {maxLength: 3}),
	basis: text,
	confidence: fc.constantFrom(...confidences),
	source: text,
});

const tables: fc.Arbitrary<RegistryTables> = fc.record({
	origin: text,
	date: fc.constantFrom(undefined, '2013-05-28', '2002-09'),
	registrations: fc.array(fc.tuple(port, port, entry).map(([a, b, each]) => ({first: a < b ? a : b, last: a < b ? b : a, entry: each})), {maxLength: 5}),
	purposes: fc.array(fc.record({port, purpose: fc.record({transports: someTransports, text})}), {maxLength: 5}),
	commonUses: fc.array(fc.record({port, use}), {maxLength: 5}),
	exposures: fc.array(fc.record({port, exposure}), {maxLength: 5}),
	topPorts: fc.array(port, {maxLength: 5}),
	portsBlockedByBrowsers: fc.array(port, {maxLength: 5}),
	clientRanges: fc.array(fc.record({first: port, last: port, system: text, readWith: text, source: text}), {maxLength: 5}),
});

test('what was encoded decodes to itself', t => {
	fc.assert(fc.property(tables, value => {
		t.deepEqual(decodeRegistry(encodeRegistry(value)), value);
	}), {numRuns: 200, seed: 1});
});

test('a port that is no port is rejected', t => {
	const empty = {origin: '', date: '', registrations: '', purposes: '', commonUses: '', exposures: '', topPorts: '', portsBlockedByBrowsers: '', clientRanges: ''};
	t.throws(() => decodeRegistry({...empty, topPorts: '80 65536'}), {instanceOf: RangeError});
});
