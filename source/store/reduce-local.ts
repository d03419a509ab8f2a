import type {Port} from '../port/port.ts';
import type {LocalAction} from './local-action.ts';
import {withSnapshot} from './local-freshness.ts';
import {listenersOn, localLinesOf, selectedLineIndex, socketInHand} from './local-selectors.ts';
import {emptyFilter, socketGroupings, socketSorts, type LocalState} from './local-state.ts';
import type {State} from './state.ts';
import {afterStopEvent} from './stop-dialog.ts';
import {editText, type TextEdit} from './text-field.ts';

const put = (state: State, change: Partial<LocalState>): State => ({...state, local: {...state.local, ...change}});

const problem = (state: State, text: string): State => ({...state, message: {text, tone: 'problem'}});

const after = <Member>(round: readonly Member[], member: Member): Member => round[(round.indexOf(member) + 1) % round.length]!;

/** Puts the line at a position in hand, or the nearest there is. */
const withLineAt = (state: State, index: number): State => {
	const lines = localLinesOf(state);
	const line = lines[Math.max(0, Math.min(lines.length - 1, index))];
	return line?.id === state.local.lineId ? state : put(state, {lineId: line?.id, top: 0});
};

/** After the list has changed: the line in hand stays in hand, or gives way to the one that has its place. */
const withLineKept = (state: State, index: number): State =>
	localLinesOf(state).some(({id}) => id === state.local.lineId) ? state : withLineAt(state, index);

/** After the list is sorted or grouped anew: the socket in hand stays in hand. */
const withSocketKept = (state: State, before: State): State => {
	const id = socketInHand(before)?.id;
	return id !== undefined && localLinesOf(state).some(line => line.id === id) ? put(state, {lineId: id}) : withLineKept(state, 0);
};

/** Moves through the list, or scrolls what is known of the line in hand. */
export const moveInLocal = (state: State, by: number): State =>
	state.focus === 'socket' ? put(state, {top: Math.max(0, state.local.top + by)}) : withLineAt(state, selectedLineIndex(state) + by);

/** Puts what listens on a port in hand, whatever filter hid it; undefined where nothing does. */
export const selectListener = (state: State, port: Port): State | undefined => {
	const sockets = listenersOn(state.local.rows, port);
	const ids = new Set((sockets.some(({transport}) => transport === 'tcp') ? sockets.filter(({transport}) => transport === 'tcp') : sockets).map(({id}) => id));
	if (ids.size === 0) {
		return undefined;
	}

	const isListed = localLinesOf(state).some(({id}) => ids.has(id));
	const shown = isListed ? state : put(state, {filter: emptyFilter});
	return withLineAt(shown, localLinesOf(shown).findIndex(({id}) => ids.has(id)));
};

/** Goes to what listens on a port that was typed. */
export const jumpInLocal = (state: State, port: Port): State => {
	const arrived: State = {...state, jump: ''};
	const selected = selectListener(arrived, port);
	if (selected !== undefined) {
		return {...selected, focus: 'sockets', isZoomed: state.isZoomed && state.focus === 'sockets'};
	}

	return problem(arrived, state.local.takenAt === undefined ? 'What listens here has not been read yet.' : `Nothing listens on ${port} here.`);
};

/** Arrives in the view: what listens on the port that was in hand elsewhere is in hand here, and is not looked for any more. */
export const arriveInLocal = (state: State): State => {
	const held = socketInHand(state);
	return held?.port === state.port ? state : selectListener(state, state.port) ?? state;
};

/** Leaves the view: what was being typed there stays as a filter. */
export const leaveLocal = (state: State): State => (state.local.filter.isTyping ? acceptFilter(state) : state);

export const startFilter = (state: State): State => put({...state, focus: 'sockets', isZoomed: false, jump: ''}, {filter: {...state.local.filter, isTyping: true}});

export const editFilter = (state: State, edit: TextEdit): State => {
	const {filter} = state.local;
	const query = editText(filter.query, edit);
	const changed = put(state, {filter: {...filter, query}});
	return query.text === filter.query.text ? changed : withLineKept(changed, 0);
};

export const acceptFilter = (state: State): State => put(state, {filter: state.local.filter.query.text.trim() === '' ? emptyFilter : {...state.local.filter, isTyping: false}});

/** Undoes the innermost thing of the view; undefined when there is nothing left to undo. */
export const backInLocal = (state: State): State | undefined => {
	const {stop, filter} = state.local;
	if (stop !== undefined) {
		return put(state, {stop: undefined});
	}

	if (state.jump !== '' || state.isZoomed) {
		return undefined;
	}

	if (filter.isTyping || (filter.query.text !== '' && state.focus === 'sockets')) {
		return withLineKept(put(state, {filter: emptyFilter}), 0);
	}

	return state.focus === 'socket' ? {...state, focus: 'sockets'} : undefined;
};

/** The state after something happened in the Local view. Pure. */
export const reduceLocal = (state: State, action: LocalAction): State => {
	switch (action.type) {
		case 'localRead': {
			const read = withLineKept({...state, local: withSnapshot(state.local, action.snapshot)}, selectedLineIndex(state));
			return state.local.takenAt === undefined ? arriveInLocal(read) : read;
		}

		case 'localFailed': {
			return put(state, {reading: {kind: 'failed', message: action.message}});
		}

		case 'sortSockets': {
			return withSocketKept(put(state, {sort: after(socketSorts, state.local.sort), isReversed: false}), state);
		}

		case 'reverseSockets': {
			return withSocketKept(put(state, {isReversed: !state.local.isReversed}), state);
		}

		case 'groupSockets': {
			return withSocketKept(put(state, {grouping: after(socketGroupings, state.local.grouping)}), state);
		}

		case 'toggleConnections': {
			return withSocketKept(put(state, {isWithConnections: !state.local.isWithConnections}), state);
		}

		case 'reachBegun': {
			return put(state, {reach: {kind: 'trying'}});
		}

		case 'reachFound': {
			return put(state, {reach: {kind: 'tried', at: action.at, found: action.found}});
		}

		case 'reachDropped': {
			return put(state, {reach: undefined});
		}

		case 'stopBegun': {
			const plan = {ports: action.ports, freePorts: [], targets: [], obstacles: []};
			return put({...state, jump: ''}, {stop: {id: action.id, plan, stage: {kind: 'planning'}, ended: [], denied: []}});
		}

		case 'stopPlanned': {
			const {stop} = state.local;
			return stop?.id === action.id ? put(state, {stop: {...stop, plan: action.plan, stage: {kind: action.plan.targets.length === 0 ? 'refused' : 'asking'}}}) : state;
		}

		case 'stopConfirmed': {
			return state.local.stop?.stage.kind === 'asking' ? put(state, {stop: {...state.local.stop, stage: {kind: 'waiting', signal: 'SIGTERM'}}}) : state;
		}

		case 'stopAdvanced': {
			// A question that was left is not opened again by what comes of it.
			return state.local.stop?.id === action.id ? put(state, {stop: afterStopEvent(state.local.stop, action.event)}) : state;
		}
	}
};
