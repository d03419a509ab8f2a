import {longestNote} from '../history/kept-note.ts';
import type {KeptFile} from '../history/retention.ts';
import type {Action} from './action.ts';
import {historyRowsOf, rowInHand, selectedRowIndex, statusOfRow} from './history-selectors.ts';
import {emptyHistoryFilter, historySorts, type HistoryAction, type HistoryRow, type HistoryState} from './history-state.ts';
import type {State} from './state.ts';
import {editText, textField} from './text-field.ts';

const put = (state: State, change: Partial<HistoryState>): State => ({...state, history: {...state.history, ...change}});

const problem = (state: State, text: string): State => ({...state, message: {text, tone: 'problem'}});

/** Puts the scan at a position in hand, or the nearest there is. What was told of another is let go: it may be half a megabyte. */
const withRowAt = (state: State, index: number): State => {
	const rows = historyRowsOf(state);
	const id = rows[Math.max(0, Math.min(rows.length - 1, index))]?.id;
	return id === state.history.rowId ? state : put(state, {rowId: id, top: 0, detail: id === state.history.detail?.id ? state.history.detail : undefined});
};

/** After the list has changed: the scan in hand stays in hand, or gives way to the one that has its place. */
const withRowKept = (state: State, index: number): State =>
	historyRowsOf(state).some(({id}) => id === state.history.rowId) ? state : withRowAt(state, index);

/** Whether nothing about a file has changed. Its name tells whether it is pinned. */
const isSameFile = (one: KeptFile, other: KeptFile): boolean => one.name === other.name && one.bytes === other.bytes && one.writtenAtMs === other.writtenAtMs;

/** The rows of the files; those of files that did not change, or only got another name, keep what is known of them. */
const withFiles = (rows: readonly HistoryRow[], files: readonly KeptFile[]): readonly HistoryRow[] => {
	const known = new Map(rows.map(row => [row.id, row]));
	const listed = files.map((file): HistoryRow => {
		const row = known.get(file.id);
		return row !== undefined && isSameFile(row.file, file) ? row : {id: file.id, file, summary: row?.summary, problem: undefined};
	});
	return listed.length === rows.length && listed.every((row, index) => row === rows[index]) ? rows : listed;
};

const withRows = (state: State, rows: readonly HistoryRow[]): State =>
	rows === state.history.rows && state.history.reading.kind === 'read' ? state : withRowKept(put(state, {rows, reading: {kind: 'read'}}), selectedRowIndex(state));

/** Moves through the list, or scrolls what is told of the scan in hand. */
export const moveInHistory = (state: State, by: number): State =>
	state.focus === 'past' ? put(state, {top: Math.max(0, state.history.top + by)}) : withRowAt(state, selectedRowIndex(state) + by);

/** Leaves the view: what was typed for the filter stays, a note that was not kept does not, and what was read of scans is let go. The list is in hand when one comes back. */
export const leaveHistory = (state: State): State => {
	const {filter, detail, note} = state.history;
	return filter.isTyping || detail !== undefined || note !== undefined
		? put({...state, lastFocus: {...state.lastFocus, history: 'kept'}}, {detail: undefined, note: undefined, top: 0, filter: filter.query.text.trim() === '' ? emptyHistoryFilter : {...filter, isTyping: false}})
		: state;
};

/** Undoes the innermost thing of the view; undefined when there is nothing left to undo. */
export const backInHistory = (state: State): State | undefined => {
	const {filter, note, markedId, detail} = state.history;
	if (note !== undefined) {
		return put(state, {note: undefined});
	}

	if (filter.isTyping) {
		return withRowKept(put(state, {filter: emptyHistoryFilter}), 0);
	}

	if (state.jump !== '' || state.isZoomed) {
		return undefined;
	}

	if (state.focus === 'past') {
		return {...state, focus: 'kept'};
	}

	if (detail !== undefined) {
		return put(state, {detail: undefined, top: 0});
	}

	if (markedId !== undefined) {
		return put(state, {markedId: undefined});
	}

	return filter.query.text === '' ? undefined : withRowKept(put(state, {filter: emptyHistoryFilter}), 0);
};

