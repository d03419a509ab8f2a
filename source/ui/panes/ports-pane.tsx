import {Box, Text} from 'ink';
import {memo, type ReactNode} from 'react';
import type {Port} from '../../port/port.ts';
import {filterKeys} from '../../registry/parse-query.ts';
import type {Registry} from '../../registry/registry.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import type {PortState} from '../../scan/verdict.ts';
import type {PortList} from '../../store/selectors.ts';
import type {Find} from '../../store/state.ts';
import {Input} from '../components/input.tsx';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {useTheme} from '../components/theme-context.ts';
import {cutText, fitText} from '../fit-text.ts';
import {formatCount} from '../../report/quantity.ts';
import {printable} from '../../report/printable.ts';
import {describeUnknownFilter} from '../../report/unknown-filter.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {summarize} from '../port-summary.ts';

/** Widths of the columns; the description has what is left. */
const columns = {mark: 1, port: 5, scan: 5, name: 15, over: 7};

/** Panes narrower than this leave the transports out: the name is worth more. */
const overFrom = 45;

/** A description in less than this is no help: the name has the room, and a port without one says its description there. */
const leastDescription = 8;

/** How the columns share what a pane has; a description of 0 columns is left out. */
export const shareColumns = (width: number): {readonly name: number; readonly over: number; readonly description: number} => {
	const over = width < overFrom ? 0 : columns.over;
	const rest = width - (columns.mark + columns.port + 1 + 1 + columns.scan + 1) - (over === 0 ? 0 : over + 1);
	const description = rest - columns.name - 1;
	return description < leastDescription ? {name: Math.max(0, rest), over, description: 0} : {name: columns.name, over, description};
};

/** What an empty line of search offers beside words and numbers. */
const findHint = filterKeys.map(key => `${key}:`).join(' ');

/** What the last scan says of a port, over all its addresses: open anywhere is open. Closed is not worth a word on every row. */
const scanWord = (record: ScanRecord | undefined, port: Port): Exclude<PortState, 'closed'> | undefined => {
	const states = record?.hosts.map(({verdicts}) => verdicts.stateOf(port)) ?? [];
	return (['open', 'filtered', 'unknown'] as const).find(state => states.includes(state));
};

const scanSigns: Readonly<Record<Exclude<PortState, 'closed'>, string>> = {open: '●open', filtered: 'filt', unknown: '?'};

/** That something listens on this machine, where no scan has said anything. */
const hereSign = '◆here';

const headingOf = (width: number): string => {
	const {name, over, description} = shareColumns(width);
	const columnsShown = [fitText('PORT', columns.port + 1, 'end'), fitText('SCAN', columns.scan), fitText('NAME', name), ...(over === 0 ? [] : [fitText('OVER', over)]), ...(description === 0 ? [] : ['DESCRIPTION'])];
	return cutText(` ${columnsShown.join(' ')}`, width);
};

export type PortsPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly list: PortList;
	readonly port: Port;
	readonly find: Find;
	/** The scan whose findings are marked; it changes in place, so `revision` stands for its content. */
	readonly record: ScanRecord | undefined;
	readonly revision: number;
	/** Ports that something listens on here, as read last. */
	readonly listening: ReadonlySet<Port>;
};

/** Every port, or those that match what is looked for; only the rows in sight are made. */
export const PortsPane = memo(({rectangle, isInHand, registry, list, port, find, record, listening}: PortsPaneProps): ReactNode => {
	const theme = useTheme();
	const width = rectangle.width - 2;
	const findRows = find.isTyping ? 1 : 0;
	const height = Math.max(0, innerRows(rectangle) - 1 - findRows);
	const selected = list.indexOf(port);
	const top = useWindowTop(selected, height, list.count);

	const segmentsOf = (each: Port): readonly Segment[] => {
		const word = scanWord(record, each);
		const isHere = word === undefined && listening.has(each);
		const mark: Segment[] = [
			{text: each === port ? '›' : ' '},
			{text: fitText(String(each), columns.port + 1, 'end')},
			{text: ' '},
			{text: fitText(word === undefined ? (isHere ? hereSign : '') : scanSigns[word], columns.scan), role: word ?? (isHere ? 'open' : 'plain')},
			{text: ' '},
		];
		if (registry === undefined) {
			return mark;
		}

		const {name, over, description, isRecorded} = summarize(registry.lookup(each));
		const widths = shareColumns(width);
		const looks = isRecorded ? 'plain' : 'faint';
		return [
			...mark,
			{text: fitText(isRecorded || widths.description > 0 ? name : description, widths.name), role: isRecorded ? 'strong' : 'faint'},
			...(widths.over === 0 ? [] : [{text: ` ${fitText(over, widths.over)}`, role: looks} as const]),
			...(widths.description === 0 ? [] : [{text: ` ${each === port ? fitText(description, widths.description) : cutText(description, widths.description)}`, role: looks} as const]),
		];
	};

	const rows: ReactNode[] = [];
	for (let index = top; index < top + height; index++) {
		const each = list.at(index);
		if (each === undefined) {
			break;
		}

		const isSelected = each === port;
		// In inverse, colours of single words would turn into coloured blocks.
		const segments = isSelected && isInHand ? segmentsOf(each).map(({text}) => ({text})) : segmentsOf(each);
		rows.push(<Line key={each} role={isSelected ? (isInHand ? 'selected' : 'selectedElsewhere') : 'plain'} segments={segments}/>);
	}

	const notes = [
		registry === undefined ? 'loading the registry …' : '',
		// The date first: it stays where there is no room for both.
		...(registry === undefined || find.results !== undefined ? [] : [registry.date === undefined ? '' : `of ${registry.date}`, `${formatCount(registry.nameCount)} names`]),
		find.query.text === '' || find.isTyping ? '' : `/${find.query.text}`,
		find.results === undefined ? '' : `${formatCount(find.results.length)} found`,
		find.corrected === undefined ? '' : `taken for ${find.corrected}`,
	];
	return (
		<Pane rectangle={rectangle} title='Ports' notes={notes} isInHand={isInHand}>
			{find.isTyping && <Box><Text {...theme.key}>/</Text><Input isActive field={find.query} hint={findHint} width={width - 1}/></Box>}
			<Line role='heading' segments={[{text: headingOf(width).trimEnd()}]}/>
			{rows}
			{list.count === 0 && find.unknownFilter === undefined && <Line segments={[{text: cutText(` Nothing matches ${JSON.stringify(find.query.text)}. Esc shows all ports.`, width)}]}/>}
			{list.count === 0 && find.unknownFilter !== undefined && <Box width={width} height={height} overflow='hidden' paddingLeft={1}><Text>{`${printable(describeUnknownFilter(find.unknownFilter))} Esc shows all ports.`}</Text></Box>}
		</Pane>
	);
});
