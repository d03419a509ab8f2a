import type {LocalSockets} from '../local/local-socket.ts';
import type {Clock} from '../scan/run-scan.ts';
import type {Store} from './create-store.ts';
import type {State} from './state.ts';

/** The pause between two readings while the Local view is shown, in milliseconds: a listener that starts is seen within two seconds, and reading takes a small part of the time. */
export const readingPauseMs = 1500;

/** The first reading waits so long, in milliseconds, that the first frame is drawn before it. */
export const firstReadingMs = 200;

export type LocalWatchOptions = {
	readonly store: Store;
	readonly clock: Pick<Clock, 'after'>;
	readonly sockets: LocalSockets;
	/** Whether a screen of that size shows anything. */
	readonly isVisible: (size: State['size']) => boolean;
	readonly onFault: (error: unknown) => void;
};

export type LocalWatch = {
	/** Reads at once; where a reading is under way, another follows it, for that one may have missed what has just happened. */
	readonly refresh: () => void;
	readonly end: () => void;
};

/**
Reads the sockets of this machine into the store: once at the start, when another view is opened (each of them shows something of it), and again and again while the Local view is shown.

There is never more than one reading under way, and none is awaited by anything else.
*/
export const watchLocal = ({store, clock, sockets, isVisible, onFault}: LocalWatchOptions): LocalWatch => {
	const ending = new AbortController();
	let isReading = false;
	let isWantedAgain = false;
	/** Takes back the reading that is planned, the first or the next. */
	let cancelNext: (() => void) | undefined;

	const isWatched = (): boolean => {
		const {view, size} = store.getState();
		return view === 'local' && isVisible(size);
	};

	const readOnce = async (): Promise<void> => {
		const snapshot = await sockets.read(ending.signal);
		store.dispatch(snapshot.ok ? {type: 'localRead', snapshot: snapshot.value} : {type: 'localFailed', message: snapshot.message});
	};

	const planNext = (): void => {
		if (!ending.signal.aborted && !isReading && cancelNext === undefined && isWatched()) {
			cancelNext = clock.after(readingPauseMs, () => {
				cancelNext = undefined;
				if (isWatched()) {
					refresh();
				}
			});
		}
	};

	const refresh = (): void => {
		if (isReading || ending.signal.aborted) {
			isWantedAgain = isReading;
			return;
		}

		cancelNext?.();
		cancelNext = undefined;
		isReading = true;
		readOnce().then(() => {
			isReading = false;
			if (isWantedAgain) {
				isWantedAgain = false;
				refresh();
			} else {
				planNext();
			}
		}, (error: unknown) => {
			isReading = false;
			if (!ending.signal.aborted) {
				onFault(error);
			}
		});
	};

	let shown = store.getState().view;
	const unsubscribe = store.subscribe(() => {
		const {view} = store.getState();
		if (view !== shown) {
			shown = view;
			refresh();
		}

		// A screen that was too small, and is not any more, is watched again.
		planNext();
	});
	cancelNext = clock.after(firstReadingMs, refresh);

	return {
		refresh,
		end() {
			unsubscribe();
			cancelNext?.();
			ending.abort();
			sockets.close().catch(onFault);
		},
	};
};
