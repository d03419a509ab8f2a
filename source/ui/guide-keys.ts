import {linkInHand} from '../store/guide.ts';
import type {State} from '../store/state.ts';
import {guideScreenOf, isInSight, neighbouringLink} from './guide-screen.ts';
import type {KeyBinding, KeyContext} from './key-bindings.ts';

const isReading = ({focus}: State): boolean => focus === 'page';

const toLink = (step: 1 | -1) => ({session: {store}}: KeyContext): void => {
	const state = store.getState();
	if (!isReading(state)) {
		// From the list of pages, right is into the page.
		if (step === 1) {
			store.dispatch({type: 'focusPane', pane: 'page'});
		}

		return;
	}

	const screen = guideScreenOf(state);
	const next = screen === undefined ? undefined : neighbouringLink(screen, state.guide.linkId, step);
	if (next !== undefined) {
		store.dispatch({type: 'guideLinkChosen', ...next});
	}
};

const follow = ({session: {store}}: KeyContext): void => {
	const state = store.getState();
	const screen = isReading(state) ? guideScreenOf(state) : undefined;
	const link = screen === undefined ? undefined : linkInHand(screen.links, state.guide.linkId);
	if (screen !== undefined && link !== undefined && !isInSight(link, screen)) {
		store.dispatch({type: 'messageShown', message: {text: 'No link in hand is in sight: → takes the next one.', tone: 'info'}});
		return;
	}

	store.dispatch({type: 'open'});
};

/** What the keys do in the guide. The rest of them do what they do everywhere: arrows choose a page, or scroll it. */
export const guideKeys: readonly KeyBinding[] = [
	{mode: 'browse', view: 'guide', keys: ['right', 'l', 'n'], label: '→ l n', description: 'the next link of the page; from the topics: into the page', footer: 'next link', isOffered: isReading, run: toLink(1)},
	{mode: 'browse', view: 'guide', keys: ['left', 'h', 'N'], label: '← h N', description: 'the link before', run: toLink(-1)},
	{mode: 'browse', view: 'guide', keys: ['enter'], label: 'Enter', description: 'from the topics into the page; from a link to its port or page', run: follow},
];
