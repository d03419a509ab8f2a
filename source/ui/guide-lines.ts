import {linksOf, type Block, type Page} from '../guide/page.ts';
import type {LinkTarget} from '../guide/rich-text.ts';
import {cutText, widthOf, wrapText} from './fit-text.ts';

/** A run of a line: text, the sign before it, or a part of a link. */
export type GuideSegment = {readonly text: string; readonly kind: 'text' | 'sign' | 'diagram' | 'link'; readonly linkId?: string};
export type GuideLine = readonly GuideSegment[];

/** A link and the lines it stands on: a long one may be broken. */
export type PlacedLink = {readonly id: string; readonly target: LinkTarget; readonly firstLine: number; readonly lastLine: number};

/** A page as lines of a width. */
export type PlacedPage = {readonly lines: readonly GuideLine[]; readonly links: readonly PlacedLink[]};

/** Longer lines are hard to read: the eye loses the next one. */
const widestText = 76;

/** The sign of an example. */
export const exampleSign = '◆';

type Piece = {readonly text: string; readonly linkId: string | undefined};

/** Breaks pieces of text into lines, as `wrapText` breaks their whole. */
const wrapPieces = (pieces: readonly Piece[], width: number): readonly GuideLine[] => {
	const owners = pieces.flatMap(({text, linkId}) => Array.from(text.replaceAll(/\s/g, ''), () => linkId));
	let next = 0;
	return wrapText(pieces.map(({text}) => text).join(''), width).map(line => {
		const runs: Array<{text: string; linkId: string | undefined}> = [];
		for (const character of line) {
			// A blank within a link belongs to it, as long as the link goes on.
			const last = runs.at(-1);
			const owner = character === ' ' ? (last?.linkId === owners[next] ? owners[next] : undefined) : owners[next++];
			if (last !== undefined && last.linkId === owner) {
				last.text += character;
			} else {
				runs.push({text: character, linkId: owner});
			}
		}

		return runs.map(({text, linkId}): GuideSegment => (linkId === undefined ? {text, kind: 'text'} : {text, kind: 'link', linkId}));
	});
};

const signOf = (block: Exclude<Block, {kind: 'diagram'}>): string => {
	switch (block.kind) {
		case 'paragraph': {
			return '';
		}

		case 'item': {
			return `${block.sign} `;
		}

		case 'example': {
			return `${exampleSign} `;
		}
	}
};

/** Items of a list, and examples, stand close together; everything else has a blank line between. */
const isClose = (block: Block, before: Block | undefined): boolean => before === undefined || (block.kind === before.kind && (block.kind === 'item' || block.kind === 'example'));

/**
Lays a page out.

@param width - Columns of the screen; lines are at most so long, and never longer than reads well.
*/
export const placePage = (page: Page, width: number): PlacedPage => {
	const textWidth = Math.max(1, Math.min(widestText, width));
	const links = linksOf(page);
	let linkCount = 0;
	const lines: GuideLine[] = [];
	for (const [index, block] of page.blocks.entries()) {
		if (!isClose(block, page.blocks[index - 1])) {
			lines.push([]);
		}

		if (block.kind === 'diagram') {
			lines.push(...block.draw(textWidth).map((line): GuideLine => [{text: cutText(line, textWidth), kind: 'diagram'}]));
			continue;
		}

		const sign = signOf(block);
		const pieces = block.text.map((part): Piece => (typeof part === 'string' ? {text: part, linkId: undefined} : {text: part.text, linkId: links[linkCount++]!.id}));
		const indent = widthOf(sign);
		for (const [lineIndex, line] of wrapPieces(pieces, textWidth - indent).entries()) {
			const start: GuideLine = indent === 0 ? [] : [lineIndex === 0 ? {text: sign, kind: 'sign'} : {text: ' '.repeat(indent), kind: 'text'}];
			lines.push([...start, ...line]);
		}
	}

	const placed = links.flatMap(({id, link}): PlacedLink[] => {
		const on = lines.flatMap((line, index) => (line.some(({linkId}) => linkId === id) ? [index] : []));
		return on.length === 0 ? [] : [{id, target: link.target, firstLine: on[0]!, lastLine: on.at(-1)!}];
	});
	return {lines, links: placed};
};
