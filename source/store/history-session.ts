import {parseNote} from '../history/kept-note.ts';
import {shortId, type KeptFile} from '../history/retention.ts';
import type {Parsed} from '../port/parsed.ts';
import type {Clock} from '../scan/run-scan.ts';
import type {RunningScan} from '../scan/scan-plan.ts';
import type {ScanRequest} from '../scan/scan-request.ts';
import type {Store} from './create-store.ts';
import {historyRowsOf, isResumable, markedRow, rowInHand, statusOfRow} from './history-selectors.ts';
import type {ComparedPast, HistoryRow} from './history-state.ts';
import type {HistoryWorld, PastScan} from './history-world.ts';
import type {State} from './state.ts';

/** What the keys of the History view set going. All of it is about the scan in hand. */
export type HistorySession = {
	/** Reads it to its end and shows it, here and among the scans of the Scan view. */
	readonly open: () => void;
	/** Shows what is different to the one that is marked. */
	readonly compare: () => void;
	/** Takes it away, until that is undone or confirmed. */
	readonly remove: () => void;
	readonly undo: () => void;
	/** Pins it, or takes that back. */
	readonly togglePin: () => void;
	/** Keeps the note that was typed. */
	readonly keepNote: () => void;
	/** Scans the same again. */
	readonly rescan: () => void;
	/** Goes on where it was cut short. */
	readonly resume: () => void;
	/** Confirms what was removed. @returns When that is done; undefined where there is nothing to wait for. */
	readonly end: () => Promise<void> | undefined;
};

/** The pause between two looks at the folder while the view is shown, in milliseconds: scans run elsewhere too. */
const lookPauseMs = 2000;

/** So many files are read side by side for the list. */
const summedAtOnce = 8;

/** The end waits no longer for a disk that does not answer, in milliseconds. */
const longestEndMs = 1000;

export type HistorySessionOptions = {
	readonly store: Store;
	readonly clock: Pick<Clock, 'after'>;
	/** Loads what reads the history: not before the view is shown. */
	readonly loadHistory: () => Promise<HistoryWorld>;
	readonly isVisible: (size: State['size']) => boolean;
	/** Whether a scan is under way on this screen. */
	readonly isBusy: () => boolean;
	readonly requestScan: (request: ScanRequest) => void;
	/** Shows a scan that is under way. */
	readonly followScan: (scan: RunningScan, request: ScanRequest) => void;
	readonly onFault: (error: unknown) => void;
};

const busy = 'A scan is still running: S, then x, stops it.';

const describe = ({id, summary}: HistoryRow): string => {
	const [first = shortId(id)] = summary?.targets ?? [];
	return summary === undefined ? `scan ${shortId(id)}` : `the scan of ${first}${summary.targetCount > 1 ? ` and ${summary.targetCount - 1} more` : ''}`;
};

