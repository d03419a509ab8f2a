import {memo, type ReactNode} from 'react';
import type {PortRangeId} from '../../port/port-range.ts';
import {formatInterval, rangeRows, type RangeRow} from '../../store/range-rows.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {fitText} from '../fit-text.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';

const labelOf = (row: RangeRow): string => {
	switch (row.kind) {
		case 'all': {
			return `  ${row.title} ${formatInterval(row)}`;
		}

		case 'range': {
			return `${row.isUnfolded ? '▾' : '▸'} ${row.title} ${formatInterval(row)}`;
		}

		case 'block': {
			return `    ${row.title}`;
		}
	}
};

export type RangesPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly unfolded: ReadonlySet<PortRangeId>;
	readonly rowId: string;
};

/** The three ranges of ports, to unfold into blocks. */
export const RangesPane = memo(({rectangle, isInHand, unfolded, rowId}: RangesPaneProps): ReactNode => {
	const rows = rangeRows(unfolded);
	const selected = rows.findIndex(({id}) => id === rowId);
	const height = innerRows(rectangle);
	const top = useWindowTop(selected, height, rows.length);
	const width = rectangle.width - 2;
	return (
		<Pane rectangle={rectangle} title='Ranges' isInHand={isInHand}>
			{rows.slice(top, top + height).map(row => (row.id === rowId
				? <Line key={row.id} role={isInHand ? 'selected' : 'selectedElsewhere'} segments={[{text: fitText(`›${labelOf(row)}`, width)}]}/>
				: <Line key={row.id} segments={[{text: ` ${labelOf(row)}`}]}/>))}
		</Pane>
	);
});
