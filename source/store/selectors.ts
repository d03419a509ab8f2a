import {lastPort, portCount, toPort, type Port} from '../port/port.ts';
import {contains} from '../port/port-range.ts';
import {formatPortSet, portSetOfPorts} from '../port/port-set.ts';
import type {Opening} from '../scan/scan-record.ts';
import {serviceInHand} from './local-selectors.ts';
import {rangeRows, type RangeRow} from './range-rows.ts';
import type {State} from './state.ts';

/** A list of ports by position: all of them, or those that match what is looked for. */
export type PortList = {
	readonly count: number;
	readonly at: (index: number) => Port | undefined;
	/** Position of a port, -1 where it is not in the list. */
	readonly indexOf: (port: Port) => number;
};

const everyPort: PortList = {
	count: portCount,
	at: index => (index >= 0 && index <= lastPort ? toPort(index) : undefined),
	indexOf: port => port,
};

/** The list of the ports pane. */
export const portListOf = ({find: {results}}: State): PortList =>
	results === undefined
		? everyPort
		: {count: results.length, at: index => results[index], indexOf: port => results.indexOf(port)};

export const rangeRowsOf = ({unfolded}: State): readonly RangeRow[] => rangeRows(unfolded);

/** The row in hand of the ranges pane. */
export const selectedRangeRow = (state: State): RangeRow => {
	const rows = rangeRowsOf(state);
	return rows.find(({id}) => id === state.rangeRowId) ?? rows[0]!;
};

export const openingId = ({host, port}: Opening): string => `${host}:${port}`;

export const openingsOf = ({scan}: State): readonly Opening[] => scan?.record.openings ?? [];

/** Position of the result in hand: the first one until another is chosen; -1 when there is none. */
export const selectedOpeningIndex = (state: State): number => {
	const openings = openingsOf(state);
	const index = state.openingId === undefined ? 0 : openings.findIndex(opening => openingId(opening) === state.openingId);
	return openings.length === 0 ? -1 : Math.max(0, index);
};

/** The list of ports `s` offers first: what is in hand in the pane in hand. */
export const portsInHand = (state: State): string => {
	switch (state.focus) {
		case 'ranges': {
			const row = selectedRangeRow(state);
			return row.kind === 'all' ? 'all' : `${row.first}-${row.last}`;
		}

		case 'scan':
		case 'findings':
		case 'hosts':
		case 'pace': {
			return state.scan?.request.ports ?? 'all';
		}

		case 'sockets':
		case 'socket': {
			return String(serviceInHand(state)?.port ?? state.port);
		}

		default: {
			return String(state.port);
		}
	}
};

/** More found ports than this are a list nobody means to scan. */
const mostFoundPorts = 200;

/** Lists of ports worth offering to a scan: what is in hand, what was found, and the usual ones. */
export const portsOnOffer = (state: State): readonly string[] => {
	const {results} = state.find;
	const found = results !== undefined && results.length > 1 && results.length <= mostFoundPorts ? [formatPortSet(portSetOfPorts(results))] : [];
	return [...new Set([portsInHand(state), ...found, ...(state.scanDefaults.ports === undefined ? [] : [state.scanDefaults.ports]), 'top1000', 'all', 'well-known', 'registered', 'ephemeral'])];
};

/** The first listed port of an interval, for a ports pane that follows the ranges pane. */
export const firstPortWithin = (state: State, row: RangeRow): Port | undefined => {
	const {results} = state.find;
	return results === undefined ? row.first : results.find(port => contains(row, port));
};
