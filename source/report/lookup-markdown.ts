import type {PortFacts} from '../registry/registry.ts';
import {joinParts} from './join-parts.ts';
import {headlineOf, rowOf} from './lookup-headline.ts';
import {sectionsOf, type LookupContext, type Section} from './lookup-sections.ts';
import {escapeMarkdown, formatMarkdownTable} from './markdown.ts';

const formatSection = ({label, lines}: Section): string => {
	const [only] = lines;
	if (lines.length === 1 && only) {
		return `- **${label}:** ${escapeMarkdown(only.text)}\n`;
	}

	return `- **${label}:**\n${lines.map(({text, isDetail}) => `${isDetail ? '    ' : '  '}- ${escapeMarkdown(text)}\n`).join('')}`;
};

const formatDetail = (facts: PortFacts, context: LookupContext): string => {
	const {place, title, text} = headlineOf(facts);
	return [
		`## ${escapeMarkdown(joinParts([place, title], ' '))}\n`,
		...(text === '' ? [] : [`${escapeMarkdown(text)}\n`]),
		sectionsOf(facts, context).map(section => formatSection(section)).join(''),
	].join('\n');
};

/**
What the registry knows of some ports as Markdown: a section for one port, a table for many.

@returns The empty text when there are no ports.
*/
export const formatLookupMarkdown = (every: readonly PortFacts[], context: LookupContext): string => {
	const [only] = every;
	if (only === undefined) {
		return '';
	}

	return every.length === 1 ? formatDetail(only, context) : formatMarkdownTable(['Port', 'Name', 'Over', 'For'], every.map(facts => rowOf(facts)));
};
