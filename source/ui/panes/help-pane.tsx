import {useEffect, type ReactNode} from 'react';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {cutText, fitText} from '../fit-text.ts';
import {keyBindings, type Mode} from '../key-bindings.ts';
import {innerRows, type Rectangle} from '../layout.ts';

const modeTitles: ReadonlyArray<readonly [Mode, string]> = [
	['browse', 'Everywhere'],
	['find', 'While finding (/)'],
	['form', 'In the form of a scan (s)'],
	['jump', 'While typing a port number'],
	['help', 'In this list'],
];

/** The lines of the help: every mode with its keys, from the key table. */
export const helpLines = (): ReadonlyArray<{readonly label: string; readonly text: string; readonly isHeading: boolean}> =>
	modeTitles.flatMap(([mode, title]) => [
		{label: title, text: '', isHeading: true},
		...keyBindings.filter(binding => binding.mode === mode).map(({label, description}) => ({label, text: description, isHeading: false})),
		...(mode === 'browse' ? [{label: 'Ctrl-C', text: 'quit, from anywhere', isHeading: false}] : []),
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
