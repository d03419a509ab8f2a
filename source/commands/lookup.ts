import {parsePortSet} from '../port/parse-port-set.ts';
import {parsed, rejected, type Parsed} from '../port/parsed.ts';
import {quoteTyped} from '../port/quote.ts';
import {portsOf} from '../port/port-set.ts';
import type {Port} from '../port/port.ts';
import type {Registry} from '../registry/registry.ts';
import {formatLookupText, lookupDocument} from '../report/lookup.ts';
import {formatJson, printable} from '../report/printable.ts';
import {formatCount} from '../report/quantity.ts';
import type {LookupOptions} from './arguments.ts';
import {exitCodes, writeAll, type ExitCode, type Surroundings} from './surroundings.ts';

/** A search by words lists this many for a person, best first: about a screen. */
const mostFound = 20;

/** What can only be meant as ports, so that a slip in it is an error and not a search. */
const isNumeric = (word: string): boolean => /^[\d\s,!–-]*$/.test(word);

type Finding = {
	readonly ports: readonly Port[];
	/** Whether they were found by words, best first, and not asked for one by one. */
	readonly isSearch: boolean;
	/** What was searched instead of words that nothing matches. */
	readonly corrected: string | undefined;
};

const search = (text: string, registry: Registry): Finding => ({ports: registry.search(text), isSearch: true, corrected: registry.correct(text)});

const find = (words: readonly string[], registry: Registry): Parsed<Finding> => {
	// What is to be left out is taken from all the words, so they are one list: `80-90 !85` as `80-90,!85`.
	const lists = words.some(word => word.startsWith('!')) ? [words.join(',')] : words;
	const ports: Port[] = [];
	for (const list of lists) {
		const set = parsePortSet(list, registry);
		if (set.ok) {
			ports.push(...portsOf(set.value));
		} else if (words.every(each => isNumeric(each))) {
			return rejected(set.message);
		} else {
			return parsed(search(words.join(' '), registry));
		}
	}

	return parsed({ports: [...new Set(ports)], isSearch: false, corrected: undefined});
};

const notFound = (words: readonly string[], registry: Registry): string => {
	const text = words.join(' ');
	const nearest = registry.nearestName(text);
	return `Nothing in the registry matches ${quoteTyped(text, 60)}${nearest === undefined ? '.' : `; did you mean ${nearest}?`}`;
};

const formatText = ({ports, isSearch}: Finding, registry: Registry): string => {
	const shown = isSearch ? ports.slice(0, mostFound) : ports;
	const left = ports.length - shown.length;
	return formatLookupText(registry, shown) + (left > 0 ? `… and ${formatCount(left)} more: add a word to narrow it down, or list all with --json.\n` : '');
};

/** `portui lookup`: tells what the registry knows of ports, by number, range, name or words. */
export const runLookup = async ({words, format}: LookupOptions, {stdout, stderr, loadRegistry}: Pick<Surroundings, 'stdout' | 'stderr' | 'loadRegistry'>): Promise<ExitCode> => {
	const registry = await loadRegistry();
	const found = find(words, registry);
	if (!found.ok) {
		await writeAll(stderr, `${printable(found.message)}\n`);
		return exitCodes.wrongUsage;
	}

	const {ports, corrected} = found.value;
	if (corrected !== undefined) {
		await writeAll(stderr, `${printable(`No exact match: showing ${corrected}.`)}\n`);
	}

	await writeAll(stdout, format === 'json' ? formatJson(lookupDocument(registry, ports, corrected)) : formatText(found.value, registry));
	if (ports.length === 0) {
		await writeAll(stderr, `${printable(notFound(words, registry))}\n`);
		return exitCodes.failed;
	}

	return exitCodes.done;
};
