import {Box, Text} from 'ink';
import {useEffect, useMemo, type ReactNode} from 'react';
import {shortId} from '../../history/retention.ts';
import {continuedBy, rowInHand, statusOfRow} from '../../store/history-selectors.ts';
import type {State} from '../../store/state.ts';
import {Input} from '../components/input.tsx';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {linesOfParagraphs} from '../components/paragraphs.tsx';
import {useTheme} from '../components/theme-context.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {pastParagraphs} from '../past-paragraphs.ts';

export type PastPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly state: State;
	/** Called with how many lines there are more than the pane shows. */
	readonly onOverflow: (lines: number) => void;
};

/** What is told of the kept scan in hand: what was asked, how it ended, what it found, what is different to another. */
export const PastPane = ({rectangle, isInHand, state, onOverflow}: PastPaneProps): ReactNode => {
	const {history: {detail, top, note}, registry} = state;
	const theme = useTheme();
	const row = rowInHand(state);
	const status = row === undefined ? undefined : statusOfRow(state, row);
	const resumedAs = row === undefined ? undefined : continuedBy(state, row.id)?.id;
	const width = rectangle.width - 2;
	const height = innerRows(rectangle) - (note === undefined ? 0 : 1);
	const lines = useMemo(() => linesOfParagraphs(pastParagraphs(row, detail, {status, continuedBy: resumedAs, registry}), width), [row, detail, status, resumedAs, registry, width]);
	const overflow = Math.max(0, lines.length - height);
	const first = Math.min(top, overflow);
	useEffect(() => {
		onOverflow(overflow);
	});

	const title = row === undefined ? 'Scan' : detail?.kind === 'comparison' && detail.id === row.id ? 'Two scans compared' : `Scan ${shortId(row.id)}`;
	return (
		<Pane rectangle={rectangle} title={title} notes={[overflow > first ? `↓ ${overflow - first} more` : '']} isInHand={isInHand}>
			{note !== undefined && <Box><Text {...theme.key}>{'Note: '}</Text><Input isActive field={note.field} width={width - 6} hint='a line of your own; Enter keeps it'/></Box>}
			{lines.slice(first, first + height).map(({role, text}, index) => <Line key={index} role={role} segments={[{text}]}/>)}
		</Pane>
	);
};
