import {parsed, rejected, type Parsed} from '../../port/parsed.ts';
import {quoteTyped} from '../../port/quote.ts';
import {createNmapGatherer, TooLarge} from './gather-nmap-xml.ts';
import type {ReadScan} from './read-scan.ts';
import {walkXml, type XmlEnd, type XmlPlace} from './walk-xml.ts';

/** What is known of a document from elsewhere. */
export type NmapReadingOptions = {
	/** When its file was last written to, milliseconds since 1970: for a document that does not say when its scan began. */
	readonly modifiedAtMs?: number | undefined;
	/** So many verdicts are read: 20,000,000 unless told otherwise. */
	readonly mostVerdicts?: number | undefined;
};

const expected = 'expected XML as nmap -oX or masscan -oX writes it, with nmaprun for its root element';

const at = ({line, column}: XmlPlace): string => `line ${line}, column ${column}`;

/** Why it is no document of nmap at all. */
const describeStranger = (rootName: string | undefined, end: XmlEnd): string => {
	if (rootName !== undefined) {
		return `The root element is ${quoteTyped(rootName, 40)}: ${expected}.`;
	}

	return end.kind === 'damaged' ? `At ${at(end.place)} the document is no XML (${end.problem}): ${expected}.` : `The document ends before its root element: ${expected}.`;
};

/** What the reader should know of the end of a document. */
const describeEnd = (end: XmlEnd): readonly string[] => {
	switch (end.kind) {
		case 'whole': {
			return end.hasMore ? ['More follows the end of the document, and was not read.'] : [];
		}

		case 'torn': {
			return [`The document is cut short at ${at(end.place)}: what it had told until then was read.`];
		}

		case 'damaged': {
			return [`The document is damaged at ${at(end.place)} (${end.problem}): what came before was read, nothing after.`];
		}
	}
};

/**
Reads the XML that nmap and masscan write (`-oX`), and portui's own (`--format xml`), whole or cut short.

Of a document that is damaged, what comes before the damage is read where it tells of a host. TCP alone is read. What nmap could not tell (`open|filtered`, `unfiltered`) is `unknown`.

@returns The scan; or one sentence with the place where it is no such document, or tells of too much. Never throws.
*/
export const readNmapXml = (text: string, {modifiedAtMs = 0, mostVerdicts}: NmapReadingOptions = {}): Parsed<ReadScan> => {
	const gatherer = createNmapGatherer(mostVerdicts);
	try {
		const end = walkXml(text, gatherer.visitor);
		if (gatherer.rootName() !== 'nmaprun') {
			return rejected(describeStranger(gatherer.rootName(), end));
		}

		if (end.kind === 'damaged' && gatherer.hostCount() === 0) {
			return rejected(`At ${at(end.place)} the document is no XML (${end.problem}), and it tells of no host before.`);
		}

		const modifiedAt = new Date(modifiedAtMs);
		const scan = gatherer.finish(end.kind === 'whole', (Number.isNaN(modifiedAt.getTime()) ? new Date(0) : modifiedAt).toISOString());
		return parsed({...scan, notes: [...describeEnd(end), ...scan.notes]});
	} catch (error) {
		if (error instanceof TooLarge) {
			return rejected(`The document tells of ${error.message}, which is more than is read at once: split it.`);
		}

		throw error;
	}
};
