import type {Registry} from '../registry/registry.ts';
import type {Clock} from '../scan/run-scan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {RequestScan, ScanRequest} from '../scan/scan-request.ts';
import {isScanning} from './selectors.ts';
import {createStore, type Store} from './create-store.ts';
import {initialState, type State} from './state.ts';

/** What the keys can do: change the state, or set something going in the world. */
export type Session = {
	readonly store: Store;
	readonly submitForm: () => void;
	readonly pauseOrResume: () => void;
	readonly stopScan: () => void;
	readonly rescan: () => void;
	/** Ends the program with this exit code. */
	readonly quit: (exitCode: number) => void;
};

export type SessionSurroundings = {
	readonly size: State['size'];
	readonly clock: Pick<Clock, 'after'>;
	readonly loadRegistry: () => Promise<Registry>;
	readonly createRequestScan: (registry: Registry) => RequestScan;
	/** Called once, when the user has quit. */
	readonly onQuit: (exitCode: number) => void;
	/** Called with what nobody expected. */
	readonly onFault: (error: unknown) => void;
};

/** The screen hears of results at most so often, in milliseconds: 15 times a second. */
const noticeIntervalMs = 66;

const splitTargets = (text: string): readonly string[] => {
	const targets = text.split(/[\s,]+/).filter(target => target !== '');
	return targets.length === 0 ? [''] : targets;
};

/** Joins the store with what happens outside: loads the registry, starts scans and folds their events in. */
export const createSession = ({size, clock, loadRegistry, createRequestScan, onQuit, onFault}: SessionSurroundings, firstRequest?: ScanRequest): Session => {
	const store = createStore(initialState(size));
	const {dispatch, getState} = store;
	let running: RunningScan | undefined;

	const registry = loadRegistry();
	const requestScan = registry.then(createRequestScan);

	const follow = async (scan: RunningScan, request: ScanRequest): Promise<void> => {
		let record: ScanRecord | undefined;
		let isNoticeDue = false;
		const notice = (): void => {
			isNoticeDue = false;
			dispatch({type: 'scanAdvanced'});
		};

		for await (const batch of scan.events) {
			for (const event of batch) {
				if (event.kind === 'started') {
					record = createScanRecord(event);
					dispatch({type: 'scanStarted', request, record});
				} else if (record !== undefined) {
					applyScanEvent(record, event);
				}
			}

			if (!isNoticeDue) {
				isNoticeDue = true;
				clock.after(noticeIntervalMs, notice);
			}
		}

		running = undefined;
		notice();
	};

	/** Starts a scan. @returns What was wrong with the request, if it could not be started. */
	const start = async (request: ScanRequest): ReturnType<RequestScan> => {
		const start = await (await requestScan)(request);
		if (start.ok) {
			running = start.scan;
			follow(start.scan, request).catch(onFault);
		}

		return start;
	};

	const busy = 'A scan is still running: x stops it, and what it found stays until the next one starts.';

	const session: Session = {
		store,
		submitForm() {
			const {form} = getState();
			if (form === undefined || form.isStarting) {
				return;
			}

			if (isScanning(getState())) {
				dispatch({type: 'formRejected', problem: {kind: 'target', message: busy}});
				return;
			}

			dispatch({type: 'formSent'});
			start({targets: splitTargets(form.target.text), ports: form.ports.text}).then(result => {
				if (!result.ok) {
					dispatch({type: 'formRejected', problem: result.problem});
				}
			}, onFault);
		},
		pauseOrResume() {
			const {scan} = getState();
			if (scan?.record.status === 'paused') {
				running?.resume();
			} else if (isScanning(getState())) {
				running?.pause();
			} else {
				dispatch({type: 'messageShown', message: {text: 'No scan is running: s starts one.', tone: 'problem'}});
			}
		},
		stopScan() {
			if (isScanning(getState())) {
				running?.stop();
			} else {
				dispatch({type: 'messageShown', message: {text: 'No scan is running: s starts one.', tone: 'problem'}});
			}
		},
		rescan() {
			const {scan} = getState();
			if (scan === undefined || isScanning(getState())) {
				dispatch({type: 'messageShown', message: {text: scan === undefined ? 'Nothing has been scanned yet: s starts a scan.' : busy, tone: 'problem'}});
				return;
			}

			startAtOnce(scan.request);
		},
		quit(exitCode) {
			running?.stop();
			onQuit(exitCode);
		},
	};

	const startAtOnce = (request: ScanRequest): void => {
		start(request).then(result => {
			if (!result.ok) {
				dispatch({type: 'requestRejected', request, problem: result.problem});
			}
		}, onFault);
	};

	registry.then(loaded => {
		dispatch({type: 'registryLoaded', registry: loaded});
	}, onFault);
	if (firstRequest !== undefined) {
		startAtOnce(firstRequest);
	}

	return session;
};
