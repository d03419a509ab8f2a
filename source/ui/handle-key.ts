import type {Session} from '../store/session.ts';
import {bindingFor, modeOf} from './key-bindings.ts';
import {characterOf} from './key-names.ts';
import {computeLayout, innerRows, isTooSmall} from './layout.ts';

/** Exit code of a program ended by Ctrl-C: 128 + SIGINT. */
const interruptedExitCode = 130;

const pageRowsOf = (session: Session): number => {
	const {size, view, focus, isZoomed, scan} = session.store.getState();
	const pane = computeLayout(size.columns, size.rows, isZoomed ? focus : undefined, scan !== undefined, view).panes[focus];
	// Two rows less than the pane shows: its heading, and one that stays in sight.
	return Math.max(1, (pane === undefined ? 1 : innerRows(pane)) - 2);
};

/** Does what a key does now. Keys act on the store one by one, so a held or fast one neither drops nor overshoots. */
export const handleKey = (session: Session, key: string): void => {
	if (key === 'ctrl-c') {
		session.quit(interruptedExitCode);
		return;
	}

	const {size} = session.store.getState();
	if (isTooSmall(size.columns, size.rows)) {
		// Nothing is to be seen, so nothing is done but to quit.
		if (key === 'q') {
			session.quit(0);
		}

		return;
	}

	session.store.dispatch({type: 'keyPressed'});
	const state = session.store.getState();
	const binding = bindingFor(modeOf(state), key, state.view);
	if (binding !== undefined) {
		binding.run({session, key, pageRows: pageRowsOf(session)});
		return;
	}

	const character = characterOf(key);
	if (character !== undefined) {
		insertText(session, character);
	}
};

/** Puts typed or pasted text where text is being typed; elsewhere it is ignored. */
export const insertText = (session: Session, text: string): void => {
	session.store.dispatch({type: 'keyPressed'});
	const mode = modeOf(session.store.getState());
	if (mode === 'find' || mode === 'form' || mode === 'note') {
		session.store.dispatch({type: ({find: 'editFind', form: 'editForm', note: 'editNote'} as const)[mode], edit: {kind: 'insert', text}});
	}
};
