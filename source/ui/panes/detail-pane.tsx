import {Box, measureElement, type DOMElement} from 'ink';
import {memo, useEffect, useMemo, useRef, useState, type ReactNode} from 'react';
import type {OwnClientRange} from '../../local/client-range.ts';
import {rangeOf} from '../../port/port-range.ts';
import type {Port} from '../../port/port.ts';
import {vantages, type Exposure, type PortFacts, type Registry} from '../../registry/registry.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import {portStates, reasonOf} from '../../scan/verdict.ts';
import {formatInterval} from '../../store/range-rows.ts';
import {FactTable} from '../components/fact-table.tsx';
import {Line} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import {Paragraphs, type Paragraph} from '../components/paragraphs.tsx';
import {clientRangeWords} from '../../report/client-range-words.ts';
import {basisOf} from '../../report/lookup-sections.ts';
import {formatDuration} from '../../report/quantity.ts';
import {relationWords} from '../relation-words.ts';
import {innerRows, type Rectangle} from '../layout.ts';
import {reasonWords} from '../../report/reason-words.ts';
import {recordGroups} from '../../report/registry-record.ts';
import {linksIn} from '../../report/text-links.ts';

export type DetailPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly ownClientRange: OwnClientRange | undefined;
	readonly port: Port;
	readonly top: number;
	readonly record: ScanRecord | undefined;
	readonly revision: number;
	/** What listens on it on this machine. */
	readonly here: readonly Paragraph[];
	/** Called with how many lines there are more than the pane shows. */
	readonly onOverflow: (lines: number) => void;
};

const exposureParagraphs = (exposure: Exposure): readonly Paragraph[] => {
	const {service, encrypted, concern, safer, severity, references, knownExploited} = exposure;
	return [
		{role: 'strong', text: `${service}, ${encrypted === 'cleartext' ? 'cleartext' : encrypted === 'either' ? 'encrypted or not' : 'encrypted'}`, indent: 1},
		...vantages.flatMap((vantage): Paragraph[] => {
			const judged = severity[vantage];
			return judged === null ? [] : [{role: `severity-${judged}`, text: `${judged} seen from ${vantage === 'lan' ? 'the LAN' : vantage === 'internet' ? 'the internet' : 'this machine'}`, indent: 1}];
		}),
		{role: 'plain', text: concern, indent: 1},
		...(safer === '' ? [] : [{role: 'plain', text: `→ ${safer}`, indent: 1} as const]),
		...(references === '' ? [] : [{role: 'faint', text: `advisories: ${references}`, indent: 1} as const]),
		...(knownExploited.length === 0 ? [] : [{role: 'faint', text: `known to be exploited (CISA): ${knownExploited.join(', ')}`, indent: 1} as const]),
		{role: 'faint', text: `judged by: ${basisOf(exposure)}`, indent: 1},
	];
};

/** Of many hosts, so many are told of one by one: those with the port open first. */
const mostHostsTold = 8;

const scanParagraphs = (record: ScanRecord | undefined, port: Port): readonly Paragraph[] => {
	const told = (record?.hosts ?? []).flatMap(({host, verdicts}) => {
		const verdict = verdicts.get(port);
		return verdict === undefined ? [] : [{host, verdict}];
	});
	const chosen = told.length <= mostHostsTold ? told : [...told.filter(({verdict}) => verdict.state === 'open'), ...told.filter(({verdict}) => verdict.state !== 'open')].slice(0, mostHostsTold);
	const paragraphs = chosen.map(({host, verdict}): Paragraph => {
		const rtt = 'rttMs' in verdict ? `, ${formatDuration(verdict.rttMs)}` : '';
		const tries = verdict.tries === 1 ? '' : `, ${verdict.tries} tries`;
		return {role: verdict.state, text: `${verdict.state === 'open' ? '● ' : ''}${verdict.state} on ${host.address.text}: ${reasonWords(reasonOf(verdict))}${rtt}${tries}`, indent: 1};
	});
	const others = portStates.flatMap(state => {
		const count = told.filter(each => each.verdict.state === state && !chosen.includes(each)).length;
		return count === 0 ? [] : [`${state} on ${count} more`];
	});
	return others.length === 0 ? paragraphs : [...paragraphs, {role: 'faint', text: others.join(', '), indent: 1}];
};

/** What it is for in plain words; where it depends on the transport, each says its own. */
const purposeParagraphs = ({purposes}: PortFacts): readonly Paragraph[] =>
	purposes.map(({transports, text}) => ({role: 'plain', text: purposes.length === 1 ? text : `${transports.join(' ')}: ${text}`}));

