import {isResumable, markedRow, rowInHand, statusOfRow} from '../store/history-selectors.ts';
import type {State} from '../store/state.ts';
import type {KeyBinding} from './key-bindings.ts';

const hasRow = (state: State): boolean => rowInHand(state) !== undefined;

const isRemovable = (state: State): boolean => {
	const row = rowInHand(state);
	return row !== undefined && !row.file.isPinned && statusOfRow(state, row) !== 'running';
};

const canResume = (state: State): boolean => {
	const row = rowInHand(state);
	return row !== undefined && isResumable(state, row);
};

const canCompare = (state: State): boolean => {
	const marked = markedRow(state);
	return marked !== undefined && marked.id !== rowInHand(state)?.id;
};

/** Before that, Enter opens, as it does everywhere. */
const isOpened = ({focus, history: {detail}}: State): boolean => focus === 'past' && detail?.kind === 'scan';

/** The keys of the History view. */
export const historyKeys: readonly KeyBinding[] = [
	{mode: 'browse', view: 'history', keys: ['enter'], label: 'Enter', description: 'open the scan: what it found, here and in the Scan view; again: to the Scan view', footer: 'Scan view', isOffered: isOpened, run: ({session}) => session.history.open()},
	{mode: 'browse', view: 'history', keys: ['R'], label: 'R', description: 'resume a scan that was cut short: what is missing, with the same seed', footer: 'resume', isOffered: canResume, isVital: true, run: ({session}) => session.history.resume()},
	{mode: 'browse', view: 'history', keys: ['r'], label: 'r', description: 'scan the same again: targets, ports and settings, with a new seed', footer: 'rescan', isOffered: hasRow, run: ({session}) => session.history.rescan()},
	{mode: 'browse', view: 'history', keys: ['x', 'delete'], label: 'x Delete', description: 'remove the scan; u brings it back', footer: 'remove', isOffered: isRemovable, run: ({session}) => session.history.remove()},
	{mode: 'browse', view: 'history', keys: ['u'], label: 'u', description: 'undo the last removal', footer: 'undo', run: ({session}) => session.history.undo()},
	{mode: 'browse', view: 'history', keys: ['space'], label: 'Space', description: 'mark the scan to compare another with it', footer: 'mark', isOffered: hasRow, run: ({session}) => session.store.dispatch({type: 'markHistory'})},
	{mode: 'browse', view: 'history', keys: ['d'], label: 'd', description: 'what is different to the scan that is marked', footer: 'compare', isOffered: canCompare, isVital: true, run: ({session}) => session.history.compare()},
	{mode: 'browse', view: 'history', keys: ['m'], label: 'm', description: 'a note, kept with the scan', footer: 'note', isOffered: hasRow, run: ({session}) => session.store.dispatch({type: 'startNote'})},
	{mode: 'browse', view: 'history', keys: ['p'], label: 'p', description: 'pin: it stays, whatever else is removed; again takes that back', footer: state => (rowInHand(state)?.file.isPinned === true ? 'unpin' : 'pin'), isOffered: hasRow, run: ({session}) => session.history.togglePin()},
	{mode: 'browse', view: 'history', keys: ['/'], label: '/', description: 'find as you type: a target, ports, a day such as 2026-01-31, torn, pinned, words of a note; ! leaves out', footer: 'find', run: ({session}) => session.store.dispatch({type: 'startFind'})},
	{mode: 'browse', view: 'history', keys: ['o'], label: 'o', description: 'sort by the next: when, targets, status, open ports, size', footer: 'sort', run: ({session}) => session.store.dispatch({type: 'sortHistory'})},
	{mode: 'browse', view: 'history', keys: ['O'], label: 'O', description: 'reverse the order', run: ({session}) => session.store.dispatch({type: 'reverseHistory'})},
	{mode: 'find', view: 'history', keys: ['escape'], label: 'Esc', description: 'show all scans again', footer: 'all scans', run: ({session}) => session.store.dispatch({type: 'back'})},
];

/** The keys while a note is typed, beside those of any text. */
export const noteKeys: readonly KeyBinding[] = [
	{mode: 'note', keys: ['enter'], label: 'Enter', description: 'keep the note; an empty one is taken away', footer: 'keep', run: ({session}) => session.history.keepNote()},
	{mode: 'note', keys: ['escape'], label: 'Esc', description: 'leave the note as it was', footer: 'cancel', run: ({session}) => session.store.dispatch({type: 'back'})},
];
