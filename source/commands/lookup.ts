import {quoteTyped} from '../port/quote.ts';
import type {OwnClientRange} from '../local/client-range.ts';
import {factsOfAsked, findPorts, type AskedPort, type Finding} from '../registry/find-ports.ts';
import type {Registry} from '../registry/registry.ts';
import {formatLookupCsv} from '../report/lookup-csv.ts';
import {lookupDocument} from '../report/lookup-json.ts';
import {formatLookupMarkdown} from '../report/lookup-markdown.ts';
import type {LookupContext} from '../report/lookup-sections.ts';
import {formatLookupText} from '../report/lookup-text.ts';
import {formatJson, printable} from '../report/printable.ts';
import {formatCount} from '../report/quantity.ts';
import {plainLink, terminalLink} from '../report/text-links.ts';
import {describeUnknownFilter} from '../report/unknown-filter.ts';
import type {LookupOptions} from './arguments.ts';
import {findRelated, formatRelated} from './related-ports.ts';
import {exitCodes, writeAll, type ExitCode, type Output, type Surroundings} from './surroundings.ts';

export type LookupSurroundings = Pick<Surroundings, 'stdout' | 'stderr' | 'loadRegistry'> & {
	/** Reads this machine's own client range; undefined where it cannot be read. */
	readonly readClientRange: () => Promise<OwnClientRange | undefined>;
	/** Whether standard output is a terminal that knows links. */
	readonly hasLinks?: boolean;
};

/** A search by words lists this many for a person, best first: about a screen. */
const mostFound = 20;

/** The width of a text that is not for a terminal, and of a terminal that does not tell its own. */
const usualWidth = 80;

/** A person gets the best of what words found, and is told how many there are more. */
const cutForReading = ({asked, namedCount}: Finding): {readonly shown: readonly AskedPort[]; readonly more: string} => {
	const shown = asked.slice(0, namedCount + mostFound);
	const left = asked.length - shown.length;
	return {shown, more: left > 0 ? `… and ${formatCount(left)} more: add a word to narrow it down, or list all with --json.\n` : ''};
};

const format = (finding: Finding, {words, format: name}: LookupOptions, registry: Registry, context: LookupContext, {isTTY, columns}: Output, hasLinks: boolean): string => {
	switch (name) {
		case 'text': {
			const {shown, more} = cutForReading(finding);
			const width = isTTY === true ? columns || usualWidth : undefined;
			return formatLookupText(factsOfAsked(shown, registry), context, {detail: width ?? usualWidth, list: width}, hasLinks ? terminalLink : plainLink) + more
				+ formatRelated(words, findRelated(words, finding, registry), width ?? usualWidth);
		}

		case 'json': {
			return formatJson(lookupDocument(factsOfAsked(finding.asked, registry), context, registry.clientRanges, finding.corrected));
		}

		case 'csv': {
			return formatLookupCsv(factsOfAsked(finding.asked, registry), context);
		}

		case 'markdown': {
			const {shown, more} = cutForReading(finding);
			return formatLookupMarkdown(factsOfAsked(shown, registry), context) + (more === '' ? '' : `\n${more}`);
		}
	}
};

const notFound = (text: string, registry: Registry): string => {
	const unknown = registry.findUnknownFilter(text);
	if (unknown) {
		return describeUnknownFilter(unknown);
	}

	const nearest = registry.nearestName(text);
	return `Nothing in the registry matches ${quoteTyped(text, 60)}${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`;
};

/** `portui lookup`: tells what the registry knows of ports, by number, range, name or words. */
export const runLookup = async (options: LookupOptions, {stdout, stderr, loadRegistry, readClientRange, hasLinks = false}: LookupSurroundings): Promise<ExitCode> => {
	const [registry, ownClientRange] = await Promise.all([loadRegistry(), readClientRange()]);
	const found = findPorts(options.words, registry);
	if (!found.ok) {
		await writeAll(stderr, `${printable(found.message)}\n`);
		return exitCodes.wrongUsage;
	}

	const {asked, corrected, unmatched, isEachApart} = found.value;
	if (corrected !== undefined) {
		await writeAll(stderr, `${printable(`No exact match: showing ${corrected}.`)}\n`);
	}

	if (isEachApart) {
		await writeAll(stderr, `${printable(`No port matches all of ${quoteTyped(options.words.join(' '), 60)}: showing the best of each word.`)}\n`);
	}

	await writeAll(stdout, format(found.value, options, registry, {origin: registry.origin, ownClientRange}, stdout, hasLinks));
	const missed = asked.length === 0 ? options.words.join(' ') : unmatched;
	if (missed !== undefined) {
		await writeAll(stderr, `${printable(notFound(missed, registry))}\n`);
	}

	return asked.length === 0 ? exitCodes.failed : exitCodes.done;
};
