import {Box, Text} from 'ink';
import {memo, useMemo, type ReactNode} from 'react';
import {createEphemeralSide} from '../../local/ephemeral-side.ts';
import {isWaiting} from '../../local/local-socket.ts';
import {socketFactsOf} from '../../local/socket-facts.ts';
import type {Registry} from '../../registry/registry.ts';
import {printable} from '../../report/printable.ts';
import {formatCount} from '../../report/quantity.ts';
import {summarizeReach} from '../../report/reach-words.ts';
import type {LocalLine} from '../../store/local-lines.ts';
import type {Freshness, LocalReading, LocalState, ReachTried} from '../../store/local-state.ts';
import {formatClock} from '../clock-words.ts';
import {Input} from '../components/input.tsx';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {useTheme} from '../components/theme-context.ts';
import {cutText, fitText, widthOf, wrapText} from '../fit-text.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {cellsOfOwnerless, cellsOfProcess, cellsOfSocket, socketColumns, type SocketCells, type SocketColumn} from '../socket-columns.ts';
import type {Role} from '../theme.ts';

const signs: Readonly<Record<Freshness, string>> = {steady: ' ', new: '+', gone: '−'};
const looksOf: Readonly<Record<Freshness, Role>> = {steady: 'plain', new: 'open', gone: 'faint'};

type SideOf = ReturnType<typeof createEphemeralSide>;

/** Where a socket answered, in a word: UDP answers no connect, so it is never tried. */
const reachText = (id: string, reach: ReachTried | undefined): string | undefined =>
	reach === undefined ? undefined : reach.kind === 'trying' ? '…' : summarizeReach(reach.found.get(id));

type Told = Pick<LocalState, 'isReadByRoot' | 'reach'>;

const cellsOf = (line: LocalLine, registry: Registry | undefined, sideOf: SideOf, {isReadByRoot, reach}: Told): SocketCells => {
	switch (line.kind) {
		case 'socket': {
			const {socket} = line.row;
			// Of a connection, its own port may be one picked for the occasion: its number says nothing.
			const facts = registry === undefined || !isWaiting(socket) ? undefined : socketFactsOf(registry.lookup(socket.port), socket);
			return cellsOfSocket(socket, {depth: line.depth, facts, side: sideOf(socket), isReadByRoot, reach: reachText(socket.id, reach)});
		}

		case 'process': {
			return cellsOfProcess(line.process, line.depth);
		}

		case 'ownerless': {
			return cellsOfOwnerless(line.ownership, isReadByRoot);
		}
	}
};

/** A row as text of exactly a width; the risk apart, for it has a colour of its own. */
const segmentsOf = (line: LocalLine, {texts, severity}: SocketCells, columns: readonly SocketColumn[], isSelected: boolean, width: number): readonly Segment[] => {
	const freshness = line.kind === 'socket' ? line.row.freshness : 'steady';
	const role = line.kind === 'socket' ? looksOf[freshness] : 'strong';
	const isSpread = line.kind === 'ownerless' || (line.kind === 'socket' && line.depth === 0 && texts.pid === '');
	let text = `${isSelected ? '›' : ' '}${signs[freshness]} `;
	const segments: Segment[] = [];
	for (const [index, {id, width: columnWidth, align}] of columns.entries()) {
		if (id === 'pid' && isSpread) {
			// That the owner is hidden takes the room of its PID.
			continue;
		}

		const after = columns[index + 1];
		const room = id === 'process' && isSpread && after?.id === 'pid' ? columnWidth + 1 + after.width : columnWidth;
		const cell = fitText(texts[id], room, align);
		if (id === 'risk' && severity !== undefined && freshness !== 'gone') {
			segments.push({text, role}, {text: cell, role: `severity-${severity}`});
			text = ' ';
		} else {
			text += `${cell} `;
		}
	}

	const used = segments.reduce((sum, segment) => sum + widthOf(segment.text), 0);
	return [...segments, {text: cutText(text.trimEnd(), Math.max(0, width - used)), role}];
};

type RowProps = Told & {
	readonly line: LocalLine;
	readonly registry: Registry | undefined;
	readonly sideOf: SideOf;
	readonly columns: readonly SocketColumn[];
	readonly width: number;
	/** How it looks when it is in hand; undefined when it is not. */
	readonly role: Role | undefined;
};

/** One row; made again only when something about it has changed. */
const Row = memo(({line, registry, sideOf, isReadByRoot, reach, columns, width, role}: RowProps): ReactNode => {
	const segments = segmentsOf(line, cellsOf(line, registry, sideOf, {isReadByRoot, reach}), columns, role !== undefined, width);
	// In inverse, colours of single words would turn into coloured blocks.
	return role === undefined ? <Line segments={segments}/> : <Line role={role} segments={[{text: fitText(segments.map(({text}) => text).join(''), width)}]}/>;
});

