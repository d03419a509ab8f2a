import {memo, useEffect, useMemo, type ReactNode} from 'react';
import type {LocalProcess} from '../../local/local-socket.ts';
import type {Registry} from '../../registry/registry.ts';
import type {LocalLine} from '../../store/local-lines.ts';
import type {LocalRow, ReachTried} from '../../store/local-state.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {linesOfParagraphs} from '../components/paragraphs.tsx';
import {innerRows, type Rectangle} from '../layout.ts';
import {lineParagraphs} from '../socket-paragraphs.ts';

export type SocketPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	/** The line in hand; undefined where there is none. */
	readonly line: LocalLine | undefined;
	readonly rows: readonly LocalRow[];
	readonly processes: readonly LocalProcess[];
	readonly isReadByRoot: boolean;
	/** Where listeners answered; undefined unless that was asked for. */
	readonly reach: ReachTried | undefined;
	/** First line to show. */
	readonly top: number;
	/** Called with how many lines there are more than the pane shows. */
	readonly onOverflow: (lines: number) => void;
};

const titleOf = (line: LocalLine | undefined): string => {
	switch (line?.kind) {
		case 'socket': {
			return `Port ${line.row.socket.port}`;
		}

		case 'process': {
			return `Process ${line.process.pid}`;
		}

		default: {
			return 'Socket';
		}
	}
};

/** Everything that is known of the socket or process in hand. */
export const SocketPane = memo(({rectangle, isInHand, registry, line, rows, processes, isReadByRoot, reach, top, onOverflow}: SocketPaneProps): ReactNode => {
	const width = rectangle.width - 2;
	const height = innerRows(rectangle);
	const lines = useMemo(() => linesOfParagraphs(lineParagraphs(line, {rows, processes, isReadByRoot, reach}, registry), width), [line, rows, processes, isReadByRoot, reach, registry, width]);
	const overflow = Math.max(0, lines.length - height);
	const first = Math.min(top, overflow);
	useEffect(() => {
		onOverflow(overflow);
	});

	return (
		<Pane rectangle={rectangle} title={titleOf(line)} notes={[overflow > first ? `↓ ${overflow - first} more` : '']} isInHand={isInHand}>
			{lines.slice(first, first + height).map(({role, text}, index) => <Line key={index} role={role} segments={[{text}]}/>)}
		</Pane>
	);
});
