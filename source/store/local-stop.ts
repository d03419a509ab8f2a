import type {LocalSnapshot} from '../local/local-socket.ts';
import {ownersOf, planStop, type StopSurroundings} from '../local/stop-plan.ts';
import {stopProcesses, type ProcessControl} from '../local/stop-processes.ts';
import type {Store} from './create-store.ts';
import {stopSubjectOf} from './stop-subject.ts';

/** What stopping processes needs of the world. */
export type StopWorld = {
	readonly control: ProcessControl;
	/** Finds out who this program is and runs in, and whom of these it may send no signal. */
	readonly readSurroundings: (snapshot: LocalSnapshot, pids: readonly number[]) => Promise<Omit<StopSurroundings, 'mayStopAncestors'>>;
};

export type LocalStopOptions = {
	readonly store: Store;
	readonly world: StopWorld;
	/** Called when something has ended, so that the list shows it soon. */
	readonly onChanged: () => void;
	readonly onFault: (error: unknown) => void;
};

export type LocalStop = {
	/** Asks whether to stop what is in hand, or says why it cannot be. */
	readonly ask: () => void;
	/** Yes: what the question names is asked to end. */
	readonly confirm: () => void;
	/** Ends by force what was asked and has not ended. */
	readonly kill: () => void;
	/** Closes the question. What was sent cannot be taken back, and nothing more is sent. */
	readonly leave: () => void;
	readonly end: () => void;
};

/** Stops processes from the Local view: asks, sends, and tells the store what comes of it. */
export const createLocalStop = ({store: {dispatch, getState}, world: {control, readSurroundings}, onChanged, onFault}: LocalStopOptions): LocalStop => {
	const ending = new AbortController();
	let askedCount = 0;
	/** Answers the question whether to end by force; undefined while it is not asked. */
	let answerKill: ((isWanted: boolean) => void) | undefined;

	const ask = async (): Promise<void> => {
		const subject = stopSubjectOf(getState());
		if (!subject.ok) {
			dispatch({type: 'messageShown', message: {text: subject.message, tone: 'problem'}});
			return;
		}

		askedCount++;
		const id = askedCount;
		const {snapshot, ports} = subject.value;
		dispatch({type: 'stopBegun', id, ports});
		const surroundings = await readSurroundings(snapshot, ownersOf(snapshot, ports).map(({pid}) => pid));
		dispatch({type: 'stopPlanned', id, plan: planStop(snapshot, ports, {...surroundings, mayStopAncestors: false})});
	};

	const stop = async (): Promise<void> => {
		const dialog = getState().local.stop;
		if (dialog?.stage.kind !== 'asking') {
			return;
		}

		const {id, plan} = dialog;
		dispatch({type: 'stopConfirmed'});
		const shouldKill = async (): Promise<boolean> => new Promise(resolve => {
			if (getState().local.stop?.id === id) {
				answerKill = resolve;
			} else {
				resolve(false);
			}
		});
		for await (const event of stopProcesses(plan, control, {shouldKill, signal: ending.signal})) {
			dispatch({type: 'stopAdvanced', id, event});
			onChanged();
		}
	};

	const answer = (isWanted: boolean): void => {
		const tell = answerKill;
		answerKill = undefined;
		tell?.(isWanted);
	};

	const failUnlessEnding = (error: unknown): void => {
		if (!ending.signal.aborted) {
			onFault(error);
		}
	};

	return {
		ask() {
			ask().catch(failUnlessEnding);
		},
		confirm() {
			stop().catch(failUnlessEnding);
		},
		kill() {
			answer(true);
		},
		leave() {
			dispatch({type: 'back'});
			answer(false);
		},
		end() {
			ending.abort();
		},
	};
};
