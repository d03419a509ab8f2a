import {portRanges, rangeOf, sizeOf, type PortRange} from '../../port/port-range.ts';
import type {Registry} from '../../registry/registry.ts';
import {formatCount} from '../../report/quantity.ts';
import {rangesBar, rangeSigns} from '../diagrams.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {rangeExamples} from '../listener-examples.ts';
import {diagram, examples, item, paragraph, type Block} from '../page.ts';
import {fromRegistry, portExample} from '../registry-examples.ts';
import {pageLink, portLink, rich, type RichText} from '../rich-text.ts';

/** Who assigns them, and after which review: RFC 6335, section 8.1.2. */
const words: Readonly<Record<PortRange['id'], string>> = {
	'well-known': 'System Ports. IANA assigns them after a review by the IETF or an approval by its steering group.',
	registered: 'User Ports. IANA assigns them too; the review of an expert is enough.',
	ephemeral: 'Dynamic or private ports. Never assigned: all may use them, so nobody can rely on one.',
};

const countsOf = (registry: Registry): RichText => {
	const assigned = registry.search('status:assigned');
	const [first, second] = portRanges.map(range => `${formatCount(assigned.filter(port => rangeOf(port).id === range.id).length)} of ${formatCount(sizeOf(range))}`);
	return rich`Assigned on some transport are ${first!} well-known ports and ${second!} registered ones.`;
};

export const rangesPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`Numbers are handed out in three ranges (RFC 6335, section 6):`),
	diagram(rangesBar),
	...portRanges.map((range, index) => item(rich`${range.title}, ${range.first} to ${range.last}: ${words[range.id]}`, rangeSigns[index]!)),
	paragraph(rich`The range says who hands a number out. What is open is another matter, and which ports a system gives to its clients is one more (${pageLink('ephemeral')}).`),
	...fromRegistry(registry, known => [countsOf(known), portExample(known, 80), portExample(known, 5432), portExample(known, 50_000)]),
	...examples(rangeExamples(local)),
	paragraph(rich`Ports at the edges of the ranges, ${portLink(0)}, ${portLink(1023)}, ${portLink(1024)} and ${portLink(49_151)}, are reserved, so that a range can grow.`),
];
