import type {Action} from './action.ts';
import {reduce} from './reduce.ts';
import type {State} from './state.ts';

export type Store = {
	readonly getState: () => State;
	readonly dispatch: (action: Action) => void;
	/** Calls back after each change; the returned function ends that. */
	readonly subscribe: (listener: () => void) => () => void;
};

/** Holds the state; what is on the screen is a function of it. */
export const createStore = (initial: State): Store => {
	const listeners = new Set<() => void>();
	let state = initial;
	return {
		getState: () => state,
		dispatch(action) {
			const cleared = state.message === undefined || !clearsMessage(action) ? state : {...state, message: undefined};
			const next = reduce(cleared, action);
			if (next !== state) {
				state = next;
				for (const listener of listeners) {
					listener();
				}
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};

/** A message stands until the next key; what happens by itself leaves it. */
const happensByItself: ReadonlySet<Action['type']> = new Set(['resized', 'registryLoaded', 'overflowMeasured', 'scanAdvanced', 'scanStarted', 'formRejected', 'requestRejected', 'localRead', 'localFailed', 'stopPlanned', 'stopAdvanced']);

const clearsMessage = ({type}: Action): boolean => !happensByItself.has(type);
