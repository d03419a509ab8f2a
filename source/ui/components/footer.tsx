import type {ReactNode} from 'react';
import type {State} from '../../store/state.ts';
import {cutText, widthOf} from '../fit-text.ts';
import {bindingsIn, modeOf} from '../key-bindings.ts';
import {Line, type Segment} from './line.tsx';

/** A higher worth stays longer where there is little room. */
type Hint = {readonly label: string; readonly word: string; readonly worth: 0 | 1 | 2};

/** Moving has six bindings and one place in the footer. */
const movingHints: readonly Hint[] = [
	{label: '↑↓←→', word: 'move', worth: 0},
	{label: 'Enter', word: 'open', worth: 0},
	{label: 'Tab', word: 'pane', worth: 0},
];

/** Whoever knows these keys can find out the rest, so they are shown however narrow the screen is. */
const lastResorts: ReadonlySet<string> = new Set(['s', '?', 'q']);

/** The keys worth knowing now, in the order of the key table. */
const hintsFor = (state: State): readonly Hint[] => {
	const mode = modeOf(state);
	const fromTable = bindingsIn(mode, state.view).flatMap(({label, footer, isOffered, keys, view}): Hint[] => {
		if (footer === undefined || isOffered?.(state) === false) {
			return [];
		}

		return [{label, word: typeof footer === 'string' ? footer : footer(state), worth: keys.some(key => lastResorts.has(key)) ? 2 : isOffered === undefined && view === undefined ? 0 : 1}];
	});
	return mode === 'browse' ? [...movingHints, ...fromTable] : fromTable;
};

const hintWidth = ({label, word}: Hint): number => widthOf(label) + widthOf(word) + 3;

/** Leaves hints out, the least worth and of those the last first, until the rest fits. What is offered only now, or here, is worth more than what always is. */
const fitHints = (hints: readonly Hint[], width: number): readonly Hint[] => {
	const fitting = [...hints];
	let excess = fitting.reduce((sum, hint) => sum + hintWidth(hint), 0) - width;
	while (excess > 0) {
		const least = Math.min(...fitting.map(({worth}) => worth));
		const [removed] = fitting.splice(fitting.findLastIndex(({worth}) => worth === least), 1);
		if (removed === undefined) {
			break;
		}

		excess -= hintWidth(removed);
	}

	return fitting;
};

/** The bottom line: a message, the port number being typed, or the keys of the moment. */
export const Footer = ({state, width}: {readonly state: State; readonly width: number}): ReactNode => {
	const {message, jump} = state;
	const prompt = jump === '' ? '' : ` Go to port ${jump}▏ `;
	if (message !== undefined) {
		return <Line segments={[{text: prompt, role: 'strong'}, {text: cutText(` ${message.text}`, width - widthOf(prompt)), role: message.tone === 'problem' ? 'problem' : 'plain'}]}/>;
	}

	const hints = fitHints(hintsFor(state), width - widthOf(prompt));
	return (
		<Line
			segments={[
				{text: prompt, role: 'strong'},
				...hints.flatMap(({label, word}): Segment[] => [{text: ' '}, {text: label, role: 'key'}, {text: ` ${word} `}]),
			]}
		/>
	);
};
