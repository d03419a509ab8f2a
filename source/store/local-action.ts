import type {LocalSnapshot} from '../local/local-socket.ts';
import type {ReachAt} from '../local/reach.ts';
import type {StopPlan} from '../local/stop-plan.ts';
import type {StopEvent} from '../local/stop-processes.ts';
import type {Port} from '../port/port.ts';

/** What changes the Local view and nothing else. */
export type LocalAction =
	| {readonly type: 'localRead'; readonly snapshot: LocalSnapshot}
	/** The sockets could not be read: one sentence that says why. */
	| {readonly type: 'localFailed'; readonly message: string}
	| {readonly type: 'sortSockets'}
	| {readonly type: 'reverseSockets'}
	| {readonly type: 'groupSockets'}
	| {readonly type: 'toggleConnections'}
	/** Listeners are being tried at this machine's own addresses. */
	| {readonly type: 'reachBegun'}
	/** Where they answered, by the id of the socket. `at` is when that was begun, ISO 8601. */
	| {readonly type: 'reachFound'; readonly at: string; readonly found: ReadonlyMap<string, readonly ReachAt[]>}
	| {readonly type: 'reachDropped'}
	/** It is found out what a stop of these ports would stop. */
	| {readonly type: 'stopBegun'; readonly id: number; readonly ports: readonly Port[]}
	/** What would be stopped is known: asks, or says why it cannot be. */
	| {readonly type: 'stopPlanned'; readonly id: number; readonly plan: StopPlan}
	| {readonly type: 'stopConfirmed'}
	/** A step of the stop that this question began. */
	| {readonly type: 'stopAdvanced'; readonly id: number; readonly event: StopEvent};
