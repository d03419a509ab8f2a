import type {TextLink} from '../report/text-links.ts';
import type {Segment} from './components/line.tsx';

/**
Marks the links of a text on one of the lines it was broken into.

A link that was broken in two is none: half an address leads elsewhere.
*/
export const linkSegments = (line: string, links: readonly TextLink[]): readonly Segment[] => {
	const segments: Segment[] = [];
	let from = 0;
	for (const {text, url} of links) {
		const at = line.indexOf(text, from);
		// What a longer word goes on with is another link: RFC959 is not RFC9590.
		if (at !== -1 && !/[\w/]/.test(line[at + text.length] ?? '')) {
			segments.push({text: line.slice(from, at)}, {text, link: url});
			from = at + text.length;
		}
	}

	return [...segments, {text: line.slice(from)}].filter(({text}) => text !== '');
};
