import {rangeOf} from '../port/port-range.ts';
import {standingOf, type OwnClientRange} from '../local/client-range.ts';
import type {ClientRange, CommonUse, Exposure, PortFacts, Purpose, RegistryEntry} from '../registry/registry.ts';
import type {CommonUseDocument, ExposureDocument, LookupDocument, LookupEntry, LookupPort} from './documents/lookup.ts';
import type {LookupContext} from './lookup-sections.ts';
import {recordsDocument} from './registry-record.ts';

const entryDocument = ({name, aliases, transports, status, description}: RegistryEntry): LookupEntry => ({name, aliases, transports, status, description});

const purposeDocument = ({transports, text}: Purpose): LookupPort['purpose'][number] => ({transports, text});

const useDocument = ({software, transports, category, note, relation, source}: CommonUse): CommonUseDocument => ({software, transports, category, note, relation, source});

const exposureDocument = ({service, transports, encrypted, concern, safer, severity, references, knownExploited, basis, confidence, source}: Exposure): ExposureDocument =>
	({service, transports, encrypted, concern, safer, severity, references, knownExploited, basis, confidence, source});

const portDocument = (facts: PortFacts, own: OwnClientRange | undefined): LookupPort => ({
	port: facts.port,
	range: rangeOf(facts.port).id,
	purpose: facts.purposes.map(purpose => purposeDocument(purpose)),
	entries: facts.entries.map(entry => entryDocument(entry)),
	...recordsDocument(facts),
	commonly: facts.commonly.map(use => useDocument(use)),
	exposure: facts.exposure.map(each => exposureDocument(each)),
	blockedByBrowsers: facts.isBlockedByBrowsers,
	clientRange: {here: own === undefined ? null : standingOf(own, facts.port), defaultOf: facts.clientRanges.map(({system}) => system)},
});

const clientRangesDocument = (own: OwnClientRange | undefined, defaults: readonly ClientRange[]): LookupDocument['clientRanges'] => ({
	here: own === undefined ? null : {first: own.first, last: own.last, reserved: own.reserved, readFrom: own.readFrom},
	defaults: defaults.map(({system, first, last, source}) => ({system, first, last, source})),
});

/**
What the registry knows of some ports, as the JSON document of kind `lookup`, version 1.

@param every - In the order they are to be told.
@param clientRanges - The default client range of every system.
@param corrected - What was searched instead of words that nothing matches; left out of the document where they match.
*/
export const lookupDocument = (every: readonly PortFacts[], {origin, ownClientRange}: LookupContext, clientRanges: readonly ClientRange[], corrected?: string): LookupDocument => ({
	portui: 1,
	kind: 'lookup',
	origin,
	...(corrected === undefined ? {} : {corrected}),
	clientRanges: clientRangesDocument(ownClientRange, clientRanges),
	ports: every.map(facts => portDocument(facts, ownClientRange)),
});
