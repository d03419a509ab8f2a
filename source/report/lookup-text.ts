import type {PortFacts} from '../registry/registry.ts';
import {formatHeadline, headlineOf, rowOf} from './lookup-headline.ts';
import {sectionsOf, type LookupContext, type Section} from './lookup-sections.ts';
import {plainLink, withLinks, type ShowLink} from './text-links.ts';
import {wrapLines} from './wrap-lines.ts';

const labelWidth = 'Commonly  '.length;
const detailIndent = 2;

/** No terminal is so narrow that a column of words is worth reading. */
const narrowest = 40;

/** A label before the first line, the rest under it. A link is shown once its text has found its place: what makes it one takes no room. */
const formatSection = ({label, lines}: Section, width: number, showLink: ShowLink): readonly string[] => {
	const wrapped = lines.flatMap(({text, isDetail}) => {
		const indent = isDetail ? detailIndent : 0;
		return wrapLines(text, width - labelWidth - indent, detailIndent).map(line => ' '.repeat(indent) + withLinks(line, showLink));
	});
	return wrapped.map((line, index) => (index === 0 ? label : '').padEnd(labelWidth) + line);
};

const formatDetail = (facts: PortFacts, context: LookupContext, width: number, showLink: ShowLink): string => {
	const sections = sectionsOf(facts, context).map(section => formatSection(section, width, showLink));
	// The first blanks part the place from the words, so that a script can cut there: only the rest is wrapped.
	const {place} = headlineOf(facts);
	const headline = wrapLines(formatHeadline(headlineOf(facts)).slice(place.length), width - place.length - 2, 2);
	return [...headline.map((line, index) => (index === 0 ? `${place}  ` : ' '.repeat(place.length)) + line), '', ...sections.flat()].join('\n') + '\n';
};

const formatList = (every: readonly PortFacts[], width: number | undefined): string => {
	const rows = every.map(facts => rowOf(facts));
	const widths = [0, 0, 0];
	for (const row of rows) {
		for (const column of widths.keys()) {
			widths[column] = Math.max(widths[column]!, row[column]!.length);
		}
	}

	const [portWidth, nameWidth, overWidth] = widths as [number, number, number];
	const textColumn = portWidth + nameWidth + overWidth + 6;
	return rows.flatMap(([port, name, over, rest]) => {
		const start = `${port.padStart(portWidth)}  ${name.padEnd(nameWidth)}  ${over.padEnd(overWidth)}  `;
		// Where the words would have no room beside the names they go on under them.
		const isBeside = width === undefined || width - textColumn >= narrowest / 2;
		const lines = width === undefined ? [rest] : wrapLines(rest, isBeside ? width - textColumn : width - portWidth - 2);
		const under = ' '.repeat(isBeside ? textColumn : portWidth + 2);
		return isBeside ? lines.map((line, index) => (index === 0 ? start : under) + line) : [start, ...lines.map(line => under + line)];
	}).map(line => `${line.trimEnd()}\n`).join('');
};

/** How wide a text is to be: that of one port is always wrapped, a list only for a terminal, as a line a port is what scripts read. */
export type TextWidths = {readonly detail: number; readonly list: number | undefined};

/**
What the registry knows of some ports, for a person: all of one port, or a line a port of many.

Plain text, no colours, no trailing blanks, a line end after each line.

@param every - In the order they are to be told.
@param showLink - Shows the documents that are referred to. Default: as they are written.
@returns The empty text when there are no ports.
*/
export const formatLookupText = (every: readonly PortFacts[], context: LookupContext, {detail, list}: TextWidths, showLink = plainLink): string => {
	const [only] = every;
	if (only === undefined) {
		return '';
	}

	return every.length === 1 ? formatDetail(only, context, Math.max(narrowest, detail), showLink) : formatList(every, list);
};
