import type {PortFacts, Registry} from '../registry/registry.ts';
import {titleOf} from '../report/lookup-headline.ts';
import {wrapLines} from '../report/wrap-lines.ts';
import type {Finding} from '../registry/find-ports.ts';

/** A port beside the one that was asked for, and what there has to do with the word. */
export type RelatedPort = {readonly port: number; readonly title: string};

const mostRelated = 5;

/** How the port answers to the word: by the software or the names that have a word which begins so; undefined where it is only within another word, as `plex` is in `multiplex`. */
const titleFor = (facts: PortFacts, word: string): string | undefined => {
	const begins = new RegExp(`(?:^|[^a-z0-9])${word}`, 'i');
	const {entries, commonly, purposes, exposure} = facts;
	const use = commonly.find(({software}) => begins.test(software));
	const texts = [
		...entries.flatMap(({name, aliases, description}) => [name ?? '', ...aliases, description]),
		...commonly.map(({note}) => note),
		...purposes.map(({text}) => text),
		...exposure.map(({service}) => service),
	];
	return use?.software ?? (texts.some(text => begins.test(text)) ? titleOf(facts) : undefined);
};

/**
Finds what else a word stands for, where it is the name of a single port: `smtp` is 25, but 587 is meant as often.

@returns The best few, best first; none for numbers, lists and several words.
*/
export const findRelated = (words: readonly string[], {asked}: Finding, registry: Registry): readonly RelatedPort[] => {
	const [word = ''] = words;
	if (words.length !== 1 || asked.length !== 1 || !/^[a-z][a-z\d-]*$/i.test(word)) {
		return [];
	}

	const related: RelatedPort[] = [];
	for (const port of registry.search(word)) {
		const title = port === asked[0]!.port ? undefined : titleFor(registry.lookup(port), word);
		if (title !== undefined && related.push({port, title}) === mostRelated) {
			break;
		}
	}

	return related;
};

/** The related ports as a sentence after the answer; the empty text where there are none. */
export const formatRelated = (words: readonly string[], related: readonly RelatedPort[], width: number): string =>
	(related.length === 0 ? '' : `\n${wrapLines(`Also found by ${words[0]}: ${related.map(({port, title}) => `${port} ${title}`).join(', ')}`, width, 2).join('\n')}\n`);
