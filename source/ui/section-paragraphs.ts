import type {PortFacts} from '../registry/registry.ts';
import {joinParts} from '../report/join-parts.ts';
import {headlineOf} from '../report/lookup-headline.ts';
import type {FactLine, Section} from '../report/lookup-sections.ts';
import {linksIn} from '../report/text-links.ts';
import type {Paragraph} from './components/paragraphs.tsx';

/** The one line about a port; the number is in the title of its pane. */
export const headlineParagraph = (facts: PortFacts): Paragraph => {
	const {title, text} = headlineOf(facts);
	return {role: 'strong', text: joinParts([title, text], ' — ')};
};

const lineParagraph = ({text, isDetail, severity}: FactLine): Paragraph =>
	({role: severity === undefined ? 'plain' : `severity-${severity}`, text, indent: isDetail ? 3 : 1, links: linksIn(text)});

/** A section as a report has it: its label on a line of its own, as a pane has little width. */
export const sectionParagraphs = ({label, lines}: Section): readonly Paragraph[] => [
	{role: 'strong', text: label},
	...lines.map(line => lineParagraph(line)),
];
