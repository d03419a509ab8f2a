import {printable} from './printable.ts';

/** What XML 1.0 (section 2.2) allows in no document, not even escaped, and `printable` leaves: U+FFFE and U+FFFF. */
const noncharacters = /[\uFFFE\uFFFF]/g;

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

/** The text that a reader of the document gets: what no XML can hold, or what a reader's terminal would obey, is made visible as text. */
export const visibleInXml = (text: string): string => printable(text).replaceAll(noncharacters, character => `\\u${character.charCodeAt(0).toString(16)}`);

/** Attributes in the order in which they are written; those that are undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** Most values have nothing to escape, and a document has millions. */
const plain = /^[\w ,.:/|-]*$/;

const formatValue = (value: string): string => (plain.test(value) ? value : visibleInXml(value).replaceAll(/[&<>"]/g, character => escapes[character]!));

const formatAttribute = (name: string, value: string | number): string => ` ${name}="${formatValue(String(value))}"`;

/**
Writes an element.

@param name - Of the document's own making, as are those of the attributes: neither is escaped.
@param content - Elements that are written already; undefined for an empty element.
*/
export const formatElement = (name: string, attributes: XmlAttributes, content?: string): string => {
	const opening = Object.entries(attributes).map(([key, value]) => (value === undefined ? '' : formatAttribute(key, value))).join('');
	return content === undefined ? `<${name}${opening}/>` : `<${name}${opening}>${content}</${name}>`;
};
