import type {ReactNode} from 'react';
import {wrapText} from '../fit-text.ts';
import type {Role} from '../theme.ts';
import {Line} from './line.tsx';

/** A text in one role, to be broken into lines. `indent` is in columns, 0 by default. */
export type Paragraph = {readonly role: Role; readonly text: string; readonly indent?: number};

export type ParagraphLine = {readonly role: Role; readonly text: string};

/** The lines of some paragraphs in a width of columns. */
export const linesOfParagraphs = (paragraphs: readonly Paragraph[], width: number): readonly ParagraphLine[] =>
	paragraphs.flatMap(({role, text, indent = 0}) => wrapText(text, width - indent).map(line => ({role, text: ' '.repeat(indent) + line})));

export const Paragraphs = ({paragraphs, width}: {readonly paragraphs: readonly Paragraph[]; readonly width: number}): ReactNode =>
	linesOfParagraphs(paragraphs, width).map(({role, text}, index) => <Line key={index} role={role} segments={[{text}]}/>);
