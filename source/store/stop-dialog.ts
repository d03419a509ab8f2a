import type {LocalProcess} from '../local/local-socket.ts';
import type {StopPlan} from '../local/stop-plan.ts';
import type {StopEvent, StopSignal} from '../local/stop-processes.ts';

/** How the stopping of processes ended. */
export type StopOutcome = Extract<StopEvent, {readonly kind: 'freed' | 'taken' | 'failed'}>;

/** How far the stopping of a process is. */
export type StopStage =
	/** It is being found out what would be stopped; what is pressed meanwhile is for nothing else. */
	| {readonly kind: 'planning'}
	/** Nothing was sent yet: the plan is shown and the answer awaited. */
	| {readonly kind: 'asking'}
	/** Nothing can be stopped: the plan's obstacles say why. */
	| {readonly kind: 'refused'}
	/** A signal was sent, and the end is awaited. */
	| {readonly kind: 'waiting'; readonly signal: StopSignal}
	/** These were asked to end and have not. */
	| {readonly kind: 'alive'; readonly processes: readonly LocalProcess[]}
	| {readonly kind: 'over'; readonly outcome: StopOutcome};

/** The question that `x` asks, and what becomes of it. */
export type StopDialog = {
	/** Tells this question from those asked before. */
	readonly id: number;
	/** What is stopped, exactly, or why it cannot be. */
	readonly plan: StopPlan;
	readonly stage: StopStage;
	/** Those that have ended so far. */
	readonly ended: readonly LocalProcess[];
	/** Those that this user may send no signal to. */
	readonly denied: readonly LocalProcess[];
};

/** The dialog after a step of the stop. */
export const afterStopEvent = (dialog: StopDialog, event: StopEvent): StopDialog => {
	switch (event.kind) {
		case 'signalled': {
			return {...dialog, stage: {kind: 'waiting', signal: event.signal}};
		}

		case 'not-permitted': {
			return {...dialog, denied: [...dialog.denied, event.process]};
		}

		case 'ended': {
			return {...dialog, ended: [...dialog.ended, event.process]};
		}

		case 'still-running': {
			return {...dialog, stage: {kind: 'alive', processes: event.processes}};
		}

		case 'freed':
		case 'taken':
		case 'failed': {
			return {...dialog, stage: {kind: 'over', outcome: event}};
		}
	}
};

