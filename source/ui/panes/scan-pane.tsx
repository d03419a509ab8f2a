import {Box, Text} from 'ink';
import {memo, type ReactNode} from 'react';
import type {Registry, Severity} from '../../registry/registry.ts';
import {describeDownHosts} from '../../report/down-hosts.ts';
import {isPacedElsewhere} from '../../report/origin-words.ts';
import {printable} from '../../report/printable.ts';
import {formatCount, formatDuration} from '../../report/quantity.ts';
import {formatRtt} from '../../report/round-trip.ts';
import {describeJudgement} from '../../scan/host-judgement.ts';
import {describeResets, resetsEverything} from '../../scan/resets-everything.ts';
import {acceptsEverything, describeAcceptance, leftCount, unreachableReason, type HostRecord, type Opening, type ScanRecord} from '../../scan/scan-record.ts';
import {tcpFactsOf} from '../../scan/tcp-facts.ts';
import {vantageOf} from '../../scan/vantage.ts';
import {portStates, type PortState} from '../../scan/verdict.ts';
import {paceOf, rateOf, ratesOf, timeLeftMs, type PaceHistory} from '../../store/pace-history.ts';
import {openingId} from '../../store/selectors.ts';
import type {ScanForm, ScanView} from '../../store/state.ts';
import {Input} from '../components/input.tsx';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {useTheme} from '../components/theme-context.ts';
import {cutText, fitText, widthOf, wrapText} from '../fit-text.ts';
import {formatBar, formatSparkline} from '../format.ts';
import {useWindowTop} from '../hooks/use-window-top.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {originSentences} from '../origin-sentences.ts';
import {shortStatus, unkeptWords} from '../scan-words.ts';
import {reasonWords} from '../../report/reason-words.ts';

export type ScanPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly form: ScanForm | undefined;
	readonly scan: ScanView | undefined;
	/** Index of the result in hand; -1 for none. */
	readonly selected: number;
};

/** More hosts than this are told of by their number: no title is long enough. */
const mostDescribed = 50;

/** The hosts of a scan as its title: `localhost (127.0.0.1, ::1)`. */
export const describeHosts = ({hosts, started, hostCount}: ScanRecord, targets: readonly string[]): string => {
	if (hostCount > started.hosts.length) {
		return `${printable(targets.join(' '))} (${formatCount(hostCount)} hosts)`;
	}

	if (hostCount > mostDescribed) {
		return `${formatCount(hostCount)} hosts`;
	}

	const byTarget = new Map<string, string[]>();
	for (const {host: {target, address}} of hosts) {
		byTarget.set(target, [...(byTarget.get(target) ?? []), address.text]);
	}

	return Array.from(byTarget, ([target, addresses]) => (addresses.length === 1 && addresses[0] === target ? target : `${printable(target)} (${addresses.join(', ')})`)).join(', ');
};

/** The share of ports that have a verdict, from 0 to 1; what another program says of its task while it runs, because it tells of most ports at its end. */
export const shareOf = (record: ScanRecord): number => (record.doing !== null && record.finishedAt === null ? Math.min(0.99, record.doing.share) : record.totalCount === 0 ? 1 : 1 - leftCount(record) / record.totalCount);

/** A percentage that says 100 only when nothing is missing. */
export const formatShare = (share: number): string => `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))}%`;

const partGap = 2;

const widthOfParts = (parts: readonly Segment[]): number => parts.reduce((sum, {text}) => sum + (text === '' ? 0 : widthOf(text) + partGap), 0) - partGap;

/** Joins what fits of some parts, in their order of worth. */
const joinFitting = (parts: readonly Segment[], width: number): readonly Segment[] => {
	const joined: Segment[] = [];
	let used = 0;
	for (const part of parts) {
		const text = joined.length === 0 ? part.text : ' '.repeat(partGap) + part.text;
		if (part.text === '' || used + widthOf(text) > width) {
			continue;
		}

		joined.push({...part, text});
		used += widthOf(text);
	}

	return joined;
};

