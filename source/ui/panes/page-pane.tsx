import {memo, useMemo, type ReactNode} from 'react';
import {buildPage} from '../../guide/build-page.ts';
import type {GuideFacts} from '../../guide/guide-facts.ts';
import {pageIds, type PageId} from '../../guide/page-id.ts';
import {linksOf} from '../../guide/page.ts';
import {linkInHand, type GuideState} from '../../store/guide.ts';
import {Line, type Segment} from '../components/line.tsx';
import {Pane} from '../components/pane.tsx';
import type {GuideSegment} from '../guide-lines.ts';
import {screenOfPage} from '../guide-screen.ts';
import type {Rectangle} from '../layout.ts';
import type {Role} from '../theme.ts';

const roles: Readonly<Record<GuideSegment['kind'], Role>> = {text: 'plain', sign: 'key', diagram: 'strong', link: 'link'};

/** The pages with examples of the scan. */
const scanPages: ReadonlySet<PageId> = new Set(['scanning', 'exposure']);

export type PagePaneProps = {
	readonly rectangle: Rectangle;
	readonly isInHand: boolean;
	readonly guide: GuideState;
	readonly facts: GuideFacts;
	/** The scan changes in place, so this stands for its content. */
	readonly revision: number;
};

/** A page of the guide, with the link in hand in inverse. */
export const PagePane = memo(({rectangle, isInHand, guide, facts, revision}: PagePaneProps): ReactNode => {
	const {registry, scan, local} = facts;
	// Pages that say nothing of the scan need not be written anew fifteen times a second.
	const scanned = scanPages.has(guide.pageId) ? revision : 0;
	const page = useMemo(() => buildPage(guide.pageId, {registry, scan, local}), [guide.pageId, registry, scan, scanned, local]);
	const {lines, top, lastTop, height} = useMemo(() => screenOfPage(page, rectangle, guide.top), [page, rectangle, guide.top]);
	const inHand = isInHand ? linkInHand(linksOf(page), guide.linkId)?.id : undefined;
	const segmentOf = ({text, kind, linkId}: GuideSegment): Segment => ({text, role: linkId !== undefined && linkId === inHand ? 'selected' : roles[kind]});
	const notes = [top < lastTop ? `↓ ${lastTop - top} more` : '', `${pageIds.indexOf(page.id) + 1} of ${pageIds.length}`];
	return (
		<Pane rectangle={rectangle} title={page.title} notes={notes} isInHand={isInHand}>
			{lines.slice(top, top + height).map((line, index) => <Line key={top + index} segments={[{text: ' '}, ...line.map(segment => segmentOf(segment))]}/>)}
		</Pane>
	);
});