const useParagraphs = ({port, commonly, isBlockedByBrowsers}: PortFacts): readonly Paragraph[] => {
	const range = rangeOf(port);
	return [
		{role: 'strong', text: `${range.title} port (${formatInterval(range)})`},
		{role: 'faint', text: range.description, indent: 1},
		...(commonly.length === 0 ? [] : [{role: 'strong', text: 'Commonly used by'} as const]),
		...commonly.map(({software, category, note, relation}): Paragraph => ({role: 'plain', text: `${software} (${category}${note === '' ? '' : `: ${note}`}), ${relationWords[relation]}`, indent: 1})),
		...(isBlockedByBrowsers ? [{role: 'plain', text: 'Browsers refuse to connect to this port.'} as const] : []),
	];
};

const clientParagraphs = (facts: PortFacts, own: OwnClientRange | undefined): readonly Paragraph[] => [
	{role: 'strong', text: 'Client ranges'},
	...clientRangeWords(facts, own).map((text): Paragraph => ({role: 'plain', text, indent: 1})),
];

/** What IANA has of the port in its own words, and which registry that is. */
const recordParagraphs = (facts: PortFacts, origin: string): readonly Paragraph[] => [
	...recordGroups(facts).flatMap(({title, lines}): Paragraph[] => [
		{role: 'strong', text: `Registered: ${title}`},
		...lines.map(({label, text}): Paragraph => ({role: 'plain', text: `${label}: ${text}`, indent: 1, links: linksIn(text)})),
	]),
	{role: 'faint', text: origin},
];

/** Panes narrower than this leave the description out of the table and say it in full below. */
const describedFrom = 50;

const Registrations = memo(({facts, width}: {readonly facts: PortFacts; readonly width: number}): ReactNode => {
	const isDescribed = width >= describedFrom;
	const rows = useMemo(() => facts.entries.map(({name, aliases, transports, status, description}) => [
		[name ?? status, ...aliases].join(' '),
		transports.length === 0 ? '—' : transports.join(' '),
		...(isDescribed ? [description] : []),
	]), [facts, isDescribed]);
	const descriptions = facts.entries.filter(({description}) => description !== '').map(({description}): Paragraph => ({role: 'plain', text: description}));
	return (
		<>
			<FactTable columns={isDescribed ? ['NAME', 'OVER', 'REGISTERED FOR'] : ['NAME', 'OVER']} rows={rows} width={width}/>
			{!isDescribed && <Paragraphs paragraphs={descriptions} width={width}/>}
		</>
	);
});

/** Everything that is known of the port in hand: every registration, its purpose, what the scan saw, what is risky. */
export const DetailPane = memo(({rectangle, isInHand, registry, ownClientRange, port, top, record, here, onOverflow}: DetailPaneProps): ReactNode => {
	const content = useRef<DOMElement>(null);
	const facts = useMemo(() => registry?.lookup(port), [registry, port]);
	const width = rectangle.width - 2;
	const height = innerRows(rectangle);

	/** Lines there are more than fit, as measured last: what is shown never starts after it, whatever `top` asks for. */
	const [overflow, setOverflow] = useState(0);
	useEffect(() => {
		if (content.current !== null) {
			const measured = Math.max(0, measureElement(content.current).height - height);
			setOverflow(measured);
			onOverflow(measured);
		}
	});
	const shownTop = Math.min(top, overflow);
	const notes = [overflow > shownTop ? `↓ ${overflow - shownTop} more` : '', facts?.entries[0]?.name ?? ''];

	const observed = scanParagraphs(record, port);
	return (
		<Pane rectangle={rectangle} title={`Port ${port}`} notes={notes} isInHand={isInHand}>
			<Box ref={content} flexDirection='column' flexShrink={0} marginTop={-shownTop} width={width}>
				{facts !== undefined && <Paragraphs paragraphs={purposeParagraphs(facts)} width={width}/>}
				{facts !== undefined && <Registrations facts={facts} width={width}/>}
				<Paragraphs paragraphs={here} width={width}/>
				{observed.length > 0 && <Line role='strong' segments={[{text: 'Observed by the scan'}]}/>}
				<Paragraphs paragraphs={observed} width={width}/>
				{facts !== undefined && <Paragraphs paragraphs={useParagraphs(facts)} width={width}/>}
				{facts !== undefined && facts.exposure.length > 0 && <Line role='strong' segments={[{text: 'Risk of the usual service (not observed)'}]}/>}
				{facts !== undefined && <Paragraphs paragraphs={facts.exposure.flatMap(exposure => exposureParagraphs(exposure))} width={width}/>}
				{facts !== undefined && <Paragraphs paragraphs={clientParagraphs(facts, ownClientRange)} width={width}/>}
				{registry !== undefined && facts !== undefined && <Paragraphs paragraphs={recordParagraphs(facts, registry.origin)} width={width}/>}
			</Box>
		</Pane>
	);
});