/** How far it is: first for sure, then how fast. */
const farParts = (record: ScanRecord, history: PaceHistory, width: number): readonly Segment[] => {
	const isEnded = record.finishedAt !== null;
	const left = isEnded || record.status === 'paused' || record.doing !== null ? undefined : timeLeftMs(record, history);
	return [
		{text: formatBar(shareOf(record), Math.max(8, Math.min(40, Math.floor(width * 0.25))), '░'), role: 'bar'},
		{text: formatShare(shareOf(record)), role: 'strong'},
		// A document of open ports alone does not say how many were asked, and some do not say how long it took.
		{text: record.totalCount === 0 ? '' : `${formatCount(record.probedCount)}/${formatCount(record.totalCount)}`},
		{text: isEnded && record.elapsedMs === 0 ? '' : isEnded ? `in ${formatDuration(record.elapsedMs)}` : left === undefined ? shortStatus(record) : `eta ${formatDuration(left)}`},
	];
};

const fastParts = (record: ScanRecord, history: PaceHistory, width: number): readonly Segment[] => {
	const isRunning = record.status === 'running';
	const {rttMs} = paceOf(record);
	return [
		{text: record.status === 'paused' || (record.finishedAt !== null && record.elapsedMs === 0) ? '' : `${formatCount(rateOf(record, history))}/s`},
		{text: formatSparkline(ratesOf(history), Math.max(6, Math.min(30, Math.floor(width * 0.15)))), role: 'bar'},
		{text: !isRunning || isPacedElsewhere(record.started.engine) ? '' : `in flight ${formatCount(record.inFlightCount)}`},
		{text: rttMs === null ? '' : `rtt ${formatDuration(rttMs)}`},
	];
};

/** Words for a narrow pane; the numbers matter more. */
const shortStates: Readonly<Record<PortState, string>> = {open: 'open', closed: 'closed', filtered: 'filt', unknown: 'unk'};

const countParts = (record: ScanRecord, width: number): readonly Segment[] => {
	const counts = portStates.map(state => {
		const count = record.counts[state];
		return {state, text: `${state} ${formatCount(count)}`, short: `${shortStates[state]} ${formatCount(count)}`, role: count > 0 ? state : 'faint'} as const;
	});
	const isShort = widthOfParts(counts) > width;
	return counts.map(({text, short, role}) => ({text: isShort ? short : text, role}));
};

/** One line where both parts fit, else a line each. */
const progressLines = (record: ScanRecord, history: PaceHistory, width: number): ReadonlyArray<readonly Segment[]> => {
	const far = farParts(record, history, width);
	const fast = fastParts(record, history, width);
	return widthOfParts([...far, ...fast]) <= width ? [[...far, ...fast]] : [far, fast];
};

/** What there is to say of a scan beside its numbers: why it failed, which host cannot be reached. */
const noticesOf = ({record, ...scan}: ScanView): readonly string[] => [
	...originSentences({record, ...scan}),
	...(scan.unkept === undefined ? [] : [printable(scan.unkept.sentence)]),
	...(record.message === null ? [] : [printable(record.message)]),
	...(record.finishedAt !== null && leftCount(record) > 0 ? [`${formatCount(leftCount(record))} ports were not finished.`] : []),
	...record.hosts.filter(host => acceptsEverything(host)).map(host => `${host.host.address.text}: ${describeAcceptance(host)}`),
	...record.hosts.filter(host => resetsEverything(record, host)).map(host => `${host.host.address.text}: ${describeResets(host)}`),
	...record.hosts.flatMap(host => {
		const reason = host.isFinished ? unreachableReason(host) : undefined;
		return reason === undefined ? [] : [`${host.host.address.text} cannot be reached: ${reasonWords(reason)} (${reason}).`];
	}),
	...describeDownHosts(record),
	...record.hosts.flatMap(({host, judgement}) => (judgement === null ? [] : [`${host.address.text}: ${describeJudgement(judgement)}`])),
	...record.hosts.flatMap(({host}) => (host.note === null ? [] : [`${host.address.text}: ${printable(host.note)}`])),
];

