import type {OwnClientRange} from '../local/client-range.ts';
import type {LocalSockets} from '../local/local-socket.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import type {Registry} from '../registry/registry.ts';
import type {Clock} from '../scan/run-scan.ts';
import {applyScanEvent, createScanRecord, type ScanRecord} from '../scan/scan-record.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {RequestProblem, RequestScan, ScanRequest} from '../scan/scan-request.ts';
import {createStore, type Store} from './create-store.ts';
import {createHistorySession, type HistorySession} from './history-session.ts';
import type {HistoryWorld} from './history-world.ts';
import {createLocalReach} from './local-reach.ts';
import {createLocalStop, type LocalStop, type StopWorld} from './local-stop.ts';
import {watchLocal} from './local-watch.ts';
import type {OpenedScan} from './scans-state.ts';
import {initialState, type Message, type State} from './state.ts';

/** What the keys can do: change the state, or set something going in the world. */
export type Session = {
	readonly store: Store;
	readonly submitForm: () => void;
	readonly pauseOrResume: () => void;
	readonly stopScan: () => void;
	readonly rescan: () => void;
	/** Reads the sockets of this machine now. */
	readonly refreshLocal: () => void;
	/** Tries at which of its own addresses what listens on this machine answers, or takes that away again. */
	readonly toggleReach: () => void;
	/** Stops processes that listen on this machine. */
	readonly localStop: Omit<LocalStop, 'end'>;
	/** What the History view does with kept scans. */
	readonly history: Omit<HistorySession, 'end'>;
	/** Ends the program with this exit code. */
	readonly quit: (exitCode: number) => void;
};

export type SessionSurroundings = {
	readonly size: State['size'];
	readonly clock: Pick<Clock, 'after'>;
	readonly loadRegistry: () => Promise<Registry>;
	/** `tell` is given what goes wrong beside the scan: that it is not being kept. */
	readonly createRequestScan: (registry: Registry, tell: (sentence: string) => void) => RequestScan;
	/** Reads this machine's own client range; undefined where it cannot be read. Left out, nothing is read. */
	readonly readClientRange?: () => Promise<OwnClientRange | undefined>;
	/** The sockets of this machine. */
	readonly localSockets: LocalSockets;
	readonly stopWorld: StopWorld;
	/** The literal addresses of this machine's interfaces. Left out, none is known. */
	readonly ownAddresses?: () => readonly string[];
	/** Scans that try this machine's own listeners: they are no scans of the user's, and kept nowhere. Left out, those of `createRequestScan`. */
	readonly createReachScan?: (registry: Registry) => RequestScan;
	/** Loads what reads the kept scans, when they are first looked at. Left out, none is kept. */
	readonly loadHistory?: () => Promise<HistoryWorld>;
	/** Whether a screen of that size shows anything. */
	readonly isVisible: (size: State['size']) => boolean;
	/** What every scan is asked for unless something else is said. Left out, nothing. */
	readonly scanDefaults?: State['scanDefaults'] | undefined;
	/** Called once, when the user has quit. */
	readonly onQuit: (exitCode: number) => void;
	/** Called with what nobody expected. */
	readonly onFault: (error: unknown) => void;
};

/** The screen hears of results at most so often, in milliseconds: 15 times a second. */
const noticeIntervalMs = 66;

/** By then the first frames are drawn, and no key has been pressed but by somebody very fast. In milliseconds. */
const quietMs = 250;

const splitTargets = (text: string): readonly string[] => {
	const targets = text.split(/[\s,]+/).filter(target => target !== '');
	return targets.length === 0 ? [''] : targets;
};

/** A problem in the words of the screen, where Enter says what `--yes` says elsewhere. */
const asAsked = (problem: RequestProblem): RequestProblem =>
	problem.question === undefined ? problem : {...problem, message: `${problem.question}. Enter again says that you may; Esc leaves it.`};

