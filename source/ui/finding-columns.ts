import type {Registry, Severity} from '../registry/registry.ts';
import {printable} from '../report/printable.ts';
import {reasonWords} from '../report/reason-words.ts';
import {formatRtt} from '../report/round-trip.ts';
import type {Opening, ScanRecord} from '../scan/scan-record.ts';
import {tcpFactsOf} from '../scan/tcp-facts.ts';
import {vantageOf} from '../scan/vantage.ts';
import {reasonOf, type PortState} from '../scan/verdict.ts';
import {saidOf, type Before} from '../store/scan-before.ts';
import type {FindingSort} from '../store/scans-state.ts';
import {widthOf} from './fit-text.ts';
import {fitColumns, type ListColumn} from './fit-columns.ts';

export type FindingColumnId = 'port' | 'state' | 'reason' | 'rtt' | 'tries' | 'before' | 'address' | 'name' | 'risk' | 'use';

/** An IPv6 address in full is wider than it is worth: what is cut is told in the hosts pane. */
const addressWidth = 15;

const columns: ReadonlyArray<ListColumn<FindingColumnId>> = [
	{id: 'port', title: 'PORT', width: 5, align: 'end'},
	{id: 'state', title: 'STATE', width: 8},
	{id: 'reason', title: 'REASON', width: 16, most: 21},
	{id: 'rtt', title: 'RTT', width: 7, align: 'end'},
	{id: 'tries', title: 'TRIES', width: 5, align: 'end'},
	{id: 'before', title: 'BEFORE', width: 12},
	{id: 'address', title: 'ADDRESS', width: addressWidth, most: 26},
	{id: 'name', title: 'NAME', width: 12, most: 18},
	{id: 'risk', title: 'RISK', width: 8},
	{id: 'use', title: 'REGISTERED FOR (not observed)', width: 12, most: Number.MAX_SAFE_INTEGER},
];

/** The columns there is room for. `isManyHosts` tells whether rows are of more than one address, `isCompared` whether there is a scan before. */
export const findingColumns = (width: number, isManyHosts: boolean, isCompared: boolean): ReadonlyArray<ListColumn<FindingColumnId>> =>
	fitColumns(columns, ['port', 'state', ...(isManyHosts ? ['address'] as const : []), ...(isCompared ? ['before'] as const : []), 'name', 'rtt', 'risk', 'reason', 'tries', 'use'], width);

/** The column that shows by what the list is sorted. */
export const sortedColumn: Readonly<Record<FindingSort, FindingColumnId | undefined>> = {port: 'port', host: 'address', rtt: 'rtt', name: 'name', risk: 'risk', found: undefined};

const beforeWords: Readonly<Record<Before, string>> = {
	open: 'was open', closed: 'was closed', filtered: 'was filtered', unknown: 'was unknown',
	'not-asked': 'not asked', 'not-listed': 'not listed', 'host-down': 'host down', 'no-verdict': 'no verdict',
};

/** What the scan before said, where it said something else. */
const beforeText = (before: Before | undefined, state: PortState): string => (before === undefined || before === state ? '' : beforeWords[before]);

export type FindingCells = {readonly texts: Readonly<Record<FindingColumnId, string>>; readonly state: PortState; readonly severity: Severity | undefined};

/** Words for a reason where there is room for them. */
const reasonText = (reason: string, width: number): string => (widthOf(reasonWords(reason)) <= width ? reasonWords(reason) : reason);

/** The texts of a finding's row. Name, risk and use come from the port's number: none of them was observed. */
export const cellsOfFinding = ({host: index, port}: Opening, record: ScanRecord, before: ScanRecord | undefined, registry: Registry | undefined, reasonWidth: number): FindingCells | undefined => {
	const {host: {address}, verdicts} = record.hosts[index]!;
	const verdict = verdicts.get(port);
	if (verdict === undefined) {
		return undefined;
	}

	const facts = registry === undefined ? undefined : tcpFactsOf(registry.lookup(port), verdict.state, vantageOf(address));
	return {
		texts: {
			port: String(port),
			state: verdict.state,
			reason: reasonText(reasonOf(verdict), reasonWidth),
			rtt: formatRtt(verdict) ?? '',
			tries: String(verdict.tries),
			before: beforeText(before === undefined ? undefined : saidOf(before, address.text, port), verdict.state),
			address: printable(address.text),
			name: facts === undefined ? '' : printable(facts.registry?.name ?? '—'),
			risk: facts?.exposure?.severity ?? '',
			use: facts === undefined ? '' : printable([facts.registry?.description ?? '', facts.commonly.length === 0 ? '' : `commonly ${facts.commonly.join(', ')}`].filter(part => part !== '').join('; ')),
		},
		state: verdict.state,
		severity: facts?.exposure?.severity,
	};
};
