import {toPort, type Port} from '../port/port.ts';
import {pageTitles, type PageId} from './page-id.ts';

/** Where a link leads: to a port among all ports, or to another page of the guide. */
export type LinkTarget = {readonly kind: 'port'; readonly port: Port} | {readonly kind: 'page'; readonly page: PageId};

export type Link = {readonly text: string; readonly target: LinkTarget};

/** A text of which parts are links. */
export type RichText = ReadonlyArray<string | Link>;

/** A port's number, as a link to that port. */
export const portLink = (port: number): Link => ({text: String(port), target: {kind: 'port', port: toPort(port)}});

/** A page's title, as a link to that page. */
export const pageLink = (page: PageId): Link => ({text: pageTitles[page], target: {kind: 'page', page}});

/** Reads as it is written: what is put in is text, a link, or a text that has links. Nothing in a text is markup, so an address or the name of a process stays what it is. */
export const rich = (strings: TemplateStringsArray, ...values: ReadonlyArray<string | number | Link | RichText>): RichText =>
	strings.flatMap((text, index) => {
		const value = values[index];
		const inserted: RichText = value === undefined ? [] : typeof value === 'number' ? [String(value)] : Array.isArray(value) ? (value as RichText) : [value as string | Link];
		return [text, ...inserted].filter(part => part !== '');
	});

/** Joins texts with others between them; the last two with another one: `a, b and c`. */
export const joinRich = (texts: readonly RichText[], between = ', ', beforeLast = between): RichText =>
	texts.flatMap((text, index) => (index === 0 ? text : [index === texts.length - 1 ? beforeLast : between, ...text]));

/** What is read of it, links and all. */
export const plainTextOf = (text: RichText): string => text.map(part => (typeof part === 'string' ? part : part.text)).join('');