const headingOf = (columns: readonly SocketColumn[], sort: string, isReversed: boolean, isTried: boolean): string => {
	const sorted: Readonly<Record<string, string>> = {port: 'port', process: 'process', address: 'reach'};
	const titleOf = ({id, title}: SocketColumn): string => (id === 'reach' && isTried ? 'ANSWERS AT' : title);
	return `   ${columns.map(column => {
		const {id, width, align} = column;
		return fitText(id === sorted[sort] ? `${titleOf(column)}${isReversed ? '↑' : '↓'}` : titleOf(column), width, align);
	}).join(' ')}`;
};

const sayings: Readonly<Record<LocalState['grouping'], string>> = {flat: '', process: 'by process', tree: 'tree of parents'};

/** What stands where there are no rows. */
const emptyWords = (reading: LocalReading, query: string, isWithConnections: boolean): string => {
	if (reading.kind === 'unread') {
		return 'Reading the sockets of this machine …';
	}

	return query.trim() === '' ? `Nothing listens${isWithConnections ? ', and nothing is connected' : ' here'}.` : `Nothing matches ${JSON.stringify(query)}. Esc shows all sockets.`;
};

export type SocketsPaneProps = Pick<LocalState, 'rows' | 'reading' | 'takenAt' | 'hiddenCount' | 'leavesOutOthers' | 'filter' | 'sort' | 'isReversed' | 'grouping' | 'isWithConnections' | 'isReadByRoot' | 'reach'> & {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly lines: readonly LocalLine[];
	/** Index of the line in hand; -1 for none. */
	readonly selected: number;
};

/** What must be said of the reading as a whole: that it failed, or that it does not show all. */
const noticeOf = ({reading, hiddenCount, isReadByRoot, leavesOutOthers}: SocketsPaneProps): string => {
	if (reading.kind === 'failed') {
		return printable(reading.message);
	}

	if (leavesOutOthers) {
		return 'Sockets of other users are left out: sudo portui shows them.';
	}

	const who = `${formatCount(hiddenCount)} ${hiddenCount === 1 ? 'owner is' : 'owners are'} hidden`;
	return hiddenCount === 0 ? '' : isReadByRoot ? `${who}: the system shows ${hiddenCount === 1 ? 'it' : 'them'} to nobody in here, not even to root.` : `${who} from this user: sudo portui shows them.`;
};

/** What listens on this machine; only the rows in sight are made. */
export const SocketsPane = memo((props: SocketsPaneProps): ReactNode => {
	const {rectangle, isInHand, registry, rows, lines, selected, reading, takenAt, filter, sort, isReversed, grouping, isWithConnections, isReadByRoot, reach} = props;
	const theme = useTheme();
	const width = rectangle.width - 2;
	const columns = useMemo(() => socketColumns(width, isWithConnections, grouping !== 'flat'), [width, isWithConnections, grouping]);
	const sideOf = useMemo(() => createEphemeralSide(rows.map(({socket}) => socket)), [rows]);
	const notice = noticeOf(props);
	const inner = innerRows(rectangle);
	// The list keeps a heading and a row, whatever is said above it.
	const noticeLines = notice === '' ? [] : wrapText(notice, width - 1).slice(0, Math.max(1, inner - 3));
	const height = Math.max(0, inner - 1 - noticeLines.length - (filter.isTyping ? 1 : 0));
	const top = useWindowTop(selected, height, lines.length);
	const shown = lines.slice(top, top + height).map((line, index) => (
		<Row key={line.id} line={line} registry={registry} sideOf={sideOf} isReadByRoot={isReadByRoot} reach={reach} columns={columns} width={width} role={top + index !== selected ? undefined : isInHand ? 'selected' : 'selectedElsewhere'}/>
	));
	const socketCount = useMemo(() => lines.filter(line => line.kind === 'socket' && line.row.freshness !== 'gone').length, [lines]);
	const notes = [
		takenAt === undefined ? '' : `${formatCount(socketCount)} ${isWithConnections ? (socketCount === 1 ? 'socket' : 'sockets') : 'listening'}`,
		filter.query.text === '' || filter.isTyping ? '' : `/${filter.query.text}`,
		sayings[grouping],
		sort === 'age' ? `youngest ${isReversed ? 'last' : 'first'}` : '',
		reach === undefined ? '' : reach.kind === 'trying' ? 'trying from outside …' : `tried ${formatClock(reach.at)}`,
		takenAt === undefined ? '' : `as of ${formatClock(takenAt)}`,
	];
	return (
		<Pane rectangle={rectangle} title='This machine' notes={notes} isInHand={isInHand}>
			{filter.isTyping && <Box><Text {...theme.key}>/</Text><Input isActive field={filter.query} width={width - 1}/></Box>}
			{noticeLines.map((line, index) => <Line key={index} role={reading.kind === 'failed' ? 'problem' : 'unknown'} segments={[{text: ` ${line}`}]}/>)}
			<Line role='heading' segments={[{text: cutText(headingOf(columns, sort, isReversed, reach !== undefined), width).trimEnd()}]}/>
			{shown}
			{lines.length === 0 && reading.kind !== 'failed' && <Line segments={[{text: cutText(` ${emptyWords(reading, filter.query.text, isWithConnections)}`, width)}]}/>}
		</Pane>
	);
});
