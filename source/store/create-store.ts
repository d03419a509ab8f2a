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
			const next = reduce(state, action);
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
