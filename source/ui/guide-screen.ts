import type {Page} from '../guide/page.ts';
import {guidePageOf} from '../store/guide.ts';
import type {State} from '../store/state.ts';
import {placePage, type PlacedLink, type PlacedPage} from './guide-lines.ts';
import {computeLayout, innerRows, type Rectangle} from './layout.ts';

/** The page as its pane shows it. `top` is what the state has, brought to where there is something to see. */
export type GuideScreen = PlacedPage & {readonly height: number; readonly top: number; readonly lastTop: number};

/** Between the frame and the text there is a column on either side. */
const margins = 2;

/** A page in its pane. */
export const screenOfPage = (page: Page, rectangle: Rectangle, wantedTop: number): GuideScreen => {
	const placed = placePage(page, rectangle.width - 2 - margins);
	const height = innerRows(rectangle);
	const lastTop = Math.max(0, placed.lines.length - height);
	return {...placed, height, lastTop, top: Math.min(lastTop, wantedTop)};
};

/** The page on the screen; undefined where it is not shown. */
export const guideScreenOf = (state: State): GuideScreen | undefined => {
	const {size, view, focus, isZoomed, scan, guide} = state;
	const rectangle = computeLayout(size.columns, size.rows, isZoomed ? focus : undefined, scan !== undefined, view).panes.page;
	return rectangle === undefined ? undefined : screenOfPage(guidePageOf(state), rectangle, guide.top);
};

/** The last line that the text of the pane in hand may begin with; undefined where that is measured otherwise. */
export const lastTopOf = (state: State): number | undefined => (state.focus === 'page' && !state.isHelpShown ? guideScreenOf(state)?.lastTop : undefined);

export const isInSight = ({firstLine, lastLine}: PlacedLink, {top, height}: GuideScreen): boolean => firstLine >= top && lastLine < top + height;

/** Scrolls no more than it takes to have a link in sight. */
const topFor = ({firstLine, lastLine}: PlacedLink, {top, height}: GuideScreen): number => Math.min(firstLine, Math.max(top, lastLine - height + 1));

/**
The link after or before the one in hand, and the line to show first so that it is in sight.

When the one in hand was scrolled away, the reader means a link that is in sight: the first such, or the last when going back. Undefined at an end, and where a page has none.
*/
export const neighbouringLink = (screen: GuideScreen, linkId: string | undefined, step: 1 | -1): {readonly linkId: string; readonly top: number} | undefined => {
	const {links} = screen;
	const index = Math.max(0, links.findIndex(({id}) => id === linkId));
	const current = links[index];
	const inSight = links.filter(link => isInSight(link, screen));
	const next = current === undefined || isInSight(current, screen) ? links[index + step] : inSight.at(step === 1 ? 0 : -1) ?? links[index];
	return next === undefined ? undefined : {linkId: next.id, top: topFor(next, screen)};
};
