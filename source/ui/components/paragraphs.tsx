import {useContext, type ReactNode} from 'react';
import type {TextLink} from '../../report/text-links.ts';
import {wrapText} from '../fit-text.ts';
import {linkSegments} from '../link-segments.ts';
import type {Role} from '../theme.ts';
import {Line} from './line.tsx';
import {LinkContext} from './link-context.ts';

/** A text in one role, to be broken into lines. `indent` is in columns, 0 by default; `links` are parts of the text, in their order. */
export type Paragraph = {readonly role: Role; readonly text: string; readonly indent?: number; readonly links?: readonly TextLink[]};

export type ParagraphLine = {readonly role: Role; readonly text: string; readonly links: readonly TextLink[]};

/** The lines of some paragraphs in a width of columns. */
export const linesOfParagraphs = (paragraphs: readonly Paragraph[], width: number): readonly ParagraphLine[] =>
	paragraphs.flatMap(({role, text, indent = 0, links = []}) => wrapText(text, width - indent).map(line => ({role, text: ' '.repeat(indent) + line, links})));

export const Paragraphs = ({paragraphs, width}: {readonly paragraphs: readonly Paragraph[]; readonly width: number}): ReactNode => {
	const hasLinks = useContext(LinkContext);
	return linesOfParagraphs(paragraphs, width).map(({role, text, links}, index) => <Line key={index} role={role} segments={linkSegments(text, hasLinks ? links : [])}/>);
};
