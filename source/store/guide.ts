import {buildPage} from '../guide/build-page.ts';
import {unreadLocal, type GuideFacts} from '../guide/guide-facts.ts';
import {pageIds, type PageId} from '../guide/page-id.ts';
import {linksOf, type Page} from '../guide/page.ts';
import type {LinkTarget} from '../guide/rich-text.ts';
import type {State} from './state.ts';

/** Where the reader of the guide is. */
export type GuideState = {
	readonly pageId: PageId;
	/** The link in hand; undefined is the first of the page. */
	readonly linkId: string | undefined;
	/** First line shown of the page. */
	readonly top: number;
};

/** A page from its beginning. */
export const atPage = (pageId: PageId): GuideState => ({pageId, linkId: undefined, top: 0});

/** What is known for the examples of the guide. */
export const guideFactsOf = ({registry, scan}: Pick<State, 'registry' | 'scan'>): GuideFacts => ({registry, scan: scan?.record, local: unreadLocal});

/** The page in hand. */
export const guidePageOf = (state: State): Page => buildPage(state.guide.pageId, guideFactsOf(state));

/** The link in hand among the links of a page: the first one until another is chosen, or when that has gone. */
export const linkInHand = <Candidate extends {readonly id: string}>(links: readonly Candidate[], linkId: string | undefined): Candidate | undefined => links.find(({id}) => id === linkId) ?? links[0];

/** Where the link in hand leads. */
export const linkTarget = (state: State): LinkTarget | undefined => linkInHand(linksOf(guidePageOf(state)), state.guide.linkId)?.link.target;

/** Goes on in the list of pages; the page that is shown follows. */
export const moveInTopics = (guide: GuideState, by: number): GuideState => {
	const index = Math.min(pageIds.length - 1, Math.max(0, pageIds.indexOf(guide.pageId) + by));
	const pageId = pageIds[index]!;
	return pageId === guide.pageId ? guide : atPage(pageId);
};

/** Scrolls the page, not beyond the line that its last screen begins with. */
export const scrollPage = (guide: GuideState, by: number, lastTop: number): GuideState => ({...guide, top: Math.min(lastTop, Math.max(0, Math.min(lastTop, guide.top) + by))});
