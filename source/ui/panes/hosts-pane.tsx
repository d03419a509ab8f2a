import {useMemo, type ReactNode} from 'react';
import {describeDownHosts} from '../../report/down-hosts.ts';
import {printable} from '../../report/printable.ts';
import {formatCount} from '../../report/quantity.ts';
import type {HostRecord, ScanRecord} from '../../scan/scan-record.ts';
import {hostOrder} from '../../store/host-order.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {cutText, fitText} from '../fit-text.ts';
import {leadWidth, type ListColumn} from '../fit-columns.ts';
import {cellsOfHost, hostColumns, judgementWords, type HostColumnId} from '../host-columns.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';

export type HostsPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly record: ScanRecord | undefined;
	/** Index of the host in hand. */
	readonly selected: number;
};

/** Hosts of blocks have a line of their own once they answered. */
const unlistedWords = (record: ScanRecord): string => {
	const count = record.hostCount - record.hosts.length;
	return count <= 0 ? '' : ` ${formatCount(count)} more of ${formatCount(record.hostCount)} have nothing to tell. ${record.down.count === 0 ? '' : describeDownHosts(record).map(text => printable(text)).join(' ')}`;
};

/** Where there is no column for what a host turned out to be, that takes the place of its counts. */
const rowOf = (record: ScanRecord, host: HostRecord, columns: ReadonlyArray<ListColumn<HostColumnId>>, width: number): string => {
	const cells = cellsOfHost(record, host);
	const [first] = columns;
	const words = columns.some(({id}) => id === 'judgement') ? undefined : judgementWords(record, host);
	return words === undefined
		? columns.map(({id, width: columnWidth, align}) => fitText(cells[id], columnWidth, align)).join(' ')
		: cutText(`${fitText(cells.address, first!.width)} ${words}`, width - leadWidth);
};

/** The hosts of the scan in hand: how far each is, what it answered, what it turned out to be. */
export const HostsPane = ({rectangle, isInHand, record, selected}: HostsPaneProps): ReactNode => {
	const width = rectangle.width - 2;
	const columns = useMemo(() => hostColumns(width), [width]);
	const order = record === undefined ? [] : hostOrder(record);
	const unlisted = record === undefined ? '' : unlistedWords(record);
	const height = Math.max(0, innerRows(rectangle) - 1 - (unlisted === '' ? 0 : 1));
	const top = useWindowTop(order.indexOf(selected), height, order.length);
	const heading = `  ${columns.map(({title, width: columnWidth, align}) => fitText(title, columnWidth, align)).join(' ')}`;
	return (
		<Pane rectangle={rectangle} title='Hosts' notes={record === undefined ? [] : [`${formatCount(record.finishedHostCount)} of ${formatCount(record.hostCount)} done`]} isInHand={isInHand}>
			<Line role='heading' segments={[{text: cutText(heading, width).trimEnd()}]}/>
			{order.slice(top, top + height).map(place => {
				const host = record!.hosts[place]!;
				const isSelected = place === selected;
				const text = (isSelected ? '› ' : '  ') + rowOf(record!, host, columns, width);
				return <Line key={host.host.address.text} role={!isSelected ? 'plain' : isInHand ? 'selected' : 'selectedElsewhere'} segments={[{text: isSelected ? fitText(text, width) : text.trimEnd()}]}/>;
			})}
			{unlisted !== '' && <Line role='faint' segments={[{text: cutText(unlisted, width)}]}/>}
		</Pane>
	);
};
