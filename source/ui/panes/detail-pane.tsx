import {Box, measureElement, type DOMElement} from 'ink';
import {memo, useEffect, useMemo, useRef, useState, type ReactNode} from 'react';
import type {OwnClientRange} from '../../local/client-range.ts';
import type {Port} from '../../port/port.ts';
import type {PortFacts, Registry} from '../../registry/registry.ts';
import {sectionsOf, type LookupContext, type Section} from '../../report/lookup-sections.ts';
import type {ScanRecord} from '../../scan/scan-record.ts';
import {EntryTable} from '../components/entry-table.tsx';
import {Pane} from '../components/pane.tsx';
import {Paragraphs, type Paragraph} from '../components/paragraphs.tsx';
import {innerRows, type Rectangle} from '../layout.ts';
import {observedParagraphs} from '../observed-paragraphs.ts';
import {headlineParagraph, sectionParagraphs} from '../section-paragraphs.ts';

export type DetailPaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly registry: Registry | undefined;
	readonly ownClientRange: OwnClientRange | undefined;
	readonly port: Port;
	readonly top: number;
	readonly record: ScanRecord | undefined;
	/** Whether the scan was read from a file. */
	readonly isOfFile: boolean;
	readonly revision: number;
	/** What listens on it on this machine. */
	readonly here: readonly Paragraph[];
	/** Called with how many lines there are more than the pane shows. */
	readonly onOverflow: (lines: number) => void;
};

/** Where rows are few, what differs from port to port comes before what the range says of all its ports. */
const inOrder = (sections: readonly Section[]): readonly Section[] => {
	const isBackground = ({label}: Section): boolean => !['Purpose', 'IANA', 'Commonly', 'Risk'].includes(label);
	return [...sections.filter(section => !isBackground(section)), ...sections.filter(section => isBackground(section))];
};

/** What the registry knows, as `portui lookup` tells it. */
const Sections = memo(({facts, context, width}: {readonly facts: PortFacts; readonly context: LookupContext; readonly width: number}): ReactNode => {
	const sections = useMemo(() => inOrder(sectionsOf(facts, context)), [facts, context]);
	return sections.map(section => {
		const paragraphs = <Paragraphs key={section.label} paragraphs={sectionParagraphs(section)} width={width}/>;
		return section.label === 'IANA' ? <EntryTable key={section.label} facts={facts} width={width}>{paragraphs}</EntryTable> : paragraphs;
	});
});

/** Everything that is known of the port in hand: what it is for, what was seen of it here and by the scan, and all that the registry has. */
export const DetailPane = memo(({rectangle, isInHand, registry, ownClientRange, port, top, record, isOfFile, here, onOverflow}: DetailPaneProps): ReactNode => {
	const content = useRef<DOMElement>(null);
	const facts = useMemo(() => registry?.lookup(port), [registry, port]);
	const context = useMemo(() => (registry === undefined ? undefined : {origin: registry.origin, ownClientRange}), [registry, ownClientRange]);
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
	return (
		<Pane rectangle={rectangle} title={`Port ${port}`} notes={notes} isInHand={isInHand}>
			<Box ref={content} flexDirection='column' flexShrink={0} marginTop={-shownTop} width={width}>
				{facts !== undefined && <Paragraphs paragraphs={[headlineParagraph(facts)]} width={width}/>}
				<Paragraphs paragraphs={[...here, ...observedParagraphs(record, port, isOfFile)]} width={width}/>
				{facts !== undefined && context !== undefined && <Sections facts={facts} context={context} width={width}/>}
			</Box>
		</Pane>
	);
});
