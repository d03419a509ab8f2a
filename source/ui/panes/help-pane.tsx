import {useEffect, type ReactNode} from 'react';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {cutText, fitText} from '../fit-text.ts';
import {views} from '../../store/state.ts';
import {keyBindings, viewTitles, type KeyBinding, type Mode} from '../key-bindings.ts';
import {innerRows, type Rectangle} from '../layout.ts';

const modeTitles: ReadonlyArray<readonly [Mode, string]> = [
	['browse', 'Everywhere'],
	['find', 'While finding (/)'],
	['form', 'In the form of a scan (s)'],
	['jump', 'While typing a port number'],
	['stop', 'While asked whether to stop a process (x in Local)'],
	['note', 'While typing a note (m in History)'],
	['help', 'In this list'],
];

type HelpLine = {readonly label: string; readonly text: string; readonly isHeading: boolean};

const section = (title: string, bindings: readonly KeyBinding[]): readonly HelpLine[] =>
	bindings.length === 0
		? []
		: [{label: title, text: '', isHeading: true}, ...bindings.map(({label, description}) => ({label, text: description, isHeading: false}))];

/** The lines of the help: every mode and every view with its keys, from the key table. */
export const helpLines = (): readonly HelpLine[] =>
	modeTitles.flatMap(([mode, title]) => [
		...section(title, keyBindings.filter(binding => binding.mode === mode && binding.view === undefined)),
		...(mode === 'browse' ? [{label: 'Ctrl-C', text: 'quit, from anywhere', isHeading: false}] : []),
		...views.flatMap(view => section(`${viewTitles[view]}${mode === 'browse' ? '' : `: ${title.toLowerCase()}`}`, keyBindings.filter(binding => binding.mode === mode && binding.view === view))),
	]);

export type HelpPaneProps = {
	readonly rectangle: Rectangle;
	readonly top: number;
	/** Called with how many lines there are more than the pane shows. */
	readonly onOverflow: (lines: number) => void;
};

/** All keys, over the whole body of the screen. */
export const HelpPane = ({rectangle, top, onOverflow}: HelpPaneProps): ReactNode => {
	const lines = helpLines();
	const height = innerRows(rectangle);
	const overflow = Math.max(0, lines.length - height);
	const first = Math.min(top, overflow);
	useEffect(() => {
		onOverflow(overflow);
	});

	const width = rectangle.width - 2;
	return (
		<Pane isInHand rectangle={rectangle} title='Keys' notes={lines.length > height ? ['↑↓ scroll'] : []}>
			{lines.slice(first, first + height).map(({label, text, isHeading}, index) => (
				isHeading
					? <Line key={index} role='strong' segments={[{text: cutText(` ${label}`, width)}]}/>
					: <Line key={index} segments={[{text: `   ${fitText(label, 14)}`, role: 'key'}, {text: cutText(text, width - 18)}]}/>
			))}
		</Pane>
	);
};
