import {isPort, lastPort, toPort, type Port} from '../../port/port.ts';
import {coloringOf} from '../../store/map-coloring.ts';
import type {State} from '../../store/state.ts';
import type {KeyBinding} from '../key-bindings.ts';
import {nextNotable, portToTake} from './cells.ts';
import {cellBeside, cellOf, mapGeometryOf, portsOfCell, type MapGeometry} from './geometry.ts';
import {kindsOf} from './kinds.ts';
import {kindsOfPorts, mapFactsOf} from './kinds-of-ports.ts';

/** Where a key leads from the port in hand. */
type Way = (state: State, geometry: MapGeometry) => Port;

/** Takes a cell in hand: of its ports the one that tells most. A cell that is in hand already keeps its port. */
const takeCell = (state: State, geometry: MapGeometry, cell: number): Port => {
	if (cell === cellOf(geometry, state.port)) {
		return state.port;
	}

	const coloring = coloringOf(state);
	const kinds = kindsOfPorts(coloring, mapFactsOf(state));
	const ports = portsOfCell(geometry, cell);
	return kinds === undefined ? ports.first : portToTake(kinds, kindsOf[coloring], ports);
};

const byCells = (columns: number, rows: number): Way => (state, geometry) =>
	takeCell(state, geometry, cellBeside(geometry, cellOf(geometry, state.port), columns, rows));

/** A page is a quarter of the picture: all of it is in sight. */
const byPage = (step: 1 | -1): Way => (state, geometry) =>
	byCells(0, step * Math.max(1, Math.round(geometry.rowCount / 4)))(state, geometry);

const toEndOfRow = (end: 'first' | 'last'): Way => (state, geometry) => {
	const {cellsPerRow, cellCount} = geometry;
	const start = Math.floor(cellOf(geometry, state.port) / cellsPerRow) * cellsPerRow;
	return takeCell(state, geometry, end === 'first' ? start : Math.min(cellCount - 1, start + cellsPerRow - 1));
};

const byPort = (step: 1 | -1): Way => ({port}) => (isPort(port + step) ? toPort(port + step) : port);

/**
The keys of the map.

Those that move count where the map is in hand; in another pane of the view they do what they do everywhere.

@param everywhere - The keys of every view.
*/
export const mapBindings = (everywhere: readonly KeyBinding[]): readonly KeyBinding[] => {
	const go = (keys: readonly string[], label: string, description: string, way: Way): KeyBinding => ({
		mode: 'browse', view: 'map', keys, label, description,
		run(context) {
			const {session: {store}, key} = context;
			const state = store.getState();
			const geometry = mapGeometryOf(state);
			if (state.focus === 'map' && geometry !== undefined) {
				store.dispatch({type: 'selectPort', port: way(state, geometry)});
			} else {
				everywhere.find(binding => binding.keys.includes(key))?.run(context);
			}
		},
	});

	const seek = (key: string, description: string, step: 1 | -1, footer: Pick<KeyBinding, 'footer'>): KeyBinding => ({
		mode: 'browse', view: 'map', keys: [key], label: key, description, ...footer,
		run({session: {store}}) {
			const state = store.getState();
			const coloring = coloringOf(state);
			const kinds = kindsOfPorts(coloring, mapFactsOf(state));
			const port = kinds && nextNotable(kinds, kindsOf[coloring], state.port, step);
			if (port === undefined) {
				store.dispatch({type: 'messageShown', message: {text: 'No port stands out in these colours: c shows others.', tone: 'problem'}});
			} else {
				store.dispatch({type: 'selectPort', port});
			}
		},
	});

	return [
		go(['up', 'k'], '↑ k', 'a row up', byCells(0, -1)),
		go(['down', 'j'], '↓ j', 'a row down', byCells(0, 1)),
		go(['left', 'h'], '← h', 'a cell to the left', byCells(-1, 0)),
		go(['right', 'l'], '→ l', 'a cell to the right', byCells(1, 0)),
		go(['pageup'], 'PgUp', 'a quarter of the map up', byPage(-1)),
		go(['pagedown'], 'PgDn', 'a quarter of the map down', byPage(1)),
		go(['home'], 'Home', 'to the start of the row', toEndOfRow('first')),
		go(['end'], 'End', 'to the end of the row', toEndOfRow('last')),
		go(['g'], 'g', 'to the first port', () => toPort(0)),
		go(['G'], 'G', 'to the last port', () => lastPort),
		go([','], ',', 'the port before, within a cell too', byPort(-1)),
		go(['.'], '.', 'the next port, within a cell too', byPort(1)),
		seek('n', 'the next port that stands out: assigned, risky, open or found', 1, {footer: 'next'}),
		seek('N', 'the port before that stands out', -1, {}),
		{
			mode: 'browse', view: 'map', keys: ['c'], label: 'c', description: 'other colours: by assignment, range, exposure, what the scan saw, what was found', footer: 'colours',
			run: ({session}) => session.store.dispatch({type: 'cycleColoring', step: 1}),
		},
		{
			mode: 'browse', view: 'map', keys: ['C'], label: 'C', description: 'the colours before',
			run: ({session}) => session.store.dispatch({type: 'cycleColoring', step: -1}),
		},
	];
};
