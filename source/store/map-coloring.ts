import type {Port} from '../port/port.ts';
import type {State} from './state.ts';

/** What the colours of the port map can stand for, in the order in which they are offered. */
export const mapColorings = ['assignment', 'range', 'exposure', 'scan', 'found'] as const;
export type MapColoring = (typeof mapColorings)[number];

/** What the map remembers. The port in hand is the whole screen's. */
export type MapState = {
	/** What the user has chosen to see; undefined leaves it to what is going on. */
	readonly chosen: MapColoring | undefined;
};

export const initialMap: MapState = {chosen: undefined};

/** The colourings that say anything now: `found` needs something that is looked for. */
export const coloringsOnOffer = ({find}: Pick<State, 'find'>): readonly MapColoring[] =>
	mapColorings.filter(coloring => coloring !== 'found' || find.results !== undefined);

/** What the map shows: what was chosen, else what is news. */
export const coloringOf = (state: Pick<State, 'map' | 'scan' | 'find'>): MapColoring => {
	const {map: {chosen}, scan, find} = state;
	if (chosen !== undefined && coloringsOnOffer(state).includes(chosen)) {
		return chosen;
	}

	return scan !== undefined ? 'scan' : find.results === undefined ? 'assignment' : 'found';
};

const nobody: ReadonlySet<Port> = new Set();

/** The TCP ports that listen on this machine. None are known yet: the look at this machine's sockets is to fill it in, the same set as long as nothing has changed. */
export const listeningPortsOf = (_state: State): ReadonlySet<Port> => nobody;