const mark = (state: State): State => {
	const row = rowInHand(state);
	if (row === undefined) {
		return state;
	}

	if (row.summary === undefined) {
		return problem(state, 'This scan cannot be read.');
	}

	return put(state, {markedId: state.history.markedId === row.id ? undefined : row.id});
};

const startNote = (state: State): State => {
	const row = rowInHand(state);
	if (row === undefined) {
		return state;
	}

	if (statusOfRow(state, row) === 'running') {
		return problem(state, 'This scan still runs: a note can be kept with it once it has ended.');
	}

	return put({...state, jump: ''}, {note: {id: row.id, field: textField(row.summary?.note ?? '')}});
};

/** The state after a key that means something of its own in this view; undefined where it means what it does elsewhere. Pure. */
export const reduceInHistory = (state: State, action: Action): State | undefined => {
	if (state.isHelpShown) {
		return undefined;
	}

	switch (action.type) {
		case 'startFind': {
			return put({...state, focus: 'kept', isZoomed: state.isZoomed && state.focus === 'kept', jump: ''}, {filter: {...state.history.filter, isTyping: true}});
		}

		case 'editFind': {
			const changed = put(state, {filter: {...state.history.filter, query: editText(state.history.filter.query, action.edit)}});
			return withRowKept(changed, 0);
		}

		case 'acceptFind': {
			const {filter} = state.history;
			return put(state, {filter: filter.query.text.trim() === '' ? emptyHistoryFilter : {...filter, isTyping: false}});
		}

		case 'editNote': {
			const {note} = state.history;
			const field = note === undefined ? undefined : editText(note.field, action.edit);
			if (note === undefined || field === undefined) {
				return state;
			}

			const characters = [...field.text];
			return put(state, {note: {...note, field: characters.length > longestNote ? textField(characters.slice(0, longestNote).join('')) : field}});
		}

		case 'moveMatch': {
			return withRowAt({...state, focus: 'kept'}, selectedRowIndex(state) + action.step);
		}

		case 'fold':
		case 'unfold': {
			return state;
		}

		default: {
			return undefined;
		}
	}
};

/** The state after something happened in the History view. Pure. */
export const reduceHistory = (state: State, action: HistoryAction): State => {
	switch (action.type) {
		case 'historyListed': {
			return withRows(state, withFiles(state.history.rows, action.files));
		}

		case 'historyFailed': {
			return put(state, {reading: {kind: 'failed', message: action.message}});
		}

		case 'historySummed': {
			const summed = new Map(action.rows.map(row => [row.id, row]));
			return withRows(state, state.history.rows.map(row => {
				const found = summed.get(row.id);
				return found !== undefined && isSameFile(found.file, row.file) ? found : row;
			}));
		}

		case 'historyDetailShown': {
			return put(state, {detail: action.detail, top: action.detail?.id === state.history.detail?.id && action.detail?.kind === state.history.detail?.kind ? state.history.top : 0});
		}

		case 'historyRowChosen': {
			const index = historyRowsOf(state).findIndex(({id}) => id === action.id);
			return index === -1 ? state : withRowAt(state, index);
		}

		case 'sortHistory': {
			return put(state, {sort: historySorts[(historySorts.indexOf(state.history.sort) + 1) % historySorts.length]!, isReversed: false, rowId: rowInHand(state)?.id});
		}

		case 'reverseHistory': {
			return put(state, {isReversed: !state.history.isReversed, rowId: rowInHand(state)?.id});
		}

		case 'markHistory': {
			return mark(state);
		}

		case 'startNote': {
			return startNote(state);
		}

		case 'endNote': {
			return put(state, {note: undefined});
		}
	}
};
