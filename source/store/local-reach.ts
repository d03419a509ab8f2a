import {reachOf} from '../local/reach.ts';
import type {RequestScan} from '../scan/scan-request.ts';
import type {Store} from './create-store.ts';
import {probeReach} from './probe-reach.ts';

export type LocalReachOptions = {
	readonly store: Store;
	readonly requestScan: () => Promise<RequestScan>;
	/** The literal addresses of this machine's interfaces. */
	readonly ownAddresses: () => readonly string[];
	readonly onFault: (error: unknown) => void;
};

export type LocalReach = {
	/** Tries from outside what listens, or takes away what that found. */
	readonly toggle: () => void;
	readonly end: () => void;
};

/** Tries at which of this machine's own addresses each of its TCP listeners answers. A scan of its own: one that runs goes on. */
export const createLocalReach = ({store: {dispatch, getState}, requestScan, ownAddresses, onFault}: LocalReachOptions): LocalReach => {
	/** Ends the tries under way; undefined while there are none. */
	let trying: AbortController | undefined;

	const tryAll = async ({signal}: AbortController): Promise<void> => {
		// What is gone answers nowhere, and that would be no news.
		const sockets = getState().local.rows.filter(({freshness}) => freshness !== 'gone').map(({socket}) => socket);
		const addresses = ownAddresses();
		const reached = await probeReach(sockets, addresses, await requestScan(), signal);
		signal.throwIfAborted();
		if (!reached.ok) {
			dispatch({type: 'reachDropped'});
			dispatch({type: 'messageShown', message: {text: reached.message, tone: 'problem'}});
			return;
		}

		const {at, probed} = reached.value;
		if (at === null) {
			dispatch({type: 'reachDropped'});
			dispatch({type: 'messageShown', message: {text: 'No TCP listener here can be tried: there is none, or none at an address of this machine.', tone: 'problem'}});
			return;
		}

		dispatch({type: 'reachFound', at, found: new Map(sockets.flatMap(socket => {
			const found = reachOf(socket, sockets, addresses, probed);
			return found === undefined ? [] : [[socket.id, found] as const];
		}))});
	};

	const drop = (): void => {
		trying?.abort();
		trying = undefined;
	};

	return {
		toggle() {
			if (getState().local.reach !== undefined) {
				drop();
				dispatch({type: 'reachDropped'});
				return;
			}

			if (getState().local.takenAt === undefined) {
				dispatch({type: 'messageShown', message: {text: 'What listens here has not been read yet.', tone: 'problem'}});
				return;
			}

			const attempt = new AbortController();
			trying = attempt;
			dispatch({type: 'reachBegun'});
			tryAll(attempt).catch((error: unknown) => {
				if (!attempt.signal.aborted) {
					onFault(error);
				}
			});
		},
		end: drop,
	};
};
