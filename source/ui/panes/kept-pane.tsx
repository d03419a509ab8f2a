import {Box, Text} from 'ink';
import {useMemo, type ReactNode} from 'react';
import {printable} from '../../report/printable.ts';
import {formatCount} from '../../report/quantity.ts';
import {historyRowsOf, selectedRowIndex, statusOfRow} from '../../store/history-selectors.ts';
import type {State} from '../../store/state.ts';
import {Input} from '../components/input.tsx';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {useTheme} from '../components/theme-context.ts';
import {leadWidth} from '../fit-columns.ts';
import {cutText, fitText, wrapText} from '../fit-text.ts';
import {cellsOfRow, historyColumns, sortedHistoryColumn} from '../history-columns.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';

export type KeptPaneProps = {readonly rectangle: Rectangle; readonly isInHand: boolean; readonly state: State};

/** What stands where there are no rows. */
const emptyWords = ({history: {reading, rows, filter}}: State): string => {
	if (reading.kind === 'unread') {
		return 'Reading the kept scans …';
	}

	return rows.length === 0
		? 'No scan is kept yet. s scans: this machine, unless you name another. Every scan is kept as it goes on, unless portui was started with --no-history.'
		: `Nothing matches ${JSON.stringify(printable(filter.query.text))}. Esc shows all scans.`;
};

/** The kept scans; only the rows in sight are made. */
export const KeptPane = ({rectangle, isInHand, state}: KeptPaneProps): ReactNode => {
	const {reading, rows: all, filter, sort, isReversed, markedId} = state.history;
	const theme = useTheme();
	const width = rectangle.width - 2;
	const columns = useMemo(() => historyColumns(width), [width]);
	const rows = historyRowsOf(state);
	const selected = selectedRowIndex(state);
	const inner = innerRows(rectangle);
	const problem = reading.kind === 'failed' ? wrapText(printable(reading.message), width - 1).slice(0, Math.max(1, inner - 3)) : [];
	const height = Math.max(0, inner - 1 - problem.length - (filter.isTyping ? 1 : 0));
	const top = useWindowTop(selected, height, rows.length);
	const notes = [
		all.length === 0 ? '' : all.length === 1 ? '1 scan' : `${formatCount(all.length)} scans`,
		filter.query.text === '' || filter.isTyping ? '' : `/${printable(filter.query.text)}`,
		rows.length === all.length ? '' : `${formatCount(rows.length)} listed`,
		markedId === undefined ? '' : '+ marked: d on another compares',
		all.some(({file}) => file.isPinned) ? '* pinned' : '',
	];
	const heading = `${' '.repeat(leadWidth)}${columns.map(({id, title, width: columnWidth, align}) => fitText(id === sortedHistoryColumn[sort] ? `${title}${isReversed ? '↑' : '↓'}` : title, columnWidth, align)).join(' ')}`;
	return (
		<Pane rectangle={rectangle} title='Kept scans' notes={notes} isInHand={isInHand}>
			{filter.isTyping && <Box><Text {...theme.key}>/</Text><Input isActive field={filter.query} width={width - 1}/></Box>}
			{problem.map((line, index) => <Line key={index} role='problem' segments={[{text: ` ${line}`}]}/>)}
			<Line role='heading' segments={[{text: cutText(heading, width).trimEnd()}]}/>
			{rows.slice(top, top + height).map((row, index) => {
				const isSelected = top + index === selected;
				const cells = cellsOfRow(row, statusOfRow(state, row), row.id === markedId);
				const text = (isSelected ? '› ' : '  ') + columns.map(({id, width: columnWidth, align}) => fitText(cells[id], columnWidth, align)).join(' ');
				return <Line key={row.id} role={!isSelected ? 'plain' : isInHand ? 'selected' : 'selectedElsewhere'} segments={[{text: isSelected ? fitText(text.trimEnd(), width) : text.trimEnd()}]}/>;
			})}
			{rows.length === 0 && reading.kind !== 'failed' && wrapText(emptyWords(state), width - 2).slice(0, height).map(line => <Line key={line} segments={[{text: ` ${line}`}]}/>)}
		</Pane>
	);
};