/** Joins the History view with the kept scans. While it is not shown, nothing is read, and nothing that was read to its end is held. */
export const createHistorySession = ({store, clock, loadHistory, isVisible, isBusy, requestScan, followScan, onFault}: HistorySessionOptions): HistorySession => {
	const {dispatch, getState} = store;
	let world: Promise<HistoryWorld> | undefined;
	let loaded: HistoryWorld | undefined;
	/** Aborts what is read for the view when it is left. */
	let visit = new AbortController();
	/** What is read for the scan that was opened last. */
	let opening = new AbortController();
	let cancelLook: (() => void) | undefined;
	let isLooking = false;
	let isWantedAgain = false;
	let isEnded = false;
	/** The files as they were when they were last summed up. */
	const summed = new Map<string, KeptFile>();
	/** Scans that are being taken away: a list that is read meanwhile may still have them. */
	const going = new Set<string>();
	let removed: {readonly file: KeptFile; readonly words: string} | undefined;
	/** Changes of files, one after another, so that keys that are typed fast come out in their order. */
	let changes: Promise<void> = Promise.resolve();
	let changeCount = 0;

	const say = (text: string, tone: 'info' | 'problem' = 'problem'): void => {
		dispatch({type: 'messageShown', message: {text, tone}});
	};

	const load = async (): Promise<HistoryWorld> => {
		world ??= loadHistory();
		loaded = await world;
		return loaded;
	};

	/** Does something with the files after all that was asked for before. */
	const inTurn = async <Value>(act: () => Promise<Value>): Promise<Value> => {
		const done = changes.then(act);
		changes = done.then(() => {}, () => {});
		return done;
	};

	const isShown = (): boolean => {
		const {view, size} = getState();
		return !isEnded && view === 'history' && isVisible(size);
	};

	const isStale = ({id, file, summary, problem}: HistoryRow): boolean => {
		const before = summed.get(id);
		return (summary === undefined && problem === undefined) || before?.name !== file.name || before.bytes !== file.bytes || before.writtenAtMs !== file.writtenAtMs;
	};

	/** Sums up what changed, in the order of the list, some at once: the first of them are in sight. */
	const sumUp = async (history: HistoryWorld, {signal}: AbortController): Promise<void> => {
		// One that ran may have been killed since, and its file says nothing of that.
		const wanted = historyRowsOf(getState()).filter(row => isStale(row) || row.summary?.status === 'running');
		const others = getState().history.rows.filter(row => isStale(row) && !wanted.includes(row));
		const rows = [...wanted, ...others];
		for (let index = 0; index < rows.length && !signal.aborted; index += summedAtOnce) {
			const batch = await Promise.all(rows.slice(index, index + summedAtOnce).map(async (row): Promise<HistoryRow> => {
				const summary = await history.summarize(row.file);
				summed.set(row.id, row.file);
				if (!summary.ok) {
					return {...row, summary: undefined, problem: summary.message};
				}

				// Counts that were added up stay as long as the file does.
				const counts = summary.value.counts ?? (isStale(row) ? undefined : row.summary?.counts);
				return {...row, summary: {...summary.value, counts}, problem: undefined};
			}));
			dispatch({type: 'historySummed', rows: batch});
		}
	};

	/** Adds up the scans whose end does not tell their counts: of older files, and those that were killed. One at a time, and none is held. */
	const addUp = async (history: HistoryWorld, {signal}: AbortController): Promise<void> => {
		const tried = new Set<KeptFile>();
		for (;;) {
			const row = historyRowsOf(getState()).find(({file, summary}) => summary !== undefined && summary.counts === undefined && summary.status !== 'running' && !tried.has(file));
			if (row?.summary === undefined || signal.aborted) {
				return;
			}

			tried.add(row.file);
			const past = await history.read(row.file, signal);
			if (past.ok) {
				const {record: {counts, finishedAt, status}, isTorn} = past.value;
				dispatch({type: 'historySummed', rows: [{...row, summary: {...row.summary, counts, ...(isTorn ? {} : {finishedAt, status: status as 'complete'})}}]});
			}
		}
	};

	const look = async (): Promise<void> => {
		const history = await load();
		const at = visit;
		// Not while a file gets another name: a list that is read meanwhile may have it under neither.
		const files = await inTurn(async () => history.list());
		if (files.ok) {
			dispatch({type: 'historyListed', files: files.value.filter(({id}) => !going.has(id))});
		} else {
			dispatch({type: 'historyFailed', message: files.message});
			return;
		}

		await sumUp(history, at);
		await addUp(history, at);
	};

	const planLook = (): void => {
		if (!isLooking && cancelLook === undefined && isShown()) {
			cancelLook = clock.after(lookPauseMs, () => {
				cancelLook = undefined;
				if (isShown()) {
					refresh();
				}
			});
		}
	};

	const refresh = (): void => {
		if (isLooking || isEnded) {
			isWantedAgain = isLooking;
			return;
		}

		cancelLook?.();
		cancelLook = undefined;
		isLooking = true;
		look().then(() => {
			isLooking = false;
			if (isWantedAgain) {
				isWantedAgain = false;
				refresh();
			} else {
				planLook();
			}
		}, (error: unknown) => {
			isLooking = false;
			if (!isEnded) {
				onFault(error);
			}
		});
	};

	let shown = getState().view;
	store.subscribe(() => {
		const {view} = getState();
		if (view !== shown) {
			if (shown === 'history') {
				visit.abort();
				visit = new AbortController();
				opening.abort();
				cancelLook?.();
				cancelLook = undefined;
			}

			shown = view;
			if (view === 'history') {
				refresh();
			}
		}

		planLook();
	});

	/** Does something with the scan in hand; a fault is told. */
	const withRow = (act: (row: HistoryRow) => Promise<void> | void): void => {
		const row = rowInHand(getState());
		if (row === undefined) {
			const {reading, rows} = getState().history;
			say(reading.kind === 'unread' ? 'The kept scans are still being read.' : rows.length === 0 ? 'No scan is kept yet: s starts one.' : 'No scan is listed: Esc drops the filter.');
		} else {
			Promise.resolve(act(row)).catch(onFault);
		}
	};

	/** Changes files after all changes that were asked for before. */
	const change = (act: (history: HistoryWorld) => Promise<void>): void => {
		changeCount++;
		inTurn(async () => act(await load())).catch(onFault).finally(() => {
			changeCount--;
			refresh();
		});
	};

	const isRunning = (row: HistoryRow): boolean => statusOfRow(getState(), row) === 'running';

	/** Reads scans to their end for what is told of the one in hand. @returns Undefined when that is not wanted any more. */
	const readWanted = async (row: HistoryRow, ...others: readonly HistoryRow[]): Promise<readonly PastScan[] | undefined> => {
		opening.abort();
		opening = new AbortController();
		const {signal} = opening;
		dispatch({type: 'historyDetailShown', detail: {kind: 'reading', id: row.id}});
		const history = await load();
		const read: PastScan[] = [];
		for (const each of [row, ...others]) {
			const past: Parsed<PastScan> = await history.read(each.file, signal);
			const {detail} = getState().history;
			if (signal.aborted || detail?.kind !== 'reading' || detail.id !== row.id) {
				return undefined;
			}

			if (!past.ok) {
				dispatch({type: 'historyDetailShown', detail: {kind: 'failed', id: row.id, message: past.message}});
				return undefined;
			}

			read.push(past.value);
		}

		return read;
	};

	const showScans = (): void => {
		dispatch({type: 'showView', view: 'scans'});
	};

	return {
		open() {
			withRow(async row => {
				const {focus, history: {detail}} = getState();
				if (detail?.id === row.id && detail.kind === 'scan' && focus === 'past') {
					showScans();
					return;
				}

				dispatch({type: 'focusPane', pane: 'past'});
				if (detail?.id === row.id && detail.kind === 'scan') {
					return;
				}

				const [past] = await readWanted(row) ?? [];
				if (past !== undefined) {
					const request = await (await load()).readRequest(row.file);
					dispatch({type: 'scanOpened', record: past.record, origin: {kind: 'history', id: row.id}, notes: past.notes, request: request.ok ? request.value : undefined});
					dispatch({type: 'historyDetailShown', detail: {kind: 'scan', id: row.id, ...past}});
				}
			});
		},
		compare() {
			withRow(async row => {
				const other = markedRow(getState());
				if (other === undefined || other.id === row.id) {
					say(other === undefined ? 'Space marks a scan; d on another then tells the difference.' : 'This is the scan that is marked: choose another, then d.');
					return;
				}

				dispatch({type: 'focusPane', pane: 'past'});
				const [mine, others] = await readWanted(row, other) ?? [];
				if (mine !== undefined && others !== undefined) {
					// Ids sort by the time the scans began.
					const sides: readonly ComparedPast[] = [{id: row.id, ...mine}, {id: other.id, ...others}].sort((one, two) => (one.id < two.id ? -1 : 1));
					dispatch({type: 'historyDetailShown', detail: {kind: 'comparison', id: row.id, before: sides[0]!, after: sides[1]!}});
				}
			});
		},
		remove() {
			withRow(row => {
				if (row.file.isPinned || isRunning(row)) {
					say(row.file.isPinned ? 'This scan is pinned: p unpins it, then x removes it.' : 'This scan still runs: stop it before it is removed.');
					return;
				}

				going.add(row.id);
				dispatch({type: 'historyListed', files: getState().history.rows.filter(({id}) => id !== row.id).map(({file}) => file)});
				change(async history => {
					const taken = await history.takeAway(row.file);
					going.delete(row.id);
					if (!taken.ok) {
						say(taken.message);
						return;
					}

					if (removed !== undefined) {
						history.discard(removed.file);
					}

					removed = {file: taken.value, words: describe(row)};
					say(`Removed ${removed.words}: u brings it back, until the next removal or quitting.`, 'info');
				});
			});
		},
		undo() {
			change(async history => {
				const [file = (await history.listTakenAway())[0], words = 'a scan that was removed before'] = removed === undefined ? [] : [removed.file, removed.words];
				if (file === undefined) {
					say('No removal is left to undo.');
					return;
				}

				const back = await history.bringBack(file);
				removed = removed?.file === file ? undefined : removed;
				if (!back.ok) {
					say(back.message);
					return;
				}

				say(`Brought back ${words}.`, 'info');
				const files = await history.list();
				if (files.ok) {
					dispatch({type: 'historyListed', files: files.value.filter(({id}) => !going.has(id))});
					dispatch({type: 'historyRowChosen', id: file.id});
				}
			});
		},
		togglePin() {
			withRow(row => {
				change(async history => {
					const isPinned = !(getState().history.rows.find(({id}) => id === row.id)?.file ?? row.file).isPinned;
					const pinned = await history.pin(getState().history.rows.find(({id}) => id === row.id)?.file ?? row.file, isPinned);
					if (pinned.ok) {
						dispatch({type: 'historyListed', files: getState().history.rows.map(({file}) => (file.id === row.id ? pinned.value : file))});
						say(isPinned ? 'Pinned: it stays, whatever else is removed.' : 'Not pinned any more.', 'info');
					} else {
						say(pinned.message);
					}
				});
			});
		},
		keepNote() {
			const {note, rows} = getState().history;
			const row = rows.find(({id}) => id === note?.id);
			dispatch({type: 'endNote'});
			if (note === undefined || row === undefined) {
				return;
			}

			const text = parseNote(note.field.text);
			if (!text.ok) {
				say(text.message);
				return;
			}

			change(async history => {
				const noted = await history.note(row.file, text.value);
				if (!noted.ok) {
					say(noted.message);
				}
			});
		},
		rescan() {
			withRow(async row => {
				if (isBusy()) {
					say(busy);
					return;
				}

				const request = await (await load()).readRequest(row.file);
				if (!request.ok) {
					say(request.message);
					return;
				}

				showScans();
				requestScan(request.value);
			});
		},
		resume() {
			withRow(async row => {
				if (isBusy()) {
					say(busy);
					return;
				}

				if (!isResumable(getState(), row)) {
					say(isRunning(row) ? 'This scan still runs: stop it before it is resumed.' : row.summary === undefined ? 'This scan cannot be read.' : 'This scan is complete: nothing is left to ask. r scans the same again.');
					return;
				}

				const resumed = await (await load()).resume(row.file, say);
				if (!resumed.ok) {
					say(resumed.message);
				} else if (isBusy()) {
					resumed.value.scan.stop();
					say(busy);
				} else {
					showScans();
					followScan(resumed.value.scan, resumed.value.request);
				}
			});
		},
		end() {
			isEnded = true;
			visit.abort();
			opening.abort();
			cancelLook?.();
			const discard = (): void => {
				if (removed !== undefined) {
					loaded?.discard(removed.file);
					removed = undefined;
				}
			};

			if (changeCount === 0) {
				discard();
				return undefined;
			}

			const late = new Promise<void>(resolve => {
				clock.after(longestEndMs, resolve);
			});
			return Promise.race([changes, late]).then(discard);
		},
	};
};
