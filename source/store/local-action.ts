import type {LocalSnapshot} from '../local/local-socket.ts';
import type {StopEvent} from '../local/stop-processes.ts';
import type {StopDialog} from './stop-dialog.ts';

/** What changes the Local view and nothing else. */
export type LocalAction =
	| {readonly type: 'localRead'; readonly snapshot: LocalSnapshot}
	/** The sockets could not be read: one sentence that says why. */
	| {readonly type: 'localFailed'; readonly message: string}
	| {readonly type: 'sortSockets'}
	| {readonly type: 'reverseSockets'}
	| {readonly type: 'groupSockets'}
	| {readonly type: 'toggleConnections'}
	/** What would be stopped is known: asks, or says why it cannot be. */
	| {readonly type: 'stopAsked'; readonly dialog: StopDialog}
	| {readonly type: 'stopConfirmed'}
	/** A step of the stop that this question began. */
	| {readonly type: 'stopAdvanced'; readonly id: number; readonly event: StopEvent};
