import type {GuideFacts} from './guide-facts.ts';
import {pageTitles, type PageId} from './page-id.ts';
import {paragraph, type Block, type Page} from './page.ts';
import {connectionsPage} from './pages/connections.ts';
import {ephemeralPage} from './pages/ephemeral.ts';
import {exposurePage} from './pages/exposure.ts';
import {listeningPage} from './pages/listening.ts';
import {namesPage} from './pages/names.ts';
import {portPage} from './pages/port.ts';
import {rangesPage} from './pages/ranges.ts';
import {scanningPage} from './pages/scanning.ts';
import {specialPage} from './pages/special.ts';
import {transportsPage} from './pages/transports.ts';
import {joinRich, pageLink, rich} from './rich-text.ts';

const contents: Readonly<Record<PageId, {readonly blocksOf: (facts: GuideFacts) => readonly Block[]; readonly seeAlso: readonly PageId[]}>> = {
	port: {blocksOf: portPage, seeAlso: ['ranges', 'connections']},
	ranges: {blocksOf: rangesPage, seeAlso: ['names', 'special']},
	names: {blocksOf: namesPage, seeAlso: ['ranges', 'transports']},
	listening: {blocksOf: listeningPage, seeAlso: ['exposure', 'special']},
	connections: {blocksOf: connectionsPage, seeAlso: ['listening', 'transports']},
	ephemeral: {blocksOf: ephemeralPage, seeAlso: ['ranges', 'special']},
	scanning: {blocksOf: scanningPage, seeAlso: ['transports', 'exposure']},
	exposure: {blocksOf: exposurePage, seeAlso: ['listening', 'scanning']},
	transports: {blocksOf: transportsPage, seeAlso: ['connections', 'names']},
	special: {blocksOf: specialPage, seeAlso: ['ranges', 'listening']},
};

/** Writes a page with what is known now. */
export const buildPage = (id: PageId, facts: GuideFacts): Page => {
	const {blocksOf, seeAlso} = contents[id];
	return {
		id,
		title: pageTitles[id],
		blocks: [...blocksOf(facts), paragraph(rich`See also: ${joinRich(seeAlso.map(each => [pageLink(each)]), ' · ')}`)],
	};
};
