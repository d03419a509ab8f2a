import type {ReactNode} from 'react';
import type {State} from '../../store/state.ts';
import {cutText, widthOf} from '../fit-text.ts';
import {keyBindings, modeOf} from '../key-bindings.ts';
import {Line, type Segment} from './line.tsx';

type Hint = {readonly label: string; readonly word: string; readonly mustStay: boolean};

/** Moving has six bindings and one place in the footer. */
const movingHints: readonly Hint[] = [
	{label: '↑↓←→', word: 'move', mustStay: false},
	{label: 'Enter', word: 'open', mustStay: false},
	{label: 'Tab', word: 'pane', mustStay: false},
];

/** Whoever knows these two keys can find out the rest, so they are shown however narrow the screen is. */
const lastResorts: ReadonlySet<string> = new Set(['?', 'q']);

/** The keys worth knowing now, in the order of the key table. */
const hintsFor = (state: State): readonly Hint[] => {
	const mode = modeOf(state);
	const fromTable = keyBindings.flatMap(({mode: ofMode, label, footer, isOffered, keys}): Hint[] => {
		if (ofMode !== mode || footer === undefined || isOffered?.(state) === false) {
			return [];
		}

		return [{label, word: typeof footer === 'string' ? footer : footer(state), mustStay: mode === 'browse' && keys.some(key => lastResorts.has(key))}];
	});
	return mode === 'browse' ? [...movingHints, ...fromTable] : fromTable;
};

const hintWidth = ({label, word}: Hint): number => widthOf(label) + widthOf(word) + 3;

/** Leaves out the last hints that may go until the rest fits. */
const fitHints = (hints: readonly Hint[], width: number): readonly Hint[] => {
	const fitting = [...hints];
	let excess = fitting.reduce((sum, hint) => sum + hintWidth(hint), 0) - width;
	while (excess > 0) {
		const index = fitting.findLastIndex(({mustStay}) => !mustStay);
		const [removed] = fitting.splice(index === -1 ? fitting.length - 1 : index, 1);
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
	if (message !== undefined) {
		return <Line role={message.tone === 'problem' ? 'problem' : 'plain'} segments={[{text: cutText(` ${message.text}`, width)}]}/>;
	}

	const prompt = jump === '' ? '' : ` Go to port ${jump}▏ `;
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
