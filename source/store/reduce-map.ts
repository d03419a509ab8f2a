import {coloringOf, coloringsOnOffer} from './map-coloring.ts';
import type {State} from './state.ts';

/** Shows the next colouring of the map (1) or the one before (-1), of those that say anything now. */
export const cycleColoring = (state: State, step: 1 | -1): State => {
	const offered = coloringsOnOffer(state);
	const index = offered.indexOf(coloringOf(state));
	return {...state, map: {chosen: offered[(index + step + offered.length) % offered.length]!}};
};
