import {Box, Text} from 'ink';
import {useMemo, type ReactNode} from 'react';
import type {Registry} from '../../registry/registry.ts';
import {programWords} from '../../report/origin-words.ts';
import {printable} from '../../report/printable.ts';
import {formatCount} from '../../report/quantity.ts';
import type {Opening, ScanRecord} from '../../scan/scan-record.ts';
import type {ScansState} from '../../store/scans-state.ts';
import {openingId} from '../../store/selectors.ts';
import type {ScanView} from '../../store/state.ts';
import {formatClock, formatMoment} from '../clock-words.ts';
import {Input} from '../components/input.tsx';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {useTheme} from '../components/theme-context.ts';
import {cellsOfFinding, findingColumns, sortedColumn, type FindingCells, type FindingColumnId} from '../finding-columns.ts';
import type {ListColumn} from '../fit-columns.ts';
import {cutText, fitText, wrapText} from '../fit-text.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {shortStatus, unkeptWords} from '../scan-words.ts';
import type {Role} from '../theme.ts';

/** A row as runs of text; state and risk have colours of their own. */
const segmentsOf = ({texts, state, severity}: FindingCells, columns: ReadonlyArray<ListColumn<FindingColumnId>>, isSelected: boolean): readonly Segment[] => [
	{text: isSelected ? '› ' : '  '},
	...columns.map(({id, width, align}, index): Segment => {
		const role: Role = id === 'state' ? state : id === 'risk' && severity !== undefined ? `severity-${severity}` : id === 'before' && texts.before !== '' ? 'strong' : 'plain';
		return {text: fitText(texts[id], width, align) + (index === columns.length - 1 ? '' : ' '), role};
	}),
];

export type FindingsPaneProps = Pick<ScansState, 'host' | 'isOneHost' | 'filter' | 'sort' | 'isReversed'> & {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly scan: ScanView | undefined;
	readonly before: ScanRecord | undefined;
	/** Position of the scan in hand among those kept, and how many there are. */
	readonly place: number;
	readonly keptCount: number;
	readonly findings: readonly Opening[];
	/** Index of the finding in hand; -1 for none. */
	readonly selected: number;
};

const emptyWords = ({scan, filter}: FindingsPaneProps): string => {
	if (scan === undefined) {
		return 'No scan yet. s scans: this machine, unless you name another.';
	}

	const {text} = filter.query;
	if (text.trim() !== '') {
		return `Nothing matches ${JSON.stringify(printable(text))}. Esc drops the filter.`;
	}

	return scan.record.finishedAt === null ? 'No open port yet.' : 'No open port found. / then closed, filtered or unknown lists the others.';
};

/** Of many targets and ports, as many as a title can hold. */
const mostTargets = 20;
const longestPorts = 200;

const titleOf = ({scan, place, keptCount}: FindingsPaneProps): string => (scan === undefined ? 'Ports found' : `Scan ${place + 1} of ${keptCount}`);

const notesOf = ({scan, host, isOneHost, filter, sort, isReversed, findings, before}: FindingsPaneProps): readonly string[] => {
	if (scan === undefined) {
		return [];
	}

	const {record, request} = scan;
	return [
		// Of a scan that was made elsewhere the day matters too.
		...(scan.opened === undefined
			? [`${shortStatus(record)} ${formatClock(record.finishedAt ?? record.started.startedAt)}`]
			: [`${scan.opened.origin.kind === 'file' ? `from a file, by ${programWords(record.started.engine)},` : 'from the history,'} ${formatMoment(record.finishedAt ?? record.started.startedAt)}`]),
		unkeptWords(scan),
		`${printable(request.targets.slice(0, mostTargets).join(' '))}${request.targets.length > mostTargets ? ' …' : ''} ${printable(request.ports.slice(0, longestPorts))}`,
		isOneHost ? `of ${printable(record.hosts[host!]!.host.address.text)} alone` : '',
		filter.query.text === '' || filter.isTyping ? '' : `/${printable(filter.query.text)}`,
		`${formatCount(findings.length)} listed`,
		sort === 'port' && !isReversed ? '' : `by ${sort === 'found' ? 'when it was found' : sort}${isReversed ? ', reversed' : ''}`,
		before === undefined ? '' : 'BEFORE: the scan before, where it differs',
	];
};

/** The ports found by the scan in hand; only the rows in sight are made. */
export const FindingsPane = (props: FindingsPaneProps): ReactNode => {
	const {rectangle, isInHand, registry, scan, before, findings, selected, filter, sort, isReversed, isOneHost} = props;
	const theme = useTheme();
	const width = rectangle.width - 2;
	const isManyHosts = !isOneHost && (scan?.record.hosts.length ?? 0) > 1;
	const columns = useMemo(() => findingColumns(width, isManyHosts, before !== undefined), [width, isManyHosts, before !== undefined]);
	const height = Math.max(0, innerRows(rectangle) - 1 - (filter.isTyping ? 1 : 0));
	const top = useWindowTop(selected, height, findings.length);
	const reasonWidth = columns.find(({id}) => id === 'reason')?.width ?? 0;
	const shown = scan === undefined ? [] : findings.slice(top, top + height).map((finding, index) => {
		const cells = cellsOfFinding(finding, scan.record, before, registry, reasonWidth);
		const isSelected = top + index === selected;
		const segments = cells === undefined ? [] : segmentsOf(cells, columns, isSelected);
		return isSelected
			? <Line key={openingId(finding)} role={isInHand ? 'selected' : 'selectedElsewhere'} segments={[{text: fitText(segments.map(({text}) => text).join('').trimEnd(), width)}]}/>
			: <Line key={openingId(finding)} segments={segments}/>;
	});
	const heading = `  ${columns.map(({id, title, width: columnWidth, align}) => fitText(id === sortedColumn[sort] ? `${title}${isReversed ? '↑' : '↓'}` : title, columnWidth, align)).join(' ')}`;
	return (
		<Pane rectangle={rectangle} title={titleOf(props)} notes={notesOf(props)} isInHand={isInHand}>
			{filter.isTyping && <Box><Text {...theme.key}>/</Text><Input isActive field={filter.query} width={width - 1}/></Box>}
			<Line role='heading' segments={[{text: cutText(heading, width).trimEnd()}]}/>
			{shown}
			{findings.length === 0 && wrapText(emptyWords(props), width - 2).slice(0, height).map(line => <Line key={line} segments={[{text: ` ${line}`}]}/>)}
		</Pane>
	);
};
