import {addressAndPort} from '../diagrams.ts';
import type {GuideFacts} from '../guide-facts.ts';
import {listenerExamples} from '../listener-examples.ts';
import {diagram, examples, paragraph, type Block} from '../page.ts';
import {fromRegistry, portExample} from '../registry-examples.ts';
import {pageLink, rich} from '../rich-text.ts';

/** RFC 9293, section 3.1: source and destination port, 16 bits each. */
export const portPage = ({registry, local}: GuideFacts): readonly Block[] => [
	paragraph(rich`A port is a number from 0 to 65535. An address brings a packet to a machine; the port says which program there it is for.`),
	diagram(addressAndPort),
	paragraph(rich`Every TCP segment carries two ports, 16 bits each: the one it comes from and the one it goes to (RFC 9293).`),
	paragraph(rich`It is nothing to plug a cable into, and no door that was left open: a port is open while a program listens on it (${pageLink('listening')}), and only then.`),
	...fromRegistry(registry, known => [portExample(known, 443), portExample(known, 22)]),
	...examples(listenerExamples(local).slice(0, 2)),
];
