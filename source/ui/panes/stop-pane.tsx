import {memo, type ReactNode} from 'react';
import type {LocalProcess} from '../../local/local-socket.ts';
import {printable} from '../../report/printable.ts';
import type {StopDialog} from '../../store/stop-dialog.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {linesOfParagraphs} from '../components/paragraphs.tsx';
import {innerRows, type Rectangle} from '../layout.ts';
import {stopHints, stopParagraphs} from '../stop-paragraphs.ts';

export type StopPaneProps = {
	readonly rectangle: Rectangle;
	readonly dialog: StopDialog;
	readonly processes: readonly LocalProcess[];
};

/** The question whether to stop a process, and what comes of it. */
export const StopPane = memo(({rectangle, dialog, processes}: StopPaneProps): ReactNode => {
	const width = rectangle.width - 2;
	const hints = linesOfParagraphs([{role: 'key', text: stopHints(dialog)}], width);
	// What the keys do is never cut: it is what the question is there for.
	const room = Math.max(1, innerRows(rectangle) - hints.length);
	// Sentences of the system's errors are outside text too.
	const lines = linesOfParagraphs(stopParagraphs(dialog, processes).map(paragraph => ({...paragraph, text: printable(paragraph.text)})), width);
	const shown = lines.length > room ? [...lines.slice(0, room - 1), {role: 'faint', text: `… ${lines.length - room + 1} lines more: a higher screen shows them`} as const] : lines;
	return (
		<Pane isInHand rectangle={rectangle} title='Stop a process'>
			{[...shown, ...hints].map(({role, text}, index) => <Line key={index} role={role} segments={[{text}]}/>)}
		</Pane>
	);
});
