import {SaxesParser} from 'saxes';
import {formatCount} from '../quantity.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

/** Is told of the elements of a document, in their order. */
export type XmlVisitor = {
	/** @param path - The names of the elements around it, the root first. */
	readonly open: (name: string, attributes: XmlAttributes, path: readonly string[]) => void;
	readonly close: (name: string, path: readonly string[]) => void;
};

/** Where in a document, both counted from 1. */
export type XmlPlace = {readonly line: number; readonly column: number};

/** How a document ended. */
export type XmlEnd =
	/** `hasMore`: something follows the root element. */
	| {readonly kind: 'whole'; readonly hasMore: boolean}
	/** It stops before its root element ends. */
	| {readonly kind: 'torn'; readonly place: XmlPlace}
	/** It is no XML from there on. `problem` is half a sentence. */
	| {readonly kind: 'damaged'; readonly place: XmlPlace; readonly problem: string};

/** No scanner nests its elements deeper: tables in the output of nmap's scripts go some ten deep. */
const deepest = 100;

/** No element of theirs has more attributes. */
const mostAttributes = 100;

/** Nothing in a document of theirs is longer, in characters: the parser holds a tag, a comment or a document type until it ends. */
const longestPiece = 16_000_000;

/** The parser is given so many characters at a time, to look at what it holds in between. */
const chunkLength = 1_000_000;

/** Ends the walk at the end of the root element: what follows is not of this document. */
const rootEnded = Symbol('the root element ended');

/** Where the text ends: a file that was being written when the machine stopped can end in zeros. */
const endOf = (text: string): number => {
	let end = text.length;
	while (end > 0 && text.charCodeAt(end - 1) === 0) {
		end--;
	}

	return end;
};

/** Half a sentence out of the parser's message, which begins with its place. */
const problemOf = (error: Error): string => error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');

/** Is given a document piece by piece. */
export type XmlWalker = {
	/** @returns Whether more is wanted. */
	readonly write: (piece: string) => boolean;
	/** How the document ended; `lineBreaks` is how many lines were left out before it. */
	readonly end: (lineBreaks?: number) => XmlEnd;
};

/**
Makes what walks through the elements of an XML document while it comes, in time and memory linear in its size.

The parser is strict, knows the five entities of XML itself and no other, and neither reads nor fetches a document type: an entity that a document declares is damage where it is used. What was told before an end that is not whole holds.

Text and comments are passed over. What the visitor throws is thrown.
*/
export const createXmlWalker = ({open, close}: XmlVisitor): XmlWalker => {
	const parser = new SaxesParser();
	const path: string[] = [];
	let attributeCount = 0;
	let thrown: {readonly error: unknown} | undefined;
	let problem: string | undefined;
	let hasEnded = false;
	let writtenLength = 0;
	/** What of the last piece follows the end of the root element. */
	let rest = '';

	/** Keeps what a visitor throws apart from what the parser does. */
	const visit = (act: () => void): void => {
		try {
			act();
		} catch (error) {
			thrown = {error};
			throw error;
		}
	};

	const refuse = (why: string): never => {
		problem = why;
		throw new Error(why);
	};

	/** Where the last piece ended. */
	let endedAt = 0;
	const endPiece = (): void => {
		endedAt = parser.position;
	};

	parser.on('comment', endPiece);
	parser.on('doctype', endPiece);
	parser.on('opentagstart', () => {
		endPiece();
		attributeCount = 0;
		if (path.length >= deepest) {
			refuse(`elements are nested more than ${deepest} deep`);
		}
	});
	parser.on('attribute', () => {
		endPiece();
		attributeCount++;
		if (attributeCount > mostAttributes) {
			refuse(`an element has more than ${mostAttributes} attributes`);
		}
	});
	parser.on('opentag', ({name, attributes}) => {
		visit(() => {
			open(name, attributes, path);
		});
		path.push(name);
	});
	parser.on('closetag', ({name}) => {
		endPiece();
		path.pop();
		visit(() => {
			close(name, path);
		});
		if (path.length === 0) {
			throw rootEnded as unknown as Error;
		}
	});

	return {
		write(piece) {
			if (hasEnded || problem !== undefined) {
				rest += hasEnded ? piece.slice(0, 1000).trim() : '';
				return false;
			}

			const before = writtenLength;
			writtenLength += piece.length;
			try {
				parser.write(piece);
				if (writtenLength - endedAt > longestPiece) {
					refuse(`something in it is longer than ${formatCount(longestPiece)} characters`);
				}

				return true;
			} catch (error) {
				if (error === rootEnded) {
					hasEnded = true;
					rest = piece.slice(Math.max(0, parser.position - before)).trim();
					return false;
				}

				if (thrown !== undefined) {
					throw thrown.error;
				}

				problem ??= problemOf(error as Error);
				return false;
			}
		},
		end(lineBreaks = 0) {
			if (hasEnded) {
				return {kind: 'whole', hasMore: rest !== ''};
			}

			const line = parser.line + lineBreaks;
			return problem === undefined ? {kind: 'torn', place: {line, column: parser.columnIndex + 1}} : {kind: 'damaged', place: {line, column: parser.columnIndex}, problem};
		},
	};
};

/** Walks through a document that is whole in memory: see `createXmlWalker`. */
export const walkXml = (text: string, visitor: XmlVisitor): XmlEnd => {
	const walker = createXmlWalker(visitor);
	// A document may be handed on with a byte order mark or blank lines before it.
	const content = text.slice(0, endOf(text)).replace(/^\uFEFF/, '');
	const blanks = /^[ \t\r\n]*/.exec(content)![0];
	let from = blanks.length;
	while (from < content.length && walker.write(content.slice(from, from + chunkLength))) {
		from += chunkLength;
	}

	const end = walker.end(blanks.split('\n').length - 1);
	switch (end.kind) {
		case 'whole': {
			return {kind: 'whole', hasMore: end.hasMore || content.slice(from + chunkLength).trim() !== ''};
		}

		case 'torn': {
			return {kind: 'torn', place: {line: end.place.line, column: content.length - content.lastIndexOf('\n')}};
		}

		case 'damaged': {
			return end;
		}
	}
};
