import type {ReactNode} from 'react';
import {formatCount, formatDuration} from '../../report/quantity.ts';
import {isPacedElsewhere} from '../../report/origin-words.ts';
import {paceOf, rateOf, ratesOf, type PaceSample} from '../../store/pace-history.ts';
import type {ScanView} from '../../store/state.ts';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {fitText, wrapText} from '../fit-text.ts';
import {formatSparkline} from '../format.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {originSentences} from '../origin-sentences.ts';
import {formatLoss, paceSentences} from '../pace-sentences.ts';
import {shortStatus} from '../scan-words.ts';

type Gauge = {readonly name: string; readonly value: string; readonly values: readonly number[]};

/** What is measured, most telling first. Each sparkline is scaled to its own highest value. */
const gaugesOf = ({record, history}: ScanView): readonly Gauge[] => {
	const {inFlightCount, windowSize, rttMs, lossRate} = paceOf(record);
	const of = (pick: (sample: PaceSample) => number): readonly number[] => history.map(sample => pick(sample));
	const rate: Gauge = {name: 'rate', value: `${formatCount(rateOf(record, history))}/s`, values: ratesOf(history)};
	// What another program does not tell is not shown as if it were nothing.
	return isPacedElsewhere(record.started.engine) ? [rate] : [
		rate,
		{name: 'round trip', value: rttMs === null ? '—' : formatDuration(rttMs), values: of(sample => 1000 * (sample.rttMs ?? 0))},
		{name: 'loss', value: formatLoss(lossRate), values: of(sample => 10_000 * sample.lossRate)},
		{name: 'in flight', value: formatCount(inFlightCount), values: of(sample => sample.inFlightCount)},
		{name: 'window', value: formatCount(windowSize), values: of(sample => sample.windowSize)},
	];
};

const nameWidth = 10;
const valueWidth = 9;

/** Lines for the answer: its first sentence whole, and more where every gauge has a line too. */
const answerRows = ({height, gaugeCount, firstRows, allRows}: {readonly height: number; readonly gaugeCount: number; readonly firstRows: number; readonly allRows: number}): number =>
	Math.min(allRows, Math.max(Math.min(firstRows, height - 1), height - gaugeCount));

/** How fast the scan in hand goes, and why not faster. */
export const PacePane = ({rectangle, isInHand, scan}: {readonly rectangle: Rectangle; readonly isInHand: boolean; readonly scan: ScanView | undefined}): ReactNode => {
	const width = rectangle.width - 2;
	if (scan === undefined) {
		return <Pane rectangle={rectangle} title='Pace' isInHand={isInHand}/>;
	}

	if (scan.opened !== undefined) {
		const lines = [...originSentences(scan), ...paceSentences(scan)].flatMap(sentence => wrapText(sentence, width - 1)).slice(0, innerRows(rectangle));
		return (
			<Pane rectangle={rectangle} title='Origin' notes={[scan.opened.origin.kind === 'file' ? 'read from a file' : 'of the history']} isInHand={isInHand}>
				{lines.map((line, index) => <Line key={index} role='strong' segments={[{text: ` ${line}`}]}/>)}
			</Pane>
		);
	}

	const gauges = gaugesOf(scan);
	const height = innerRows(rectangle);
	const sentences = paceSentences(scan).map(sentence => wrapText(sentence, width - 1));
	const answer = sentences.flat().slice(0, answerRows({height, gaugeCount: gauges.length, firstRows: sentences[0]!.length, allRows: sentences.flat().length}));
	const sparkWidth = Math.max(0, width - nameWidth - valueWidth - 3);
	const {status, elapsedMs, finishedAt} = scan.record;
	return (
		<Pane rectangle={rectangle} title='Pace' notes={['why is it slow?', `${shortStatus(scan.record)} ${finishedAt === null ? 'for' : 'after'} ${formatDuration(elapsedMs)}`]} isInHand={isInHand}>
			{answer.map((line, index) => <Line key={`answer ${index}`} role={status === 'failed' ? 'problem' : 'strong'} segments={[{text: ` ${line}`}]}/>)}
			{gauges.slice(0, Math.max(0, height - answer.length)).map(({name, value, values}) => (
				<Line key={name} segments={[{text: ` ${fitText(name, nameWidth)} ${fitText(value, valueWidth, 'end')} `}, {text: formatSparkline(values, sparkWidth), role: 'bar'}]}/>
			))}
		</Pane>
	);
};
