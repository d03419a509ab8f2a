import {rangeOf} from '../port/port-range.ts';
import {standingOf} from '../local/client-range.ts';
import {vantages, type PortFacts, type RegistryEntry} from '../registry/registry.ts';
import {formatCsv} from './csv.ts';
import type {LookupContext} from './lookup-sections.ts';
import {recordsOfEntry} from './registry-record.ts';

type Column = readonly [name: string, cell: (facts: PortFacts, entry: RegistryEntry, context: LookupContext) => string];

/** Parts of facts of one kind, an empty one among them kept, so that the third source is that of the third use. */
const join = (parts: readonly string[]): string => (parts.every(part => part === '') ? '' : parts.join('; '));

/** What IANA's records have of an entry, each text once; empty in the built-in registry. */
const recordColumn = (name: string, key: 'assignee' | 'contact' | 'registered' | 'modified' | 'reference' | 'serviceCode' | 'unauthorizedUse' | 'notes'): Column =>
	[name, (facts, entry) => [...new Set(recordsOfEntry(facts, entry).map(record => record[key]).filter(text => text !== ''))].join('; ')];

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** The columns, in order; a new one goes to the end, as scripts count them. */
const columns: readonly Column[] = [
	['port', ({port}) => String(port)],
	['range', ({port}) => rangeOf(port).id],
	['status', (_, {status}) => status],
	['name', (_, {name}) => name ?? ''],
	['aliases', (_, {aliases}) => aliases.join(' ')],
	['transports', (_, {transports}) => transports.join(' ')],
	['description', (_, {description}) => description],
	['purpose', ({purposes}) => join(purposes.map(({text}) => text))],
	['commonly', ({commonly}) => join(commonly.map(({software}) => software))],
	['categories', ({commonly}) => join([...new Set(commonly.map(({category}) => category))])],
	['relations', ({commonly}) => join(commonly.map(({relation}) => relation))],
	['sources', ({commonly}) => join(commonly.map(({source}) => source))],
	['risk_of', ({exposure}) => join(exposure.map(({service}) => service))],
	['encrypted', ({exposure}) => join(exposure.map(({encrypted}) => encrypted))],
	...vantages.map((vantage): Column => [`risk_${vantage}`, ({exposure}) => join(exposure.map(({severity}) => severity[vantage] ?? ''))]),
	['concern', ({exposure}) => join(exposure.map(({concern}) => concern))],
	['safer', ({exposure}) => join(exposure.map(({safer}) => safer))],
	['advisories', ({exposure}) => join(exposure.map(({references}) => references))],
	['known_exploited', ({exposure}) => join(exposure.flatMap(({knownExploited}) => knownExploited))],
	['risk_basis', ({exposure}) => join(exposure.map(({basis}) => basis))],
	['risk_confidence', ({exposure}) => join(exposure.map(({confidence}) => confidence))],
	['risk_sources', ({exposure}) => join(exposure.map(({source}) => source))],
	['blocked_by_browsers', ({isBlockedByBrowsers}) => yesOrNo(isBlockedByBrowsers)],
	['client_range_here', ({port}, _, {ownClientRange}) => (ownClientRange === undefined ? '' : yesOrNo(standingOf(ownClientRange, port) === 'inside'))],
	['client_range_of', ({clientRanges}) => join(clientRanges.map(({system}) => system))],
	recordColumn('assignee', 'assignee'),
	recordColumn('contact', 'contact'),
	recordColumn('registered', 'registered'),
	recordColumn('modified', 'modified'),
	recordColumn('reference', 'reference'),
	recordColumn('service_code', 'serviceCode'),
	recordColumn('unauthorized_use', 'unauthorizedUse'),
	recordColumn('notes', 'notes'),
];

/**
What the registry knows of some ports as CSV: a row for each IANA entry of each port.

The facts of the port, from `purpose` to `client_range_of`, are the same in each of its rows; several of a kind have `; ` between them, in the order they are told elsewhere.

@returns The header alone when there are no ports.
*/
export const formatLookupCsv = (every: readonly PortFacts[], context: LookupContext): string => formatCsv(
	columns.map(([name]) => name),
	every.flatMap(facts => facts.entries.map(entry => columns.map(([, cell]) => cell(facts, entry, context)))),
);