/** Panes narrower than this leave the risk out. */
const riskFrom = 72;
const nameWidth = 15;
const riskWidth = 9;

/** What is known of an open port beside that it is open: none of it was observed. */
const describeOpening = ({port}: Opening, {host: {address}}: HostRecord, registry: Registry | undefined): {readonly name: string; readonly risk: Severity | undefined; readonly description: string} => {
	if (registry === undefined) {
		return {name: '', risk: undefined, description: ''};
	}

	const {registry: entry, commonly, exposure} = tcpFactsOf(registry.lookup(port), 'open', vantageOf(address));
	return {
		name: entry?.name ?? '—',
		risk: exposure?.severity,
		description: [entry?.description ?? '', commonly.length === 0 ? '' : `commonly ${commonly.join(', ')}`].filter(part => part !== '').join('; '),
	};
};

type ResultsProps = {
	readonly registry: Registry | undefined;
	readonly scan: ScanView;
	readonly selected: number;
	readonly isInHand: boolean;
	readonly width: number;
	readonly height: number;
};

const Results = ({registry, scan: {record}, selected, isInHand, width, height}: ResultsProps): ReactNode => {
	const {openings, hosts} = record;
	const rowCount = Math.max(0, height - 1);
	// While the scan runs the list follows what is found last; after it, it begins at the beginning.
	const top = useWindowTop(isInHand || record.finishedAt !== null ? selected : openings.length - 1, rowCount, openings.length);
	const addressWidth = hosts.length > 1 ? Math.min(26, Math.max(...hosts.map(({host}) => host.address.text.length))) + 1 : 0;
	const shownRiskWidth = width >= riskFrom ? riskWidth : 0;
	const rows = openings.slice(top, top + rowCount).map((opening, index) => {
		const host = hosts[opening.host]!;
		const verdict = host.verdicts.get(opening.port);
		const {name, risk, description} = describeOpening(opening, host, registry);
		const isSelected = isInHand && top + index === selected;
		const rtt = (verdict && formatRtt(verdict)) ?? '';
		const segments: readonly Segment[] = [
			{text: `${isSelected ? '›' : ' '}${fitText(String(opening.port), 6, 'end')} `},
			{text: 'open ', role: 'open'},
			{text: ` ${fitText(rtt, 8, 'end')}  ${fitText(host.host.address.text, addressWidth)}${fitText(name, nameWidth)} `},
			{text: fitText(risk ?? '', shownRiskWidth), role: risk === undefined ? 'plain' : `severity-${risk}`},
		];
		const room = width - segments.reduce((sum, {text}) => sum + widthOf(text), 0);
		return isSelected
			? <Line key={openingId(opening)} role='selected' segments={[{text: fitText(segments.map(({text}) => text).join('') + description, width)}]}/>
			: <Line key={openingId(opening)} segments={[...segments, {text: cutText(description, room)}]}/>;
	});
	const heading = ` ${fitText('PORT', 6, 'end')} STATE ${fitText('RTT', 8, 'end')}  ${fitText('ADDRESS', addressWidth)}${fitText('NAME', nameWidth)} ${fitText('RISK', shownRiskWidth)}REGISTERED FOR (not observed)`;
	const place = openings.length > rowCount ? ` ${top + 1}–${Math.min(openings.length, top + rowCount)} of ${formatCount(openings.length)}` : '';
	return (
		<>
			{height > 0 && <Line role='heading' segments={[{text: place === '' ? cutText(heading, width) : fitText(heading, width - place.length) + place}]}/>}
			{rows}
			{openings.length === 0 && rowCount > 0 && <Line role='faint' segments={[{text: record.finishedAt === null ? ' No open port yet.' : ' No open port found.'}]}/>}
		</>
	);
};