const noHistory = async (): Promise<HistoryWorld> => {
	const none = async (): Promise<Parsed<never>> => rejected('No scan is kept.');
	return {
		list: async () => parsed([]),
		summarize: none,
		read: none,
		readRequest: none,
		resume: none,
		takeAway: none,
		bringBack: none,
		discard() {},
		listTakenAway: async () => [],
		pin: none,
		note: none,
	};
};

/** Joins the store with what happens outside: loads the registry, starts scans and folds their events in. */
export const createSession = ({size, clock, loadRegistry, createRequestScan, readClientRange, localSockets, stopWorld, ownAddresses = () => [], createReachScan, loadHistory = noHistory, isVisible, scanDefaults, onQuit, onFault}: SessionSurroundings, firstRequest?: ScanRequest, opened: readonly OpenedScan[] = []): Session => {
	const store = createStore(initialState(size, scanDefaults));
	const {dispatch, getState} = store;
	let running: RunningScan | undefined;
	/** Shows how the scan that runs goes without waiting for its next news. */
	let noticeNow: (() => void) | undefined;
	let isPauseAsked = false;
	/** Requests made so far: the answer to any but the last comes too late. */
	let requestCount = 0;

	const registry = loadRegistry();
	const local = watchLocal({store, clock, sockets: localSockets, isVisible, onFault});
	const localStop = createLocalStop({store, world: stopWorld, onChanged: local.refresh, onFault});
	const localReach = createLocalReach({store, requestScan: async () => createReachScan?.(await registry) ?? createRequestScan(await registry, () => {}), ownAddresses, onFault});

	const follow = async (scan: RunningScan, request: ScanRequest): Promise<void> => {
		let record: ScanRecord | undefined;
		let cancelNotice: (() => void) | undefined;
		const notice = (): void => {
			cancelNotice?.();
			cancelNotice = undefined;
			// Before it has begun, another is the newest.
			if (record !== undefined) {
				dispatch({type: 'scanAdvanced', unkept: scan.unkept?.()});
			}
		};

		noticeNow = notice;

		for await (const batch of scan.events) {
			for (const event of batch) {
				if (event.kind === 'started') {
					record = createScanRecord(event);
					dispatch({type: 'scanStarted', request, record});
				} else if (record !== undefined) {
					applyScanEvent(record, event);
				}
			}

			cancelNotice ??= clock.after(noticeIntervalMs, notice);
		}

		running = undefined;
		noticeNow = undefined;
		notice();
	};

	/** Tells what goes wrong beside a scan. The message goes with the next key; that the scan is not kept stays beside it. */
	const tell = (text: string): void => {
		dispatch({type: 'messageShown', message: {text, tone: 'problem'}});
		noticeNow?.();
	};

	/**
	Starts a scan, unless it is no longer wanted by the time its names are resolved.

	@returns What was wrong with the request, if that is still of interest.
	*/
	const start = async (request: ScanRequest, isWanted: () => boolean): Promise<RequestProblem | undefined> => {
		requestCount++;
		const number = requestCount;
		const answer = await createRequestScan(await registry, tell)(request);
		if (number !== requestCount || !isWanted()) {
			if (answer.ok) {
				answer.scan.stop();
			}

			return undefined;
		}

		if (!answer.ok) {
			return answer.problem;
		}

		if (answer.unresolved !== undefined) {
			dispatch({type: 'messageShown', message: {text: answer.unresolved.join(' '), tone: 'problem'}});
		}

		followScan(answer.scan, request);
		return undefined;
	};

	const busy = 'A scan is still running: x stops it, and what it found stays until the next one starts.';
	const noScan: Message = {text: 'No scan is running: s starts one.', tone: 'problem'};

	/** Shows a scan that was set going elsewhere, as if it had been asked for. */
	const followScan = (scan: RunningScan, request: ScanRequest): void => {
		// An answer to an earlier request comes too late.
		requestCount++;
		running = scan;
		isPauseAsked = false;
		follow(scan, request).catch(onFault);
	};

	const history = createHistorySession({
		store, clock, loadHistory, isVisible, isBusy: () => running !== undefined, followScan, onFault,
		requestScan(request) {
			startAtOnce(request);
		},
	});

	const session: Session = {
		store,
		submitForm() {
			const {form} = getState();
			if (form === undefined || form.isStarting) {
				return;
			}

			if (running !== undefined) {
				dispatch({type: 'formRejected', problem: {kind: 'busy', message: 'A scan is still running: Esc, then x, stops it. What it found stays until the next one starts.'}});
				return;
			}

			dispatch({type: 'formSent'});
			// Whoever was told that a target is public, and sends the form as it was, says that it may be scanned.
			const publicScan = form.problem?.kind === 'public' ? 'confirmed' as const : form.settings.publicScan;
			const request = {...form.settings, targets: splitTargets(form.target.text), ports: form.ports.text, ...(publicScan === undefined ? {} : {publicScan})};
			// A form that was left since has taken the wish back.
			start(request, () => getState().form?.isStarting === true).then(problem => {
				if (problem !== undefined) {
					dispatch({type: 'formRejected', problem: asAsked(problem)});
				}
			}, onFault);
		},
		pauseOrResume() {
			if (running === undefined) {
				dispatch({type: 'messageShown', message: noScan});
			} else if (running.unpausable !== undefined) {
				dispatch({type: 'messageShown', message: {text: running.unpausable, tone: 'problem'}});
			} else {
				// By what was asked last, not by what has come back of it: two quick presses undo each other.
				isPauseAsked = !isPauseAsked;
				if (isPauseAsked) {
					running.pause();
				} else {
					running.resume();
				}
			}
		},
		stopScan() {
			const {local: {listening}, port} = getState();
			if (running === undefined) {
				// Whoever comes to free a port may not know yet that a process is stopped elsewhere.
				dispatch({type: 'messageShown', message: listening.has(port) ? {text: `No scan is running. To stop what listens on port ${port} here: L, then x.`, tone: 'problem'} : noScan});
			} else {
				running.stop();
			}
		},
		rescan() {
			const {scan} = getState();
			if (scan?.opened !== undefined && running === undefined) {
				// Whoever looks at another's scan has not said that these hosts may be scanned from here.
				dispatch({type: 'messageShown', message: {text: 'This scan was not made here: s scans what you name.', tone: 'problem'}});
				return;
			}

			if (scan === undefined || running !== undefined) {
				dispatch({type: 'messageShown', message: {text: running === undefined ? 'Nothing has been scanned yet: s starts a scan.' : busy, tone: 'problem'}});
				return;
			}

			startAtOnce(scan.request);
		},
		refreshLocal: local.refresh,
		toggleReach: localReach.toggle,
		localStop,
		history,
		quit(exitCode) {
			localStop.end();
			localReach.end();
			local.end();
			running?.stop();
			const ending = history.end();
			if (ending === undefined) {
				onQuit(exitCode);
			} else {
				ending.then(() => {
					onQuit(exitCode);
				}, onFault);
			}
		},
	};

	const startAtOnce = (request: ScanRequest): void => {
		start(request, () => true).then(problem => {
			if (problem !== undefined) {
				dispatch({type: 'requestRejected', request, problem: asAsked(problem)});
			}
		}, onFault);
	};

	registry.then(loaded => {
		dispatch({type: 'registryLoaded', registry: loaded});
		clock.after(quietMs, loaded.prepareSearch);
		if (loaded.problem !== undefined) {
			dispatch({type: 'messageShown', message: {text: loaded.problem, tone: 'problem'}});
		}
	}, onFault);
	readClientRange?.().then(range => {
		dispatch({type: 'clientRangeRead', range: range ?? null});
	}, onFault);
	for (const scan of opened) {
		dispatch({type: 'scanOpened', ...scan});
	}

	if (opened.length > 0) {
		dispatch({type: 'showView', view: 'scans'});
	}

	if (firstRequest !== undefined) {
		startAtOnce(firstRequest);
	}

	return session;
};
