import type {PageId} from './page-id.ts';
import type {Link, RichText} from './rich-text.ts';

/** A part of a page. */
export type Block =
	| {readonly kind: 'paragraph'; readonly text: RichText}
	/** One of a list, with its sign. */
	| {readonly kind: 'item'; readonly sign: string; readonly text: RichText}
	/** What the registry, this machine or the last scan has of what was said: computed, so it is true here and now. */
	| {readonly kind: 'example'; readonly text: RichText}
	/** A picture of characters, as wide as there is room; every line is at most `width` columns. */
	| {readonly kind: 'diagram'; readonly draw: (width: number) => readonly string[]};

export type Page = {readonly id: PageId; readonly title: string; readonly blocks: readonly Block[]};

/** A link of a page by a name that outlives a change of the examples around it: where it leads, and which of several that lead there. */
export type PageLink = {readonly id: string; readonly link: Link};

export const paragraph = (text: RichText): Block => ({kind: 'paragraph', text});
export const item = (text: RichText, sign = '·'): Block => ({kind: 'item', sign, text});
export const examples = (texts: readonly RichText[]): readonly Block[] => texts.map(text => ({kind: 'example', text}));
export const diagram = (draw: (width: number) => readonly string[]): Block => ({kind: 'diagram', draw});

/** The links of a page, in the order they are read. */
export const linksOf = ({blocks}: Page): readonly PageLink[] => {
	const counts = new Map<string, number>();
	return blocks.flatMap(block => (block.kind === 'diagram' ? [] : block.text)).flatMap((part): PageLink[] => {
		if (typeof part === 'string') {
			return [];
		}

		const {target} = part;
		const name = target.kind === 'port' ? String(target.port) : target.page;
		const count = (counts.get(name) ?? 0) + 1;
		counts.set(name, count);
		return [{id: `${name}.${count}`, link: part}];
	});
};