const Progress = ({registry, scan, selected, isInHand, width, height}: ResultsProps): ReactNode => {
	const lines = [...progressLines(scan.record, scan.history, width - 2), countParts(scan.record, width - 2)];
	const notices = noticesOf(scan).flatMap(notice => wrapText(notice, width - 1)).slice(0, Math.max(0, height - lines.length - 2));
	return (
		<>
			{lines.map((parts, index) => <Line key={index} segments={[{text: ' '}, ...joinFitting(parts, width - 2)]}/>)}
			{notices.map((notice, index) => <Line key={index} role='unknown' segments={[{text: ` ${notice}`}]}/>)}
			<Results registry={registry} scan={scan} selected={selected} isInHand={isInHand} width={width} height={height - lines.length - notices.length}/>
		</>
	);
};

const Form = ({form, width, height}: {readonly form: ScanForm; readonly width: number; readonly height: number}): ReactNode => {
	const theme = useTheme();
	const inputWidth = width - 10;
	const problem = form.problem === undefined ? [] : wrapText(form.problem.message, width - 3);
	const hint = form.isStarting ? 'Looking the target up …' : 'Enter scans · Tab other field · ↑↓ other ports · Esc cancels';
	return (
		<>
			<Box><Text {...(form.field === 'target' ? theme.strong : theme.plain)}>{form.field === 'target' ? '›' : ' '}Target  </Text><Input field={form.target} width={inputWidth} isActive={form.field === 'target' && !form.isStarting}/></Box>
			<Box><Text {...(form.field === 'ports' ? theme.strong : theme.plain)}>{form.field === 'ports' ? '›' : ' '}Ports   </Text><Input field={form.ports} width={inputWidth} isActive={form.field === 'ports' && !form.isStarting}/></Box>
			{problem.slice(0, Math.max(1, height - 2)).map((line, index) => <Line key={index} role='problem' segments={[{text: `${index === 0 ? '✗ ' : '  '}${line}`}]}/>)}
			{problem.length < height - 2 && <Line role='faint' segments={[{text: cutText(` ${hint}`, width)}]}/>}
		</>
	);
};

const welcome = [
	'No scan yet. s scans what is in hand: on this machine unless you name another.',
	'Results appear here as they are found; browsing goes on meanwhile.',
];

/** Of a long list of ports, as much as a title can hold. */
const longestPorts = 200;

/** The scan that runs, or ran last; the question that starts one; or how to ask it. */
export const ScanPane = memo(({rectangle, isInHand, registry, form, scan, selected}: ScanPaneProps): ReactNode => {
	const width = rectangle.width - 2;
	const height = innerRows(rectangle);
	if (form !== undefined) {
		return <Pane isInHand rectangle={rectangle} title='New scan' notes={['a TCP connect scan']}><Form form={form} width={width} height={height}/></Pane>;
	}

	if (scan === undefined) {
		return (
			<Pane rectangle={rectangle} title='Live scan' isInHand={isInHand}>
				{welcome.flatMap(text => wrapText(text, width - 2)).slice(0, height).map(line => <Line key={line} role='faint' segments={[{text: ` ${line}`}]}/>)}
			</Pane>
		);
	}

	const {record} = scan;
	return (
		<Pane rectangle={rectangle} title={scan.opened === undefined ? 'Live scan' : scan.opened.origin.kind === 'file' ? 'Scan from a file' : 'Scan of the history'} notes={[shortStatus(record), unkeptWords(scan), describeHosts(record, scan.request.targets), scan.request.ports.slice(0, longestPorts)]} isInHand={isInHand}>
			<Progress registry={registry} scan={scan} selected={selected} isInHand={isInHand} width={width} height={height}/>
		</Pane>
	);
});
